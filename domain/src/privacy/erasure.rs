//! Erasing somebody: what would become of each section, what stands in the way, and why it is refused.

use chrono::{DateTime, Datelike as _, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::journal::Reused;
use crate::kernel::{EmployeeId, Refusal};

use super::{DataClass, Retention, Tally};

/// What becomes of a section when the person is erased.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Fate {
    /// It is gone.
    Erased,
    /// It stays under an id that leads to nobody; words in it are gone.
    Pseudonymized,
    /// The same, and it may not be erased before a day.
    Retained,
}

impl Fate {
    /// Every fate.
    pub const ALL: [Self; 3] = [Self::Erased, Self::Pseudonymized, Self::Retained];
}

/// On what ground somebody is erased. A word of a list, because words of one's own would tell of the person again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ErasureGround {
    /// The person asked for it (Art. 17 (1) (b) and (c) GDPR).
    Requested,
    /// What it was kept for is over (Art. 17 (1) (a) GDPR).
    NoLongerNeeded,
    /// It should never have been kept (Art. 17 (1) (d) GDPR).
    Unlawful,
    /// A law demands it (Art. 17 (1) (e) GDPR).
    LegalObligation,
}

impl ErasureGround {
    /// Every ground.
    pub const ALL: [Self; 4] = [Self::Requested, Self::NoLongerNeeded, Self::Unlawful, Self::LegalObligation];
}

/// What can stand in the way of erasing somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Obstacle {
    /// They have not left.
    NotLeft,
    /// Requests of theirs are not settled and not over.
    OpenRequests,
    /// Requests of others wait for their decision.
    OpenApprovals,
    /// They are enrolled in a course that is not over.
    OpenEnrollments,
    /// They are the only owner of a budget that is not archived.
    LastBudgetOwner,
    /// They own a program that is not closed.
    ProgramOwner,
    /// They head a department.
    DepartmentHead,
    /// People who have not left report to them.
    LineManager,
}

impl Obstacle {
    /// Every obstacle, in the order in which they are told.
    pub const ALL: [Self; 8] = [
        Self::NotLeft,
        Self::OpenRequests,
        Self::OpenApprovals,
        Self::OpenEnrollments,
        Self::LastBudgetOwner,
        Self::ProgramOwner,
        Self::DepartmentHead,
        Self::LineManager,
    ];

    /// What to do about it.
    pub fn remedy(self) -> &'static str {
        match self {
            Self::NotLeft => "record on the roster that they have left",
            Self::OpenRequests => "settle, cancel or let expire what they asked for",
            Self::OpenApprovals => "wait until the steps have gone to somebody else, or decide them",
            Self::OpenEnrollments => "end their enrollments",
            Self::LastBudgetOwner => "give each budget another owner",
            Self::ProgramOwner => "close the programs or give them another owner",
            Self::DepartmentHead => "give the departments another head",
            Self::LineManager => "record on the roster whom those people report to now",
        }
    }
}

/// Something that stands in the way, so many times.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Obstruction {
    /// What.
    pub obstacle: Obstacle,
    /// How often.
    pub count: u64,
}

/// What would become of the records of one section.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct ErasureLine {
    /// The section.
    pub section: &'static str,
    /// What sort of thing it tells.
    pub class: DataClass,
    /// What would become of them.
    pub fate: Fate,
    /// How many there are.
    pub records: u64,
    /// The last day on which they are kept, where a law names one.
    pub retained_until: Option<NaiveDate>,
    /// The rule that lets them stay; none for what goes.
    pub retention: Option<Retention>,
}

impl ErasureLine {
    fn of(tally: &Tally) -> Self {
        let section = tally.section;
        let until = tally.booked_on.and_then(end_of_accounting);
        let fate = match section.fate {
            // What was never booked is in no books.
            Fate::Retained if until.is_none() => Fate::Pseudonymized,
            fate => fate,
        };
        let retention = match fate {
            Fate::Erased => None,
            Fate::Retained => Some(Retention::Accounting),
            Fate::Pseudonymized => Some(match section.class.retention() {
                Retention::Proof => Retention::Proof,
                _ => Retention::Statistics,
            }),
        };
        let retained_until = until.filter(|_| fate == Fate::Retained);
        Self {
            section: section.name,
            class: section.class,
            fate,
            records: tally.records,
            retained_until,
            retention,
        }
    }
}

/// The last day of the year in which the period of what was booked on a day ends.
fn end_of_accounting(booked_on: NaiveDate) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(booked_on.year().saturating_add(Retention::ACCOUNTING_YEARS), 12, 31)
}

/// What erasing somebody would do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EmployeeErasure {
    /// Whom.
    pub employee: EmployeeId,
    /// When they were erased, if they were.
    pub erased_at: Option<DateTime<Utc>>,
    /// What would become of what is there of them; sections without records are left out.
    pub lines: Vec<ErasureLine>,
    /// What stands in the way.
    pub obstacles: Vec<Obstruction>,
}

impl EmployeeErasure {
    /// The report on what was counted.
    pub(super) fn new(
        employee: EmployeeId,
        erased_at: Option<DateTime<Utc>>,
        tallies: &[Tally],
        obstacles: Vec<Obstruction>,
    ) -> Self {
        let lines = tallies.iter().filter(|tally| tally.records > 0).map(ErasureLine::of).collect();
        let obstacles = obstacles.into_iter().filter(|obstruction| obstruction.count > 0).collect();
        Self { employee, erased_at, lines, obstacles }
    }

