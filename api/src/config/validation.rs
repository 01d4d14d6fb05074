//! The rules that span keys or go beyond a type. All refusals are collected, so that they can be put right in one go.

use std::collections::HashSet;
use std::fmt::Display;

use reqwest::Url;

use super::{
    Config, ConfigError, GraphqlConfig, HttpConfig, IssuerConfig, KeySource, LiveConfig, Profile, Refusal,
};
use crate::auth::DevelopmentIssuer;

/// The clock difference that RFC 8725 and common practice still call small.
const MAX_LEEWAY_SECONDS: u32 = 60;

/// Refuses settings that cannot work or must not be used in their profile.
pub(super) fn check(config: &Config) -> Result<(), ConfigError> {
    let mut checks = Checks::default();
    checks.database(config);
    checks.http(&config.http);
    checks.graphql(&config.graphql);
    checks.live(&config.live);
    checks.positive("worker.seal_interval_ms", config.worker.seal_interval_ms);
    checks.link_lifetime(config.actions.link_lifetime_hours);
    checks.positive("worker.batch", u64::from(config.worker.batch));
    checks.auth(config);
    if config.profile == Profile::Production {
        checks.production(config);
    }
    if checks.refusals.is_empty() { Ok(()) } else { Err(ConfigError::Refused(checks.refusals)) }
}

#[derive(Default)]
struct Checks {
    refusals: Vec<Refusal>,
}

impl Checks {
    fn refuse(&mut self, key: &str, value: impl Display, remedy: &str) {
        self.refusals.push(Refusal {
            key: key.to_owned(),
            value: value.to_string(),
            remedy: remedy.to_owned(),
        });
    }

    fn positive(&mut self, key: &str, value: u64) {
        if value == 0 {
            self.refuse(key, value, "must be at least 1");
        }
    }

    fn database(&mut self, config: &Config) {
        let database = &config.database;
        if !database.url.is_sqlite() && !database.url.is_postgres() {
            let remedy = "must begin with sqlite:// or postgres://";
            self.refuse("database.url", format!("{:?}", database.url), remedy);
        }
        self.positive("database.max_connections", u64::from(database.max_connections));
        self.positive("database.acquire_timeout_ms", database.acquire_timeout_ms);
        self.positive("database.statement_timeout_ms", database.statement_timeout_ms);
    }

    fn http(&mut self, http: &HttpConfig) {
        for origin in &http.cors_origins {
            // A browser sends scheme, host and port without a path; anything else would silently never match.
            let exact = Url::parse(origin).is_ok_and(|url| url.origin().ascii_serialization() == *origin);
            if !exact {
                let remedy =
                    "must be an origin such as https://hr.example.com, without a path or a final slash";
                self.refuse("http.cors_origins", format!("{origin:?}"), remedy);
            }
        }
        for (key, value) in [
            ("http.max_connections", http.max_connections),
            ("http.max_concurrent_requests", http.max_concurrent_requests),
            ("http.body_limit_bytes", http.body_limit_bytes),
            ("http.max_large_bodies", http.max_large_bodies),
        ] {
            self.positive(key, value as u64);
        }
        if http.large_body_limit_bytes < http.body_limit_bytes {
            let remedy = "must be at least http.body_limit_bytes";
            self.refuse("http.large_body_limit_bytes", http.large_body_limit_bytes, remedy);
        }
        for (key, value) in [
            ("http.retry_after_seconds", u64::from(http.retry_after_seconds)),
            ("http.header_read_timeout_ms", http.header_read_timeout_ms),
            ("http.body_read_timeout_ms", http.body_read_timeout_ms),
            ("http.write_timeout_ms", http.write_timeout_ms),
            ("http.request_timeout_ms", http.request_timeout_ms),
        ] {
            self.positive(key, value);
        }
    }

    fn graphql(&mut self, graphql: &GraphqlConfig) {
        for (key, value) in [
            ("graphql.max_depth", graphql.max_depth),
            ("graphql.max_complexity", graphql.max_complexity),
            ("graphql.max_selections", graphql.max_selections),
            ("graphql.max_root_fields", graphql.max_root_fields),
            ("graphql.max_tokens", graphql.max_tokens),
            ("graphql.max_nesting", graphql.max_nesting),
        ] {
            self.positive(key, value);
        }
        if graphql.trusted_only && graphql.trusted_documents.is_none() {
            let remedy = "needs graphql.trusted_documents, or every operation would be refused";
            self.refuse("graphql.trusted_only", true, remedy);
        }
    }

