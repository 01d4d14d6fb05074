//! How an employer begins.

use chrono_tz::Europe::Berlin;
use support::{TestApp, both_databases};
use upskill_domain::kernel::{Currency, Failure};
use upskill_domain::organization::{FoundEmployer, RosterLine, Slug};

fn westwind(name: &str, hired_on: &str) -> FoundEmployer {
    FoundEmployer {
        slug: Slug::parse("westwind").expect("a slug"),
        name: name.to_owned(),
        time_zone: Berlin,
        currency: Currency::parse("EUR").expect("a currency"),
        fiscal_year_start_month: 1,
        minimum_group_size: 5,
        admin: Some(RosterLine {
            line: 1,
            external_id: Some("X1".to_owned()),
            name: Some("Xaver Admin".to_owned()),
            hired_on: Some(hired_on.to_owned()),
            ..RosterLine::default()
        }),
    }
}

both_databases! {
    async fn an_employer_is_founded_with_its_administrator_or_not_at_all(app: TestApp) {
        let mut witness = app.witness().await;
        let found = async |name: &str, hired_on: &str| {
            match app.app.organization().found(westwind(name, hired_on)).await {
                Ok(employer) => Ok(employer.name),
                Err(Failure::Refused(refusal)) => Err(refusal.to_string()),
                Err(Failure::Fault(fault)) => panic!("{fault}"),
            }
        };
        for (name, hired_on, refusal) in [
            (" ", "2026-01-01", "the name must not be empty"),
            ("West\u{0}wind", "2026-01-01", "the name has a control character at position 5"),
            ("Westwind", "01.01.2026", "the administrator cannot be taken: hired_on '01.01.2026' is not a date such as 2026-01-31"),
        ] {
            assert_eq!(found(name, hired_on).await, Err(refusal.to_owned()));
            assert!(!witness.wrote().await);
        }
        assert_eq!(found(" Westwind ", "2026-01-01").await, Ok("Westwind".to_owned()));
        let roles = app.caller("westwind", "X1").ask("{ viewer { roles employee { name } } }").await;
        assert_eq!(roles.json, serde_json::json!({
            "data": { "viewer": { "roles": ["EMPLOYER_ADMIN"], "employee": { "name": "Xaver Admin" } } },
        }));
        assert_eq!(
            found("Westwind", "2026-01-01").await,
            Err("an employer with the short name 'westwind' exists already".to_owned())
        );
    }
}
