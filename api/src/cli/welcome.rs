//! What `upskill serve` says in development: whom to be, and what to try.

use std::net::SocketAddr;

use chrono::TimeDelta;
use upskill_api::auth::DevelopmentIssuer;
use upskill_api::config::Config;
use upskill_api::installation::Installation;
use upskill_api::seed::{self, Persona};
use upskill_domain::organization::Slug;

/// Seeds an empty installation and prints a token for each kind of user.
pub(super) async fn welcome(
    config: &Config,
    installation: &Installation,
    listen: SocketAddr,
) -> anyhow::Result<()> {
    let employers = installation.app.organization().all_employers().await?;
    if employers.is_empty() {
        println!("No employer yet: seeding two to try everything with ...");
        for told in seed::if_empty(installation).await? {
            println!("  {}", super::seed::line(&told));
        }
    }
    let development = &config.auth.development;
    if !development.enabled {
        return Ok(());
    }
    let issuer = DevelopmentIssuer::open(&development.key_file, super::token::machine_clock())?;
    let lifetime = TimeDelta::hours(i64::from(development.token_lifetime_hours));
    let mut greeted = String::new();
    for persona in seed::personas() {
        let slug = Slug::parse(persona.employer)?;
        if installation.app.organization().employer_named(&slug).await?.is_some() {
            let token = issuer.token(persona.employer, &persona.external_id, lifetime);
            let address = config.graphql.graphiql.then_some(listen);
            greeted.push_str(&greeting(&persona, address, &token));
        }
    }
    if !greeted.is_empty() {
        println!(
            "\nBe somebody (each link opens GraphiQL as that person, for {} hours):\n{greeted}\n\
             Ctrl-C stops the server. Its data lies in {}; without it the next start seeds anew.\n",
            lifetime.num_hours(),
            config.database.url
        );
    }
    Ok(())
}

/// Who somebody is, where to be them, and what to ask first.
fn greeting(persona: &Persona, address: Option<SocketAddr>, token: &str) -> String {
    let Persona { employer, external_id, name, what, query } = persona;
    let place = match address {
        Some(address) => format!("http://{address}/graphiql#token={token}"),
        None => format!("Authorization: Bearer {token}"),
    };
    format!("\n{name} ({employer} {external_id}), {what}\n  {place}\n  try: {query}\n")
}
