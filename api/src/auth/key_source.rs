//! Where an issuer's keys come from: a file, an address, or the issuer's OpenID configuration.

use std::path::PathBuf;
use std::time::Duration;

use chrono::TimeDelta;
use reqwest::header::CACHE_CONTROL;
use reqwest::redirect::Policy;
use reqwest::{Client, Url};
use serde::Deserialize;

/// The most bytes that are read of a JWKS or an OpenID configuration; real ones have a few thousand.
const MAX_DOCUMENT_BYTES: u64 = 512 * 1024;
/// How long an answer may take. A request may be waiting for it.
const TIMEOUT: Duration = Duration::from_secs(3);

/// Where an issuer's keys come from.
#[derive(Debug)]
pub(super) enum KeySource {
    /// They were given at the start and stay.
    Given,
    /// This file, which an operator may replace.
    File(PathBuf),
    /// This address.
    Url(Client, Url),
    /// The address that the OpenID configuration of this issuer names.
    Discovery(Client, String),
}

/// A JWKS document, and for how long its publisher says it holds.
#[derive(Debug)]
pub(super) struct Fetched {
    pub(super) document: Vec<u8>,
    pub(super) max_age: Option<TimeDelta>,
}

/// Why keys could not be had.
#[derive(Debug, thiserror::Error)]
pub(super) enum FetchError {
    #[error("{}: {source}", path.display())]
    File { path: PathBuf, source: std::io::Error },
    #[error("the document is larger than {MAX_DOCUMENT_BYTES} bytes")]
    TooLarge,
    #[error("{0}")]
    Http(#[from] reqwest::Error),
    #[error("{url} answered {status}")]
    Status { url: Url, status: reqwest::StatusCode },
    #[error("the OpenID configuration at {0} cannot be read")]
    Configuration(String),
    #[error("the OpenID configuration is of the issuer {0:?}")]
    OtherIssuer(String),
    #[error(
        "the OpenID configuration names keys at {0:?}, which is less protected than the configuration itself"
    )]
    Downgrade(String),
}

#[derive(Deserialize)]
struct OpenIdConfiguration {
    issuer: String,
    jwks_uri: String,
}

impl KeySource {
    /// Looks the keys up. `None` where there is nothing to look up.
    pub(super) async fn fetch(&self) -> Result<Option<Fetched>, FetchError> {
        match self {
            Self::Given => Ok(None),
            Self::File(path) => read(path).await.map(Some),
            Self::Url(client, url) => get(client, url).await.map(Some),
            Self::Discovery(client, issuer) => {
                let keys = discover(client, issuer).await?;
                get(client, &keys).await.map(Some)
            }
        }
    }
}

/// The client that asks for keys. It follows no redirects: an open redirect at an issuer must not become a way to
/// have somebody else's keys trusted.
pub(super) fn client() -> Result<Client, reqwest::Error> {
    Client::builder().redirect(Policy::none()).connect_timeout(TIMEOUT).timeout(TIMEOUT).build()
}

/// The file's contents. They hold no longer than the floor between two looks, so a replaced file counts soon; reading
/// a few kilobytes costs less than deciding by a time stamp whether to.
async fn read(path: &PathBuf) -> Result<Fetched, FetchError> {
    let failed = |source| FetchError::File { path: path.clone(), source };
    if tokio::fs::metadata(path).await.map_err(failed)?.len() > MAX_DOCUMENT_BYTES {
        return Err(FetchError::TooLarge);
    }
    let document = tokio::fs::read(path).await.map_err(failed)?;
    Ok(Fetched { document, max_age: Some(TimeDelta::zero()) })
}

async fn get(client: &Client, url: &Url) -> Result<Fetched, FetchError> {
    let mut response = client.get(url.clone()).send().await?;
    if response.status() != reqwest::StatusCode::OK {
        return Err(FetchError::Status { url: url.clone(), status: response.status() });
    }
    let cache_control = response.headers().get(CACHE_CONTROL).and_then(|value| value.to_str().ok());
    let max_age = cache_control.and_then(max_age);
    let mut document = Vec::new();
    while let Some(chunk) = response.chunk().await? {
        document.extend_from_slice(&chunk);
        if document.len() as u64 > MAX_DOCUMENT_BYTES {
            return Err(FetchError::TooLarge);
        }
    }
    Ok(Fetched { document, max_age })
}

/// Asks the issuer where its keys are (OpenID Connect Discovery 1.0). The answer must be about this very issuer
/// (section 4.3), and must not lead from https to http.
async fn discover(client: &Client, issuer: &str) -> Result<Url, FetchError> {
    let address = format!("{}/.well-known/openid-configuration", issuer.trim_end_matches('/'));
    let unreadable = || FetchError::Configuration(address.clone());
    let url = Url::parse(&address).map_err(|_| unreadable())?;
    let answer = get(client, &url).await?;
    let found: OpenIdConfiguration = serde_json::from_slice(&answer.document).map_err(|_| unreadable())?;
    if found.issuer != issuer {
        return Err(FetchError::OtherIssuer(found.issuer));
    }
    let keys = Url::parse(&found.jwks_uri).map_err(|_| unreadable())?;
    if keys.scheme() != "https" && url.scheme() == "https" {
        return Err(FetchError::Downgrade(found.jwks_uri));
    }
    Ok(keys)
}

/// The `max-age` of a Cache-Control header, unless it says not to cache at all.
fn max_age(cache_control: &str) -> Option<TimeDelta> {
    let mut directives = cache_control.split(',').map(str::trim);
    if directives.clone().any(|d| d.eq_ignore_ascii_case("no-store") || d.eq_ignore_ascii_case("no-cache")) {
        return Some(TimeDelta::zero());
    }
    directives.find_map(|directive| {
        let (name, seconds) = directive.split_once('=')?;
        let seconds = seconds.trim_matches('"').parse::<u32>().ok()?;
        name.eq_ignore_ascii_case("max-age").then(|| TimeDelta::seconds(i64::from(seconds)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn max_age_is_found_among_other_directives() {
        assert_eq!(max_age("public, max-age=600, must-revalidate"), Some(TimeDelta::seconds(600)));
        assert_eq!(max_age("Max-Age=\"60\""), Some(TimeDelta::seconds(60)));
        assert_eq!(max_age("no-store, max-age=600"), Some(TimeDelta::zero()));
        assert_eq!(max_age("max-age=soon"), None);
        assert_eq!(max_age("private"), None);
    }
}
