//! One installation: a database, the use cases over it, and the routes.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use anyhow::Context as _;
use axum::Router;
use tokio_util::sync::CancellationToken;
use upskill_domain::app::App;
use upskill_domain::kernel::{Clock, Ids};
use upskill_persistence::{Db, DbOptions};

use crate::actions::ActionLinks;
use crate::auth::Authenticator;
use crate::config::{Config, DatabaseConfig, DatabaseUrl};
use crate::http;
use crate::schema_executor::SchemaExecutor;
use crate::system::{SystemClock, SystemIds};
use crate::vitals;

/// A database with the use cases over it.
#[derive(Clone)]
pub struct Installation {
    /// The use cases.
    pub app: App,
    /// The database, for signs of life.
    pub db: Arc<Db>,
    url: DatabaseUrl,
    /// Whether every migration was found once. They are never taken back while a program runs.
    migrated: Arc<AtomicBool>,
}

impl Installation {
    /// Opens the database that the configuration names, with the machine's clock.
    pub async fn open(config: &Config) -> anyhow::Result<Self> {
        Self::open_with(&config.database, Arc::new(SystemClock), Arc::new(SystemIds)).await
    }

    /// Opens a database with a clock and a source of ids of the caller's choice.
    pub async fn open_with(
        database: &DatabaseConfig,
        clock: Arc<dyn Clock>,
        ids: Arc<dyn Ids>,
    ) -> anyhow::Result<Self> {
        let options = DbOptions {
            url: database.url.expose().to_owned(),
            max_connections: database.max_connections,
            acquire_timeout: Duration::from_millis(database.acquire_timeout_ms),
            statement_timeout: Duration::from_millis(database.statement_timeout_ms),
        };
        let db = Db::connect(&options).await.with_context(|| format!("cannot open {}", database.url))?;
        let db = Arc::new(db);
        let app = App::new(db.clone(), clock, ids);
        Ok(Self { app, db, url: database.url.clone(), migrated: Arc::default() })
    }

    /// The migrations that the database lacks, by name. Once it has them all, this asks no more.
    pub async fn pending_migrations(&self) -> anyhow::Result<Vec<String>> {
        if self.migrated.load(Ordering::Relaxed) {
            return Ok(Vec::new());
        }
        let steps = upskill_migrations::status(self.url.expose()).await?;
        let pending: Vec<_> = steps.into_iter().filter(|step| !step.applied).map(|step| step.name).collect();
        self.migrated.store(pending.is_empty(), Ordering::Relaxed);
        Ok(pending)
    }

    /// Refuses to go on over a database that lacks migrations.
    pub async fn require_migrations(&self) -> anyhow::Result<()> {
        let pending = self.pending_migrations().await?;
        anyhow::ensure!(
            pending.is_empty(),
            "{} lacks migrations: {}; run `upskill migrate` once",
            self.url,
            pending.join(", ")
        );
        Ok(())
    }

    /// Measures the installation every few seconds, for `/metrics`, until told to stop.
    pub async fn watch(&self, shutdown: CancellationToken) {
        vitals::watch(self, shutdown).await;
    }

    /// The routes of this installation.
    pub async fn router(&self, config: &Config) -> anyhow::Result<Router> {
        let app = self.app.clone();
        let authenticator = Authenticator::new(&config.auth, Arc::new(move || app.clock().now())).await?;
        let links = Arc::new(ActionLinks::open(&config.actions, config.profile)?);
        let executor = SchemaExecutor::new(self.clone(), authenticator, links, config);
        Ok(http::router(Arc::new(executor), &config.http, &config.graphql, &config.live)?)
    }
}

/// Brings the database that the configuration names up to date, creating a SQLite file that is not there yet.
pub async fn migrate(database: &DatabaseConfig) -> anyhow::Result<()> {
    if let Some(folder) = database.url.expose().strip_prefix("sqlite://").and_then(parent_folder) {
        std::fs::create_dir_all(&folder)
            .with_context(|| format!("cannot create the folder {}", folder.display()))?;
    }
    upskill_migrations::up(database.url.expose())
        .await
        .with_context(|| format!("cannot bring {} up to date", database.url))
}

fn parent_folder(path: &str) -> Option<std::path::PathBuf> {
    let file = path.split('?').next().unwrap_or(path);
    let parent = std::path::Path::new(file).parent()?;
    (!parent.as_os_str().is_empty()).then(|| parent.to_owned())
}
