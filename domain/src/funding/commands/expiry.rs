//! Looking after reservations: the worker's part, and making one hold for longer.

use chrono::NaiveDate;
use serde::Serialize;

use crate::access::{Action, Actor};
use crate::app::Keyed;
use crate::journal::IdempotencyKey;
use crate::kernel::{Failure, Fault, FundingRequestId, check_version};
use crate::organization::Employer;

use super::{Asked, Funding};
use crate::funding::{Ending, ExtendRefusal, FundingEvent, FundingRequest, LookedAfter};

/// An approved request whose reservation is to hold for longer.
#[derive(Debug, Clone, Serialize)]
pub struct ExtendReservation {
    /// Makes a retry safe.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// Which one.
    pub id: FundingRequestId,
    /// The last day on which it is to hold.
    pub reserved_until: NaiveDate,
    /// The version that the caller saw, if it matters to them.
    pub expected_version: Option<i32>,
}

/// What was done about one reservation.
enum Outcome {
    Nothing,
    Noticed,
    Expired,
}

impl Funding<'_> {
    /// Makes a reservation hold for longer.
    pub async fn extend_reservation(
        self,
        actor: &Actor,
        command: ExtendReservation,
    ) -> Result<FundingRequest, Failure<ExtendRefusal>> {
        let ExtendReservation { id, reserved_until: until, expected_version, .. } = command;
        let keyed = Keyed { key: command.key.as_ref(), command: "extendReservation", input: &command };
        let asked = Asked { id, expected_version, keyed };
        let mut tx = self.core.store.begin(actor.employer).await?;
        let earlier = self.core.claim::<_, ExtendRefusal>(&mut *tx, actor, asked.keyed, id).await?;
        let (mut request, _) = self.open(&mut *tx, actor, Action::ExtendReservation, id).await?;
        if earlier.is_some() {
            return Ok(request);
        }
        check_version("request", asked.expected_version, request.version)?;
        let stamp = self.stamp(&mut *tx, actor).await?;
        let policy = self.policy_of_request(&mut *tx, &request).await?;
        request.extend(until, &policy.rules, &stamp)?;
        let FundingRequest { id: request_id, employee, budget, .. } = request;
        let event = FundingEvent::ReservationExtended { request: request_id, employee, budget, until };
        tx.save_request(&request).await?;
        self.core.record(&mut *tx, actor, &[event]).await?;
        tx.commit().await?;
        Ok(request)
    }

    /// Ends the reservations of an employer whose last day is over, and tells of those that end soon, `batch` at a time.
    ///
    /// Each request is a transaction of its own that decides on what it has locked, so any number of workers may do this
    /// at once, and one that is killed leaves nothing half done. A request that somebody holds now is left to the next
    /// round, and one that fails stands in nobody's way.
    pub async fn look_after_reservations(
        self,
        employer: &Employer,
        batch: u32,
    ) -> Result<LookedAfter, Fault> {
        let actor = Actor::system(employer.id, "reservations");
        let days = Ending::on(employer.day_of(self.core.clock.now()));
        let mut done = LookedAfter::default();
        let mut beyond = None;
        loop {
            let reads = self.core.store.reads();
            let due = reads.reservations_to_end(employer.id, days, beyond, batch.max(1)).await?;
            let Some(last) = due.last() else { return Ok(done) };
            beyond = Some(*last);
            for id in due {
                match self.look_after(&actor, id, days).await {
                    Ok(Outcome::Nothing) => {}
                    Ok(Outcome::Noticed) => done.noticed = done.noticed.saturating_add(1),
                    Ok(Outcome::Expired) => done.expired = done.expired.saturating_add(1),
                    Err(fault) => done.failed.push((id, fault)),
                }
            }
        }
    }

    async fn look_after(self, actor: &Actor, id: FundingRequestId, days: Ending) -> Result<Outcome, Fault> {
        let mut tx = self.core.store.begin(actor.employer).await?;
        let Some(mut request) = tx.lock_request_if_free(id).await? else { return Ok(Outcome::Nothing) };
        let FundingRequest { id: request_id, employee, budget, amount, .. } = request;
        let stamp = self.stamp(&mut *tx, actor).await?;
        let (event, outcome) = if request.is_over(days) {
            let mut held = self.lock_budget(&mut *tx, budget).await?;
            request.check_held(&held)?;
            let entry = request.expire(&mut held, &stamp);
            let entry =
                entry.map_err(|refusal| Fault::inconsistent(format!("{id} does not expire: {refusal}")))?;
            self.save_booked(&mut *tx, &held, &[entry]).await?;
            (FundingEvent::RequestExpired { request: request_id, employee, budget, amount }, Outcome::Expired)
        } else if let Some(until) = request.reserved_until.filter(|_| request.ends_soon(days)) {
            let owners = tx.owners_of(budget).await?;
            request.expiry_noticed_at = Some(stamp.at);
            let event = FundingEvent::ReservationExpiring {
                request: request_id,
                employee,
                budget,
                amount,
                until,
                owners,
            };
            (event, Outcome::Noticed)
        } else {
            return Ok(Outcome::Nothing);
        };
        tx.save_request(&request).await?;
        self.core.record(&mut *tx, actor, &[event]).await?;
        tx.commit().await?;
        Ok(outcome)
    }
}
