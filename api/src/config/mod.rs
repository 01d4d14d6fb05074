//! The settings of the program: typed, checked before anything starts, and documented in `config.default.toml`.
//!
//! Three layers lie over each other: the embedded defaults (with those of the production profile where it is
//! chosen), a file, and environment variables. The embedded file is also the schema of the layers above it: a key
//! that it does not have is refused by name, and a value must have the type of the default. A program that ignores a
//! misspelled `introspecton = false` is worse than one that does not start.

mod auth;
mod database_url;
mod layers;
mod refusal;
mod sections;
#[cfg(test)]
mod tests;
mod validation;

use std::path::Path;

use serde::{Deserialize, Serialize};

pub use self::auth::{
    AuthConfig, DevelopmentIssuerConfig, EmployerSource, IssuerConfig, KeySource, SigningAlgorithm,
    SubjectKind,
};
pub use self::database_url::DatabaseUrl;
use self::layers::Layers;
pub use self::refusal::{ConfigError, Refusal};
pub use self::sections::{
    ActionsConfig, DatabaseConfig, GraphqlConfig, HttpConfig, LiveConfig, LogConfig, LogFormat, Profile,
    WorkerConfig,
};

/// The file that is read from the working directory when no other is named.
const DEFAULT_FILE: &str = "upskill.toml";

/// All settings, complete and checked.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Whether this is a developer's machine or production.
    pub profile: Profile,
    /// The database.
    pub database: DatabaseConfig,
    /// The HTTP server.
    pub http: HttpConfig,
    /// The GraphQL endpoint and its limits.
    pub graphql: GraphqlConfig,
    /// Websockets and the subscriptions on them.
    pub live: LiveConfig,
    /// Whose tokens are trusted.
    pub auth: AuthConfig,
    /// Links that decide.
    pub actions: ActionsConfig,
    /// The background worker.
    pub worker: WorkerConfig,
    /// Logging.
    pub log: LogConfig,
}

impl Config {
    /// Reads the settings: the embedded defaults, then the file at `path` (or `upskill.toml`, if there is one), then
    /// the variables of `env` that begin with `UPSKILL__`.
    pub fn load(
        path: Option<&Path>,
        env: impl IntoIterator<Item = (String, String)>,
    ) -> Result<Self, ConfigError> {
        let path = match path {
            Some(path) => Some(path),
            None => Some(Path::new(DEFAULT_FILE)).filter(|path| path.exists()),
        };
        let file = path.map(|path| layers::read(path).map(|table| (path.display().to_string(), table)));
        Self::from_layers(file.transpose()?.as_ref(), &env.into_iter().collect::<Vec<_>>())
    }

    /// The settings as they are in effect, as TOML that could be read again except for the masked secrets.
    pub fn render_effective(&self) -> Result<String, toml::ser::Error> {
        toml::to_string_pretty(self)
    }

    /// The embedded defaults, as the tests of other modules start from them.
    #[cfg(test)]
    pub(crate) fn embedded() -> Self {
        Self::from_layers(None, &[]).expect("the embedded configuration holds, as the tests show")
    }

    fn from_layers(
        file: Option<&(String, toml::Table)>,
        env: &[(String, String)],
    ) -> Result<Self, ConfigError> {
        let stacked = |profile| {
            let mut layers = Layers::of(profile);
            if let Some((name, table)) = file {
                layers.put_file(name, table.clone());
            }
            layers.put_environment(env);
            layers
        };
        // The profile decides what the file and the environment lie upon, and is itself found in them.
        let layers = match stacked(Profile::Development) {
            layers if layers.asks_for_production() => stacked(Profile::Production),
            layers => layers,
        };
        let config = layers.finish()?;
        validation::check(&config)?;
        Ok(config)
    }
}
