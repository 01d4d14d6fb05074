//! Reservations that nobody uses: how long one holds, who is told before it ends, and its end (F5).

use chrono::{Days, NaiveDate};

use crate::journal::Reused;
use crate::kernel::{Fault, FundingRequestId, Refusal};

use super::posting::{Remarks, Stamp};
use super::{Budget, FundingRequest, LedgerEntry, PolicyRules, PostingRefusal, ReasonCode, RequestStatus};

/// How long before its end a reservation is spoken of.
const NOTICE_DAYS: u32 = 14;

/// The last day of a reservation that is made, or made longer, on a day and holds for so many days.
pub(super) fn last_reserved_day(from: NaiveDate, days: u32) -> NaiveDate {
    from.checked_add_days(Days::new(days.into())).unwrap_or(NaiveDate::MAX)
}

/// The days by which reservations are looked after.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ending {
    /// The day it is at the employer. A reservation until an earlier day has ended.
    pub today: NaiveDate,
    /// A reservation until this day or an earlier one ends soon.
    pub soon: NaiveDate,
}

impl Ending {
    pub(super) fn on(today: NaiveDate) -> Self {
        Self { today, soon: last_reserved_day(today, NOTICE_DAYS) }
    }
}

/// What looking after an employer's reservations did.
#[derive(Debug, Default)]
pub struct LookedAfter {
    /// Reservations that ended.
    pub expired: u64,
    /// Reservations of which it was told that they end soon.
    pub noticed: u64,
    /// Requests that could not be looked after, with what stood in the way.
    pub failed: Vec<(FundingRequestId, Fault)>,
}

/// Why a reservation does not hold for longer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ExtendRefusal {
    /// Nothing is reserved.
    #[error("the request is {}; only one that is APPROVED has a reservation to extend", .0.name())]
    NotApproved(RequestStatus),
    /// Somebody's own.
    #[error("nobody extends the reservation for their own request; somebody else who may can do it")]
    OwnRequest,
    /// Not later than it is.
    #[error("the reservation holds until {until} already; give a later day than that, not {given}")]
    NotLater {
        /// The day given.
        given: NaiveDate,
        /// Until when it holds.
        until: NaiveDate,
    },
    /// Too far ahead.
    #[error("a reservation is extended to {last} at most, {days} days from today, not to {given}")]
    TooFar {
        /// The day given.
        given: NaiveDate,
        /// The last one possible.
        last: NaiveDate,
        /// For how many days the policy has promises kept.
        days: u32,
    },
    /// The key belongs to another request.
    #[error(transparent)]
    KeyReused(#[from] Reused),
}

impl Refusal for ExtendRefusal {
    fn field(&self) -> &'static [&'static str] {
        match self {
            Self::NotApproved(_) | Self::OwnRequest => &["input", "id"],
            Self::NotLater { .. } | Self::TooFar { .. } => &["input", "reservedUntil"],
            Self::KeyReused(_) => &["input", "idempotencyKey"],
        }
    }
}

impl FundingRequest {
    /// Whether its reservation has ended.
    pub(super) fn is_over(&self, days: Ending) -> bool {
        self.reserved_until.is_some_and(|until| until < days.today)
    }

    /// Whether it is to be told that its reservation ends soon.
    pub(super) fn ends_soon(&self, days: Ending) -> bool {
        self.expiry_noticed_at.is_none() && self.reserved_until.is_some_and(|until| until <= days.soon)
    }

    /// Nobody booked the place in time; the reservation is released.
    pub(super) fn expire(
        &mut self,
        budget: &mut Budget,
        stamp: &Stamp<'_>,
    ) -> Result<LedgerEntry, PostingRefusal> {
        let remarks = Remarks { reason: Some(ReasonCode::ReservationExpired), ..Remarks::default() };
        let entry = self.release(budget, remarks, stamp)?;
        self.ended_at = Some(stamp.at);
        self.move_to(RequestStatus::Expired);
        Ok(entry)
    }

