//! What somebody lacks for a job.

use chrono::NaiveDate;

use crate::kernel::{EmployeeId, JobProfileId, SkillId};

use super::{HeldSkill, JobRequirement, SkillLevel, SkillRecord, held_on};

/// A skill that is missing, and the level to reach.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct SkillNeed {
    /// Which skill.
    pub skill: SkillId,
    /// How well.
    pub level: SkillLevel,
}

/// What somebody lacks for a job on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProfileGap {
    /// Who.
    pub employee: EmployeeId,
    /// For which job.
    pub profile: JobProfileId,
    /// On which day.
    pub day: NaiveDate,
    /// Every skill that the job asks for, in its order.
    pub skills: Vec<SkillGap>,
}

/// One skill that is asked for, and how far it is held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SkillGap {
    /// What is asked for.
    pub required: JobRequirement,
    /// What is held, if anything is.
    pub held: Option<HeldSkill>,
}

/// How much of what is asked for is held, in basis points of all of it.
const WHOLE: i64 = 10_000;

impl SkillGap {
    /// Which skill.
    pub fn skill(&self) -> SkillId {
        self.required.skill
    }

    /// The level that is held; 0 when nothing is known.
    pub fn level(&self) -> i32 {
        self.held.as_ref().map_or(0, |held| held.level.number())
    }

    /// How many levels are missing. Never below 0: who knows more than it takes makes up for nothing else (S1).
    pub fn missing(&self) -> i32 {
        self.required.level.number().saturating_sub(self.level()).max(0)
    }

    /// Whether as much is held as is asked for.
    pub fn is_closed(&self) -> bool {
        self.missing() == 0
    }
}

impl ProfileGap {
    /// Whether everything is held without which nobody can do the job (S2).
    pub fn must_haves_met(&self) -> bool {
        must_haves_met(&self.skills)
    }

    /// What is missing.
    pub fn needs(&self) -> Vec<SkillNeed> {
        let open = self.skills.iter().filter(|gap| !gap.is_closed());
        open.map(|gap| SkillNeed { skill: gap.required.skill, level: gap.required.level }).collect()
    }

    /// Whether nothing is missing.
    pub fn is_closed(&self) -> bool {
        self.skills.iter().all(SkillGap::is_closed)
    }

    /// How much of what is asked for is held, by weight and level, in basis points and rounded down: 10,000 means that
    /// nothing is missing. Each skill counts up to what is asked of it (S1).
    pub fn coverage(&self) -> i32 {
        coverage(&self.skills)
    }
}

/// Compares what is asked for with what is held on a day, out of everything that was recorded of one person.
pub(crate) fn gaps(required: &[JobRequirement], records: &[SkillRecord], day: NaiveDate) -> Vec<SkillGap> {
    let held = held_on(records, day);
    let gap = |required: &JobRequirement| SkillGap {
        required: *required,
        held: held.iter().find(|held| held.skill == required.skill).cloned(),
    };
    required.iter().map(gap).collect()
}

/// Whether of some gaps those are closed that nobody can do without (S2).
pub(crate) fn must_haves_met(gaps: &[SkillGap]) -> bool {
    gaps.iter().all(|gap| gap.is_closed() || !gap.required.must_have)
}

/// How much of what is asked for is held, see [`ProfileGap::coverage`].
pub(crate) fn coverage(gaps: &[SkillGap]) -> i32 {
    let weighed = |levels: fn(&SkillGap) -> i32| -> i64 {
        gaps.iter().map(|gap| i64::from(levels(gap)).saturating_mul(i64::from(gap.required.weight))).sum()
    };
    let asked = weighed(|gap| gap.required.level.number());
    let missing = weighed(SkillGap::missing);
    let held = asked.saturating_sub(missing).saturating_mul(WHOLE);
    i32::try_from(held.checked_div(asked).unwrap_or(WHOLE)).unwrap_or(i32::MAX)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;
    use crate::kernel::TypedId;
    use crate::skills::SkillEvidence;

    fn level(number: i32) -> SkillLevel {
        SkillLevel::new(number).unwrap_or_else(|error| panic!("{error}"))
    }

    /// Rows of required level, held level (0 is nothing), must-have and weight.
    fn gap(rows: &[(i32, i32, bool, i32)]) -> ProfileGap {
        let skill = |number: u128| SkillId::from_uuid(Uuid::from_u128(number));
        let required =
            |((asked, _, must_have, weight), number): (&(i32, i32, bool, i32), u128)| JobRequirement {
                skill: skill(number),
                level: level(*asked),
                must_have: *must_have,
                weight: *weight,
            };
        let held = |((_, held, ..), number): (&(i32, i32, bool, i32), u128)| {
            let evidence = SkillEvidence::Manager;
            let level = SkillLevel::new(*held).ok()?;
            Some(HeldSkill { skill: skill(number), level, evidence, records: Vec::new() })
        };
        let gap = |row| SkillGap { required: required(row), held: held(row) };
        let (employee, profile) =
            (EmployeeId::from_uuid(Uuid::from_u128(1)), JobProfileId::from_uuid(Uuid::from_u128(2)));
        let skills = rows.iter().zip(1..).map(gap).collect();
        ProfileGap { employee, profile, day: NaiveDate::default(), skills }
    }

    #[test]
    fn s1_one_held_skill_at_double_level_never_hides_a_missing_one() {
        let gap = gap(&[(2, 5, false, 1), (2, 0, false, 1)]);
        assert_eq!(gap.skills.iter().map(SkillGap::missing).collect::<Vec<_>>(), [0, 2]);
        assert_eq!((gap.coverage(), gap.is_closed()), (5_000, false));
    }

    #[test]
    fn s2_a_must_have_is_a_gate_whatever_the_rest_adds_up_to() {
        let open = gap(&[(5, 5, false, 10), (3, 2, true, 1)]);
        assert_eq!((open.coverage(), open.must_haves_met(), open.is_closed()), (9_811, false, false));
        let met = gap(&[(5, 4, false, 10), (3, 3, true, 1)]);
        assert_eq!((met.coverage(), met.must_haves_met(), met.is_closed()), (8_113, true, false));
        let closed = gap(&[(5, 5, false, 10), (3, 4, true, 1)]);
        assert_eq!((closed.coverage(), closed.must_haves_met(), closed.is_closed()), (10_000, true, true));
    }

    proptest! {
        /// Learning more of anything never widens a gap, and what is covered is whole if and only if nothing is missing.
        #[test]
        fn s1_more_is_never_less(
            rows in proptest::collection::vec((1_i32..=5, 0_i32..=5, any::<bool>(), 1_i32..=10), 1..8),
            at in 0_usize..8,
        ) {
            let before = gap(&rows);
            let mut more = rows.clone();
            if let Some(row) = more.get_mut(at) {
                row.1 = (row.1 + 1).min(5);
            }
            let after = gap(&more);
            prop_assert!(after.coverage() >= before.coverage());
            prop_assert!(after.must_haves_met() || !before.must_haves_met());
            prop_assert_eq!(before.coverage() == 10_000, before.is_closed());
            prop_assert!((0..=10_000).contains(&before.coverage()));
        }
    }
}
