//! Who answers for a budget.

use serde::Serialize;

use crate::access::{Action, Actor, policy};
use crate::app::Keyed;
use crate::funding::{Budget, Funding, FundingEvent};
use crate::journal::{IdempotencyKey, Reused};
use crate::kernel::{BudgetId, EmployeeId, Failure, Refusal};
use crate::organization::{Employee, EmploymentStatus};

/// An owner to remove from a budget.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RemoveBudgetOwner {
    /// Which budget.
    pub id: BudgetId,
    /// Who.
    pub employee: EmployeeId,
}

/// An owner to add to a budget.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AddBudgetOwner {
    /// Makes a retry safe.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// Which budget.
    pub id: BudgetId,
    /// Who.
    pub employee: EmployeeId,
}

/// Why somebody was not made an owner.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AddBudgetOwnerRefusal {
    /// No such person, or somebody who is not at work.
    #[error("there is no present employee {0}")]
    UnknownEmployee(EmployeeId),
    /// Owns it already.
    #[error("the employee owns this budget already")]
    AlreadyOwner,
    /// The idempotency key belongs to another request.
    #[error(transparent)]
    KeyReused(#[from] Reused),
}

impl Refusal for AddBudgetOwnerRefusal {
    fn field(&self) -> &'static [&'static str] {
        match self {
            Self::KeyReused(_) => &["input", "idempotencyKey"],
            Self::UnknownEmployee(_) | Self::AlreadyOwner => &["input", "employeeId"],
        }
    }
}

/// Why somebody is still an owner.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RemoveBudgetOwnerRefusal {
    /// Does not own it.
    #[error("the employee does not own this budget")]
    NotOwner,
    /// Nobody would answer for it any more.
    #[error("nobody else who owns this budget still works here; add another owner first")]
    LastOwner,
}

impl Refusal for RemoveBudgetOwnerRefusal {
    fn field(&self) -> &'static [&'static str] {
        &["input", "employeeId"]
    }
}

impl Funding<'_> {
    /// Makes somebody an owner of a budget.
    pub async fn add_budget_owner(
        self,
        actor: &Actor,
        command: AddBudgetOwner,
    ) -> Result<Budget, Failure<AddBudgetOwnerRefusal>> {
        policy::require(actor, Action::ManageBudgets, &[])?;
        let AddBudgetOwner { id, employee, .. } = command;
        let mut tx = self.core.store.begin(actor.employer).await?;
        let keyed = Keyed { key: command.key.as_ref(), command: "addBudgetOwner", input: &command };
        let claimed = self.core.claim::<_, AddBudgetOwnerRefusal>(&mut *tx, actor, keyed, id).await?;
        let budget = self.lock_budget(&mut *tx, id).await?;
        if claimed.is_some() {
            return Ok(budget);
        }
        if !tx.employees(&[employee]).await?.iter().any(Employee::is_present) {
            return Err(AddBudgetOwnerRefusal::UnknownEmployee(employee).into());
        }
        if tx.owners_of(id).await?.contains(&employee) {
            return Err(AddBudgetOwnerRefusal::AlreadyOwner.into());
        }
        tx.insert_owners(id, &[employee], self.core.clock.now()).await?;
        self.core.record(&mut *tx, actor, &[FundingEvent::BudgetOwnerAdded { budget: id, employee }]).await?;
        tx.commit().await?;
        Ok(budget)
    }

    /// Ends somebody's ownership of a budget. The last owner who still works here stays.
    pub async fn remove_budget_owner(
        self,
        actor: &Actor,
        command: RemoveBudgetOwner,
    ) -> Result<Budget, Failure<RemoveBudgetOwnerRefusal>> {
        policy::require(actor, Action::ManageBudgets, &[])?;
        let RemoveBudgetOwner { id, employee } = command;
        let mut tx = self.core.store.begin(actor.employer).await?;
        let budget = self.lock_budget(&mut *tx, id).await?;
        let owners = tx.owners_of(id).await?;
        if !owners.contains(&employee) {
            return Err(RemoveBudgetOwnerRefusal::NotOwner.into());
        }
        // Somebody who has left answers for nothing any more.
        let others: Vec<EmployeeId> = owners.into_iter().filter(|owner| *owner != employee).collect();
        let remaining = tx.employees(&others).await?;
        if remaining.iter().all(|other| other.employment.status == EmploymentStatus::Left) {
            return Err(RemoveBudgetOwnerRefusal::LastOwner.into());
        }
        tx.delete_owner(id, employee).await?;
        self.core
            .record(&mut *tx, actor, &[FundingEvent::BudgetOwnerRemoved { budget: id, employee }])
            .await?;
        tx.commit().await?;
        Ok(budget)
    }
}
