//! Creating budgets, changing them, and ending them.

use serde::Serialize;

use crate::access::{Action, Actor, policy};
use crate::app::Keyed;
use crate::journal::IdempotencyKey;
use crate::kernel::{
    BudgetId, Currency, EmployeeId, Failure, Fault, Money, Period, Refusal, Text, check_version,
};
use crate::programs::ProgramStatus;
use crate::store::UnitOfWork;

use super::Funding;
use crate::funding::budget::Dependents;
use crate::funding::movement::{Movement, grant};
use crate::funding::posting::{Remarks, Stamp, post_movements};
use crate::funding::{
    ArchiveBudgetRefusal, Balance, Budget, BudgetStatus, ChangeBudgetRefusal, CreateBudgetRefusal, EntryKind,
    FundingEvent, Hours, LedgerEntry, LimitMode, OwnedBy, StatusRefusal,
};

/// A budget to create. It begins as DRAFT.
#[derive(Debug, Clone, Serialize)]
pub struct CreateBudget {
    /// Makes a retry safe.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// Its name.
    pub name: String,
    /// Whose money it is.
    pub owned_by: OwnedBy,
    /// The days it is for.
    pub period: Period,
    /// Its currency; the employer's when not given.
    pub currency: Option<Currency>,
    /// The budget it gets its money from, if any.
    pub parent: Option<BudgetId>,
    /// What happens at the limit.
    pub limit_mode: LimitMode,
    /// Who answers for it; at least one person.
    pub owners: Vec<EmployeeId>,
    /// Its first money, if there is some already.
    pub allocation: Option<Money>,
}

/// A budget to change. What is `None` stays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeBudget {
    /// Which one.
    pub id: BudgetId,
    /// The version that the caller saw.
    pub expected_version: i32,
    /// A new name.
    pub name: Option<String>,
    /// What happens at the limit from now on.
    pub limit_mode: Option<LimitMode>,
}

/// A budget to open, close or archive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ChangeBudgetStatus {
    /// Which one.
    pub id: BudgetId,
    /// The version that the caller saw, if it matters to them.
    pub expected_version: Option<i32>,
}

