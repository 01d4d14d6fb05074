//! Files that come in.

mod completions;
mod courses;
mod rates;
mod roster;
mod table;

pub use completions::{CompletionFile, read_completions};
pub use courses::{CourseFile, CourseFileError, read_courses};
pub use rates::{RateFile, read_rates};
pub use roster::{RosterFile, read_roster};
pub use table::{Table, TableError, TableRow, read_table};
