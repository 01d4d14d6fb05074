//! Moving money into budgets and between them.

use chrono::NaiveDate;
use serde::Serialize;

use crate::access::{Action, Actor, policy};
use crate::app::Keyed;
use crate::journal::IdempotencyKey;
use crate::kernel::{BudgetId, Failure, Fault, LedgerEntryId, Money, Refusal, Text};
use crate::store::UnitOfWork;

use super::Funding;
use crate::funding::movement::{Movement, grant, route};
use crate::funding::posting::{Remarks, post_movements};
use crate::funding::{
    AdjustBudgetRefusal, AllocateBudgetRefusal, Budget, EntryKind, FundingEvent, MovementRefusal, ReasonCode,
    TransferBudgetRefusal,
};

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
    ) -> Result<Budget, Failure<AllocateBudgetRefusal>> {
        let AllocateBudget { id, amount, effective_on, .. } = command;
        let keyed = Keyed { key: command.key.as_ref(), command: "allocateBudget", input: &command };
        let (mut tx, replayed) = self.begin_movement(actor, keyed, id).await?;
        let movements = self.granted(&mut *tx, id, EntryKind::Allocate, amount).await?;
        if replayed {
            return Ok(take(self.lock_moved(&mut *tx, &movements).await?, id)?);
        }
        let note = Text::optional(command.note.as_deref(), Text::note).map_err(MovementRefusal::InvalidNote);
        let note = note.map_err(AllocateBudgetRefusal::from)?;
        if !amount.is_positive() {
            return Err(AllocateBudgetRefusal::NotPositive(amount).into());
        }
        let remarks = Remarks { note, effective_on, ..Remarks::default() };
        let event = |entries| FundingEvent::BudgetAllocated { budget: id, amount, entries };
        let budgets = self.move_money(tx, actor, (amount, &movements, &remarks), event).await?;
        Ok(take(budgets, id)?)
    }

    /// Raises or lowers an allocation. It is not lowered below what is handed on, promised or spent (F6).
    pub async fn adjust_budget(
        self,
        actor: &Actor,
        command: AdjustBudget,
    ) -> Result<Budget, Failure<AdjustBudgetRefusal>> {
        let AdjustBudget { id, amount, reason, effective_on, .. } = command;
        let keyed = Keyed { key: command.key.as_ref(), command: "adjustBudget", input: &command };
        let (mut tx, replayed) = self.begin_movement(actor, keyed, id).await?;
        let movements = self.granted(&mut *tx, id, EntryKind::Adjust, amount).await?;
        if replayed {
            return Ok(take(self.lock_moved(&mut *tx, &movements).await?, id)?);
        }
        let note = Text::note(&command.note).map_err(MovementRefusal::InvalidNote);
        let note = note.map_err(AdjustBudgetRefusal::from)?.into_string();
        let reason = reason.given().map_err(AdjustBudgetRefusal::from)?;
        if amount.minor() == 0 {
            return Err(AdjustBudgetRefusal::Nothing.into());
        }
        let remarks = Remarks { reason: Some(reason), note: Some(note), effective_on, ..Remarks::default() };
        let event = |entries| FundingEvent::BudgetAdjusted { budget: id, amount, reason, entries };
        let budgets = self.move_money(tx, actor, (amount, &movements, &remarks), event).await?;
        Ok(take(budgets, id)?)
    }

    /// Brings money from one budget to another, through the budgets that lie between them in the tree. Answers with
    /// both ends, the giver first.
    pub async fn transfer_budget(
        self,
        actor: &Actor,
        command: TransferBudget,
    ) -> Result<(Budget, Budget), Failure<TransferBudgetRefusal>> {
        let TransferBudget { from, to, amount, effective_on, .. } = command;
        let keyed = Keyed { key: command.key.as_ref(), command: "transferBudget", input: &command };
        let (mut tx, replayed) = self.begin_movement(actor, keyed, from).await?;
        if from == to {
            return Err(TransferBudgetRefusal::SameBudget.into());
        }
        let giving = tx.budget_line(from).await?;
        let taking = tx.budget_line(to).await?;
        if giving.is_empty() {
            return Err(Fault::not_found(from).into());
        }
        if taking.is_empty() {
            return Err(TransferBudgetRefusal::UnknownTarget(to).into());
        }
        let movements = route(&giving, &taking, amount.minor());
        if replayed {
            let budgets = self.lock_moved(&mut *tx, &movements).await?;
            return Ok((take(budgets.clone(), from)?, take(budgets, to)?));
        }
        let note = Text::optional(command.note.as_deref(), Text::note).map_err(MovementRefusal::InvalidNote);
        let note = note.map_err(TransferBudgetRefusal::from)?;
        if !amount.is_positive() {
            return Err(TransferBudgetRefusal::NotPositive(amount).into());
        }
        let remarks = Remarks { note, effective_on, ..Remarks::default() };
        let event = |entries| FundingEvent::BudgetTransferred { budget: from, to, amount, entries };
        let budgets = self.move_money(tx, actor, (amount, &movements, &remarks), event).await?;
        Ok((take(budgets.clone(), from)?, take(budgets, to)?))
    }

    /// How every movement begins: with the role, a transaction and the claim. Whether it was carried out before.
    async fn begin_movement<R: Refusal + From<MovementRefusal>, C: Serialize + Sync>(
        self,
        actor: &Actor,
        keyed: Keyed<'_, C>,
        budget: BudgetId,
    ) -> Result<(Box<dyn UnitOfWork>, bool), Failure<R>> {
        policy::require(actor, Action::MoveMoney, &[])?;
        let mut tx = self.core.store.begin(actor.employer).await?;
        match self.core.claim::<_, MovementRefusal>(&mut *tx, actor, keyed, budget).await {
            Ok(earlier) => Ok((tx, earlier.is_some())),
            Err(Failure::Refused(reused)) => Err(R::from(reused).into()),
            Err(Failure::Fault(fault)) => Err(fault.into()),
        }
    }

    /// How every movement ends: its budgets are locked, booked and kept. Answers with them.
    async fn move_money<R: Refusal + From<MovementRefusal>>(
        self,
        mut tx: Box<dyn UnitOfWork>,
        actor: &Actor,
        (amount, movements, remarks): (Money, &[Movement], &Remarks),
        event: impl FnOnce(Vec<LedgerEntryId>) -> FundingEvent + Send,
    ) -> Result<Vec<Budget>, Failure<R>> {
        let mut budgets = self.lock_moved(&mut *tx, movements).await?;
        for budget in &budgets {
            budget.check_currency(amount).map_err(MovementRefusal::from).map_err(R::from)?;
        }
        let stamp = self.stamp(&mut *tx, actor).await?;
        let entries = post_movements(&mut budgets, movements, remarks, &stamp)?;
        let entries = entries.map_err(MovementRefusal::from).map_err(R::from)?;
        tx.save_budgets(&budgets).await?;
        tx.append_ledger(&entries).await?;
        let event = event(entries.iter().map(|entry| entry.id).collect());
        self.core.record(&mut *tx, actor, &[event]).await?;
        tx.commit().await?;
        Ok(budgets)
    }

    async fn granted(
        self,
        tx: &mut dyn UnitOfWork,
        id: BudgetId,
        kind: EntryKind,
        amount: Money,
    ) -> Result<Vec<Movement>, Fault> {
        let line = tx.budget_line(id).await?;
        let budget = line.first().ok_or_else(|| Fault::not_found(id))?;
        Ok(grant(*budget, line.get(1).copied(), kind, amount.minor()))
    }

    async fn lock_moved(self, tx: &mut dyn UnitOfWork, movements: &[Movement]) -> Result<Vec<Budget>, Fault> {
        let ids: Vec<BudgetId> = movements.iter().map(|movement| movement.budget).collect();
        tx.lock_budgets(&ids).await
    }
}

fn take(budgets: Vec<Budget>, id: BudgetId) -> Result<Budget, Fault> {
    budgets.into_iter().find(|budget| budget.id == id).ok_or_else(|| Fault::not_found(id))
}