impl Funding<'_> {
    /// Creates a budget, with its first money if it is given.
    pub async fn create_budget(
        self,
        actor: &Actor,
        command: CreateBudget,
    ) -> Result<Budget, Failure<CreateBudgetRefusal>> {
        policy::require(actor, Action::ManageBudgets, &[])?;
        if command.allocation.is_some() {
            policy::require(actor, Action::MoveMoney, &[])?;
        }
        let id = self.core.id::<BudgetId>();
        let mut tx = self.core.store.begin(actor.employer).await?;
        let keyed = Keyed { key: command.key.as_ref(), command: "createBudget", input: &command };
        if let Some(earlier) = self.core.claim::<_, CreateBudgetRefusal>(&mut *tx, actor, keyed, id).await? {
            return Ok(self.lock_budget(&mut *tx, earlier).await?);
        }
        let name = Text::line(&command.name, Text::NAME).map_err(CreateBudgetRefusal::InvalidName)?;
        let owners = self.check_frame(&mut *tx, &command).await?;
        let parent = self.check_parent(&mut *tx, &command).await?;
        let currency = match (command.currency, &parent) {
            (Some(currency), _) => currency,
            (None, Some(parent)) => parent.currency,
            (None, None) => tx.employer().await?.currency,
        };
        if let Some(parent) = &parent {
            parent.check_child(command.period, currency)?;
        }
        let budget = Budget {
            id,
            name: name.into_string(),
            owned_by: command.owned_by,
            period: command.period,
            currency,
            parent: command.parent,
            limit_mode: command.limit_mode,
            status: BudgetStatus::Draft,
            balance: Balance::ZERO,
            hours: Hours::default(),
            entries: 0,
            version: 1,
        };
        let budget = self.insert(&mut *tx, actor, (budget, parent), &owners, command.allocation).await?;
        tx.commit().await?;
        Ok(budget)
    }

    /// Whether the owners and what the budget belongs to are there; answers with the owners, each once.
    async fn check_frame(
        self,
        tx: &mut dyn UnitOfWork,
        command: &CreateBudget,
    ) -> Result<Vec<EmployeeId>, Failure<CreateBudgetRefusal>> {
        let mut owners: Vec<EmployeeId> = Vec::new();
        for owner in &command.owners {
            if !owners.contains(owner) {
                owners.push(*owner);
            }
        }
        let found = tx.employees(&owners).await?;
        let present = |owner: &EmployeeId| found.iter().any(|e| e.id() == *owner && e.is_present());
        if owners.is_empty() {
            return Err(CreateBudgetRefusal::NoOwner.into());
        }
        if let Some(unknown) = owners.iter().find(|owner| !present(owner)) {
            return Err(CreateBudgetRefusal::UnknownOwner(*unknown).into());
        }
        match command.owned_by {
            OwnedBy::Department(id) if tx.departments(&[id]).await?.is_empty() => {
                Err(CreateBudgetRefusal::UnknownDepartment(id).into())
            }
            OwnedBy::Program(id) => {
                let program = tx.lock_program(id).await?.map(|(program, _)| program);
                let open = program.filter(|program| program.status != ProgramStatus::Closed);
                Ok(open.map(|_| owners).ok_or(CreateBudgetRefusal::UnknownProgram(id))?)
            }
            _ => Ok(owners),
        }
    }

    async fn check_parent(
        self,
        tx: &mut dyn UnitOfWork,
        command: &CreateBudget,
    ) -> Result<Option<Budget>, Failure<CreateBudgetRefusal>> {
        let Some(id) = command.parent else { return Ok(None) };
        let parent = tx.lock_budgets(&[id]).await?.pop();
        Ok(Some(parent.ok_or(CreateBudgetRefusal::UnknownParent(id))?))
    }

    async fn insert(
        self,
        tx: &mut dyn UnitOfWork,
        actor: &Actor,
        (budget, parent): (Budget, Option<Budget>),
        owners: &[EmployeeId],
        allocation: Option<Money>,
    ) -> Result<Budget, Failure<CreateBudgetRefusal>> {
        let (id, above) = (budget.id, budget.parent);
        let mut events =
            vec![FundingEvent::BudgetCreated { budget: id, parent: above, owners: owners.to_vec() }];
        let stamp = self.stamp(tx, actor).await?;
        let mut budgets: Vec<Budget> = parent.into_iter().chain([budget]).collect();
        let mut entries: Vec<LedgerEntry> = Vec::new();
        if let Some(amount) = allocation {
            let movements = grant(id, above, EntryKind::Allocate, amount.minor());
            entries = first_money(&mut budgets, &movements, amount, &stamp)?;
            let ids = entries.iter().map(|entry| entry.id).collect();
            events.push(FundingEvent::BudgetAllocated { budget: id, amount, entries: ids });
        }
        // The new budget stands last, behind its parent.
        let budget = budgets.pop().ok_or_else(|| Fault::not_found(id))?;
        tx.save_budgets(&budgets).await?;
        tx.insert_budget(&budget).await?;
        tx.insert_owners(id, owners, stamp.at).await?;
        tx.append_ledger(&entries).await?;
        self.core.record(tx, actor, &events).await?;
        Ok(budget)
    }

    /// Renames a budget or changes what happens at its limit.
    pub async fn change_budget(
        self,
        actor: &Actor,
        command: ChangeBudget,
    ) -> Result<Budget, Failure<ChangeBudgetRefusal>> {
        policy::require(actor, Action::ManageBudgets, &[])?;
        let name = command.name.as_deref().map(|name| Text::line(name, Text::NAME)).transpose();
        let name = name.map_err(ChangeBudgetRefusal::InvalidName)?;
        let mut tx = self.core.store.begin(actor.employer).await?;
        let mut budget = self.lock_budget(&mut *tx, command.id).await?;
        check_version("budget", Some(command.expected_version), budget.version)?;
        let fields = budget.change(name, command.limit_mode)?;
        if fields.is_empty() {
            return Ok(budget);
        }
        let event = FundingEvent::BudgetChanged { budget: budget.id, fields };
        tx.save_budgets(std::slice::from_ref(&budget)).await?;
        self.core.record(&mut *tx, actor, &[event]).await?;
        tx.commit().await?;
        Ok(budget)
    }

    /// Opens a budget, for the first time or again.
    pub async fn open_budget(
        self,
        actor: &Actor,
        command: ChangeBudgetStatus,
    ) -> Result<Budget, Failure<StatusRefusal>> {
        self.change_status(actor, command, |budget, _| budget.become_status(BudgetStatus::Open)).await
    }

    /// Closes a budget to new promises.
    pub async fn close_budget_to_spend(
        self,
        actor: &Actor,
        command: ChangeBudgetStatus,
    ) -> Result<Budget, Failure<StatusRefusal>> {
        self.change_status(actor, command, |budget, _| budget.become_status(BudgetStatus::ClosedToSpend))
            .await
    }

    /// Ends a budget.
    pub async fn archive_budget(
        self,
        actor: &Actor,
        command: ChangeBudgetStatus,
    ) -> Result<Budget, Failure<ArchiveBudgetRefusal>> {
        self.change_status(actor, command, Budget::archive).await
    }

    async fn change_status<R: Refusal>(
        self,
        actor: &Actor,
        command: ChangeBudgetStatus,
        transition: impl FnOnce(&mut Budget, Dependents) -> Result<(), R> + Send,
    ) -> Result<Budget, Failure<R>> {
        policy::require(actor, Action::ManageBudgets, &[])?;
        let mut tx = self.core.store.begin(actor.employer).await?;
        // Children and requests hold this budget before they come to be, so none appears between the count and the end.
        let budget = tx.lock_budget_alone(command.id).await?;
        let mut budget = budget.ok_or_else(|| Fault::not_found(command.id))?;
        check_version("budget", command.expected_version, budget.version)?;
        let dependents = Dependents {
            live_children: tx.count_live_children(budget.id).await?,
            waiting_requests: tx.count_waiting_requests(budget.id).await?,
        };
        transition(&mut budget, dependents)?;
        let event = FundingEvent::BudgetStatusChanged { budget: budget.id, status: budget.status.name() };
        tx.save_budgets(std::slice::from_ref(&budget)).await?;
        self.core.record(&mut *tx, actor, &[event]).await?;
        tx.commit().await?;
        Ok(budget)
    }
}

fn first_money(
    budgets: &mut [Budget],
    movements: &[Movement],
    amount: Money,
    stamp: &Stamp<'_>,
) -> Result<Vec<LedgerEntry>, Failure<CreateBudgetRefusal>> {
    if !amount.is_positive() {
        return Err(CreateBudgetRefusal::AllocationNotPositive(amount).into());
    }
    for budget in budgets.iter() {
        budget.check_currency(amount).map_err(CreateBudgetRefusal::from)?;
    }
    let entries = post_movements(budgets, movements, &Remarks::default(), stamp)?;
    Ok(entries.map_err(CreateBudgetRefusal::from)?)
}
