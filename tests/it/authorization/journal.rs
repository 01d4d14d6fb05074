//! Rows about the journal.

use super::{Forbidden, Nothing, Row};

pub(super) const ROWS: &[Row] = &[
    Row {
        field: "journalEntries",
        document: "{ journalEntries(first: 100) { totalCount nodes { id subjectId actor { id } } } }",
        variables: "{}",
        allowed: &["H1", "A1", "X1"],
        otherwise: Forbidden,
    },
    Row {
        field: "journalEntries",
        document: "query($id: ID!) { journalEntries(filter: { subjectId: $id }) { totalCount nodes { id subjectId } } }",
        variables: r#"{ "id": "@eva" }"#,
        allowed: &["H1", "A1", "X1"],
        otherwise: Forbidden,
    },
    Row {
        field: "node",
        document: "query($id: ID!) { node(id: $id) { id ... on JournalEntry { kind subjectId payload } } }",
        variables: r#"{ "id": "@entry" }"#,
        allowed: &["H1", "A1", "X1"],
        otherwise: Nothing,
    },
];
