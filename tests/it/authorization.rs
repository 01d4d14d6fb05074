//! Who gets what: every root field asked by everybody, and by their namesakes at another employer.
//!
//! A new root field fails [`every_root_field_has_a_row`] until a table below has a row for it.

/// A row about a mutation whose payload says only why not.
macro_rules! mutation {
    ($field:literal, $input:literal, $variables:literal, $allowed:expr, $otherwise:expr) => {
        Row {
            field: $field,
            document: concat!(
                "mutation($input: ",
                $input,
                "!) { ",
                $field,
                "(input: $input) { userErrors { code field message } } }"
            ),
            variables: $variables,
            allowed: $allowed,
            otherwise: $otherwise,
        }
    };
}

mod absences;
mod accounts;
mod catalog;
mod funding;
mod journal;
mod learning;
mod mentoring;
mod organization;
mod policies;
mod privacy;
mod programs;
mod roi;
mod skills;
mod tenancy;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};
use support::schema::SchemaDocument;
use support::story::{Employer, PEOPLE};
use support::{Answer, Caller, TestApp, both_databases};

/// Those who have not left.
pub(crate) const EVERYBODY: &[&str] =
    &["C1", "M1", "M2", "E1", "E2", "E3", "H1", "H2", "F1", "A1", "W1", "X1"];

/// What somebody gets who is not allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Otherwise {
    /// The field is null, with an error that says what it takes.
    Forbidden,
    /// The field is null, as if there were nothing.
    Nothing,
    /// The field is null: FORBIDDEN for those named, who may see the thing, and `NOT_FOUND` for all others.
    Hidden(&'static [&'static str]),
    /// The same, but told as the result of the one item in a list.
    Listed(&'static [&'static str]),
}

use Otherwise::{Forbidden, Hidden, Listed, Nothing};

/// One root field, how to ask for it, and who gets an answer.
struct Row {
    /// The root field that it is about.
    field: &'static str,
    /// A document with that field at its root.
    document: &'static str,
    /// Its variables in JSON. `@name` is the id of a thing of the story, `@person` whoever asks, and `@name-@person`
    /// the thing that is there for them; for those who may not it is that of the first who may.
    variables: &'static str,
    /// Who gets an answer.
    allowed: &'static [&'static str],
    /// What all others get.
    otherwise: Otherwise,
}

impl Row {
    fn all() -> impl Iterator<Item = &'static Self> {
        // The organization comes last: its rows grant and revoke roles, which changes what others may.
        let tables = [
            journal::ROWS,
            funding::ROWS,
            policies::ROWS,
            catalog::ROWS,
            programs::ROWS,
            absences::ROWS,
            learning::ROWS,
            mentoring::ROWS,
            roi::ROWS,
            skills::ROWS,
            privacy::ROWS,
            accounts::ROWS,
        ];
        tables.into_iter().chain([organization::ROWS]).flatten()
    }

    fn mutates(&self) -> bool {
        self.document.starts_with("mutation")
    }

    /// Whether the variables name a thing of the story.
    fn names_something(&self) -> bool {
        self.variables.replace("@person", "").contains('@')
    }

    async fn ask(&self, caller: &Caller, person: &str, ids: &Ids) -> Answer {
        let first = self.allowed.first().unwrap_or(&person);
        let whose = if self.allowed.contains(&person) { person } else { first };
        let variables = self.variables.replace("-@person", &format!("-{whose}"));
        let mut variables = variables.replace("@person", person);
        for (name, id) in ids {
            variables = variables.replace(&format!("@{name}"), id);
        }
        assert!(!variables.contains('@'), "{}: an id of the story is missing in {variables}", self.field);
        caller.send(self.document, serde_json::from_str(&variables).expect("variables in JSON")).await
    }
}

/// The ids of the things of the story by the names that rows use.
type Ids = BTreeMap<&'static str, String>;

/// The things that rows speak of.
async fn ids(app: &TestApp, employer: &Employer, slug: &str) -> Ids {
    let mut ids = Ids::from([("employer", employer.id.to_string())]);
    for (name, person) in [("eva", "E1"), ("emil", "E2"), ("max", "M1"), ("hugo", "H2"), ("wim", "W1")] {
        ids.insert(name, app.person(employer, person).await.to_string());
    }
    app.seal().await;
    let xenia = app.caller(slug, "X1");
    let found = xenia
        .ask(
            "{ departments(first: 1) { nodes { id } }
               roleGrants(first: 1) { nodes { id } }
               journalEntries(first: 1) { nodes { id } } }",
        )
        .await;
    ids.insert("board", found.text("/departments/nodes/0/id"));
    ids.insert("grant", found.text("/roleGrants/nodes/0/id"));
    ids.insert("entry", found.text("/journalEntries/nodes/0/id"));
    ids.extend(funding::ids(app, employer, slug).await);
    ids.extend(policies::ids(app, employer, slug).await);
    ids.extend(absences::ids(app, slug).await);
    let catalog = catalog::ids(app, slug).await;
    ids.extend(programs::ids(app, employer, slug, &catalog).await);
    ids.extend(roi::ids(app, employer, slug, &catalog).await);
    ids.extend(catalog);
    let learning = learning::ids(app, slug, &ids).await;
    ids.extend(learning);
    let mentoring = mentoring::ids(app, employer, slug, &ids).await;
    ids.extend(mentoring);
    let skills = skills::ids(app, slug, &ids).await;
    ids.extend(skills);
    ids.extend(privacy::ids(app, employer, slug).await);
    ids.extend(accounts::ids(app, slug).await);
    ids
}

