//! What `upskill serve` says in development: whom to be, and what to try.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

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
            let address = config.graphql.graphiql.then(|| reachable(listen));
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

/// The address by which a browser on this machine finds the server: one that listens everywhere is here, too.
fn reachable(listen: SocketAddr) -> SocketAddr {
    let here = match listen.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(ip) if ip.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
        ip => ip,
    };
    SocketAddr::new(here, listen.port())
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_lead_somewhere() {
        for (listen, shown) in [
            ("0.0.0.0:8080", "127.0.0.1:8080"),
            ("[::]:8080", "[::1]:8080"),
            ("192.0.2.1:80", "192.0.2.1:80"),
        ] {
            assert_eq!(reachable(listen.parse().expect("an address")).to_string(), shown);
        }
    }
}
