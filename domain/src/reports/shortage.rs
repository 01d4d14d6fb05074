//! What some people lack, added up.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::kernel::SkillId;
use crate::skills::{SkillGap, coverage, must_haves_met};

/// How many month ends before the day of the stock are looked back at.
pub(super) const MONTHS_BACK: usize = 12;

/// What one person lacks: on the day, and how much of what is asked for today they held at each month end before, the
/// earliest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Lacking {
    /// Every skill that is asked for on the day.
    pub(super) gaps: Vec<SkillGap>,
    /// How much of it was held at each month end before, in basis points.
    pub(super) before: [i32; MONTHS_BACK],
}

/// What some people lack together.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Shortages {
    /// Of how many people something is asked for.
    pub people: u32,
    /// How many of them hold everything without which nobody can do the job.
    pub ready: u32,
    /// How much of what is asked for they hold, in basis points, added up.
    covered: i64,
    /// The same people and the same requirements at each month end before, the earliest first.
    covered_before: [i64; MONTHS_BACK],
    /// By skill.
    skills: BTreeMap<SkillId, Shortage>,
}

/// What some people lack of one skill.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Shortage {
    /// Of how many people it is asked for.
    pub asked: u32,
    /// How many of them hold less than is asked for.
    pub short: u32,
    /// How many levels they lack together.
    pub missing_levels: u32,
}

impl Shortages {
    /// Counts one person.
    pub(super) fn add(&mut self, person: &Lacking) {
        let one = Self {
            people: 1,
            ready: u32::from(must_haves_met(&person.gaps)),
            covered: i64::from(coverage(&person.gaps)),
            covered_before: person.before.map(i64::from),
            skills: person.gaps.iter().map(|gap| (gap.skill(), Shortage::of(gap))).collect(),
        };
        self.add_all(&one);
    }

    /// Counts others, none of whom is among these.
    pub(super) fn add_all(&mut self, others: &Self) {
        self.people = self.people.saturating_add(others.people);
        self.ready = self.ready.saturating_add(others.ready);
        self.covered = self.covered.saturating_add(others.covered);
        for (before, others) in self.covered_before.iter_mut().zip(&others.covered_before) {
            *before = before.saturating_add(*others);
        }
        for (skill, others) in &others.skills {
            self.skills.entry(*skill).or_default().add(*others);
        }
    }

    /// How much of what is asked for a person holds on average, in basis points and rounded down; nothing where nothing is
    /// asked for.
    pub fn coverage(&self) -> Option<u32> {
        self.average(self.covered)
    }

    /// The same at each month end before, the earliest first.
    pub fn coverage_before(&self) -> [Option<u32>; MONTHS_BACK] {
        self.covered_before.map(|covered| self.average(covered))
    }

    /// Every skill that is asked for, the one of which most levels are missing first.
    pub fn skills(&self) -> Vec<(SkillId, Shortage)> {
        let mut skills: Vec<_> = self.skills.iter().map(|(skill, shortage)| (*skill, *shortage)).collect();
        skills.sort_by_key(|(skill, shortage)| (std::cmp::Reverse(shortage.missing_levels), *skill));
        skills
    }

    fn average(&self, covered: i64) -> Option<u32> {
        u32::try_from(covered.checked_div(i64::from(self.people))?).ok()
    }
}

impl Shortage {
    fn of(gap: &SkillGap) -> Self {
        let missing_levels = gap.missing().unsigned_abs();
        Self { asked: 1, short: u32::from(!gap.is_closed()), missing_levels }
    }

    fn add(&mut self, other: Self) {
        self.asked = self.asked.saturating_add(other.asked);
        self.short = self.short.saturating_add(other.short);
        self.missing_levels = self.missing_levels.saturating_add(other.missing_levels);
    }
}
