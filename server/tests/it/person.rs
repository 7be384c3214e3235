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
