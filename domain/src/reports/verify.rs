//! Checking that what was counted is what the journal tells.

use std::collections::{BTreeMap, BTreeSet};

use super::group::{Group, GroupYear};

/// Figures that are not what the journal tells.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the figures of {group:?} in {year} are not those that the journal tells up to position {position}")]
pub struct ReportBreak {
    /// Of which group.
    pub group: Group,
    /// In which year.
    pub year: i32,
    /// Up to which position they were counted.
    pub position: i64,
}

/// How many groups' years there are when all are as they were counted again, or the first that is not.
pub(super) fn compare(
    stored: Vec<GroupYear>,
    counted: Vec<GroupYear>,
    position: i64,
) -> Result<u64, ReportBreak> {
    let keyed = |years: Vec<GroupYear>| -> BTreeMap<_, _> {
        years.into_iter().map(|year| ((year.year, year.group), year)).collect()
    };
    let (stored, counted) = (keyed(stored), keyed(counted));
    let keys: BTreeSet<_> = stored.keys().chain(counted.keys()).collect();
    match keys.into_iter().find(|key| stored.get(key) != counted.get(key)) {
        Some((year, group)) => Err(ReportBreak { group: *group, year: *year, position }),
        None => Ok(u64::try_from(stored.len()).unwrap_or(u64::MAX)),
    }
}
