//! Whom to try the API as: one person of every kind, and what to ask first.

use super::company::{Company, ENGINEER, MANAGER, NORTHWIND, SOUTHWIND};

/// Somebody to try the API as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Persona {
    /// The short name of the employer.
    pub employer: &'static str,
    /// The external id, which tokens carry.
    pub external_id: String,
    /// The person's name.
    pub name: &'static str,
    /// What they are, in a line.
    pub what: &'static str,
    /// A query to begin with.
    pub query: &'static str,
}

/// One person of every kind.
pub fn personas() -> Vec<Persona> {
    let of = |company: &Company, name: &'static str, what, query| {
        let place = company.cast.iter().position(|part| part.name == name);
        let external_id = format!("{}{}", company.initial, place.map_or(0, |place| place + 1_001));
        Persona { employer: company.slug, external_id, name, what, query }
    };
    vec![
        of(
            &NORTHWIND,
            "Farah Haddad",
            "HR: runs the programs and the catalog, sees everybody",
            "{ programs(first: 5) { nodes { name status owner { name } participants { totalCount } } } }",
        ),
        of(
            &NORTHWIND,
            MANAGER,
            "manager: eight people, three requests waiting for her",
            "{ viewer { approvals(first: 5) { nodes { request { id purpose amount { amount currency } employee { name } } } } } }",
        ),
        of(
            &NORTHWIND,
            ENGINEER,
            "employee: asks for courses, and has been turned down once",
            "{ viewer { fundingRequests(first: 5) { nodes { status offer { title } decisions { verdict note } } } } }",
        ),
        of(
            &NORTHWIND,
            "Chiara Bellini",
            "finance: allocates, commits and settles",
            "{ budgets(first: 20) { nodes { name status balance { allocated { amount } available { amount } } } } }",
        ),
        of(
            &NORTHWIND,
            "Sven Oksanen",
            "auditor: reads budgets and the journal, changes nothing",
            "{ journalEntries(first: 5, direction: DESC) { nodes { position kind at hash } } }",
        ),
        of(
            &NORTHWIND,
            "Kwame Asante",
            "employer admin: grants roles",
            "{ roleGrants(first: 10) { nodes { role employee { name } grantedBy { name } } } }",
        ),
        of(
            &SOUTHWIND,
            "Beat Zimmerli",
            "HR of another employer: sees nothing of Northwind",
            "{ employees(first: 25) { totalCount nodes { name jobTitle } } }",
        ),
    ]
}
