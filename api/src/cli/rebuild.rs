//! `upskill rebuild`.

use clap::Subcommand;
use upskill_api::config::Config;

/// What can be counted again.
#[derive(Subcommand)]
pub(super) enum Rebuild {
    /// Count the figures of reports again from the journal, while the service runs.
    Reports {
        /// Only those of the employer with this short name.
        #[arg(long, value_name = "SLUG")]
        employer: Option<String>,
    },
}

impl Rebuild {
    pub(super) async fn run(self, config: &Config) -> anyhow::Result<()> {
        let Self::Reports { employer } = self;
        let installation = super::current(config).await?;
        let employers = match employer {
            Some(slug) => vec![super::employer(&installation, &slug).await?],
            None => installation.app.organization().all_employers().await?,
        };
        for employer in employers {
            let groups = installation.app.reports().rebuild(&employer).await?;
            println!("{}: reports counted again, {groups} years of groups of people", employer.slug);
        }
        Ok(())
    }
}
