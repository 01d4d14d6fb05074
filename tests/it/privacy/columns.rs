//! Every column of every table is told in an export, or somebody has said why not.

use std::collections::BTreeSet;

use support::database::{columns, references_to};
use support::{TestDb, both_databases};
use upskill_persistence::{Kept, kept_columns};

/// Whether somebody has looked at a column.
fn is_kept((table, column): (&str, &str)) -> bool {
    kept_columns()
        .iter()
        .any(|(of, name, _)| (*of == table || *of == "*") && (*name == column || *name == "*"))
}

both_databases! {
    async fn every_column_is_exported_or_left_out_for_a_reason(database: TestDb) {
        let there = columns(&database).await;
        let forgotten: Vec<_> =
            there.iter().filter(|(table, column)| !is_kept((table, column))).collect();
        assert_eq!(
            forgotten, Vec::<&(String, String)>::new(),
            "columns that nobody has looked at for privacy: add each to a section in persistence/src/privacy/inventory, or with a \
             reason to left_out.rs; if it holds words of or about people, steps.rs takes them out",
        );
        let known: BTreeSet<_> = there.iter().map(|(table, column)| (table.as_str(), column.as_str())).collect();
        let tables: BTreeSet<_> = known.iter().map(|(table, _)| *table).collect();
        for (table, column, _) in kept_columns() {
            let there = match (table, column) {
                ("*", column) => known.iter().any(|(_, name)| *name == column),
                (table, "*") => tables.contains(table),
                exactly => known.contains(&exactly),
            };
            assert!(there, "{table}.{column} is no more");
        }
    }

    async fn whatever_refers_to_a_person_is_named_by_itself(database: TestDb) {
        let references = references_to(&database, "employee").await;
        assert!(references.contains(&("funding_request".to_owned(), "employee_id".to_owned())));
        for (table, column) in references {
            let named = kept_columns().iter().any(|(of, name, kept)| {
                *of == table && *name == column && matches!(kept, Kept::Told(_))
            });
            assert!(named, "{table}.{column} refers to a person and no export tells it");
        }
    }
}
