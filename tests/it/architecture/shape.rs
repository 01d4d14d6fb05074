//! The rules about single files: how long they are, where code waits, and where transactions open.

use super::{
    Violation,
    source::{Source, Tree},
};

/// A file that needs more is about more than one thing.
const LONGEST_FILE: usize = 400;

/// The modules of a capability that talk to ports, and so wait for them. Everything else is plain reckoning.
const MAY_WAIT: [&str; 3] = ["commands", "ports", "queries"];

/// The files of the domain that may do so as well.
const MAY_WAIT_AT_THE_TOP: [&str; 2] = ["app", "store"];

/// sea-orm's ways to open a transaction.
const OPENS_A_TRANSACTION: [&str; 6] = [
    "TransactionTrait",
    "begin",
    "begin_with_config",
    "begin_with_options",
    "transaction",
    "transaction_with_config",
];

/// Files that do not fit, generated ones aside: those say `@generated` in one of their first lines.
pub(super) fn long_files(tree: &Tree) -> Vec<Violation> {
    let written =
        tree.sources.iter().filter(|source| !source.text.lines().take(3).any(|l| l.contains("@generated")));
    written
        .filter_map(|source| {
            let lines = source.text.lines().count();
            (lines > LONGEST_FILE).then(|| {
                let rule = format!("{lines} lines are more than {LONGEST_FILE}: split the file by noun");
                Violation::new(source, LONGEST_FILE + 1, rule)
            })
        })
        .collect()
}

/// Model files of the domain that wait for something.
pub(super) fn waiting_models(tree: &Tree) -> Vec<Violation> {
    let mut violations = Vec::new();
    for source in tree.under("domain/src/").filter(|source| !may_wait(source)) {
        for word in source.words().filter(|word| word.text == "async" || word.text == "await") {
            let rule = format!("`{}` in a model: only commands, queries and ports wait", word.text);
            violations.push(Violation::new(source, word.line, rule));
        }
    }
    violations
}

fn may_wait(source: &Source) -> bool {
    match source.module().as_slice() {
        [file] => MAY_WAIT_AT_THE_TOP.contains(&file.as_str()),
        [_, file, ..] => MAY_WAIT.contains(&file.as_str()),
        [] => false,
    }
}

/// Transactions opened anywhere in persistence but in its store, which decides how each begins and ends.
pub(super) fn stray_transactions(tree: &Tree) -> Vec<Violation> {
    let mut violations = Vec::new();
    for source in tree.under("persistence/src/").filter(|source| source.path != "persistence/src/store.rs") {
        let named = source.words().filter(|word| word.text == OPENS_A_TRANSACTION[0]);
        let called = source.calls().filter(|call| OPENS_A_TRANSACTION[1..].contains(&call.text.as_str()));
        for word in named.chain(called) {
            let rule = format!("`{}`: only persistence/src/store.rs opens transactions", word.text);
            violations.push(Violation::new(source, word.line, rule));
        }
    }
    violations
}
