//! Files that come in.

mod roster;
mod table;

pub use roster::{RosterFile, read_roster};
pub use table::{Table, TableError, TableRow, read_table};
