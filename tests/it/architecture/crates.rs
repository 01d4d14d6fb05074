//! What each crate may depend on, read from `cargo metadata`.

use cargo_metadata::{DependencyKind, MetadataCommand};

use super::Violation;

/// One dependency that a member declares.
pub(super) struct Dependency {
    pub(super) member: String,
    pub(super) name: String,
    pub(super) for_tests: bool,
}

/// The members that may depend on nothing but this.
const ALLOWED: [(&str, &[&str]); 2] = [
    (
        "upskill-domain",
        &[
            "async-trait",
            "chrono",
            "chrono-tz",
            "iso_currency",
            "pathfinding",
            "serde",
            "serde_json",
            "sha2",
            "thiserror",
            "uuid",
        ],
    ),
    ("upskill-migrations", &["async-trait", "sea-orm-migration"]),
];

/// What a member must not know, not even in its tests. A name stands for the names that continue it, too:
/// `async-graphql` for `async-graphql-axum`.
const FORBIDDEN: [(&str, &[&str]); 4] = [
    ("upskill-domain", &["async-graphql", "axum", "reqwest", "sea-orm", "sea-query", "sqlx", "tokio"]),
    ("upskill-migrations", &["async-graphql", "axum", "sqlx"]),
    ("upskill-persistence", &["async-graphql", "axum", "clap", "hyper", "jsonwebtoken", "reqwest", "tower"]),
    ("upskill-api", &["sea-orm", "sea-query", "sqlx"]),
];

/// Which member may build on which other. Not the migrations on the domain: a migration is frozen history.
const MEMBERS: [(&str, &[&str]); 5] = [
    ("upskill-domain", &[]),
    ("upskill-migrations", &[]),
    ("upskill-persistence", &["upskill-domain"]),
    ("upskill-api", &["upskill-domain", "upskill-migrations", "upskill-persistence"]),
    ("upskill-tests", &["upskill-api", "upskill-domain", "upskill-migrations", "upskill-persistence"]),
];

/// Every dependency that a member of the workspace declares.
pub(super) fn dependencies() -> Vec<Dependency> {
    let metadata = MetadataCommand::new().no_deps().exec().expect("cargo metadata answers");
    let mut dependencies = Vec::new();
    for package in metadata.packages {
        dependencies.extend(package.dependencies.into_iter().map(|dependency| Dependency {
            member: package.name.to_string(),
            name: dependency.name,
            for_tests: dependency.kind == DependencyKind::Development,
        }));
    }
    assert!(!dependencies.is_empty(), "no dependency at all: the rules would hold of nothing");
    dependencies
}

/// The dependencies that break a rule.
pub(super) fn violations(dependencies: &[Dependency]) -> Vec<Violation> {
    dependencies
        .iter()
        .filter_map(|dependency| {
            let rule = broken_rule(dependency)?;
            let folder = dependency.member.trim_start_matches("upskill-");
            let file = format!("{folder}/Cargo.toml");
            Some(Violation { line: line_of(&file, &dependency.name), file, rule })
        })
        .collect()
}

fn broken_rule(dependency: &Dependency) -> Option<String> {
    let Dependency { member, name, for_tests } = dependency;
    let Some(below) = entry(&MEMBERS, member) else {
        return Some(format!(
            "`{member}` is new: say in tests/it/architecture/crates.rs what it may depend on"
        ));
    };
    if name.starts_with("upskill-") {
        return (!below.contains(&name.as_str())).then(|| format!("{member} must not build on {name}"));
    }
    let continues =
        |forbidden: &&str| name.strip_prefix(*forbidden).is_some_and(|r| r.is_empty() || r.starts_with('-'));
    if entry(&FORBIDDEN, member).is_some_and(|forbidden| forbidden.iter().any(continues)) {
        return Some(format!("{member} must not know {name}"));
    }
    let stranger = entry(&ALLOWED, member).is_some_and(|allowed| !allowed.contains(&name.as_str()));
    (stranger && !for_tests).then(|| format!("{name} is not among what {member} may depend on"))
}

fn entry<'a>(table: &[(&str, &'a [&'a str])], member: &str) -> Option<&'a [&'a str]> {
    table.iter().find(|(name, _)| *name == member).map(|(_, names)| *names)
}

fn line_of(manifest: &str, dependency: &str) -> usize {
    let text = std::fs::read_to_string(support::checkout::root().join(manifest)).unwrap_or_default();
    text.lines().position(|line| line.starts_with(dependency)).map_or(1, |index| index + 1)
}