    /// A hash over all that the report says. Whoever erases names it, and so has seen this report and no other.
    pub fn digest(&self) -> String {
        let written = serde_json::to_vec(self).unwrap_or_default();
        Sha256::digest(written).iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
    }

    /// Whether somebody may erase this person by a digest of the report that they saw.
    pub(super) fn permits(&self, by: Option<EmployeeId>, digest: &str) -> Result<(), EraseEmployeeRefusal> {
        if by == Some(self.employee) {
            return Err(EraseEmployeeRefusal::Oneself);
        }
        if let Some(at) = self.erased_at {
            return Err(EraseEmployeeRefusal::ErasedBefore(at));
        }
        if !self.obstacles.is_empty() {
            return Err(EraseEmployeeRefusal::Obstructed(self.obstacles.clone()));
        }
        if digest == self.digest() { Ok(()) } else { Err(EraseEmployeeRefusal::StaleDigest) }
    }
}

/// That somebody was erased.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Erased {
    /// Whom.
    pub employee: EmployeeId,
    /// When.
    pub at: DateTime<Utc>,
}

/// Why somebody is not erased.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EraseEmployeeRefusal {
    /// Nobody erases themself.
    #[error("nobody erases themself; another HR admin has to do it")]
    Oneself,
    /// There is nobody left to erase.
    #[error("the person was erased on {}", .0.date_naive())]
    ErasedBefore(DateTime<Utc>),
    /// Something stands in the way.
    #[error("{}", told(.0))]
    Obstructed(Vec<Obstruction>),
    /// The report is not the one that was seen.
    #[error("the digest is not that of the report as it is now; read employeeErasure again")]
    StaleDigest,
    /// The key was used for something else.
    #[error(transparent)]
    KeyReused(#[from] Reused),
}

fn told(obstacles: &[Obstruction]) -> String {
    let remedies: Vec<_> = obstacles.iter().map(|obstruction| obstruction.obstacle.remedy()).collect();
    format!("something stands in the way; {}", remedies.join("; "))
}

impl Refusal for EraseEmployeeRefusal {
    fn field(&self) -> &'static [&'static str] {
        match self {
            Self::Oneself | Self::ErasedBefore(_) | Self::Obstructed(_) => &["input", "employeeId"],
            Self::StaleDigest => &["input", "digest"],
            Self::KeyReused(_) => &["input", "idempotencyKey"],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::TypedId;
    use crate::privacy::Section;
    use uuid::Uuid;

    fn person(number: u128) -> EmployeeId {
        EmployeeId::from_uuid(Uuid::from_u128(number))
    }

    fn tally(name: &str, records: u64, booked_on: Option<&str>) -> Tally {
        let section = Section::named(name).unwrap_or_else(|| panic!("no section {name}"));
        let booked_on = booked_on.and_then(|day| day.parse().ok());
        Tally { section, records, booked_on }
    }

    fn report(tallies: &[Tally], obstacles: Vec<Obstruction>) -> EmployeeErasure {
        EmployeeErasure::new(person(1), None, tallies, obstacles)
    }

    #[test]
    fn books_are_kept_until_the_end_of_the_eighth_year_and_what_was_never_booked_is_not() {
        let report = report(
            &[
                tally("skillRecords", 3, None),
                tally("fundingRequests", 2, Some("2026-03-02")),
                tally("fundingEntries", 1, None),
                tally("decisionsMade", 4, None),
                tally("absences", 0, None),
            ],
            Vec::new(),
        );
        let told: Vec<_> = report
            .lines
            .iter()
            .map(|line| (line.section, line.fate, line.records, line.retained_until, line.retention))
            .collect();
        let day = NaiveDate::from_ymd_opt(2034, 12, 31);
        assert_eq!(
            told,
            [
                ("skillRecords", Fate::Erased, 3, None, None),
                ("fundingRequests", Fate::Retained, 2, day, Some(Retention::Accounting)),
                ("fundingEntries", Fate::Pseudonymized, 1, None, Some(Retention::Statistics)),
                ("decisionsMade", Fate::Pseudonymized, 4, None, Some(Retention::Proof)),
            ]
        );
    }

    #[test]
    fn only_who_has_seen_this_very_report_erases_and_nobody_themself() {
        let clear = report(&[tally("person", 1, None)], Vec::new());
        let digest = clear.digest();
        assert_eq!(clear.permits(Some(person(2)), &digest), Ok(()));
        assert_eq!(clear.permits(Some(person(1)), &digest), Err(EraseEmployeeRefusal::Oneself));
        assert_eq!(clear.permits(Some(person(2)), "x"), Err(EraseEmployeeRefusal::StaleDigest));
        let more = report(&[tally("person", 2, None)], Vec::new());
        assert_eq!(more.permits(Some(person(2)), &digest), Err(EraseEmployeeRefusal::StaleDigest));

        let obstacles = vec![
            Obstruction { obstacle: Obstacle::NotLeft, count: 1 },
            Obstruction { obstacle: Obstacle::OpenRequests, count: 0 },
        ];
        let obstructed = report(&[tally("person", 1, None)], obstacles);
        let refusal = obstructed.permits(Some(person(2)), &obstructed.digest());
        assert_eq!(refusal, Err(EraseEmployeeRefusal::Obstructed(obstructed.obstacles.clone())));
        assert_eq!(obstructed.obstacles.len(), 1);

        let gone = EmployeeErasure { erased_at: Some(DateTime::UNIX_EPOCH), ..clear };
        let refusal = gone.permits(Some(person(2)), &gone.digest());
        assert_eq!(refusal, Err(EraseEmployeeRefusal::ErasedBefore(DateTime::UNIX_EPOCH)));
    }
}
