//! Recording, validating and withdrawing benefits.

use serde::Serialize;

use super::Roi;
use crate::access::{Action, Actor, policy};
use crate::app::Keyed;
use crate::journal::IdempotencyKey;
use crate::kernel::{BenefitId, Failure, Fault, Refusals, check_version};
use crate::roi::{
    Benefit, GivenBenefit, RecordBenefitRefusal, RoiEvent, ValidateBenefitRefusal, WithdrawBenefitRefusal,
};
use crate::store::UnitOfWork;

/// A benefit to record.
#[derive(Debug, Clone, Serialize)]
pub struct RecordBenefit {
    /// Makes a retry safe.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// The benefit.
    pub benefit: GivenBenefit,
}

/// A benefit to confirm.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ValidateBenefit {
    /// Which one.
    pub id: BenefitId,
    /// The version that the caller saw.
    pub expected_version: Option<i32>,
}

/// A benefit to take back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WithdrawBenefit {
    /// Which one.
    pub id: BenefitId,
    /// The version that the caller saw.
    pub expected_version: Option<i32>,
}

impl Roi<'_> {
    /// Records what a program brought. It counts in no report until somebody else has validated it.
    pub async fn record_benefit(
        self,
        actor: &Actor,
        command: RecordBenefit,
    ) -> Result<Benefit, Failure<Refusals<RecordBenefitRefusal>>> {
        policy::require(actor, Action::ManageRoi, &[])?;
        let mut tx = self.core.store.begin(actor.employer).await?;
        let keyed = Keyed { key: command.key.as_ref(), command: "recordBenefit", input: &command };
        let id = self.core.id::<BenefitId>();
        let earlier = self.core.claim::<_, RecordBenefitRefusal>(&mut *tx, actor, keyed, id).await;
        if let Some(earlier) = earlier.map_err(Failure::of_several)? {
            return Ok(benefit(&mut *tx, earlier).await?);
        }
        let program = command.benefit.program;
        if tx.programs(&[program]).await?.is_empty() {
            return Err(Fault::not_found(program).into());
        }
        let currency = tx.employer().await?.currency;
        let stamp = (id, actor.employee(), self.core.clock.now());
        let benefit = Benefit::record(&command.benefit, currency, stamp);
        let benefit = benefit.map_err(Refusals).map_err(Failure::Refused)?;
        let event = RoiEvent::BenefitRecorded { benefit: id, program };
        self.keep(&mut *tx, actor, &benefit, event).await?;
        tx.commit().await?;
        Ok(benefit)
    }

    /// Confirms a benefit, as somebody else than who recorded it.
    pub async fn validate_benefit(
        self,
        actor: &Actor,
        command: ValidateBenefit,
    ) -> Result<Benefit, Failure<ValidateBenefitRefusal>> {
        policy::require(actor, Action::ManageRoi, &[])?;
        let mut tx = self.core.store.begin(actor.employer).await?;
        let mut benefit = expected(&mut *tx, command.id, command.expected_version).await?;
        benefit.validate(actor.employee(), self.core.clock.now())?;
        let event = RoiEvent::BenefitValidated { benefit: benefit.id, program: benefit.program };
        self.keep(&mut *tx, actor, &benefit, event).await?;
        tx.commit().await?;
        Ok(benefit)
    }

    /// Takes a benefit back, so that it counts in no further report.
    pub async fn withdraw_benefit(
        self,
        actor: &Actor,
        command: WithdrawBenefit,
    ) -> Result<Benefit, Failure<WithdrawBenefitRefusal>> {
        policy::require(actor, Action::ManageRoi, &[])?;
        let mut tx = self.core.store.begin(actor.employer).await?;
        let mut benefit = expected(&mut *tx, command.id, command.expected_version).await?;
        benefit.withdraw(self.core.clock.now())?;
        let event = RoiEvent::BenefitWithdrawn { benefit: benefit.id, program: benefit.program };
        self.keep(&mut *tx, actor, &benefit, event).await?;
        tx.commit().await?;
        Ok(benefit)
    }

    async fn keep(
        self,
        tx: &mut dyn UnitOfWork,
        actor: &Actor,
        benefit: &Benefit,
        event: RoiEvent,
    ) -> Result<(), Fault> {
        tx.save_benefit(benefit).await?;
        self.core.record(tx, actor, &[event]).await
    }
}

/// A benefit, locked.
async fn benefit(tx: &mut dyn UnitOfWork, id: BenefitId) -> Result<Benefit, Fault> {
    tx.lock_benefit(id).await?.ok_or_else(|| Fault::not_found(id))
}

/// A benefit, locked, as the caller saw it.
async fn expected(tx: &mut dyn UnitOfWork, id: BenefitId, version: Option<i32>) -> Result<Benefit, Fault> {
    let benefit = benefit(tx, id).await?;
    check_version("benefit", version, benefit.version)?;
    Ok(benefit)
}
