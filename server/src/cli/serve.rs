//! `recueil serve [--listen …] [--database …]`

use std::net::SocketAddr;
use std::time::Duration;

use anyhow::Context;
use axum::http::Uri;
use clap::Args;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto;
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use service::{AcknowledgeWhen, Services};
use tokio::net::TcpListener;
use tokio::sync::watch;

use super::data::{self, Database};
use super::output::Exit;
use crate::mail::{self, Mailer};
use crate::peer::{self, Network, Proxies};
use crate::router::router;
use crate::state::State;

/// A client that takes longer to send its headers is let go.
const HEADERS_WITHIN: Duration = Duration::from_secs(15);
/// How often the database is made to forget in which order people came.
const FORGET_EVERY: Duration = Duration::from_secs(5 * 60);
/// How long open answers may take once the program has been asked to stop.
const STOP_WITHIN: Duration = Duration::from_secs(10);

#[derive(Debug, Args)]
pub(super) struct Serve {
    /// Where to listen; port 0 takes a free one.
    #[arg(long, env = "RECUEIL_LISTEN", default_value = "127.0.0.1:3000")]
    listen: SocketAddr,
    /// The address people use, when it is not the one listened on: `https://enquetes.example.org`.
    #[arg(long, env = "RECUEIL_PUBLIC_URL", value_parser = public_url)]
    public_url: Option<String>,
    /// Proxies in front of this server, whose word is taken for where a request comes from
    /// (`X-Forwarded-For`): addresses or networks, `10.0.0.0/8,::1`. Limits are counted by address.
    #[arg(long, env = "RECUEIL_TRUSTED_PROXIES", value_delimiter = ',')]
    trusted_proxies: Vec<Network>,
    /// The mail server that sends invitations: `smtps://user:password@host`, `smtp://host:25`…
    #[arg(
        long,
        env = "RECUEIL_SMTP_URL",
        hide_env_values = true,
        requires = "mail_from"
    )]
    smtp_url: Option<String>,
    /// On whose behalf mails are sent: `Équipe <equipe@example.org>`.
    #[arg(long, env = "RECUEIL_MAIL_FROM")]
    mail_from: Option<String>,
    #[cfg(feature = "oidc")]
    #[command(flatten)]
    openid: super::openid::OpenId,
    #[command(flatten)]
    database: Database,
    /// Acknowledge submissions before they are committed. Loses answers at a crash: only to show
    /// that the durability test would notice.
    #[cfg(feature = "negative-control")]
    #[arg(long)]
    acknowledge_before_commit: bool,
}

impl Serve {
    pub(super) fn run(self) -> anyhow::Result<Exit> {
        init_log();
        data::block_on(self.serve())
    }

    fn acknowledge(&self) -> AcknowledgeWhen {
        #[cfg(feature = "negative-control")]
        if self.acknowledge_before_commit {
            return AcknowledgeWhen::BeforeCommit;
        }
        AcknowledgeWhen::Committed
    }

    async fn serve(self) -> anyhow::Result<Exit> {
        let acknowledge = self.acknowledge();
        let settle = |config| service::Config {
            acknowledge,
            ..config
        };
        let services = self.database.open_with(settle).await?;
        let builtin = install_builtin(&services).await?;
        let listener = TcpListener::bind(self.listen)
            .await
            .with_context(|| format!("impossible d’écouter sur {}", self.listen))?;
        let local = format!("http://{}", listener.local_addr()?);
        let public = self
            .public_url
            .as_deref()
            .unwrap_or(&local)
            .trim_end_matches('/')
            .to_owned();
        let mailer = match (&self.smtp_url, &self.mail_from) {
            (Some(smtp), Some(from)) => Some(Mailer::new(smtp, from, &public)?),
            _ => None,
        };
        let mut state = State::new(services.clone(), public.starts_with("https://")).at(&public);
        state.courier = mailer.clone().map(mail::courier);
        #[cfg(feature = "oidc")]
        {
            state.provider = self.openid.provider(&public)?.map(std::sync::Arc::new);
        }
        announce(&services, &builtin, &public).await?;
        let cleaning = tokio::spawn(clean_daily(services.clone()));
        let forgetting = tokio::spawn(forget_order_often(services.clone()));
        let (stop, stopped) = watch::channel(false);
        let mailing = mailer.map(|it| tokio::spawn(mail::work(services.clone(), it, stopped)));
        let proxies = Proxies::new(&self.trusted_proxies);
        accept(listener, state, proxies).await;
        cleaning.abort();
        forgetting.abort();
        // Nobody listens when no mails are sent.
        let _ = stop.send(true);
        if let Some(mailing) = mailing
            && tokio::time::timeout(STOP_WITHIN, mailing).await.is_err()
        {
            tracing::warn!("a mail was being sent; it may be sent again");
        }
        // What the last respondents left in the files does not stay while nobody serves.
        if let Err(error) = services.invitations().forget_order().await {
            tracing::warn!(%error, "forgetting the order of participation");
        }
        services.close().await;
        Ok(Exit::Done)
    }
}

