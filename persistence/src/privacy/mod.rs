//! What is kept of people, over all tables.
//!
//! The *inventory* says for every section of the domain from which table it comes, what ties its rows to a person, and which
//! columns tell what. What is exported, counted and compared with the tables is read from it. What erasing does stands in
//! `steps.rs`, next to the inventory because both name columns.

mod documents;
mod inventory;
mod left_out;
mod obstacles;
mod reads;
mod source;
mod steps;
mod writes;

use std::collections::BTreeSet;

/// Why a column need not be looked at again: somebody has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    /// An export tells it, in the section of this name.
    Told(&'static str),
    /// No export tells it, for this reason.
    LeftOut(&'static str),
}

/// Every column that somebody has looked at, by table, with where it is told or why it is not. `*` stands for every column
/// of a table, and of a table for every table.
pub fn kept_columns() -> Vec<(&'static str, &'static str, Kept)> {
    let told = inventory::SOURCES.iter().copied().flatten().flat_map(|source| {
        let columns: BTreeSet<_> = source.all_columns().collect();
        columns.into_iter().map(|column| (source.table, column, Kept::Told(source.section)))
    });
    let left_out = left_out::LEFT_OUT.iter().flat_map(|(table, columns, reason)| {
        columns.iter().map(|column| (*table, *column, Kept::LeftOut(reason)))
    });
    told.chain(left_out).collect()
}
