//! One Chromium window and what is said about it behind the page's back.

use anyhow::{Context as _, Result, bail};
use fantoccini::{Client, ClientBuilder, wd::WebDriverCompatibleCommand};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use std::{
    ops::Deref,
    path::Path,
    sync::atomic::{AtomicBool, Ordering},
};
use tempfile::TempDir;

/// Whether pages may run scripts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scripts {
    /// As browsers come.
    On,
    /// JavaScript switched off in the browser's settings; finding, typing and clicking go on working.
    Off,
}

/// A window, with everything [`Client`] can do.
#[derive(Debug)]
pub struct Browser {
    client: Client,
    /// Whether the person has no pointer.
    keyboard_only: AtomicBool,
    /// Kept so that nothing of one browser is found by the next.
    _profile: TempDir,
}

impl Deref for Browser {
    type Target = Client;

    fn deref(&self) -> &Client {
        &self.client
    }
}

impl Browser {
    /// Opens a browser with an empty profile.
    ///
    /// # Errors
    /// If ChromeDriver cannot start it.
    pub async fn open(driver: &str, scripts: Scripts) -> Result<Self> {
        let profile = tempfile::tempdir()?;
        let javascript = match scripts {
            Scripts::On => 1,
            Scripts::Off => 2,
        };
        let capabilities = json!({
            "goog:chromeOptions": {
                "args": [
                    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
                    "--disable-background-networking", "--disable-component-update", "--disable-sync",
                    "--lang=fr-FR", "--window-size=1280,900",
                    format!("--user-data-dir={}", profile.path().display()),
                ],
                "prefs": {
                    "profile.managed_default_content_settings.javascript": javascript,
                    "intl.accept_languages": "fr-FR,fr",
                },
            },
            "goog:loggingPrefs": { "browser": "ALL", "performance": "ALL" },
        });
        let Value::Object(capabilities) = capabilities else {
            bail!("capabilities are an object")
        };
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(capabilities)
            .connect(driver)
            .await
            .context("ChromeDriver cannot start a browser")?;
        Ok(Self {
            client,
            keyboard_only: AtomicBool::new(false),
            _profile: profile,
        })
    }

    /// From now on nothing is clicked: places are reached by Tab, and pressed by keys.
    pub fn take_the_pointer_away(&self) {
        self.keyboard_only.store(true, Ordering::Relaxed);
    }

    /// Whether the person has no pointer.
    #[must_use]
    pub fn is_keyboard_only(&self) -> bool {
        self.keyboard_only.load(Ordering::Relaxed)
    }

    /// Gives the page a size in CSS pixels. Windows cannot be narrower than 500, emulated ones can.
    ///
    /// # Errors
    /// If the browser refuses.
    pub async fn resize(&self, width: u32, height: u32) -> Result<()> {
        let size =
            json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.devtools("Emulation.setDeviceMetricsOverride", size)
            .await
    }

    /// Says whether the person prefers `light` or `dark`; at rest, as colours on their way from one to the other are
    /// neither.
    ///
    /// # Errors
    /// If the browser refuses.
    pub async fn prefer(&self, scheme: &str) -> Result<()> {
        let features = json!({ "features": [
            { "name": "prefers-color-scheme", "value": scheme },
            { "name": "prefers-reduced-motion", "value": "reduce" },
        ] });
        self.devtools("Emulation.setEmulatedMedia", features).await
    }

    /// Sends a command of the DevTools protocol.
    ///
    /// # Errors
    /// If the browser refuses.
    pub async fn devtools(&self, command: &str, parameters: Value) -> Result<()> {
        let body = json!({ "cmd": command, "params": parameters });
        self.chromium("goog/cdp/execute", body).await.map(drop)
    }

    /// Plugs in a device that keeps passkeys and recognises its owner; its name is for [`Self::verifies_user`].
    ///
    /// # Errors
    /// If ChromeDriver has no such devices.
    pub async fn add_authenticator(&self) -> Result<String> {
        let device = json!({
            "protocol": "ctap2", "transport": "internal", "hasResidentKey": true,
            "hasUserVerification": true, "isUserVerified": true,
        });
        let name = self.chromium("webauthn/authenticator", device).await?;
        let name = name.as_str().context("a device has a name")?;
        Ok(name.to_owned())
    }

    /// Says whether a device recognises its owner from now on.
    ///
    /// # Errors
    /// If there is no such device.
    pub async fn verifies_user(&self, device: &str, does: bool) -> Result<()> {
        let endpoint = format!("webauthn/authenticator/{device}/uv");
        let body = json!({ "isUserVerified": does });
        self.chromium(endpoint, body).await.map(drop)
    }

    /// The browser's console since the last call: warnings and errors only.
    ///
    /// # Errors
    /// If ChromeDriver does not answer.
    pub async fn complaints(&self) -> Result<Vec<String>> {
        let entries = self.log("browser").await?;
        Ok(entries
            .iter()
            .filter(|it| matches!(it["level"].as_str(), Some("WARNING" | "SEVERE")))
            .map(|it| format!("{}: {}", it["level"], it["message"]))
            .collect())
    }

    /// DevTools' events since the last call.
    ///
    /// # Errors
    /// If ChromeDriver does not answer, or not in JSON.
    pub async fn events(&self) -> Result<Vec<Value>> {
        let mut events = Vec::new();
        for entry in self.log("performance").await? {
            let text = entry["message"]
                .as_str()
                .context("a performance entry has a message")?;
            let mut event: Value = serde_json::from_str(text)?;
            events.push(event["message"].take());
        }
        Ok(events)
    }

    /// Saves what is on screen and the page's source; `name` begins the file names.
    ///
    /// # Errors
    /// If the browser is gone or the folder cannot be written.
    pub async fn save(&self, folder: &Path, name: &str) -> Result<()> {
        std::fs::create_dir_all(folder)?;
        std::fs::write(folder.join(format!("{name}.html")), self.source().await?)?;
        std::fs::write(folder.join(format!("{name}.png")), self.screenshot().await?)?;
        Ok(())
    }

    async fn log(&self, kind: &str) -> Result<Vec<Value>> {
        match self.chromium("se/log", json!({ "type": kind })).await? {
            Value::Array(entries) => Ok(entries),
            other => bail!("a log is a list, not {other}"),
        }
    }

    async fn chromium(&self, endpoint: impl Into<String>, body: Value) -> Result<Value> {
        let endpoint = endpoint.into();
        Ok(self.issue_cmd(ChromiumCommand { endpoint, body }).await?)
    }
}

/// A command that only ChromeDriver knows.
#[derive(Debug)]
struct ChromiumCommand {
    endpoint: String,
    body: Value,
}

impl WebDriverCompatibleCommand for ChromiumCommand {
    fn endpoint(
        &self,
        base_url: &url::Url,
        session_id: Option<&str>,
    ) -> Result<url::Url, url::ParseError> {
        base_url.join(&format!(
            "session/{}/{}",
            session_id.unwrap_or_default(),
            self.endpoint
        ))
    }

    fn method_and_body(&self, _: &url::Url) -> (http::Method, Option<String>) {
        (http::Method::POST, Some(self.body.to_string()))
    }
}
