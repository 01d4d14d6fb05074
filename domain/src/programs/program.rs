//! A program.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::kernel::{EmployeeId, Period, ProgramId};

use super::{ActivateProgramRefusal, CloseProgramRefusal, Outline};

/// An upskilling program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Program {
    /// Its id.
    pub id: ProgramId,
    /// Its name.
    pub name: String,
    /// What it is for.
    pub purpose: Option<String>,
    /// Who runs it.
    pub owner: EmployeeId,
    /// From its first to its last day.
    pub period: Period,
    /// Whether it runs.
    pub status: ProgramStatus,
    /// Counts changes, to notice concurrent ones.
    pub version: i32,
}

impl Program {
    /// Starts the program.
    pub(super) fn activate(
        &mut self,
        outline: &Outline,
        today: NaiveDate,
    ) -> Result<(), ActivateProgramRefusal> {
        match self.status {
            ProgramStatus::Draft if !outline.teaches() => Err(ActivateProgramRefusal::NothingToLearn),
            ProgramStatus::Draft if self.period.to() < today => {
                Err(ActivateProgramRefusal::PeriodOver { ended: self.period.to() })
            }
            ProgramStatus::Draft => {
                self.status = ProgramStatus::Active;
                self.touch();
                Ok(())
            }
            status => Err(ActivateProgramRefusal::NotDraft(status)),
        }
    }

    /// Ends the program. What people have learned stays.
    pub(super) fn close(&mut self) -> Result<(), CloseProgramRefusal> {
        match self.status {
            ProgramStatus::Active => {
                self.status = ProgramStatus::Closed;
                self.touch();
                Ok(())
            }
            status => Err(CloseProgramRefusal::NotActive(status)),
        }
    }

    /// Counts a change.
    pub(super) fn touch(&mut self) {
        self.version = self.version.saturating_add(1);
    }
}

/// Whether a program runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ProgramStatus {
    /// Not yet; seen only by HR and its owner.
    #[default]
    Draft,
    /// Yes.
    Active,
    /// No longer.
    Closed,
}

impl ProgramStatus {
    /// Every status.
    pub const ALL: [Self; 3] = [Self::Draft, Self::Active, Self::Closed];

    /// The name in the schema and the database.
    pub fn name(self) -> &'static str {
        match self {
            Self::Draft => "DRAFT",
            Self::Active => "ACTIVE",
            Self::Closed => "CLOSED",
        }
    }

    /// The status with this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.name() == name)
    }
}

/// The orders in which programs can be listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum ProgramOrder {
    /// By name, without regard to case.
    #[default]
    Name,
    /// By first day.
    StartsOn,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::{CourseId, TypedId};
    use proptest::prelude::*;
    use uuid::Uuid;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap_or_default()
    }

    fn program() -> Program {
        Program {
            id: ProgramId::from_uuid(Uuid::from_u128(1)),
            name: "Cloud for All".to_owned(),
            purpose: None,
            owner: EmployeeId::from_uuid(Uuid::from_u128(2)),
            period: Period::fiscal_year(day("2026-06-01"), 1),
            status: ProgramStatus::Draft,
            version: 1,
        }
    }

    fn outline() -> Outline {
        Outline { courses: vec![CourseId::from_uuid(Uuid::from_u128(3))], ..Outline::default() }
    }

    #[test]
    fn a_program_starts_with_something_to_learn_and_before_its_end() {
        let today = day("2026-12-31");
        let empty = program().activate(&Outline::default(), today);
        assert_eq!(empty, Err(ActivateProgramRefusal::NothingToLearn));
        let late = program().activate(&outline(), day("2027-01-01"));
        assert_eq!(late, Err(ActivateProgramRefusal::PeriodOver { ended: today }));
        assert_eq!(program().activate(&outline(), today), Ok(()));
    }

    #[test]
    fn names_read_back() {
        assert!(
            ProgramStatus::ALL.into_iter().all(|value| ProgramStatus::named(value.name()) == Some(value))
        );
    }

    proptest! {
        /// A program goes through its states in order, once, and a refused step changes nothing.
        #[test]
        fn a_program_never_goes_back(steps in proptest::collection::vec(any::<bool>(), 0..10)) {
            let mut program = program();
            for start in steps {
                let before = program.clone();
                let today = day("2026-06-01");
                let taken =
                    if start { program.activate(&outline(), today).is_ok() } else { program.close().is_ok() };
                match (before.status, start) {
                    (ProgramStatus::Draft, true) => prop_assert_eq!(program.status, ProgramStatus::Active),
                    (ProgramStatus::Active, false) => prop_assert_eq!(program.status, ProgramStatus::Closed),
                    _ => prop_assert!(!taken && program == before),
                }
            }
        }
    }
}
