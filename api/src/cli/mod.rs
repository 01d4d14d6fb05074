//! The commands. Each one reads the configuration, opens the installation and calls a use case.

mod import;
mod rebuild;
mod seed;
mod serve;
mod token;
mod verify;
mod welcome;

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context as _;
use clap::{Parser, Subcommand};
use tracing_subscriber::EnvFilter;
use upskill_api::config::{Config, LogConfig, LogFormat};
use upskill_api::installation::{Installation, migrate};
use upskill_domain::organization::{Employer, Slug};

/// Upskill: the GraphQL API for internal upskilling programs.
#[derive(Parser)]
#[command(name = "upskill", version, about, subcommand_required = false)]
pub(crate) struct Cli {
    /// The configuration file; `upskill.toml` in the working directory when there is one and none is named.
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the API (the default). In development it also migrates, seeds the demo employers and works.
    Serve,
    /// Work without serving: seal the journal, forget old idempotency keys.
    Worker,
    /// Bring the database up to date.
    Migrate {
        /// Only list the migrations and whether the database has them.
        #[arg(long)]
        status: bool,
    },
    /// Print the schema in the schema definition language.
    Schema,
    /// Bring in an employer, a roster or courses.
    #[command(subcommand)]
    Import(import::Import),
    /// Fill an empty installation with two employers and two years of history.
    Seed(seed::Seed),
    /// Print a token of the development issuer.
    Token(token::Token),
    /// Count again what was counted from the journal.
    #[command(subcommand)]
    Rebuild(rebuild::Rebuild),
    /// Recompute journals and balances, and name the first row that disagrees.
    Verify,
    /// Print the settings in effect, secrets masked.
    Config,
}

impl Cli {
    pub(crate) async fn run(self) -> anyhow::Result<ExitCode> {
        let config = Config::load(self.config.as_deref(), std::env::vars())?;
        match self.command.unwrap_or(Command::Serve) {
            Command::Schema => print!("{}", upskill_api::graphql::sdl()),
            Command::Config => print!("{}", config.render_effective()?),
            Command::Migrate { status } => self::migrations(&config, status).await?,
            Command::Serve => {
                log(&config.log)?;
                serve::serve(config).await?;
            }
            Command::Worker => {
                log(&config.log)?;
                serve::work(config).await?;
            }
            Command::Import(import) => return import.run(&config).await,
            Command::Seed(seed) => seed.run(&config).await?,
            Command::Token(token) => token.run(&config)?,
            Command::Rebuild(rebuild) => rebuild.run(&config).await?,
            Command::Verify => return verify::run(&config).await,
        }
        Ok(ExitCode::SUCCESS)
    }
}

async fn migrations(config: &Config, status: bool) -> anyhow::Result<()> {
    if !status {
        migrate(&config.database).await?;
    }
    for step in upskill_migrations::status(config.database.url.expose()).await? {
        println!("{} {}", if step.applied { "applied" } else { "pending" }, step.name);
    }
    Ok(())
}

/// Starts logging. Logs go to standard error; standard output is for what a command prints.
fn log(config: &LogConfig) -> anyhow::Result<()> {
    let filter = EnvFilter::try_new(&config.filter).context("log.filter")?;
    let subscriber = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    match config.format {
        LogFormat::Json => subscriber.json().init(),
        LogFormat::Pretty => subscriber.with_target(false).init(),
    }
    Ok(())
}

/// The database brought up to date, and the installation over it: what every command at the terminal starts from.
async fn opened(config: &Config) -> anyhow::Result<Installation> {
    if config.database.migrate_on_start {
        migrate(&config.database).await?;
    }
    current(config).await
}

/// The installation over a database that is up to date already.
async fn current(config: &Config) -> anyhow::Result<Installation> {
    let installation = Installation::open(config).await?;
    installation.require_migrations().await?;
    Ok(installation)
}

/// The employer with a short name, or an answer that lists those there are.
async fn employer(installation: &Installation, slug: &str) -> anyhow::Result<Employer> {
    let slug = Slug::parse(slug)?;
    let organization = installation.app.organization();
    if let Some(employer) = organization.employer_named(&slug).await? {
        return Ok(employer);
    }
    let known = organization.all_employers().await?;
    let known: Vec<_> = known.iter().map(|employer| employer.slug.as_str()).collect();
    anyhow::bail!("there is no employer '{slug}'; there is: {}", known.join(", "))
}