/// Installs the built-in studies; doing it again changes nothing. Answers the names of their waves.
pub(super) async fn install_builtin(services: &Services) -> anyhow::Result<Vec<String>> {
    let mut waves = Vec::new();
    for source in crate::BUILTIN {
        let installed = services
            .studies()
            .install(&services.operator(), source)
            .await;
        waves.push(installed.context("étude intégrée")?.wave.slug);
    }
    Ok(waves)
}

/// An address that links can be made from.
fn public_url(text: &str) -> Result<String, String> {
    let advice = || {
        "attendu : http(s)://hôte, sans chemin / expected: http(s)://host, without a path"
            .to_owned()
    };
    let uri: Uri = text.parse().map_err(|_| advice())?;
    let scheme = matches!(uri.scheme_str(), Some("http" | "https"));
    let bare = matches!(uri.path(), "" | "/") && uri.query().is_none();
    if scheme && bare && uri.authority().is_some() {
        Ok(text.to_owned())
    } else {
        Err(advice())
    }
}

/// Prints where respondents and the team go, a pair of lines for each open wave, those of the
/// built-in studies first: `respond <URL>`, `dashboard <URL>`. Before there is an administrator, also
/// the one-time link that creates one: `administrator <URL>`.
async fn announce(services: &Services, builtin: &[String], public: &str) -> anyhow::Result<()> {
    use std::fmt::Write as _;
    use std::io::Write as _;
    let mut waves = services.waves().open().await?;
    waves.sort_by_key(|wave| {
        let place = builtin.iter().position(|it| *it == wave.slug);
        (place.unwrap_or(builtin.len()), wave.slug.clone())
    });
    let mut text = String::new();
    for wave in waves {
        let key = services.dashboard_key(&wave);
        writeln!(text, "respond {public}{}", app::paths::start(&wave.slug))?;
        writeln!(
            text,
            "dashboard {public}{}",
            app::paths::dashboard(&wave.slug, &key)
        )?;
    }
    if let Some(secret) = services.team().first_link(&services.operator()).await? {
        let link = app::paths::link(secret.reveal());
        writeln!(text, "administrator {public}{link}")?;
    }
    // All at once: who reads the first lines only may have gone before the last is written.
    let mut out = std::io::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()?;
    Ok(())
}

fn init_log() {
    use tracing_subscriber::EnvFilter;
    let filter = EnvFilter::try_from_env("RECUEIL_LOG").unwrap_or_else(|_| EnvFilter::new("warn"));
    // It writes whole addresses, and addresses hold secrets: links of invitations and dashboards.
    let filter = match "tower_http::csrf::service=off".parse() {
        Ok(silence) => filter.add_directive(silence),
        Err(_) => filter,
    };
    // A second call (in tests) keeps the first subscriber.
    let _ = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .try_init();
}

async fn clean_daily(services: Services) {
    let mut day = tokio::time::interval(Duration::from_secs(24 * 60 * 60));
    loop {
        day.tick().await;
        if let Err(error) = services.clean_up().await {
            tracing::warn!(%error, "cleaning up");
        }
    }
}

async fn forget_order_often(services: Services) {
    let mut often = tokio::time::interval(FORGET_EVERY);
    loop {
        often.tick().await;
        if let Err(error) = services.invitations().forget_order().await {
            tracing::warn!(%error, "forgetting the order of participation");
        }
    }
}

/// Accepts connections until asked to stop. `axum::serve` has no deadline for request headers; a
/// slow client would hold a connection for ever.
async fn accept(listener: TcpListener, state: State, proxies: Proxies) {
    let services = state.services.clone();
    let app = router(state);
    let mut server = auto::Builder::new(TokioExecutor::new());
    server
        .http1()
        .timer(TokioTimer::new())
        .header_read_timeout(HEADERS_WITHIN);
    let open = GracefulShutdown::new();
    let mut stop = std::pin::pin!(asked_to_stop());
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, peer)) => {
                    // Small answers should leave at once; where that cannot be set, they still leave.
                    let _ = stream.set_nodelay(true);
                    let service = peer::from(app.clone(), peer.ip(), proxies.clone());
                    let service = TowerToHyperService::new(service);
                    let connection = server
                        .serve_connection_with_upgrades(TokioIo::new(stream), service)
                        .into_owned();
                    let connection = open.watch(connection);
                    tokio::spawn(async move {
                        if let Err(error) = connection.await {
                            tracing::debug!(%error, "connection");
                        }
                    });
                }
                Err(error) => {
                    // Out of file descriptors, most likely: wait for some to come free.
                    tracing::warn!(%error, "accept");
                    tokio::time::sleep(Duration::from_millis(100)).await;
                }
            },
            () = &mut stop => break,
        }
    }
    // Dashboards would keep their connections open for ever.
    services.stop_live();
    tokio::select! {
        () = open.shutdown() => {}
        () = tokio::time::sleep(STOP_WITHIN) => tracing::warn!("some answers were cut off"),
    }
}

async fn asked_to_stop() {
    use tokio::signal::unix::{SignalKind, signal};
    let Ok(mut terminate) = signal(SignalKind::terminate()) else {
        return std::future::pending().await;
    };
    tokio::select! {
        _ = terminate.recv() => {}
        _ = tokio::signal::ctrl_c() => {}
    }
}
