//! Who could take somebody on.

use std::collections::{BTreeMap, BTreeSet};

use crate::kernel::{DepartmentId, EmployeeId, LanguageTag, MentorId, SkillId};
use crate::skills::SkillLevel;

use super::WorkingHours;

/// Somebody who mentors, as matching sees them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenMentor {
    /// Their profile as a mentor.
    pub mentor: MentorId,
    /// Who they are.
    pub employee: EmployeeId,
    /// The skills that they mentor, each up to which level.
    pub skills: BTreeMap<SkillId, SkillLevel>,
    /// The languages in which they mentor.
    pub languages: BTreeSet<LanguageTag>,
    /// When they work.
    pub hours: WorkingHours,
    /// Their department.
    pub department: DepartmentId,
    /// The managers above them, the one they report to first.
    pub line: Vec<EmployeeId>,
    /// For how many mentees they have places.
    pub capacity: i32,
    /// How many of these places are taken.
    pub places_taken: i32,
}

impl OpenMentor {
    /// How many more mentees they can take on; never below 0.
    pub fn free_places(&self) -> i32 {
        self.capacity.saturating_sub(self.places_taken).max(0)
    }

    /// Themself, and those above.
    pub(super) fn chain(&self) -> impl Iterator<Item = EmployeeId> {
        std::iter::once(self.employee).chain(self.line.iter().copied())
    }
}
