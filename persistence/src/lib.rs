//! The domain's ports on SQLite and PostgreSQL, through sea-orm.
//!
//! One code for both databases: what differs stands in `dialect.rs`. A capability's folder holds its tables
//! (`entity.rs`), its reads on the pool (`reads.rs`) and its writes on a transaction (`writes.rs`), and talks only to
//! its namesake in the domain.
//!
//! Every read works the same way: one statement selects a record's columns and those of the to-one neighbors that the
//! caller asked for, and `row::Cells` reads them back in the same order. Transactions begin and end in `store.rs`,
//! nowhere else.

mod access;
mod catalog;
mod dialect;
mod fault;
mod funding;
mod integration;
mod journal;
mod learning;
mod mentoring;
mod meter;
mod notices;
mod organization;
mod page;
mod pool;
mod privacy;
mod programs;
mod reports;
mod roi;
mod row;
mod shape;
mod shelf;
mod skills;
mod store;

pub use meter::counted;
pub use notices::{Notice, Notices};
pub use privacy::{Kept, kept_columns};
pub use store::{Connections, Db, DbOptions};
