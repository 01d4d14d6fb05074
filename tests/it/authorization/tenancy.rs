//! Employers never see each other: everything that is asked at Northwind, asked by the namesakes at Southwind.

use std::collections::BTreeSet;

use serde_json::Value;
use support::{TestApp, both_databases};

use super::{EVERYBODY, Ids, Row, ids};

/// Every id below a value: a prefix, an underscore and 26 characters of Crockford's base 32.
fn ids_in(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::String(text) => {
            let suffix = text.rsplit_once('_').map(|(_, suffix)| suffix);
            let base32 = |c: char| c.is_ascii_digit() || (c.is_ascii_lowercase() && !"ilou".contains(c));
            if suffix.is_some_and(|suffix| suffix.len() == 26 && suffix.chars().all(base32)) {
                found.insert(text.clone());
            }
        }
        Value::Array(items) => items.iter().for_each(|item| ids_in(item, found)),
        Value::Object(fields) => fields.values().for_each(|field| ids_in(field, found)),
        _ => {}
    }
}

/// What everybody of an employer gets from every query.
async fn told(app: &TestApp, slug: &str, ids: &Ids) -> Vec<Value> {
    let mut told = Vec::new();
    for row in Row::all().filter(|row| !row.mutates()) {
        for person in EVERYBODY {
            told.push(row.ask(&app.caller(slug, person), person, ids).await.json["data"].clone());
        }
    }
    told
}

both_databases! {
    async fn nothing_of_one_employer_is_told_to_another_or_changed_by_it(app: TestApp) {
        let northwind = app.northwind().await;
        let southwind = app.southwind().await;
        let theirs = ids(&app, &northwind, "northwind").await;
        let own = ids(&app, &southwind, "southwind").await;
        let before = told(&app, "northwind", &theirs).await;
        let mut secret: BTreeSet<_> = theirs.values().cloned().collect();
        for answer in &before {
            ids_in(answer, &mut secret);
        }
        assert!(secret.len() > 40, "the story is larger: {secret:?}");
        let entries = app.app.journal().verify(northwind.id).await.expect("a verdict");

        let mut witness = app.witness().await;
        for row in Row::all() {
            for person in EVERYBODY {
                let caller = app.caller("southwind", person);
                let answer = row.ask(&caller, person, &theirs).await;
                let mut told = BTreeSet::new();
                ids_in(&answer.json["data"], &mut told);
                let leaked: Vec<_> = told.intersection(&secret).collect();
                assert!(leaked.is_empty(), "{} tells {person} of Southwind {leaked:?}", row.field);
                let own = row.mutates() && !row.names_something();
                assert!(!witness.wrote().await || own, "{} by {person} of Southwind", row.field);
            }
        }

        app.seal().await;
        assert_eq!(told(&app, "northwind", &theirs).await, before);
        assert_eq!(app.app.journal().verify(northwind.id).await.expect("a verdict"), entries);
        // The namesakes do get their own: what kept them out above was the employer, not the role.
        let mut found = BTreeSet::new();
        told(&app, "southwind", &own).await.iter().for_each(|answer| ids_in(answer, &mut found));
        assert!(found.len() > 40 && found.is_disjoint(&secret), "{found:?}");
    }
}
