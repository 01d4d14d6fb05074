//! Entries of ledgers.

use async_graphql::{Context, ID, Object, SimpleObject};
use upskill_domain::access::Action;
use upskill_domain::funding::{self as domain, Change};
use upskill_domain::kernel::{self, LedgerEntryId};

use super::budgets::money;
use super::{Budget, BudgetBalance, FundingRequest, LearningHours, LearningHoursChange};
use crate::graphql::context::RequestContext;
use crate::graphql::error::{ApiError, Isolated};
use crate::graphql::funding::inputs::{EntryKind, ReasonCode};
use crate::graphql::funding::loaders::LedgerEntries;
use crate::graphql::id::wire;
use crate::graphql::organization::Employee;
use crate::graphql::personal::{DataClass, personal, who};
use crate::graphql::plain::{Known, Plain};
use crate::graphql::scalars::{Date, DateTime, Money};

/// One entry of a budget's ledger. It never changes; a mistake is corrected by another entry. For whoever may see the
/// budget.
#[derive(Clone)]
pub(crate) struct LedgerEntry(domain::LedgerEntry);

impl From<domain::LedgerEntry> for LedgerEntry {
    fn from(entry: domain::LedgerEntry) -> Self {
        Self(entry)
    }
}

impl LedgerEntry {
    /// The entry with this id, batched with other look-ups of the request.
    pub(crate) async fn load(ctx: &Context<'_>, id: LedgerEntryId) -> Result<Option<Self>, ApiError> {
        Ok(ctx.load::<LedgerEntries, _>(id).await?.map(Self))
    }
}

impl Known for LedgerEntry {
    const KNOWN: &'static [&'static str] = &[
        "id",
        "sequence",
        "kind",
        "change",
        "balance",
        "learningHoursChange",
        "learningHours",
        "transferId",
        "reason",
        "note",
        "document",
        "effectiveOn",
        "bookedAt",
    ];
}

/// One entry of a budget's ledger. It never changes; a mistake is corrected by another entry. For whoever may see the
/// budget.
#[Object(directive = personal::apply(DataClass::Funding, who(Action::ReadBudget)))]
impl LedgerEntry {
    /// The id.
    pub(crate) async fn id(&self) -> ID {
        wire(self.0.id)
    }

    /// The budget.
    async fn budget(&self, ctx: &Context<'_>) -> Isolated<Budget> {
        Budget::load(ctx, self.0.budget).await.transpose()
    }

    /// Its place in the budget's ledger, counted from 1 without gaps.
    async fn sequence(&self) -> i64 {
        self.0.sequence
    }

    /// What it does.
    async fn kind(&self) -> EntryKind {
        self.0.kind.into()
    }

    /// What it does to each layer; what is below 0 is taken away.
    async fn change(&self) -> LedgerChange {
        LedgerChange::new(self.0.change, self.0.currency)
    }

    /// Every layer after it.
    async fn balance(&self) -> Plain<BudgetBalance> {
        BudgetBalance::new(self.0.balance, self.0.currency)
    }

    /// What it does to learning hours.
    async fn learning_hours_change(&self) -> LearningHoursChange {
        self.0.hours.into()
    }

    /// The learning hours after it.
    async fn learning_hours(&self) -> LearningHours {
        self.0.hours_after.into()
    }

    /// The request it is about; null when it is about none, or when the caller may not see that one.
    async fn request(&self, ctx: &Context<'_>) -> Isolated<FundingRequest> {
        match self.0.request {
            Some(id) => FundingRequest::load(ctx, id).await.transpose(),
            None => None,
        }
    }

    /// The id of the first entry of the movement between budgets that it is part of; the other entries of that movement
    /// have the same. Null when no other budget takes part.
    async fn transfer_id(&self) -> Option<ID> {
        self.0.transfer.map(wire)
    }

    /// Why, where it is not the usual course; null otherwise.
    async fn reason(&self) -> Option<ReasonCode> {
        self.0.reason.map(Into::into)
    }

    /// A remark of the person who booked it; null without one.
    async fn note(&self) -> Option<&str> {
        self.0.note.as_deref()
    }

    /// The number of the order, invoice or credit note; null without one.
    async fn document(&self) -> Option<&str> {
        self.0.document.as_deref()
    }

    /// The day from which it counts.
    async fn effective_on(&self) -> Date {
        Date(self.0.effective_on)
    }

    /// Who booked it; null when the installation itself did.
    async fn booked_by(&self, ctx: &Context<'_>) -> Isolated<Employee> {
        match self.0.by {
            Some(id) => Employee::load(ctx, id).await.transpose(),
            None => None,
        }
    }

    /// When it was booked.
    async fn booked_at(&self) -> DateTime {
        DateTime(self.0.at)
    }
}

/// What an entry, or several, do to the layers of a budget's money; what is below 0 is taken away.
#[derive(SimpleObject)]
pub(crate) struct LedgerChange {
    /// To what the budget was given.
    allocated: Money,
    /// To what it handed on.
    distributed: Money,
    /// To what is promised.
    reserved: Money,
    /// To what is enrolled or ordered.
    committed: Money,
    /// To what is invoiced.
    spent: Money,
    /// To what is left.
    available: Money,
}

impl LedgerChange {
    pub(crate) fn new(change: Change, currency: kernel::Currency) -> Self {
        Self {
            allocated: money(change.allocated, currency),
            distributed: money(change.distributed, currency),
            reserved: money(change.reserved, currency),
            committed: money(change.committed, currency),
            spent: money(change.spent, currency),
            available: money(change.available(), currency),
        }
    }
}