/// Sends a mutation that must be done, and answers with the id of what it made or changed.
async fn done(caller: &Caller, mutation: &str, input_type: &str, thing: &str, input: Value) -> String {
    let document = format!(
        "mutation($input: {input_type}!) {{ {mutation}(input: $input) {{ {thing} {{ id }} userErrors {{ message }} }} }}"
    );
    let answer = caller.send(&document, json!({ "input": input })).await;
    answer.text(&format!("/{mutation}/{thing}/id"))
}

/// Asserts that somebody who is allowed gets an answer without any error.
fn assert_answered(row: &Row, person: &str, answer: &Answer) {
    assert!(answer.json.get("errors").is_none(), "{} by {person}: {}", row.field, answer.json);
    let value = &answer.json["data"][row.field];
    assert!(!value.is_null(), "{} by {person}: {}", row.field, answer.json);
    let user_errors = value.get("userErrors").and_then(Value::as_array);
    assert!(user_errors.is_none_or(Vec::is_empty), "{} by {person}: {}", row.field, answer.json);
    let listed = value.pointer("/report/results/0/userErrors/0");
    assert_eq!(listed, None, "{} by {person}: {}", row.field, answer.json);
}

/// Asserts that somebody who is not allowed gets nothing.
fn assert_denied(row: &Row, person: &str, answer: &Answer) {
    let value = &answer.json["data"][row.field];
    if let Listed(readers) = row.otherwise {
        let code = if readers.contains(&person) { "FORBIDDEN" } else { "NOT_FOUND" };
        let result = &value["report"]["results"][0];
        assert_eq!(result["userErrors"][0]["code"], code, "{} by {person}: {}", row.field, answer.json);
        assert_eq!(result["fundingRequest"].is_null(), code == "NOT_FOUND", "{} by {person}", row.field);
        assert!(result["reservation"].is_null(), "{} by {person}", row.field);
        return;
    }
    let nothing = value.is_null() || value.as_array().is_some_and(|list| list.iter().all(Value::is_null));
    assert!(nothing, "{} by {person}: {}", row.field, answer.json);
    match row.otherwise {
        Forbidden => assert_eq!(answer.code(), "FORBIDDEN", "{} by {person}", row.field),
        Nothing => assert_eq!(answer.json.get("errors"), None, "{} by {person}", row.field),
        Hidden(readers) | Listed(readers) => {
            let code = if readers.contains(&person) { "FORBIDDEN" } else { "NOT_FOUND" };
            assert_eq!(answer.code(), code, "{} by {person}", row.field);
        }
    }
}

#[tokio::test]
async fn every_root_field_has_a_row() {
    let schema = SchemaDocument::current().await;
    let there: BTreeSet<_> =
        [schema.fields("Query"), schema.fields("Mutation")].concat().into_iter().collect();
    let covered: BTreeSet<_> = Row::all().map(|row| row.field.to_owned()).collect();
    let uncovered: Vec<_> = there.difference(&covered).collect();
    assert_eq!(uncovered, Vec::<&String>::new(), "root fields without a row in tests/it/authorization/");
    let gone: Vec<_> = covered.difference(&there).collect();
    assert_eq!(gone, Vec::<&String>::new(), "rows about root fields that are no more");
}

#[test]
fn the_story_has_everybody() {
    let present: Vec<_> = PEOPLE.iter().map(|(id, ..)| *id).filter(|id| *id != "L1").collect();
    assert_eq!(present, EVERYBODY);
}

both_databases! {
    async fn every_root_field_answers_those_who_may_and_nobody_else(app: TestApp) {
        let northwind = app.northwind().await;
        let ids = ids(&app, &northwind, "northwind").await;
        let mut witness = app.witness().await;
        for row in Row::all() {
            let anonymous = row.ask(&app.anonymous(), "nobody", &ids).await;
            assert_eq!(anonymous.code(), "UNAUTHENTICATED", "{}", row.field);
            assert!(anonymous.json["data"][row.field].is_null(), "{}: {}", row.field, anonymous.json);
            for person in EVERYBODY.iter().filter(|person| !row.allowed.contains(person)) {
                let answer = row.ask(&app.caller("northwind", person), person, &ids).await;
                assert_denied(row, person, &answer);
            }
            assert!(!witness.wrote().await, "{} wrote for somebody who may not", row.field);
            for person in row.allowed {
                let answer = row.ask(&app.caller("northwind", person), person, &ids).await;
                assert_answered(row, person, &answer);
            }
            assert_eq!(row.mutates(), witness.wrote().await, "{} wrote, or did not", row.field);
        }
    }

    async fn one_forbidden_field_leaves_the_others_standing(app: TestApp) {
        app.northwind().await;
        let answer = app
            .caller("northwind", "E1")
            .ask("{ viewer { employee { name } } roleGrants { totalCount } journalEntries { totalCount } }")
            .await;
        assert_eq!(answer.status, 200);
        let expected = serde_json::json!({
            "viewer": { "employee": { "name": "Eva Engineer" } }, "roleGrants": null, "journalEntries": null,
        });
        assert_eq!(answer.json["data"], expected);
        let errors = answer.json["errors"].as_array().expect("errors");
        let mut codes: Vec<_> = errors
            .iter()
            .map(|error| (error["path"][0].as_str(), error["extensions"]["code"].as_str()))
            .collect();
        codes.sort_unstable();
        assert_eq!(codes, [(Some("journalEntries"), Some("FORBIDDEN")), (Some("roleGrants"), Some("FORBIDDEN"))]);
    }
}