    /// Makes the reservation hold until a later day. It is told of again before that one.
    pub(super) fn extend(
        &mut self,
        given: NaiveDate,
        rules: &PolicyRules,
        stamp: &Stamp<'_>,
    ) -> Result<(), ExtendRefusal> {
        let Some(until) = self.reserved_until.filter(|_| self.status == RequestStatus::Approved) else {
            return Err(ExtendRefusal::NotApproved(self.status));
        };
        if stamp.by == Some(self.employee) {
            return Err(ExtendRefusal::OwnRequest);
        }
        if given <= until {
            return Err(ExtendRefusal::NotLater { given, until });
        }
        let days = rules.days_reserved();
        let last = last_reserved_day(stamp.today, days);
        if given > last {
            return Err(ExtendRefusal::TooFar { given, last, days });
        }
        self.reserved_until = Some(given);
        self.expiry_noticed_at = None;
        self.touch();
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::funding::fixture::{Counter, at, budget, day, eur, id, request, stamp};
    use crate::funding::{Balance, EntryKind};

    fn reserved(until: &str) -> FundingRequest {
        let reserved_until = Some(day(until));
        FundingRequest { status: RequestStatus::Approved, reserved_until, ..request(400) }
    }

    #[test]
    fn f5_a_reservation_holds_through_its_last_day_and_is_told_of_once() {
        let days = Ending::on(day("2026-11-22"));
        assert_eq!(days.soon, day("2026-12-06"));
        let state = |until| (reserved(until).is_over(days), reserved(until).ends_soon(days));
        assert_eq!(state("2026-11-21"), (true, true));
        assert_eq!(state("2026-11-22"), (false, true));
        assert_eq!(state("2026-12-06"), (false, true));
        assert_eq!(state("2026-12-07"), (false, false));
        let told = FundingRequest { expiry_noticed_at: Some(at(1)), ..reserved("2026-11-30") };
        assert!(!told.ends_soon(days));
    }

    #[test]
    fn f5_an_expired_reservation_is_released_with_its_reason() {
        let ids = Counter::default();
        let (mut request, mut budget) = (reserved("2026-11-21"), budget(1_000));
        budget.balance = Balance { reserved: 400, ..budget.balance };
        let entry = request.expire(&mut budget, &stamp(&ids));
        assert_eq!(
            entry.map(|entry| (entry.kind, entry.reason)),
            Ok((EntryKind::Release, Some(ReasonCode::ReservationExpired)))
        );
        assert_eq!(
            (request.status, request.reserved_until, request.ended_at),
            (RequestStatus::Expired, None, Some(at(60)))
        );
        assert_eq!((budget.balance.reserved, budget.available()), (0, eur(1_000)));
        assert!(!request.status.is_live());
    }

    #[test]
    fn f5_an_extension_is_bounded() {
        let ids = Counter::default();
        let stamp = stamp(&ids);
        let rules = PolicyRules::manager_decides(eur(0).currency());
        let extended = |until: &str, request: &mut FundingRequest| request.extend(day(until), &rules, &stamp);
        let mut told = FundingRequest { expiry_noticed_at: Some(at(1)), ..reserved("2026-11-30") };
        let not_later = ExtendRefusal::NotLater { given: day("2026-11-30"), until: day("2026-11-30") };
        assert_eq!(extended("2026-11-30", &mut told), Err(not_later));
        let last = day("2027-02-20");
        assert_eq!(
            extended("2027-02-21", &mut told),
            Err(ExtendRefusal::TooFar { given: day("2027-02-21"), last, days: 90 })
        );
        assert_eq!(extended("2027-02-20", &mut told), Ok(()));
        assert_eq!((told.reserved_until, told.expiry_noticed_at), (Some(last), None));
        let mut own = FundingRequest { employee: id(2), ..reserved("2026-11-30") };
        assert_eq!(extended("2026-12-24", &mut own), Err(ExtendRefusal::OwnRequest));
        let mut waiting = request(400);
        assert_eq!(
            extended("2026-12-24", &mut waiting),
            Err(ExtendRefusal::NotApproved(RequestStatus::Submitted))
        );
    }
}
