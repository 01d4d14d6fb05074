//! Standing in for somebody who decides (F10).
//!
//! For some days a person may have another decide what waits for them. The substitute decides in their name and is recorded
//! as such. It reaches what waits for the person themself and nothing that others have put in their hands, so there is no
//! chain of substitutes.

use chrono::{DateTime, NaiveDate, Utc};

use crate::journal::Reused;
use crate::kernel::{ApprovalDelegationId, EmployeeId, Period, Refusal};
use crate::organization::Employee;

/// Some days on which one person decides in another one's name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delegation {
    /// Its id.
    pub id: ApprovalDelegationId,
    /// In whose name.
    pub delegator: EmployeeId,
    /// Who decides.
    pub delegate: EmployeeId,
    /// On which days at the employer.
    pub period: Period,
    /// Who arranged it; none for the installation itself.
    pub created_by: Option<EmployeeId>,
    /// When it was arranged.
    pub created_at: DateTime<Utc>,
    /// When it was ended before its last day was over, if it was.
    pub ended_at: Option<DateTime<Utc>>,
}

/// Which delegations a reader wants. A list that is not there means "any", an empty one "none".
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct DelegationFilter {
    /// In the name of one of these people.
    pub delegators: Option<Vec<EmployeeId>>,
    /// To one of these people.
    pub delegates: Option<Vec<EmployeeId>>,
    /// That hold on this day.
    pub on: Option<NaiveDate>,
}

/// Why nobody stands in.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DelegateRefusal {
    /// No such person, or somebody who has left.
    #[error("there is no employee {0} who could decide")]
    UnknownDelegator(EmployeeId),
    /// No such person at work.
    #[error("there is no employee {0} at work to stand in")]
    UnknownDelegate(EmployeeId),
    /// The same person.
    #[error("nobody stands in for themself")]
    Oneself,
    /// Over before it begins.
    #[error("{0} is over; the last day is today or later")]
    Over(NaiveDate),
    /// Longer than somebody is ever away.
    #[error("{days} days are more than the {most} for which somebody may stand in; arrange it anew then")]
    TooLong {
        /// How many days.
        days: i64,
        /// The most.
        most: i64,
    },
    /// Somebody stands in on one of these days already.
    #[error("{delegation} has somebody stand in from {} to {} already; end it first", .period.from(), .period.to())]
    Overlaps {
        /// What has it so.
        delegation: ApprovalDelegationId,
        /// On which days.
        period: Period,
    },
    /// The key belongs to another request.
    #[error(transparent)]
    KeyReused(#[from] Reused),
}

impl Refusal for DelegateRefusal {
    fn field(&self) -> &'static [&'static str] {
        match self {
            Self::UnknownDelegator(_) => &["input", "employeeId"],
            Self::UnknownDelegate(_) | Self::Oneself => &["input", "delegateId"],
            Self::Over(_) | Self::TooLong { .. } => &["input", "untilOn"],
            Self::Overlaps { .. } => &["input", "fromOn"],
            Self::KeyReused(_) => &["input", "idempotencyKey"],
        }
    }
}

/// Why a delegation was not ended: it is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("nobody stands in any more: it is over")]
pub struct DelegationOver;

impl Refusal for DelegationOver {
    fn field(&self) -> &'static [&'static str] {
        &["input", "id"]
    }
}

impl Delegation {
    /// Days for which somebody may stand in.
    const MOST_DAYS: i64 = 366;

    /// Whether it holds on a day.
    pub fn holds(&self, day: NaiveDate) -> bool {
        self.ended_at.is_none() && self.period.contains(day)
    }

