//! Ending enrollments: completed, failed, or by the calendar.

use serde::Serialize;

use crate::access::{Action, Actor};
use crate::app::Keyed;
use crate::funding::{Funding, FundingRequest, PriceKnown, RequestStatus};
use crate::journal::IdempotencyKey;
use crate::kernel::{EnrollmentId, Failure, Fault, Money, check_version};
use crate::learning::{
    CompleteEnrollmentRefusal, Enrollment, EvidenceStatus, ExpiredEnrollments, FailEnrollmentRefusal,
    Learning, LearningEvent,
};
use crate::organization::Employer;
use crate::store::UnitOfWork;

use super::{ChangeEnrollment, Moment};

/// A course that somebody completed.
#[derive(Debug, Clone, Serialize)]
pub struct CompleteEnrollment {
    /// Makes a retry safe.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// Which enrollment.
    pub id: EnrollmentId,
    /// What it cost in the end; what was committed when not given.
    pub price: Option<Money>,
    /// The number of the invoice.
    pub invoice_number: Option<String>,
    /// What was shown of what the approval asks for.
    pub proof: Option<String>,
    /// The version that the caller saw, if it matters to them.
    pub expected_version: Option<i32>,
}

impl CompleteEnrollment {
    /// Whether it says anything about money.
    fn speaks_of_money(&self) -> bool {
        self.price.is_some() || self.invoice_number.is_some() || self.proof.is_some()
    }
}

impl Learning<'_> {
    /// Completes a course, settles the money that is committed for it, schedules the follow-ups and raises the skills taught,
    /// in one transaction (L2).
    pub async fn complete_enrollment(
        self,
        actor: &Actor,
        command: CompleteEnrollment,
    ) -> Result<Enrollment, Failure<CompleteEnrollmentRefusal>> {
        let mut tx = self.core.store.begin(actor.employer).await?;
        let keyed = Keyed { key: command.key.as_ref(), command: "completeEnrollment", input: &command };
        let earlier =
            self.core.claim::<_, CompleteEnrollmentRefusal>(&mut *tx, actor, keyed, command.id).await?;
        let mut enrollment = self.open(&mut *tx, actor, Action::RecordResults, command.id).await?;
        if earlier.is_some() {
            return Ok(enrollment);
        }
        check_version("enrollment", command.expected_version, enrollment.version)?;
        let accepted = tx.count_evidence(enrollment.id, Some(EvidenceStatus::Accepted)).await?;
        let moment = self.moment(&mut *tx).await?;
        enrollment.complete(accepted > 0, moment.at)?;
        match committed(&mut *tx, &enrollment).await? {
            Some(request) => {
                let known = PriceKnown {
                    price: command.price.unwrap_or_else(|| request.promised()),
                    invoice_number: command.invoice_number.clone(),
                    proof: command.proof.clone(),
                };
                let settled = Funding::new(self.core).settle_within(&mut *tx, actor, request, known).await;
                settled.map_err(|failure| failure.map(Into::into))?;
            }
            None if command.speaks_of_money() => {
                return Err(CompleteEnrollmentRefusal::NothingToSettle.into());
            }
            None => {}
        }
        tx.save_enrollment(&enrollment).await?;
        self.schedule_follow_ups(&mut *tx, &enrollment, (moment.today, moment.today)).await?;
        let Enrollment { id, employee, .. } = enrollment;
        let event = LearningEvent::Completed { enrollment: id, employee, course: enrollment.taken.course };
        self.core.record(&mut *tx, actor, &[event]).await?;
        self.raise_skills(&mut *tx, actor, &enrollment, moment.today).await?;
        tx.commit().await?;
        Ok(enrollment)
    }

    /// Ends a course that somebody did not pass. What was booked for it is settled when the invoice comes.
    pub async fn fail_enrollment(
        self,
        actor: &Actor,
        asked: ChangeEnrollment,
    ) -> Result<Enrollment, Failure<FailEnrollmentRefusal>> {
        let fail = |enrollment: &mut Enrollment, Moment { at, .. }: Moment| {
            enrollment.fail(at)?;
            let Enrollment { id, employee, .. } = *enrollment;
            Ok(Some(LearningEvent::Failed { enrollment: id, employee }))
        };
        self.change(actor, Action::RecordResults, asked, fail).await
    }

    /// Ends the enrollments of an employer whose last day is over, `batch` at a time.
    ///
    /// Each is a transaction of its own that decides on what it has locked, so any number of workers may do this at once.
    /// One that somebody holds now is left to the next round, and one that fails stands in nobody's way.
    pub async fn expire_enrollments(
        self,
        employer: &Employer,
        batch: u32,
    ) -> Result<ExpiredEnrollments, Fault> {
        let actor = Actor::system(employer.id, "enrollments");
        let today = employer.day_of(self.core.clock.now());
        let mut done = ExpiredEnrollments::default();
        let mut beyond = None;
        loop {
            let reads = self.core.store.reads();
            let over = reads.enrollments_to_end(employer.id, today, beyond, batch.max(1)).await?;
            let Some(last) = over.last() else { return Ok(done) };
            beyond = Some(*last);
            for id in over {
                match self.expire(&actor, id).await {
                    Ok(true) => done.expired = done.expired.saturating_add(1),
                    Ok(false) => {}
                    Err(fault) => done.failed.push((id, fault)),
                }
            }
        }
    }

    async fn expire(self, actor: &Actor, id: EnrollmentId) -> Result<bool, Fault> {
        let mut tx = self.core.store.begin(actor.employer).await?;
        let Some(mut enrollment) = tx.lock_enrollment_if_free(id).await? else { return Ok(false) };
        let Moment { at, today } = self.moment(&mut *tx).await?;
        if !enrollment.expire(today, at) {
            return Ok(false);
        }
        tx.save_enrollment(&enrollment).await?;
        let (employee, request) = (enrollment.employee, enrollment.request);
        let event = LearningEvent::Expired { enrollment: id, employee, request };
        self.core.record(&mut *tx, actor, &[event]).await?;
        tx.commit().await?;
        Ok(true)
    }
}

/// The request whose money is committed for an enrollment, locked.
pub(super) async fn committed(
    tx: &mut dyn UnitOfWork,
    enrollment: &Enrollment,
) -> Result<Option<FundingRequest>, Fault> {
    let Some(id) = enrollment.request else { return Ok(None) };
    let request = tx.lock_request(id).await?.ok_or_else(|| Fault::not_found(id))?;
    Ok(Some(request).filter(|request| request.status == RequestStatus::Committed))
}
