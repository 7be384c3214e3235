//! A browser without scripts, in front of the router.

use std::collections::BTreeMap;
use std::sync::Mutex;

use axum::http::{Method, header};

use crate::roles::{Reply, Site};

/// A browser: what it holds, and what it does.
pub(crate) struct Person<'a> {
    pub(crate) site: &'a Site,
    pub(crate) cookies: Mutex<BTreeMap<String, String>>,
}

impl<'a> Person<'a> {
    pub(crate) fn new(site: &'a Site) -> Self {
        Self {
            site,
            cookies: Mutex::default(),
        }
    }

    async fn ask(&self, method: &Method, path: &str, body: &str) -> Reply {
        let cookies: Vec<String> = self
            .cookies
            .lock()
            .unwrap()
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        let cookies = cookies.join("; ");
        let headers = [("cookie", cookies.as_str())];
        let reply = self.site.send_with(method, path, &headers, body).await;
        for cookie in reply.headers.get_all(header::SET_COOKIE) {
            let cookie = cookie.to_str().unwrap().split(';').next().unwrap();
            let (name, value) = cookie.split_once('=').unwrap();
            let mut cookies = self.cookies.lock().unwrap();
            cookies.insert(name.to_owned(), value.to_owned());
        }
        reply
    }

    pub(crate) async fn get(&self, path: &str) -> Reply {
        self.ask(&Method::GET, path, "").await
    }

    pub(crate) async fn post(&self, path: &str, body: &str) -> Reply {
        self.ask(&Method::POST, path, body).await
    }

    /// What is kept under a name.
    pub(crate) fn held(&self, name: &str) -> Option<String> {
        self.cookies.lock().unwrap().get(name).cloned()
    }

    /// Keeps something.
    pub(crate) fn hold(&self, name: &str, value: &str) {
        let mut cookies = self.cookies.lock().unwrap();
        cookies.insert(name.to_owned(), value.to_owned());
    }

    /// Lets go of something.
    pub(crate) fn drop(&self, name: &str) {
        self.cookies.lock().unwrap().remove(name);
    }
}

impl Site {
    /// Posts a form with a file, as browsers do: the field `file` is one.
    pub(crate) async fn give(&self, path: &str, session: &str, fields: &[(&str, &str)]) -> Reply {
        let mut body = String::new();
        for (name, value) in fields {
            let file = match *name {
                "file" => "; filename=\"f\"\r\nContent-Type: application/octet-stream",
                _ => "",
            };
            body += &format!(
                "--limit\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n{value}\r\n"
            );
        }
        body += "--limit--\r\n";
        let cookie = format!("recueil-team={session}");
        let headers = [
            ("cookie", cookie.as_str()),
            ("content-type", "multipart/form-data; boundary=limit"),
        ];
        self.send_with(&Method::POST, path, &headers, &body).await
    }
}
