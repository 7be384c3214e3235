//! Asks an OpenID provider: one request, one connection, one answer of limited size in limited time.
//!
//! No redirect is followed: a provider says where its addresses are, and whoever answers in their place is
//! not asked any further.

use std::sync::{Arc, LazyLock};
use std::time::Duration;

use axum::body::{Body, to_bytes};
use axum::http::{HeaderValue, Uri, header, uri::Scheme};
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use openidconnect::{HttpRequest, HttpResponse};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::ServerName;
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

/// How long a provider may take: somebody is waiting.
const PATIENCE: Duration = Duration::from_secs(10);
/// Largest answer: keys and claims are far smaller.
const MAX_ANSWER: usize = 1 << 20;

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Trouble {
    #[error("no address that can be asked")]
    BadAddress,
    #[error("no answer in time")]
    Late,
    #[error("connection: {0}")]
    Connection(#[from] std::io::Error),
    #[error("TLS: {0}")]
    Tls(#[from] tokio_rustls::rustls::Error),
    #[error("HTTP: {0}")]
    Http(#[from] hyper::Error),
    #[error("the answer breaks off or is too large")]
    Answer,
}

static TLS: LazyLock<Result<TlsConnector, tokio_rustls::rustls::Error>> = LazyLock::new(|| {
    let roots = RootCertStore {
        roots: webpki_roots::TLS_SERVER_ROOTS.to_vec(),
    };
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(TlsConnector::from(Arc::new(config)))
});

/// Whether an address may be asked: by TLS, or on this machine.
pub(crate) fn is_safe(uri: &Uri) -> bool {
    let host = uri.host().unwrap_or_default();
    let is_here = ["localhost", "127.0.0.1", "[::1]"].contains(&host);
    match uri.scheme_str() {
        Some("https") => !host.is_empty(),
        Some("http") => is_here,
        _ => false,
    }
}

pub(super) async fn ask(request: HttpRequest) -> Result<HttpResponse, Trouble> {
    let answered = tokio::time::timeout(PATIENCE, ask_patiently(request)).await;
    answered.unwrap_or(Err(Trouble::Late))
}

async fn ask_patiently(request: HttpRequest) -> Result<HttpResponse, Trouble> {
    let uri = request.uri().clone();
    if !is_safe(&uri) {
        return Err(Trouble::BadAddress);
    }
    let host = uri.host().ok_or(Trouble::BadAddress)?;
    let is_tls = uri.scheme() == Some(&Scheme::HTTPS);
    let port = uri.port_u16().unwrap_or(if is_tls { 443 } else { 80 });
    let stream = TcpStream::connect((host.trim_matches(['[', ']']), port)).await?;
    if !is_tls {
        return over(stream, request).await;
    }
    let name = ServerName::try_from(host.to_owned()).map_err(|_| Trouble::BadAddress)?;
    let tls = TLS.as_ref().map_err(Clone::clone)?;
    over(tls.connect(name, stream).await?, request).await
}

async fn over<S>(stream: S, request: HttpRequest) -> Result<HttpResponse, Trouble>
where
    S: AsyncRead + AsyncWrite + Send + Unpin + 'static,
{
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
    let connection = tokio::spawn(connection);
    let (mut parts, body) = request.into_parts();
    let authority = parts.uri.authority().ok_or(Trouble::BadAddress)?.as_str();
    let host = HeaderValue::from_str(authority).map_err(|_| Trouble::BadAddress)?;
    parts.headers.insert(header::HOST, host);
    let path = parts.uri.path_and_query().cloned();
    parts.uri = path.map_or_else(Uri::default, Uri::from);
    let request = axum::http::Request::from_parts(parts, Body::from(body));
    let answer = sender.send_request(request).await?;
    let (parts, body) = answer.into_parts();
    let body = to_bytes(Body::new(body), MAX_ANSWER).await;
    connection.abort();
    let body = body.map_err(|_| Trouble::Answer)?;
    Ok(HttpResponse::from_parts(parts, body.to_vec()))
}

#[cfg(test)]
mod tests {
    use super::is_safe;

    #[test]
    fn a_provider_is_asked_by_tls_or_on_this_machine() {
        for (address, safe) in [
            ("https://auth.example.org/x", true),
            ("http://localhost:4000/x", true),
            ("http://127.0.0.1/x", true),
            ("http://[::1]:4000/", true),
            ("http://auth.example.org/x", false),
            ("http://localhost.example.org/", false),
            ("ftp://localhost/", false),
            ("/x", false),
        ] {
            assert_eq!(is_safe(&address.parse().unwrap()), safe, "{address}");
        }
    }
}
