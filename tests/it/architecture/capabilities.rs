//! Which capability may know which: the order of the house, with no circle in it.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Violation,
    source::{Name, Source, Tree},
};

/// What each capability stands on. It may know these, and whatever they stand on.
const STANDS_ON: [(&str, &[&str]); 16] = [
    ("kernel", &[]),
    ("access", &["kernel"]),
    ("journal", &["access"]),
    ("organization", &["journal"]),
    ("skills", &["organization"]),
    ("catalog", &["skills"]),
    ("programs", &["catalog"]),
    ("funding", &["programs"]),
    ("learning", &["funding"]),
    ("mentoring", &["learning"]),
    ("retention", &["funding"]),
    ("credentials", &["learning"]),
    ("roi", &["credentials", "mentoring", "retention"]),
    ("reports", &["roi"]),
    ("privacy", &["reports"]),
    ("integration", &["organization"]),
];

/// The folders that are capabilities by their name, and what a folder's crate may name by capability.
const HOMES: [(&str, &[&str]); 3] = [
    ("domain/src/", &["upskill_domain"]),
    ("persistence/src/", &["upskill_domain", "upskill_persistence"]),
    ("api/src/graphql/", &["upskill_domain"]),
];

/// The files that stand above the capabilities in the domain and know them all.
const ABOVE: [&str; 3] = ["app", "lib", "store"];

/// Folders beside the capabilities that serve all of them.
const SHARED: [&str; 1] = ["page"];

/// A capability and everything that it may know, itself included; `None` if there is no such capability.
fn knows(capability: &str) -> Option<BTreeSet<&'static str>> {
    let (name, foundations) = STANDS_ON.iter().find(|(name, _)| *name == capability)?;
    let below = foundations.iter().filter_map(|foundation| knows(foundation)).flatten();
    Some(below.chain([*name]).collect())
}

/// The capability that a file under `home` belongs to: the folder's name. Files beside the folders
/// belong to none, and neither do shared folders.
fn capability_of<'a>(source: &'a Source, home: &str) -> Option<&'a str> {
    let (folder, _) = source.path.strip_prefix(home)?.split_once('/')?;
    (!SHARED.contains(&folder)).then_some(folder)
}

/// Folders that are no capability, and files at the top of the domain that could know everybody unnoticed.
pub(super) fn unknown(tree: &Tree) -> Vec<Violation> {
    let mut seen = BTreeSet::new();
    let mut violations = Vec::new();
    for (home, _) in HOMES {
        for source in tree.under(home) {
            let problem = match capability_of(source, home) {
                Some(folder) if knows(folder).is_none() => format!(
                    "`{folder}` is no capability: add it to the order in tests/it/architecture/capabilities.rs"
                ),
                None if home == "domain/src/"
                    && !ABOVE.iter().any(|file| source.path == format!("{home}{file}.rs")) =>
                {
                    format!("only {} stand beside the capabilities of the domain", ABOVE.join(", "))
                }
                _ => continue,
            };
            if seen.insert(problem.clone()) {
                violations.push(Violation::new(source, 1, problem));
            }
        }
    }
    violations
}

/// Capabilities that name one which they may not know, in the domain and in the crates that follow its order.
pub(super) fn imports(tree: &Tree) -> Vec<Violation> {
    let reexports = reexports(tree);
    let mut violations = Vec::new();
    for (home, crates) in HOMES {
        for source in tree.under(home) {
            let Some((folder, known)) =
                capability_of(source, home).and_then(|folder| Some((folder, knows(folder)?)))
            else {
                continue;
            };
            for mention in source.mentions() {
                let [package, name, ..] = mention.path.as_slice() else { continue };
                let name = reexports.get(name).unwrap_or(name);
                if !crates.contains(&package.as_str()) {
                    continue;
                }
                let rule = if knows(name).is_some_and(|_| !known.contains(name.as_str())) {
                    format!("`{folder}` may not know `{name}`, which does not stand below it")
                } else if home == "domain/src/" && ABOVE.contains(&name.as_str()) && !is_use_case(source) {
                    format!("only commands and queries may know `{name}`")
                } else {
                    continue;
                };
                violations.push(Violation::new(source, mention.line, rule));
            }
        }
    }
    violations
}

/// What the domain's root offers under a shorter name, by the capability that it is of.
fn reexports(tree: &Tree) -> BTreeMap<String, String> {
    let roots = tree.sources.iter().filter(|source| source.path == "domain/src/lib.rs");
    roots
        .flat_map(Source::mentions)
        .filter_map(|mention| Some((mention.path.last()?.clone(), mention.path.get(1)?.clone())))
        .filter(|(name, capability)| name != capability)
        .collect()
}

/// Port methods that no command or query calls, nor what they share.
pub(super) fn ports_without_caller(tree: &Tree) -> Vec<Violation> {
    let called: BTreeSet<_> = tree
        .under("domain/src/")
        .filter(|source| is_use_case(source) || source.path == "domain/src/app.rs")
        .flat_map(Source::calls)
        .map(|call| call.text)
        .collect();
    let mut violations = Vec::new();
    for (source, _, method) in ports(tree) {
        if !called.contains(&method.text) {
            let rule = format!("the port method `{}` is called by no command and no query", method.text);
            violations.push(Violation::new(source, method.line, rule));
        }
    }
    violations
}

/// Use cases that call a port of a capability which they may not know. The compiler cannot see it: the unit of work
/// offers every port.
pub(super) fn foreign_ports(tree: &Tree) -> Vec<Violation> {
    let mut owners: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for (_, owner, method) in ports(tree) {
        owners.entry(method.text).or_default().insert(owner);
    }
    let mut violations = Vec::new();
    for source in tree.under("domain/src/").filter(|source| is_use_case(source)) {
        let Some((folder, known)) =
            capability_of(source, "domain/src/").and_then(|name| Some((name, knows(name)?)))
        else {
            continue;
        };
        // An iterator's `chain` and a port's differ in that the port is waited for.
        for call in source.awaited_calls() {
            if let Some(owners) = owners.get(&call.text).filter(|owners| owners.is_disjoint(&known)) {
                let owners = owners.iter().copied().collect::<Vec<_>>().join(", ");
                let rule = format!("`{folder}` may not call `{}`, a port of {owners}", call.text);
                violations.push(Violation::new(source, call.line, rule));
            }
        }
    }
    violations
}

/// Every method of every port, with the capability that it belongs to.
fn ports(tree: &Tree) -> impl Iterator<Item = (&Source, &str, Name)> {
    let files =
        tree.under("domain/src/").filter(|source| source.module().get(1).is_some_and(|file| file == "ports"));
    files.filter_map(|source| Some((source, capability_of(source, "domain/src/")?))).flat_map(
        |(source, capability)| {
            source.trait_methods().into_iter().map(move |method| (source, capability, method))
        },
    )
}

fn is_use_case(source: &Source) -> bool {
    source.module().get(1).is_some_and(|file| file == "commands" || file == "queries")
}
