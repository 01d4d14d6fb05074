//! The address of the database, which may carry a password.

use std::fmt;

use reqwest::Url;
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// What stands in the place of a secret wherever settings are shown.
const MASK: &str = "********";

/// The address of the database. It is printed with its password masked; only [`DatabaseUrl::expose`] gives it whole.
#[derive(Clone)]
pub struct DatabaseUrl(SecretString);

impl DatabaseUrl {
    /// The whole address, password included: for the connection and for nothing else.
    pub fn expose(&self) -> &str {
        self.0.expose_secret()
    }

    /// Whether this is a SQLite file.
    pub fn is_sqlite(&self) -> bool {
        self.expose().starts_with("sqlite:")
    }

    /// Whether this is a PostgreSQL server.
    pub fn is_postgres(&self) -> bool {
        self.expose().starts_with("postgres://") || self.expose().starts_with("postgresql://")
    }

    /// The address with its password masked, in the authority as well as in the query, where libpq allows it too.
    /// An address that cannot be taken apart is masked whole, because its password cannot be found.
    fn masked(&self) -> String {
        let Ok(mut url) = Url::parse(self.expose()) else { return MASK.to_owned() };
        if url.password().is_some() && url.set_password(Some(MASK)).is_err() {
            return MASK.to_owned();
        }
        if url.query_pairs().any(|(name, _)| is_password(&name)) {
            let pairs: Vec<(String, String)> = url.query_pairs().into_owned().collect();
            let mut query = url.query_pairs_mut();
            query.clear();
            for (name, value) in &pairs {
                query.append_pair(name, if is_password(name) { MASK } else { value });
            }
        }
        url.to_string()
    }
}

fn is_password(name: &str) -> bool {
    name.eq_ignore_ascii_case("password") || name.eq_ignore_ascii_case("sslpassword")
}

impl From<&str> for DatabaseUrl {
    fn from(url: &str) -> Self {
        Self(SecretString::from(url))
    }
}

impl fmt::Display for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.masked())
    }
}

impl fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.masked())
    }
}

impl Serialize for DatabaseUrl {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for DatabaseUrl {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(|url| Self(SecretString::from(url)))
    }
}
