//! Moving money into budgets and between them.

use chrono::NaiveDate;
use serde::Serialize;

use crate::access::{Action, Actor, policy};
use crate::app::Keyed;
use crate::journal::{IdempotencyKey, Reused};
use crate::kernel::{BudgetId, Failure, Fault, LedgerEntryId, Money, Refusal, Text, TextError};
use crate::store::UnitOfWork;

use super::{Funding, note, optional};
use crate::funding::posting::{Remarks, post_legs};
use crate::funding::route::{Leg, grant, route};
use crate::funding::{Budget, CurrencyMismatch, EntryKind, FundingEvent, PostingRefusal, ReasonCode};

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

/// Why money was not allocated.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AllocateBudgetRefusal {
    /// A budget does not take the entry.
    #[error(transparent)]
    Posting(#[from] PostingRefusal),
    /// Nothing, or less than nothing.
    #[error("the amount is {0}; it must be above 0")]
    NotPositive(Money),
    /// The amount is of another currency than the budget.
    #[error(transparent)]
    CurrencyMismatch(#[from] CurrencyMismatch),
    /// The remark cannot be taken.
    #[error("the note {0}")]
    InvalidNote(TextError),
    /// The idempotency key belongs to another request.
    #[error(transparent)]
    KeyReused(#[from] Reused),
}

impl Refusal for AllocateBudgetRefusal {
    fn field(&self) -> &'static [&'static str] {
        match self {
            Self::Posting(refusal) => field_of(refusal),
            Self::NotPositive(_) | Self::CurrencyMismatch(_) => &["input", "amount"],
            Self::InvalidNote(_) => &["input", "note"],
            Self::KeyReused(_) => &["input", "idempotencyKey"],
        }
    }
}

/// Why an allocation was not adjusted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AdjustBudgetRefusal {
    /// A budget does not take the entry.
    #[error(transparent)]
    Posting(#[from] PostingRefusal),
    /// By nothing.
    #[error("an adjustment by 0 changes nothing; give an amount above or below 0")]
    Nothing,
    /// The amount is of another currency than the budget.
    #[error(transparent)]
    CurrencyMismatch(#[from] CurrencyMismatch),
    /// The remark cannot be taken.
    #[error("the note {0}")]
    InvalidNote(TextError),
    /// The idempotency key belongs to another request.
    #[error(transparent)]
    KeyReused(#[from] Reused),
}

impl Refusal for AdjustBudgetRefusal {
    fn field(&self) -> &'static [&'static str] {
        match self {
            Self::Posting(refusal) => field_of(refusal),
            Self::Nothing | Self::CurrencyMismatch(_) => &["input", "amount"],
            Self::InvalidNote(_) => &["input", "note"],
            Self::KeyReused(_) => &["input", "idempotencyKey"],
        }
    }
}

/// Why money was not transferred.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TransferBudgetRefusal {
    /// A budget does not take the entry.
    #[error(transparent)]
    Posting(#[from] PostingRefusal),
    /// Both ends are the same.
    #[error("a budget cannot transfer to itself")]
    SameBudget,
    /// No such budget to transfer to.
    #[error("there is no budget {0} to transfer to")]
    UnknownTarget(BudgetId),
    /// Nothing, or less than nothing.
    #[error("the amount is {0}; it must be above 0")]
    NotPositive(Money),
    /// The amount is of another currency than one of the budgets.
    #[error(transparent)]
    CurrencyMismatch(#[from] CurrencyMismatch),
    /// The remark cannot be taken.
    #[error("the note {0}")]
    InvalidNote(TextError),
    /// The idempotency key belongs to another request.
    #[error(transparent)]
    KeyReused(#[from] Reused),
}

impl Refusal for TransferBudgetRefusal {
    fn field(&self) -> &'static [&'static str] {
        match self {
            Self::Posting(refusal) => field_of(refusal),
            Self::SameBudget | Self::UnknownTarget(_) => &["input", "toId"],
            Self::NotPositive(_) | Self::CurrencyMismatch(_) => &["input", "amount"],
            Self::InvalidNote(_) => &["input", "note"],
            Self::KeyReused(_) => &["input", "idempotencyKey"],
        }
    }
}

fn field_of(refusal: &PostingRefusal) -> &'static [&'static str] {
    match refusal {
        PostingRefusal::InFuture { .. } => &["input", "effectiveOn"],
        PostingRefusal::NotTaken { .. } => &["input"],
        _ => &["input", "amount"],
    }
}

impl Funding<'_> {
    /// Allocates money to a budget. For a budget below another it comes out of what the parent has available (F2).
    pub async fn allocate_budget(
        self,
        actor: &Actor,
        command: AllocateBudget,
    ) -> Result<Budget, Failure<AllocateBudgetRefusal>> {
        policy::require(actor, Action::MoveMoney, &[])?;
        let AllocateBudget { id, amount, effective_on, .. } = command;
        let note = optional(command.note.as_deref(), note).map_err(AllocateBudgetRefusal::InvalidNote)?;
        let mut tx = self.core.store.begin(actor.employer).await?;
        let keyed = Keyed { key: command.key.as_ref(), command: "allocateBudget", input: &command };
        let earlier = self.core.claim::<_, AllocateBudgetRefusal>(&mut *tx, actor, keyed, id).await?;
        let legs = self.legs_of_grant(&mut *tx, id, EntryKind::Allocate, amount).await?;
        let mut budgets = self.lock_legs(&mut *tx, &legs).await?;
        if earlier.is_some() {
            return Ok(take(budgets, id)?);
        }
        if !amount.is_positive() {
            return Err(AllocateBudgetRefusal::NotPositive(amount).into());
        }
        budgets
            .iter()
            .try_for_each(|budget| budget.check_currency(amount))
            .map_err(AllocateBudgetRefusal::from)?;
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
    ) -> Result<Budget, Failure<AdjustBudgetRefusal>> {
        policy::require(actor, Action::MoveMoney, &[])?;
        let AdjustBudget { id, amount, reason, effective_on, .. } = command;
        let note = note(&command.note).map_err(AdjustBudgetRefusal::InvalidNote).map(Text::into_string)?;
        let mut tx = self.core.store.begin(actor.employer).await?;
        let keyed = Keyed { key: command.key.as_ref(), command: "adjustBudget", input: &command };
        let earlier = self.core.claim::<_, AdjustBudgetRefusal>(&mut *tx, actor, keyed, id).await?;
        let legs = self.legs_of_grant(&mut *tx, id, EntryKind::Adjust, amount).await?;
        let mut budgets = self.lock_legs(&mut *tx, &legs).await?;
        if earlier.is_some() {
            return Ok(take(budgets, id)?);
        }
        if amount.minor() == 0 {
            return Err(AdjustBudgetRefusal::Nothing.into());
        }
        budgets
            .iter()
            .try_for_each(|budget| budget.check_currency(amount))
            .map_err(AdjustBudgetRefusal::from)?;
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
    ) -> Result<(Budget, Budget), Failure<TransferBudgetRefusal>> {
        policy::require(actor, Action::MoveMoney, &[])?;
        let TransferBudget { from, to, amount, effective_on, .. } = command;
        let note = optional(command.note.as_deref(), note).map_err(TransferBudgetRefusal::InvalidNote)?;
        if from == to {
            return Err(TransferBudgetRefusal::SameBudget.into());
        }
        let mut tx = self.core.store.begin(actor.employer).await?;
        let keyed = Keyed { key: command.key.as_ref(), command: "transferBudget", input: &command };
        let earlier = self.core.claim::<_, TransferBudgetRefusal>(&mut *tx, actor, keyed, from).await?;
        let giving = tx.budget_line(from).await?;
        let taking = tx.budget_line(to).await?;
        if giving.is_empty() {
            return Err(Fault::not_found(from).into());
        }
        if taking.is_empty() {
            return Err(TransferBudgetRefusal::UnknownTarget(to).into());
        }
        let legs = route(&giving, &taking, amount.minor());
        let mut budgets = self.lock_legs(&mut *tx, &legs).await?;
        if earlier.is_some() {
            return Ok((take(budgets.clone(), from)?, take(budgets, to)?));
        }
        if !amount.is_positive() {
            return Err(TransferBudgetRefusal::NotPositive(amount).into());
        }
        budgets
            .iter()
            .try_for_each(|budget| budget.check_currency(amount))
            .map_err(TransferBudgetRefusal::from)?;
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

    async fn book_legs<R: Refusal + From<PostingRefusal>>(
        self,
        tx: &mut dyn UnitOfWork,
        actor: &Actor,
        budgets: &mut [Budget],
        legs: &[Leg],
        remarks: &Remarks,
    ) -> Result<Vec<LedgerEntryId>, Failure<R>> {
        let stamp = self.stamp(tx, actor).await?;
        let entries = post_legs(budgets, legs, remarks, &stamp).map_err(R::from)?;
        tx.save_budgets(budgets).await?;
        tx.append_ledger(&entries).await?;
        Ok(entries.into_iter().map(|entry| entry.id).collect())
    }
}

fn take(budgets: Vec<Budget>, id: BudgetId) -> Result<Budget, Fault> {
    budgets.into_iter().find(|budget| budget.id == id).ok_or_else(|| Fault::not_found(id))
}
