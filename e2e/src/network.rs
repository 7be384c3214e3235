//! What the browser downloaded, by its own account.

use anyhow::{Context as _, Result};
use serde_json::Value;
use std::collections::BTreeMap;

/// One finished download.
#[derive(Clone, Debug)]
pub struct Download {
    /// Where from.
    pub url: String,
    /// DevTools' word for what it is: `Document`, `Script`, `Fetch`, `Stylesheet`, `Font`…
    pub kind: String,
    /// `br`, `gzip`, or nothing.
    pub encoding: String,
    /// Bytes that came over the wire, compressed; the answer's headers count too.
    pub bytes: u64,
}

/// Puts DevTools' network events together into downloads; what came from the cache weighs nothing and is left out.
///
/// # Errors
/// If an event lacks what the protocol promises.
pub fn downloads(events: &[Value]) -> Result<Vec<Download>> {
    let mut open: BTreeMap<&str, Download> = BTreeMap::new();
    let mut done = Vec::new();
    for event in events {
        let params = &event["params"];
        let Some(id) = params["requestId"].as_str() else {
            continue;
        };
        match event["method"].as_str().unwrap_or_default() {
            "Network.responseReceived" => {
                let response = &params["response"];
                let url = response["url"]
                    .as_str()
                    .context("a response has an address")?;
                if response["fromDiskCache"] == true || !url.starts_with("http") {
                    continue;
                }
                let header = |name: &str| {
                    let headers = response["headers"].as_object().into_iter().flatten();
                    headers
                        .filter(|(key, _)| key.eq_ignore_ascii_case(name))
                        .find_map(|(_, value)| value.as_str())
                        .unwrap_or_default()
                        .to_owned()
                };
                let kind = params["type"].as_str().unwrap_or_default().to_owned();
                let download = Download {
                    url: url.to_owned(),
                    kind,
                    encoding: header("content-encoding"),
                    bytes: 0,
                };
                open.insert(id, download);
            }
            "Network.loadingFinished" => {
                if let Some(mut download) = open.remove(id) {
                    let bytes = params["encodedDataLength"].as_f64();
                    download.bytes = bytes.context("a finished download has a size")? as u64;
                    done.push(download);
                }
            }
            _ => {}
        }
    }
    Ok(done)
}
