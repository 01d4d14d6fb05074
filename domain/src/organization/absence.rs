//! Days on which somebody is away.
//!
//! Why is not asked: who may be away is a matter of the employer's own systems, and what is not kept cannot leak.

use chrono::{DateTime, NaiveDate, Utc};

use crate::journal::Reused;
use crate::kernel::{AbsenceId, EmployeeId, Period, Refusal};

/// Some days on which a person is away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Absence {
    /// Its id.
    pub id: AbsenceId,
    /// Who.
    pub employee: EmployeeId,
    /// On which days at the employer.
    pub period: Period,
    /// Who recorded it; none for the installation itself.
    pub created_by: Option<EmployeeId>,
    /// When it was recorded.
    pub created_at: DateTime<Utc>,
    /// When it was ended before its last day was over, if it was.
    pub ended_at: Option<DateTime<Utc>>,
}

/// Which absences a reader wants. A list that is not there means "any", an empty one "none".
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct AbsenceFilter {
    /// Of one of these people.
    pub employees: Option<Vec<EmployeeId>>,
    /// That hold on this day.
    pub on: Option<NaiveDate>,
}

/// Why an absence was not recorded.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RecordAbsenceRefusal {
    /// No such person, or somebody who has left.
    #[error("there is no employee {0} who could be away")]
    UnknownEmployee(EmployeeId),
    /// Over before it begins.
    #[error("{0} is over; the last day is today or later")]
    Over(NaiveDate),
    /// Longer than an absence of some days.
    #[error(
        "{days} days are more than the {most} of an absence; who is away for longer is ON_LEAVE on the roster"
    )]
    TooLong {
        /// How many days.
        days: i64,
        /// The most.
        most: i64,
    },
    /// Away on one of these days already.
    #[error("{absence} is from {} to {} already; end it first", .period.from(), .period.to())]
    Overlaps {
        /// The other one.
        absence: AbsenceId,
        /// Its days.
        period: Period,
    },
    /// The key belongs to another request.
    #[error(transparent)]
    KeyReused(#[from] Reused),
}

impl Refusal for RecordAbsenceRefusal {
    fn field(&self) -> &'static [&'static str] {
        match self {
            Self::UnknownEmployee(_) => &["input", "employeeId"],
            Self::Over(_) | Self::TooLong { .. } => &["input", "untilOn"],
            Self::Overlaps { .. } => &["input", "fromOn"],
            Self::KeyReused(_) => &["input", "idempotencyKey"],
        }
    }
}

/// Why an absence was not ended: it is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the absence is over")]
pub struct AbsenceOver;

impl Refusal for AbsenceOver {
    fn field(&self) -> &'static [&'static str] {
        &["input", "id"]
    }
}

impl Absence {
    /// Days that one absence may have.
    const MOST_DAYS: i64 = 366;

    /// Whether it can be recorded, on a day, beside the person's others.
    pub(super) fn check(&self, others: &[Self], today: NaiveDate) -> Result<(), RecordAbsenceRefusal> {
        let period = self.period;
        if period.to() < today {
            return Err(RecordAbsenceRefusal::Over(period.to()));
        }
        let days = period.to().signed_duration_since(period.from()).num_days().saturating_add(1);
        if days > Self::MOST_DAYS {
            return Err(RecordAbsenceRefusal::TooLong { days, most: Self::MOST_DAYS });
        }
        let overlaps = |other: &&Self| {
            other.ended_at.is_none()
                && other.period.from() <= period.to()
                && period.from() <= other.period.to()
        };
        match others.iter().find(overlaps) {
            Some(other) => Err(RecordAbsenceRefusal::Overlaps { absence: other.id, period: other.period }),
            None => Ok(()),
        }
    }

    /// Ends it now: the person is back.
    pub(super) fn end(&mut self, at: DateTime<Utc>, today: NaiveDate) -> Result<(), AbsenceOver> {
        if self.ended_at.is_some() || self.period.to() < today {
            return Err(AbsenceOver);
        }
        self.ended_at = Some(at);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::kernel::TypedId;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap_or_else(|error| panic!("{text}: {error}"))
    }

    fn absence(from: &str, to: &str) -> Absence {
        Absence {
            id: AbsenceId::from_uuid(Uuid::from_u128(1)),
            employee: EmployeeId::from_uuid(Uuid::from_u128(2)),
            period: Period::new(day(from), day(to)).unwrap_or_else(|error| panic!("{error}")),
            created_by: None,
            created_at: DateTime::UNIX_EPOCH,
            ended_at: None,
        }
    }

    #[test]
    fn an_absence_lies_ahead_is_bounded_and_is_not_over_another() {
        let today = day("2026-11-22");
        let check = |absence: &Absence, others: &[Absence]| {
            absence.check(others, today).map_err(|refusal| refusal.to_string())
        };
        let next = absence("2026-11-20", "2026-11-25");
        assert_eq!(check(&next, &[absence("2026-11-01", "2026-11-19")]), Ok(()));
        let other = absence("2026-11-25", "2026-12-01");
        let over = format!("{} is from 2026-11-25 to 2026-12-01 already; end it first", other.id);
        assert_eq!(check(&next, std::slice::from_ref(&other)), Err(over));
        let ended = Absence { ended_at: Some(DateTime::UNIX_EPOCH), ..other };
        assert_eq!(check(&next, &[ended]), Ok(()));
        let past = "2026-11-21 is over; the last day is today or later";
        assert_eq!(check(&absence("2026-11-01", "2026-11-21"), &[]), Err(past.to_owned()));
        let long =
            "367 days are more than the 366 of an absence; who is away for longer is ON_LEAVE on the roster";
        assert_eq!(check(&absence("2026-11-22", "2027-11-23"), &[]), Err(long.to_owned()));
    }

    #[test]
    fn who_is_back_is_back_once() {
        let mut next = absence("2026-11-20", "2026-11-25");
        let at = DateTime::UNIX_EPOCH;
        assert_eq!(next.clone().end(at, day("2026-11-26")), Err(AbsenceOver));
        assert_eq!((next.end(at, day("2026-11-25")), next.ended_at), (Ok(()), Some(at)));
        assert_eq!(next.end(at, day("2026-11-25")), Err(AbsenceOver));
    }
}
