//! Files that come in.

mod courses;
mod roster;
mod table;

pub use courses::{CourseFile, CourseFileError, read_courses};
pub use roster::{RosterFile, read_roster};
pub use table::{Table, TableError, TableRow, read_table};
