//! Giving up, and what comes back of the price (L4).

use crate::access::{Action, Actor};
use crate::funding::Funding;
use crate::kernel::{Failure, Fault, check_version};
use crate::learning::terms::share_on;
use crate::learning::{Enrollment, Learning, LearningEvent, WithdrawEnrollmentRefusal, WithdrawalReason};

use super::{ChangeEnrollment, Moment};

/// An enrollment to give up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WithdrawEnrollment {
    /// Which one.
    pub asked: ChangeEnrollment,
    /// Why.
    pub reason: WithdrawalReason,
}

impl Learning<'_> {
    /// The person gives up. What comes back of the price by the terms under which they enrolled is released, or refunded
    /// where it was paid; the rest stays as it is.
    pub async fn withdraw_enrollment(
        self,
        actor: &Actor,
        command: WithdrawEnrollment,
    ) -> Result<Enrollment, Failure<WithdrawEnrollmentRefusal>> {
        let WithdrawEnrollment { asked, reason } = command;
        let mut tx = self.core.store.begin(actor.employer).await?;
        let mut enrollment = self.open(&mut *tx, actor, Action::ManageEnrollments, asked.id).await?;
        check_version("enrollment", asked.expected_version, enrollment.version)?;
        let Moment { at, today } = self.moment(&mut *tx).await?;
        enrollment.withdraw(reason, at)?;
        if let Some(id) = enrollment.request {
            let request = tx.lock_request(id).await?;
            let mut request = request.ok_or_else(|| Fault::not_found(id))?;
            let share = share_on(&enrollment.refunds, enrollment.starts_on, today);
            Funding::new(self.core).give_up_within(&mut *tx, actor, &mut request, share).await?;
        }
        tx.save_enrollment(&enrollment).await?;
        let Enrollment { id, employee, .. } = enrollment;
        let event = LearningEvent::Withdrawn { enrollment: id, employee, reason };
        self.core.record(&mut *tx, actor, &[event]).await?;
        tx.commit().await?;
        Ok(enrollment)
    }
}
