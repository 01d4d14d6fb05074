//! Records of a section, as they are told.

use chrono::NaiveDate;
use serde::Serialize;
use serde::ser::{SerializeMap as _, Serializer};
use uuid::Uuid;

use super::Section;

/// What one record says, by name, in the order in which it is told.
#[derive(Debug, Clone, PartialEq)]
pub struct PersonalRecord(pub Vec<(String, serde_json::Value)>);

impl Serialize for PersonalRecord {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        self.0.iter().try_for_each(|(name, value)| map.serialize_entry(name, value))?;
        map.end()
    }
}

/// Where a page of records ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RecordPlace {
    /// At a thing.
    Id(Uuid),
    /// At one of the things that are numbered under another one.
    Numbered(Uuid, i64),
    /// At a text.
    Text(String),
}

/// Some records of a section.
#[derive(Debug, Clone, PartialEq)]
pub struct RecordPage {
    /// The records.
    pub records: Vec<PersonalRecord>,
    /// Where to go on, if something may follow.
    pub next: Option<RecordPlace>,
}

/// How many records a section has of somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tally {
    /// The section.
    pub section: &'static Section,
    /// How many.
    pub records: u64,
    /// The last day on which one of them was booked, where that matters for how long they are kept.
    pub booked_on: Option<NaiveDate>,
}
