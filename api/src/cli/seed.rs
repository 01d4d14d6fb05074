//! `upskill seed`.

use std::time::Instant;

use chrono::{NaiveDate, Utc};
use clap::Args;
use upskill_api::config::Config;
use upskill_api::seed::{self, Scale, Told};

/// How much is seeded.
#[derive(Args)]
pub(super) struct Seed {
    /// The first day after the story; today when not given. The same day gives the same data.
    #[arg(long, value_name = "DATE")]
    today: Option<NaiveDate>,
    /// People at Northwind Steel; the demonstration's 250 when not given.
    #[arg(long, value_name = "NUMBER")]
    employees: Option<usize>,
    /// Requests for each of them; only with --employees.
    #[arg(long, value_name = "NUMBER", default_value_t = 3, requires = "employees")]
    requests_per_employee: usize,
}

impl Seed {
    pub(super) async fn run(self, config: &Config) -> anyhow::Result<()> {
        let today = self.today.unwrap_or_else(today);
        let scale = match self.employees {
            Some(employees) => Scale::of(today, employees, self.requests_per_employee),
            None => Scale::demo(today),
        };
        let installation = super::opened(config).await?;
        let begun = Instant::now();
        for told in seed::seed(&installation, scale).await? {
            println!("{}", line(&told));
        }
        println!("seeded in {:.1} s", begun.elapsed().as_secs_f64());
        Ok(())
    }
}

/// What was told about an employer, in a line.
pub(super) fn line(told: &Told) -> String {
    let Told { employer, employees, courses, requests } = told;
    format!("{employer}: {employees} people, {courses} courses, {requests} requests")
}

#[expect(clippy::disallowed_methods, reason = "the command line is the outside, where time comes from")]
fn today() -> NaiveDate {
    Utc::now().date_naive()
}
