//! Moving money into budgets and between them.

use chrono::NaiveDate;
use serde::Serialize;

use crate::access::{Action, Actor, policy};
use crate::app::Keyed;
use crate::journal::IdempotencyKey;
use crate::kernel::{BudgetId, Failure, Fault, LedgerEntryId, Money, Text};
use crate::store::UnitOfWork;

use super::{Funding, note, optional};
use crate::funding::posting::{Remarks, post_legs};
use crate::funding::route::{Leg, grant, route};
use crate::funding::{Budget, EntryKind, FundingEvent, MoveRefusal, ReasonCode};

/// Money for a budget: from its parent, or from outside for one at the top.
#[derive(Debug, Clone, Serialize)]
pub struct AllocateBudget {
    /// Makes a retry safe.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// Which budget.
    pub id: BudgetId,
    /// How much; above 0.
    pub amount: Money,
    /// A remark.
    pub note: Option<String>,
    /// The day from which it counts; today when not given.
    pub effective_on: Option<NaiveDate>,
}

/// An allocation to raise or lower afterwards.
#[derive(Debug, Clone, Serialize)]
pub struct AdjustBudget {
    /// Makes a retry safe.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// Which budget.
    pub id: BudgetId,
    /// By how much; below 0 to lower it.
    pub amount: Money,
    /// Why.
    pub reason: ReasonCode,
    /// Why, in words.
    pub note: String,
    /// The day from which it counts; today when not given.
    pub effective_on: Option<NaiveDate>,
}

/// Money to bring from one budget to another.
#[derive(Debug, Clone, Serialize)]
pub struct TransferBudget {
    /// Makes a retry safe.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// Out of which budget.
    pub from: BudgetId,
    /// Into which.
    pub to: BudgetId,
    /// How much; above 0.
    pub amount: Money,
    /// A remark.
    pub note: Option<String>,
    /// The day from which it counts; today when not given.
    pub effective_on: Option<NaiveDate>,
}

