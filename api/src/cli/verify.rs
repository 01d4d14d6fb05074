//! `upskill verify`.

use std::process::ExitCode;

use upskill_api::config::Config;
use upskill_domain::funding::Verified;

/// Checks every employer and goes on after a break, so that one run shows all that is wrong.
pub(super) async fn run(config: &Config) -> anyhow::Result<ExitCode> {
    let installation = super::current(config).await?;
    let mut clean = true;
    for employer in installation.app.organization().all_employers().await? {
        match installation.app.journal().verify(employer.id).await? {
            Ok(entries) => println!("{}: journal holds, {entries} entries", employer.slug),
            Err(broken) => {
                clean = false;
                println!("{}: {broken}", employer.slug);
            }
        }
        match installation.app.funding().verify(employer.id).await? {
            Ok(Verified { budgets, entries, requests }) => println!(
                "{}: ledgers hold, {budgets} budgets with {entries} entries and {requests} requests",
                employer.slug
            ),
            Err(broken) => {
                clean = false;
                println!("{}: {broken}", employer.slug);
            }
        }
        match installation.app.reports().verify(&employer).await? {
            Ok(groups) => println!("{}: reports hold, {groups} years of groups of people", employer.slug),
            Err(broken) => {
                clean = false;
                println!("{}: {broken}", employer.slug);
            }
        }
        match installation.app.roi().verify(employer.id).await? {
            Ok(reports) => println!("{}: returns on investment hold, {reports} reports", employer.slug),
            Err(broken) => {
                clean = false;
                println!("{}: {broken}", employer.slug);
            }
        }
    }
    Ok(if clean { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
