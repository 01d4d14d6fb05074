//! Who answers for a budget.

use crate::access::{Action, Actor, policy};
use crate::funding::{Budget, Funding, FundingEvent};
use crate::kernel::{BudgetId, EmployeeId, Failure, Refusal};
use crate::organization::{Employee, EmploymentStatus};

/// An owner to add to a budget or to remove from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ChangeBudgetOwner {
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
}

impl Refusal for AddBudgetOwnerRefusal {
    fn field(&self) -> &'static [&'static str] {
        &["input", "employeeId"]
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
        command: ChangeBudgetOwner,
    ) -> Result<Budget, Failure<AddBudgetOwnerRefusal>> {
        policy::require(actor, Action::ManageBudgets, &[])?;
        let ChangeBudgetOwner { id, employee } = command;
        let mut tx = self.core.store.begin(actor.employer).await?;
        let budget = self.lock_budget(&mut *tx, id).await?;
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
        command: ChangeBudgetOwner,
    ) -> Result<Budget, Failure<RemoveBudgetOwnerRefusal>> {
        policy::require(actor, Action::ManageBudgets, &[])?;
        let ChangeBudgetOwner { id, employee } = command;
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