impl Funding<'_> {
    /// Allocates money to a budget. For a budget below another it comes out of what the parent has available (F2).
    pub async fn allocate_budget(
        self,
        actor: &Actor,
        command: AllocateBudget,
    ) -> Result<Budget, Failure<MoveRefusal>> {
        policy::require(actor, Action::MoveMoney, &[])?;
        let AllocateBudget { id, amount, effective_on, .. } = command;
        let note = optional(command.note.as_deref(), note).map_err(MoveRefusal::InvalidNote)?;
        let mut tx = self.core.store.begin(actor.employer).await?;
        let keyed = Keyed { key: command.key.as_ref(), command: "allocateBudget", input: &command };
        let earlier = self.core.claim::<_, MoveRefusal>(&mut *tx, actor, keyed, id).await?;
        let legs = self.legs_of_grant(&mut *tx, id, EntryKind::Allocate, amount).await?;
        let mut budgets = self.lock_legs(&mut *tx, &legs).await?;
        if earlier.is_some() {
            return Ok(take(budgets, id)?);
        }
        budgets.iter().try_for_each(|budget| budget.check_amount(amount))?;
        let remarks = Remarks { note, effective_on, ..Remarks::default() };
        let entries = self.book_legs(&mut *tx, actor, &mut budgets, &legs, &remarks).await?;
        let event = FundingEvent::BudgetAllocated { budget: id, amount, entries };
        self.record(&mut *tx, actor, &[event]).await?;
        tx.commit().await?;
        Ok(take(budgets, id)?)
    }

    /// Raises or lowers an allocation. It is not lowered below what is handed on, promised or spent (F6).
    pub async fn adjust_budget(
        self,
        actor: &Actor,
        command: AdjustBudget,
    ) -> Result<Budget, Failure<MoveRefusal>> {
        policy::require(actor, Action::MoveMoney, &[])?;
        let AdjustBudget { id, amount, reason, effective_on, .. } = command;
        let note = note(&command.note).map_err(MoveRefusal::InvalidNote).map(Text::into_string)?;
        let mut tx = self.core.store.begin(actor.employer).await?;
        let keyed = Keyed { key: command.key.as_ref(), command: "adjustBudget", input: &command };
        let earlier = self.core.claim::<_, MoveRefusal>(&mut *tx, actor, keyed, id).await?;
        let legs = self.legs_of_grant(&mut *tx, id, EntryKind::Adjust, amount).await?;
        let mut budgets = self.lock_legs(&mut *tx, &legs).await?;
        if earlier.is_some() {
            return Ok(take(budgets, id)?);
        }
        if amount.minor() == 0 {
            return Err(MoveRefusal::Nothing.into());
        }
        budgets.iter().try_for_each(|budget| budget.check_currency(amount))?;
        let remarks = Remarks { reason: Some(reason), note: Some(note), effective_on, ..Remarks::default() };
        let entries = self.book_legs(&mut *tx, actor, &mut budgets, &legs, &remarks).await?;
        let event = FundingEvent::BudgetAdjusted { budget: id, amount, reason, entries };
        self.record(&mut *tx, actor, &[event]).await?;
        tx.commit().await?;
        Ok(take(budgets, id)?)
    }

    /// Brings money from one budget to another, through the budgets that lie between them in the tree. Answers with
    /// both ends, the giver first.
    pub async fn transfer_budget(
        self,
        actor: &Actor,
        command: TransferBudget,
    ) -> Result<(Budget, Budget), Failure<MoveRefusal>> {
        policy::require(actor, Action::MoveMoney, &[])?;
        let TransferBudget { from, to, amount, effective_on, .. } = command;
        let note = optional(command.note.as_deref(), note).map_err(MoveRefusal::InvalidNote)?;
        if from == to {
            return Err(MoveRefusal::SameBudget.into());
        }
        let mut tx = self.core.store.begin(actor.employer).await?;
        let keyed = Keyed { key: command.key.as_ref(), command: "transferBudget", input: &command };
        let earlier = self.core.claim::<_, MoveRefusal>(&mut *tx, actor, keyed, from).await?;
        let giving = tx.budget_line(from).await?;
        let taking = tx.budget_line(to).await?;
        if giving.is_empty() {
            return Err(Fault::not_found(from).into());
        }
        if taking.is_empty() {
            return Err(MoveRefusal::UnknownTarget(to).into());
        }
        let legs = route(&giving, &taking, amount.minor());
        let mut budgets = self.lock_legs(&mut *tx, &legs).await?;
        if earlier.is_some() {
            return Ok((take(budgets.clone(), from)?, take(budgets, to)?));
        }
        budgets.iter().try_for_each(|budget| budget.check_amount(amount))?;
        let remarks = Remarks { note, effective_on, ..Remarks::default() };
        let entries = self.book_legs(&mut *tx, actor, &mut budgets, &legs, &remarks).await?;
        let event = FundingEvent::BudgetTransferred { budget: from, to, amount, entries };
        self.record(&mut *tx, actor, &[event]).await?;
        tx.commit().await?;
        Ok((take(budgets.clone(), from)?, take(budgets, to)?))
    }

    async fn legs_of_grant(
        self,
        tx: &mut dyn UnitOfWork,
        id: BudgetId,
        kind: EntryKind,
        amount: Money,
    ) -> Result<Vec<Leg>, Fault> {
        let line = tx.budget_line(id).await?;
        let budget = line.first().ok_or_else(|| Fault::not_found(id))?;
        Ok(grant(*budget, line.get(1).copied(), kind, amount.minor()))
    }

    async fn lock_legs(self, tx: &mut dyn UnitOfWork, legs: &[Leg]) -> Result<Vec<Budget>, Fault> {
        let ids: Vec<BudgetId> = legs.iter().map(|leg| leg.budget).collect();
        tx.lock_budgets(&ids).await
    }

    async fn book_legs(
        self,
        tx: &mut dyn UnitOfWork,
        actor: &Actor,
        budgets: &mut [Budget],
        legs: &[Leg],
        remarks: &Remarks,
    ) -> Result<Vec<LedgerEntryId>, Failure<MoveRefusal>> {
        let stamp = self.stamp(tx, actor).await?;
        let entries = post_legs(budgets, legs, remarks, &stamp).map_err(MoveRefusal::from)?;
        tx.save_budgets(budgets).await?;
        tx.append_ledger(&entries).await?;
        Ok(entries.into_iter().map(|entry| entry.id).collect())
    }
}

fn take(budgets: Vec<Budget>, id: BudgetId) -> Result<Budget, Fault> {
    budgets.into_iter().find(|budget| budget.id == id).ok_or_else(|| Fault::not_found(id))
}
