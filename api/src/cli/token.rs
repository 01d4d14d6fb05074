//! `upskill token`.

use std::sync::Arc;

use chrono::{TimeDelta, Utc};
use clap::Args;
use upskill_api::auth::{Clock, DevelopmentIssuer};
use upskill_api::config::Config;

/// Whose token it is.
#[derive(Args)]
pub(super) struct Token {
    /// The short name of the employer.
    #[arg(long, value_name = "SLUG")]
    employer: String,
    /// The external id of the person.
    #[arg(long = "as", value_name = "EXTERNAL_ID")]
    person: String,
    /// For how many hours it is valid; as configured when not given.
    #[arg(long)]
    hours: Option<u32>,
}

impl Token {
    pub(super) fn run(self, config: &Config) -> anyhow::Result<()> {
        let development = &config.auth.development;
        anyhow::ensure!(
            development.enabled,
            "the development issuer is off (auth.development.enabled); ask your identity provider for a token"
        );
        let issuer = DevelopmentIssuer::open(&development.key_file, machine_clock())?;
        let hours = self.hours.map_or(i64::from(development.token_lifetime_hours), i64::from);
        println!("{}", issuer.token(&self.employer, &self.person, TimeDelta::hours(hours)));
        Ok(())
    }
}

/// The machine's clock, for tokens.
#[expect(clippy::disallowed_methods, reason = "the command line is the outside, where time comes from")]
pub(super) fn machine_clock() -> Clock {
    Arc::new(Utc::now)
}
