//! A survey by invitation, its links, and the browsers of those who follow them.

use std::collections::BTreeMap;

use serde_json::Value;
use service::{Config, InvitationToken, Services, SystemRandomness, Verdict};
use time::OffsetDateTime;

use crate::program::{NO_SCHEME, Reply, Server, recueil, send, text};

pub(super) const SAMPLE: &str = "courriel;langue;taille\n\
                      marie@example.org;fr;12\n\
                      paul@example.org;en;\n\
                      awa@example.org;;3\n";

/// A database with the built-in surveys, one of them for invited people only, and their links.
pub(super) struct Site {
    pub(super) folder: tempfile::TempDir,
    pub(super) database: String,
    tokens: BTreeMap<String, String>,
}

impl Site {
    pub(super) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let database = format!("sqlite://{}", folder.path().join("recueil.db").display());
        let mut site = Self {
            folder,
            database,
            tokens: BTreeMap::new(),
        };
        // Installs the surveys.
        Server::start(&site.database, &[]).kill();
        let sample = site.file("sample.csv", SAMPLE);
        let (code, it) = site.run(&["invite", "qpv-cls", &sample]);
        assert_eq!((code, &it["added"]), (Some(0), &3.into()));
        let (code, it) = site.run(&["wave", "qpv-cls", "--access", "invitation"]);
        assert_eq!((code, &it["access"]), (Some(0), &"invitation".into()));
        let (code, it) = site.run(&["invite", "qpv-cls", "--send", "invitation"]);
        assert_eq!((code, &it["queued"]), (Some(0), &3.into()));
        site.tokens = delivered(&site.database);
        site
    }

    pub(super) fn file(&self, name: &str, content: &str) -> String {
        let path = self.folder.path().join(name);
        std::fs::write(&path, content).unwrap();
        path.display().to_string()
    }

    pub(super) fn run(&self, args: &[&str]) -> (Option<i32>, Value) {
        let mut all = args.to_vec();
        all.extend(["--database", &self.database, "--format", "json"]);
        let output = recueil(&all);
        let told = serde_json::from_slice(&output.stdout);
        assert!(told.is_ok(), "{}", text(&output.stderr));
        let told = told.unwrap();
        (output.status.code(), told)
    }

    pub(super) fn token(&self, name: &str) -> &str {
        &self.tokens[&format!("{name}@example.org")]
    }

    pub(super) fn status(&self) -> Value {
        self.run(&["invite", "qpv-cls", "--status"]).1["status"].clone()
    }
}

/// Takes the mails out of the outbox, as the program would; the secrets by address.
pub(super) fn delivered(database: &str) -> BTreeMap<String, String> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        let config = Config::new(database);
        let services = Services::open(config, OffsetDateTime::now_utc, SystemRandomness).await;
        let services = services.unwrap();
        let mut tokens = BTreeMap::new();
        while let Some(parcel) = services.post().take().await.unwrap() {
            let token = parcel.invitation().map(InvitationToken::reveal).unwrap();
            tokens.insert(parcel.recipient().to_owned(), token.to_owned());
            services
                .post()
                .settle(&parcel, Verdict::Taken)
                .await
                .unwrap();
        }
        services.close().await;
        tokens
    })
}

/// A browser: what it was told to keep, it sends along.
pub(super) struct Browser<'a> {
    server: &'a Server,
    pub(super) cookies: BTreeMap<String, String>,
    /// What it, or a proxy before the server, writes into `X-Forwarded-For`.
    pub(super) from: Option<String>,
}

impl<'a> Browser<'a> {
    pub(super) fn new(server: &'a Server) -> Self {
        Self {
            server,
            cookies: BTreeMap::new(),
            from: None,
        }
    }

    pub(super) fn ask(&mut self, method: &str, path: &str, body: &str) -> Reply {
        let cookies: Vec<String> = self
            .cookies
            .iter()
            .map(|(k, v)| format!("{k}={v}"))
            .collect();
        let cookies = cookies.join("; ");
        let mut headers = vec![("cookie", cookies.as_str())];
        headers.extend(self.from.as_deref().map(|it| ("x-forwarded-for", it)));
        let reply = send(&self.server.address, method, path, &headers, body).unwrap();
        for (name, value) in reply.headers.iter().filter(|it| it.0 == "set-cookie") {
            let cookie = value.split(';').next().unwrap_or(name);
            let (name, value) = cookie.split_once('=').unwrap();
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
        reply
    }

    pub(super) fn get(&mut self, path: &str) -> Reply {
        self.ask("GET", path, "")
    }

    pub(super) fn post(&mut self, path: &str, body: &str) -> Reply {
        self.ask("POST", path, body)
    }

    pub(super) fn follow(&mut self, token: &str) -> Reply {
        self.get(&format!("/i/{token}"))
    }

    /// From « Commencer » to the receipt; the last reply.
    pub(super) fn answer(&mut self) -> Reply {
        assert_eq!(self.post("/r/qpv-cls", "").status, 303);
        for (page, answers) in NO_SCHEME {
            assert_eq!(self.post(page, answers).status, 303, "{page}");
        }
        self.post("/r/qpv-cls/review", "go=next")
    }
}
