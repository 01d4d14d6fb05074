//! Who seeks a mentor.

use std::collections::{BTreeMap, BTreeSet};

use crate::kernel::{DepartmentId, EmployeeId, LanguageTag, MentorId, SkillId};
use crate::skills::SkillLevel;

use super::WorkingHours;

/// Somebody who seeks a mentor, as matching sees them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeekingMentee {
    /// Who.
    pub employee: EmployeeId,
    /// In what they want to get further.
    pub skills: BTreeMap<SkillId, WantedSkill>,
    /// The languages that they speak.
    pub languages: BTreeSet<LanguageTag>,
    /// When they work.
    pub hours: WorkingHours,
    /// Their department.
    pub department: DepartmentId,
    /// The managers above them, the one they report to first.
    pub line: Vec<EmployeeId>,
    /// Mentors with whom it has ended before, or did not begin: they are not proposed again.
    pub ended_before: BTreeSet<MentorId>,
}

/// How far somebody is in a skill, and how far they want to get.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct WantedSkill {
    /// The level that they have, if they have any.
    pub held: Option<SkillLevel>,
    /// The level that they want to reach.
    pub wanted: SkillLevel,
}

impl SeekingMentee {
    /// The skills in which something is missing.
    pub(super) fn open_skills(&self) -> impl Iterator<Item = (SkillId, WantedSkill)> {
        let skills = self.skills.iter().map(|(skill, wanted)| (*skill, *wanted));
        skills.filter(|(_, wanted)| wanted.missing() > 0)
    }

    /// Themself, and those above.
    pub(super) fn chain(&self) -> impl Iterator<Item = EmployeeId> {
        std::iter::once(self.employee).chain(self.line.iter().copied())
    }
}

impl WantedSkill {
    /// How many levels are missing; never below 0.
    pub fn missing(self) -> i32 {
        self.reached_at(self.wanted)
    }

    /// How many of the missing levels somebody closes who masters the skill at a level. Whoever masters it better than is
    /// wanted closes no more, as with any gap (S1).
    pub(super) fn reached_at(self, level: SkillLevel) -> i32 {
        let held = self.held.map_or(0, SkillLevel::number);
        level.min(self.wanted).number().saturating_sub(held).max(0)
    }
}
