//! Privacy: what is kept of a person, what for, how long, and how it goes.
//!
//! * A *data class* says what sort of thing is known of somebody; each has one purpose and one rule of how long it is kept.
//! * A *section* is a kind of record that names a person, is about them, or holds their words. The export tells all of them,
//!   and erasing treats each in one of three ways.
//! * *Erasing* leaves a tombstone: the person's id, their department and their first and last day, without anything that
//!   says who it was. Amounts, ledgers and figures of groups stay as they are.
//!
//! * P1: nothing is kept of a person that is in no section; a test compares the sections with the tables.
//! * P2: whoever erases has seen what goes and what stays: they name the digest of the report, which must still hold.
//! * P3: nobody is erased who is still here, or whom something waits for.
//! * P4: the journal never holds words of or about people, so that it needs no erasing and its chain stays whole.
//!
//! Locks: the organization, as whoever changes the roster does.

mod class;
mod commands;
mod erasure;
mod event;
mod ports;
mod queries;
mod record;
mod section;

pub use class::{DataClass, Retention};
pub use commands::{EraseEmployee, Privacy};
pub use erasure::{
    EmployeeErasure, EraseEmployeeRefusal, Erased, ErasureGround, ErasureLine, Fate, Obstacle, Obstruction,
};
pub use event::PrivacyEvent;
pub use ports::{PrivacyReads, PrivacyWrites};
pub use record::{PersonalRecord, RecordPage, RecordPlace, Tally};
pub use section::{SECTIONS, Section};
