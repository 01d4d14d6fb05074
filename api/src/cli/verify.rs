//! `upskill verify`.

use std::fmt::Display;
use std::process::ExitCode;

use upskill_api::config::Config;
use upskill_domain::funding::Verified;
use upskill_domain::organization::Employer;

/// Checks every employer and goes on after a break, so that one run shows all that is wrong.
pub(super) async fn run(config: &Config) -> anyhow::Result<ExitCode> {
    let installation = super::current(config).await?;
    let app = &installation.app;
    let mut clean = true;
    for employer in app.organization().all_employers().await? {
        let journal = app.journal().verify(employer.id).await?;
        clean &= tell(&employer, journal, |entries| format!("journal holds, {entries} entries"));
        let ledgers = app.funding().verify(employer.id).await?;
        clean &= tell(&employer, ledgers, |Verified { budgets, entries, requests }| {
            format!("ledgers hold, {budgets} budgets with {entries} entries and {requests} requests")
        });
        let reports = app.reports().verify(&employer).await?;
        clean &=
            tell(&employer, reports, |groups| format!("reports hold, {groups} years of groups of people"));
        let places = app.mentoring().verify(employer.id).await?;
        clean &= tell(&employer, places, |mentors| format!("places hold, of {mentors} mentors"));
        let returns = app.roi().verify(employer.id).await?;
        clean &= tell(&employer, returns, |reports| format!("returns on investment hold, {reports} reports"));
    }
    Ok(if clean { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Tells what was found at an employer, and answers whether it holds.
fn tell<T>(employer: &Employer, found: Result<T, impl Display>, in_words: impl FnOnce(T) -> String) -> bool {
    let holds = found.is_ok();
    let words = found.map_or_else(|broken| broken.to_string(), in_words);
    println!("{}: {words}", employer.slug);
    holds
}