    /// Whether it can be arranged, on a day, beside the person's others.
    pub(super) fn check(
        &self,
        delegate: Option<&Employee>,
        others: &[Self],
        today: NaiveDate,
    ) -> Result<(), DelegateRefusal> {
        let Self { delegator, period, .. } = *self;
        if self.delegate == delegator {
            return Err(DelegateRefusal::Oneself);
        }
        if !delegate.is_some_and(Employee::is_present) {
            return Err(DelegateRefusal::UnknownDelegate(self.delegate));
        }
        if period.to() < today {
            return Err(DelegateRefusal::Over(period.to()));
        }
        let days = period.to().signed_duration_since(period.from()).num_days().saturating_add(1);
        if days > Self::MOST_DAYS {
            return Err(DelegateRefusal::TooLong { days, most: Self::MOST_DAYS });
        }
        let overlaps = |other: &&Self| {
            other.ended_at.is_none()
                && other.period.from() <= period.to()
                && period.from() <= other.period.to()
        };
        match others.iter().find(overlaps) {
            Some(other) => Err(DelegateRefusal::Overlaps { delegation: other.id, period: other.period }),
            None => Ok(()),
        }
    }

    /// Ends it now.
    pub(super) fn end(&mut self, at: DateTime<Utc>, today: NaiveDate) -> Result<(), DelegationOver> {
        if self.ended_at.is_some() || self.period.to() < today {
            return Err(DelegationOver);
        }
        self.ended_at = Some(at);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::funding::fixture::{at, day, employee, id};

    fn delegation(from: &str, to: &str) -> Delegation {
        let period = Period::new(day(from), day(to)).unwrap_or_else(|error| panic!("{error}"));
        Delegation {
            id: id(1),
            delegator: id(2),
            delegate: id(3),
            period,
            created_by: None,
            created_at: at(0),
            ended_at: None,
        }
    }

    fn check(delegation: &Delegation, others: &[Delegation]) -> Result<(), String> {
        let checked = delegation.check(Some(&employee(3)), others, day("2026-11-22"));
        checked.map_err(|refusal| refusal.to_string())
    }

    #[test]
    fn f10_somebody_else_at_work_stands_in_for_some_days() {
        let next = delegation("2026-11-22", "2026-12-01");
        assert_eq!(check(&next, &[]), Ok(()));
        assert_eq!(next.check(None, &[], day("2026-11-22")), Err(DelegateRefusal::UnknownDelegate(id(3))));
        let oneself = Delegation { delegate: id(2), ..next.clone() };
        assert_eq!(check(&oneself, &[]), Err("nobody stands in for themself".to_owned()));
        let over = delegation("2026-11-01", "2026-11-21");
        assert_eq!(check(&over, &[]), Err("2026-11-21 is over; the last day is today or later".to_owned()));
        let long = delegation("2026-11-22", "2027-11-23");
        let message = "367 days are more than the 366 for which somebody may stand in; arrange it anew then";
        assert_eq!(check(&long, &[]), Err(message.to_owned()));
    }

    #[test]
    fn f10_two_do_not_stand_in_on_one_day() {
        let next = delegation("2026-11-25", "2026-12-01");
        assert_eq!(check(&next, &[delegation("2026-11-01", "2026-11-24")]), Ok(()));
        let other = delegation("2026-11-01", "2026-11-25");
        let message =
            format!("{} has somebody stand in from 2026-11-01 to 2026-11-25 already; end it first", other.id);
        assert_eq!(check(&next, std::slice::from_ref(&other)), Err(message));
        let ended = Delegation { ended_at: Some(at(0)), ..other };
        assert_eq!(check(&next, &[ended]), Ok(()));
    }

    #[test]
    fn f10_what_is_ended_or_over_holds_no_more() {
        let mut next = delegation("2026-11-22", "2026-11-23");
        assert!(next.holds(day("2026-11-23")) && !next.holds(day("2026-11-24")));
        assert_eq!(next.clone().end(at(9), day("2026-11-24")), Err(DelegationOver));
        assert_eq!((next.end(at(9), day("2026-11-23")), next.ended_at), (Ok(()), Some(at(9))));
        assert!(!next.holds(day("2026-11-23")));
        assert_eq!(next.end(at(9), day("2026-11-23")), Err(DelegationOver));
    }
}
