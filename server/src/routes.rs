//! Routes, each with who may use it: a route cannot be added without saying so.

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::handler::Handler;
use axum::http::Method;
use axum::routing::{MethodFilter, MethodRouter, on};
use service::team::Action;
use tower_http::limit::RequestBodyLimitLayer;

use crate::state::State;

/// Largest body of a request: no honest page of answers comes near it.
const MAX_BODY: usize = 512 * 1024;

/// Largest body with a file: a sample of 100,000 people, and a little of the form around it.
const MAX_FILE: usize = 33 * 1024 * 1024;

/// Who may use a route.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Anybody; nothing of a respondent's and nothing of the team's is shown.
    Public,
    /// Whoever answers a wave, known by a cookie if at all.
    Respondent,
    /// Whoever has the unguessable link, which is part of the address.
    Link,
    /// Whoever is signed in, for what is their own.
    SignedIn,
    /// Members of the study in the address whose role allows this; a page.
    Study(Action),
    /// The same, for programs too.
    Api(Action),
}

/// A route, and who may use it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// The method; `GET` answers `HEAD` too.
    pub method: Method,
    /// The pattern, as in [`app::paths`].
    pub pattern: &'static str,
    /// Who may use it.
    pub access: Access,
}

/// A router that is being put together.
#[derive(Default)]
pub(crate) struct Routes {
    pub(crate) router: Router<State>,
    pub(crate) listed: Vec<Listed>,
}

impl Routes {
    pub(crate) fn get<H, T>(self, pattern: &'static str, access: Access, handler: H) -> Self
    where
        H: Handler<T, State>,
        T: 'static,
    {
        self.add(MethodFilter::GET, Method::GET, pattern, access, handler)
    }

    pub(crate) fn post<H, T>(self, pattern: &'static str, access: Access, handler: H) -> Self
    where
        H: Handler<T, State>,
        T: 'static,
    {
        self.add(MethodFilter::POST, Method::POST, pattern, access, handler)
    }

    /// A form with a file, or with a text as long as one.
    pub(crate) fn post_file<H, T>(self, pattern: &'static str, access: Access, handler: H) -> Self
    where
        H: Handler<T, State>,
        T: 'static,
    {
        let handler = on(MethodFilter::POST, handler).layer(DefaultBodyLimit::disable());
        self.put(MAX_FILE, handler, Method::POST, pattern, access)
    }

    fn add<H, T>(
        self,
        filter: MethodFilter,
        method: Method,
        pattern: &'static str,
        access: Access,
        handler: H,
    ) -> Self
    where
        H: Handler<T, State>,
        T: 'static,
    {
        self.put(MAX_BODY, on(filter, handler), method, pattern, access)
    }

    fn put(
        mut self,
        most: usize,
        handler: MethodRouter<State>,
        method: Method,
        pattern: &'static str,
        access: Access,
    ) -> Self {
        let handler = handler.layer(RequestBodyLimitLayer::new(most));
        self.router = self.router.route(pattern, handler);
        self.listed.push(Listed {
            method,
            pattern,
            access,
        });
        self
    }
}
