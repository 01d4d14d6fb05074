//! What `upskill serve` says in development: whom to be, and what to try.

use chrono::TimeDelta;
use upskill_api::auth::DevelopmentIssuer;
use upskill_api::config::Config;
use upskill_api::installation::Installation;
use upskill_api::seed::{self, Persona};
use upskill_domain::organization::Slug;

/// Seeds an empty installation and prints a token for each kind of user.
pub(super) async fn welcome(config: &Config, installation: &Installation) -> anyhow::Result<()> {
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
            greeted.push_str(&greeting(&persona, config, &token));
        }
    }
    if !greeted.is_empty() {
        println!(
            "\nBe somebody (tokens of the development issuer, for {} hours):\n{greeted}",
            lifetime.num_hours()
        );
    }
    Ok(())
}

fn greeting(persona: &Persona, config: &Config, token: &str) -> String {
    let Persona { employer, external_id, name, what, query } = persona;
    let place = if config.graphql.graphiql {
        format!("http://{}/graphiql#token={token}", config.http.listen)
    } else {
        format!("Authorization: Bearer {token}")
    };
    format!("\n{name} ({employer} {external_id}), {what}\n  {place}\n  try: {query}\n")
}
