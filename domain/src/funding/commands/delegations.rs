//! Having somebody stand in, and ending it.

use serde::Serialize;

use crate::access::{Action, Actor, Relation, policy};
use crate::app::Keyed;
use crate::funding::{DelegateRefusal, Delegation, DelegationOver, FundingEvent};
use crate::journal::IdempotencyKey;
use crate::kernel::{ApprovalDelegationId, EmployeeId, EmployerId, Failure, Fault, Period};
use crate::organization::EmploymentStatus;

use super::Funding;

/// Some days on which another person decides.
#[derive(Debug, Clone, Serialize)]
pub struct DelegateApprovals {
    /// Makes a retry safe.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// In whose name.
    pub delegator: EmployeeId,
    /// Who decides.
    pub delegate: EmployeeId,
    /// On which days.
    pub period: Period,
}

impl Funding<'_> {
    /// Has somebody decide in another one's name for some days (F10).
    pub async fn delegate_approvals(
        self,
        actor: &Actor,
        command: DelegateApprovals,
    ) -> Result<Delegation, Failure<DelegateRefusal>> {
        let DelegateApprovals { delegator, delegate, period, .. } = command;
        let oneself = (actor.employee() == Some(delegator)).then_some(Relation::Oneself);
        policy::require(actor, Action::DelegateApprovals, oneself.as_slice())?;
        let id = self.core.id::<ApprovalDelegationId>();
        let mut tx = self.core.store.begin(actor.employer).await?;
        let keyed = Keyed { key: command.key.as_ref(), command: "delegateApprovals", input: &command };
        if let Some(earlier) = self.core.claim::<_, DelegateRefusal>(&mut *tx, actor, keyed, id).await? {
            return Ok(tx.lock_delegation(earlier).await?.ok_or_else(|| Fault::not_found(earlier))?);
        }
        // One arrangement at a time for one person, so that two do not overlap unseen.
        tx.lock_requester(delegator).await?;
        let now = self.core.clock.now();
        let today = tx.employer().await?.day_of(now);
        let people = tx.employees(&[delegator, delegate]).await?;
        let person = |id: EmployeeId| people.iter().find(|person| person.id() == id);
        let here = person(delegator).is_some_and(|person| person.employment.status != EmploymentStatus::Left);
        if !here {
            return Err(DelegateRefusal::UnknownDelegator(delegator).into());
        }
        let (created_by, created_at) = (actor.employee(), now);
        let delegation =
            Delegation { id, delegator, delegate, period, created_by, created_at, ended_at: None };
        let others = tx.delegations_of(delegator, today).await?;
        delegation.check(person(delegate), &others, today)?;
        tx.save_delegation(&delegation, delegation.holds(today)).await?;
        let event = FundingEvent::ApprovalsDelegated { delegation: id, delegator, delegate, period };
        self.core.record(&mut *tx, actor, &[event]).await?;
        tx.commit().await?;
        Ok(delegation)
    }

    /// Ends it before its last day is over.
    pub async fn end_delegation(
        self,
        actor: &Actor,
        id: ApprovalDelegationId,
    ) -> Result<Delegation, Failure<DelegationOver>> {
        let mut tx = self.core.store.begin(actor.employer).await?;
        let mut delegation = tx.lock_delegation(id).await?.ok_or_else(|| Fault::not_found(id))?;
        let parties = [delegation.delegator, delegation.delegate];
        let sees = actor.employee().is_some_and(|person| parties.contains(&person));
        let sees = sees.then_some(Relation::Oneself);
        policy::require(actor, Action::ReadDelegations, sees.as_slice()).map_err(|_| Fault::not_found(id))?;
        let oneself = (actor.employee() == Some(delegation.delegator)).then_some(Relation::Oneself);
        policy::require(actor, Action::DelegateApprovals, oneself.as_slice())?;
        let now = self.core.clock.now();
        let today = tx.employer().await?.day_of(now);
        delegation.end(now, today)?;
        tx.save_delegation(&delegation, false).await?;
        let event = FundingEvent::DelegationEnded { delegation: id, delegator: delegation.delegator };
        self.core.record(&mut *tx, actor, &[event]).await?;
        tx.commit().await?;
        Ok(delegation)
    }

    /// Marks the delegations that hold today, and no others. Substitutes see by the mark what waits for those in whose name
    /// they decide; whether they may decide is asked of the days themselves. Any number of workers may do it.
    pub async fn mark_delegations(self, employer: EmployerId) -> Result<(), Fault> {
        let mut tx = self.core.store.begin(employer).await?;
        let today = tx.employer().await?.day_of(self.core.clock.now());
        if tx.mark_delegations(today).await? { tx.commit().await } else { Ok(()) }
    }
}