    fn live(&mut self, live: &LiveConfig) {
        for (key, value) in [
            ("live.init_timeout_ms", live.init_timeout_ms),
            ("live.keepalive_ms", live.keepalive_ms),
            ("live.poll_interval_ms", live.poll_interval_ms),
        ] {
            self.positive(key, value);
        }
    }

    fn auth(&mut self, config: &Config) {
        let auth = &config.auth;
        if auth.leeway_seconds > MAX_LEEWAY_SECONDS {
            self.refuse("auth.leeway_seconds", auth.leeway_seconds, "must be at most 60");
        }
        if !(1..=3600).contains(&auth.jwks_refresh_floor_seconds) {
            let remedy = "must be between 1 and 3600";
            self.refuse("auth.jwks_refresh_floor_seconds", auth.jwks_refresh_floor_seconds, remedy);
        }
        self.positive(
            "auth.development.token_lifetime_hours",
            u64::from(auth.development.token_lifetime_hours),
        );
        if auth.issuers.is_empty() && !auth.development.enabled {
            let remedy = "nobody could sign in: name at least one [[auth.issuers]]";
            self.refuse("auth.issuers", "[]", remedy);
        }
        let mut seen = HashSet::from([DevelopmentIssuer::ISSUER]);
        for (index, issuer) in auth.issuers.iter().enumerate() {
            let key = |field: &str| format!("auth.issuers[{index}].{field}");
            if issuer.issuer.is_empty() || !seen.insert(&issuer.issuer) {
                let remedy = "must be the exact `iss` of its tokens, each issuer once";
                self.refuse(&key("issuer"), format!("{:?}", issuer.issuer), remedy);
            }
            self.issuer(issuer, key);
        }
    }

    fn issuer(&mut self, issuer: &IssuerConfig, key: impl Fn(&str) -> String) {
        if issuer.audience.is_empty() {
            self.refuse(&key("audience"), "[]", "must name the audience that stands for this API");
        }
        if issuer.algorithms.is_empty() {
            self.refuse(
                &key("algorithms"),
                "[]",
                "must name the algorithms that are accepted, such as RS256",
            );
        }
        if issuer.subject_claim.is_empty() {
            self.refuse(&key("subject_claim"), "\"\"", "must name the claim that says which person it is");
        }
        match issuer.key_source() {
            Some(KeySource::Discovery(address)) => self.web_address(&key("issuer"), address),
            Some(KeySource::Url(address)) => self.web_address(&key("jwks_url"), address),
            Some(KeySource::File(_)) => {}
            None => {
                let value = format!(
                    "{} with jwks_url = {:?} and jwks_file = {:?}",
                    issuer.discovery, issuer.jwks_url, issuer.jwks_file
                );
                self.refuse(&key("discovery"), value, "set exactly one of discovery, jwks_url and jwks_file");
            }
        }
        if issuer.employer_source().is_none() {
            let value = format!("{:?} with employer_claim = {:?}", issuer.employer, issuer.employer_claim);
            self.refuse(&key("employer"), value, "set exactly one of employer and employer_claim");
        }
    }

    fn link_lifetime(&mut self, hours: u32) {
        if !(1..=720).contains(&hours) {
            let remedy = "must be between 1 and 720, a month: what nobody has decided by then has changed";
            self.refuse("actions.link_lifetime_hours", hours, remedy);
        }
    }

    fn web_address(&mut self, key: &str, address: &str) {
        let good = Url::parse(address).is_ok_and(|url| matches!(url.scheme(), "http" | "https"));
        if !good {
            self.refuse(
                key,
                format!("{address:?}"),
                "must be an address that begins with https:// or http://",
            );
        }
    }

    fn production(&mut self, config: &Config) {
        if config.auth.development.enabled {
            let remedy = "anybody with the key file could be anybody: remove it, and name [[auth.issuers]]";
            self.refuse("auth.development.enabled", true, remedy);
        }
        for (key, enabled) in [
            ("graphql.introspection", config.graphql.introspection),
            ("graphql.graphiql", config.graphql.graphiql),
        ] {
            if enabled {
                self.refuse(key, true, "must be false in production; the schema is in the repository");
            }
        }
        for (index, issuer) in config.auth.issuers.iter().enumerate() {
            let (field, address) = match issuer.key_source() {
                Some(KeySource::Discovery(address)) => ("issuer", address),
                Some(KeySource::Url(address)) => ("jwks_url", address),
                Some(KeySource::File(_)) | None => continue,
            };
            if !address.starts_with("https://") {
                let remedy = "must be https in production: whoever can change the answer can forge tokens";
                self.refuse(&format!("auth.issuers[{index}].{field}"), format!("{address:?}"), remedy);
            }
        }
    }
}
