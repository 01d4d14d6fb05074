//! Budgets: whose they are, what they take, and when they end.

mod refusal;

use serde::Serialize;

use crate::kernel::{BudgetId, Currency, DepartmentId, Money, Period, ProgramId, Text};

use super::{Balance, EntryKind, Hours};

pub use refusal::{ArchiveBudgetRefusal, ChangeBudgetRefusal, CreateBudgetRefusal, StatusRefusal};

/// A budget with its balance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Budget {
    /// Its id.
    pub id: BudgetId,
    /// The name people know.
    pub name: String,
    /// Whose money it is.
    pub owned_by: OwnedBy,
    /// The days it is for.
    pub period: Period,
    /// The currency of every amount in it.
    pub currency: Currency,
    /// The budget it gets its money from; none at the top. It never changes.
    pub parent: Option<BudgetId>,
    /// What happens at the limit.
    pub limit_mode: LimitMode,
    /// Whether it can be used.
    pub status: BudgetStatus,
    /// Its money, as the last entry left it.
    pub balance: Balance,
    /// Its learning hours, as the last entry left them.
    pub hours: Hours,
    /// How many entries its ledger has.
    pub entries: i64,
    /// Counts changes of the budget itself, to notice concurrent ones. Entries do not count.
    pub version: i32,
}

/// What a budget belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub enum OwnedBy {
    /// The employer as a whole.
    Employer,
    /// A department and those below it.
    Department(DepartmentId),
    /// A program.
    Program(ProgramId),
}

/// What happens when a promise needs more than is available.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize)]
pub enum LimitMode {
    /// It is refused.
    #[default]
    Hard,
    /// It is allowed, and the decision records that it was seen.
    Warn,
}

impl LimitMode {
    /// Both modes.
    pub const ALL: [Self; 2] = [Self::Hard, Self::Warn];

    /// The name in the schema and the database.
    pub fn name(self) -> &'static str {
        match self {
            Self::Hard => "HARD",
            Self::Warn => "WARN",
        }
    }

    /// The mode with this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|mode| mode.name() == name)
    }
}

/// Where a budget is in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum BudgetStatus {
    /// Being prepared: money can come in, nothing can be promised.
    #[default]
    Draft,
    /// In use.
    Open,
    /// Nothing new is promised; what is promised runs to its end.
    ClosedToSpend,
    /// Over. Only money that comes back is still booked, and handed on to another budget.
    Archived,
}

impl BudgetStatus {
    /// Every status, in the order of a budget's life.
    pub const ALL: [Self; 4] = [Self::Draft, Self::Open, Self::ClosedToSpend, Self::Archived];

    /// The name in the schema and the database.
    pub fn name(self) -> &'static str {
        match self {
            Self::Draft => "DRAFT",
            Self::Open => "OPEN",
            Self::ClosedToSpend => "CLOSED_TO_SPEND",
            Self::Archived => "ARCHIVED",
        }
    }

    /// The status with this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.name() == name)
    }

    /// Whether a budget of this status takes entries of a kind.
    pub fn takes(self, kind: EntryKind) -> bool {
        use EntryKind::{
            Adjust, Allocate, Distribute, Hours, Recover, Refund, Release, Reserve, TransferIn, TransferOut,
        };
        match self {
            Self::Draft => {
                matches!(kind, Allocate | Adjust | Distribute | TransferIn | TransferOut | Hours)
            }
            Self::Open => true,
            Self::ClosedToSpend => kind != Reserve,
            // What comes back late does not stay where nobody can use it: it can be handed on. A budget is archived only
            // without promises, except for those of nothing, which end like any other.
            Self::Archived => matches!(kind, Refund | Recover | Release | TransferOut),
        }
    }

    fn may_become(self, next: Self) -> bool {
        matches!(
            (self, next),
            (Self::Draft | Self::ClosedToSpend, Self::Open | Self::Archived)
                | (Self::Open, Self::ClosedToSpend)
        )
    }
}

/// The orders in which budgets can be listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum BudgetOrder {
    /// By name, without regard to case.
    #[default]
    Name,
    /// By first day.
    StartsOn,
    /// By what is available, in minor units; it means something among budgets of one currency.
    Available,
}

/// What hangs on a budget that is to end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Dependents {
    /// Budgets directly below it that are not archived.
    pub live_children: u64,
    /// Requests to it that wait for a decision.
    pub waiting_requests: u64,
}

impl Budget {
    /// An amount of the budget's currency. Balances are kept within what an amount can be.
    pub fn money(&self, minor: i64) -> Money {
        let within = minor.clamp(-Money::MAX_MINOR, Money::MAX_MINOR);
        Money::new(within, self.currency).unwrap_or_else(|_| Money::zero(self.currency))
    }

    /// What is available.
    pub fn available(&self) -> Money {
        self.money(self.balance.available())
    }

    /// Goes on in its life.
    pub(super) fn become_status(&mut self, next: BudgetStatus) -> Result<(), StatusRefusal> {
        if !self.status.may_become(next) {
            return Err(StatusRefusal { status: self.status, next });
        }
        self.status = next;
        self.version = self.version.saturating_add(1);
        Ok(())
    }

    /// Ends it. Nothing may be promised on it or wait for it, every budget below it has ended before, and what it has
    /// left was handed back: in an archived budget nobody could use it, and its parent would never get it again.
    pub(super) fn archive(&mut self, dependents: Dependents) -> Result<(), ArchiveBudgetRefusal> {
        if !self.status.may_become(BudgetStatus::Archived) {
            return Err(StatusRefusal { status: self.status, next: BudgetStatus::Archived }.into());
        }
        let promised = self.balance.reserved.saturating_add(self.balance.committed);
        if promised > 0 {
            return Err(ArchiveBudgetRefusal::StillPromised { promised: self.money(promised) });
        }
        if dependents.waiting_requests > 0 {
            return Err(ArchiveBudgetRefusal::RequestsWaiting { count: dependents.waiting_requests });
        }
        if dependents.live_children > 0 {
            return Err(ArchiveBudgetRefusal::ChildrenInUse { count: dependents.live_children });
        }
        if self.parent.is_some() && self.balance.available() > 0 {
            return Err(ArchiveBudgetRefusal::MoneyLeft { available: self.available() });
        }
        Ok(self.become_status(BudgetStatus::Archived)?)
    }

    /// Changes the name and what happens at the limit; what is `None` stays. Answers with the fields that are another
    /// now; without any, nothing has changed.
    pub(super) fn change(
        &mut self,
        name: Option<Text>,
        limit_mode: Option<LimitMode>,
    ) -> Result<Vec<&'static str>, ChangeBudgetRefusal> {
        if limit_mode == Some(LimitMode::Hard) && self.balance.available() < 0 {
            return Err(ChangeBudgetRefusal::Overdrawn { available: self.available() });
        }
        if limit_mode == Some(LimitMode::Hard) && self.hours.is_overdrawn() {
            return Err(ChangeBudgetRefusal::HoursOverdrawn { hours: self.hours.bound() });
        }
        let name = name.map(Text::into_string).filter(|name| *name != self.name);
        let limit_mode = limit_mode.filter(|mode| *mode != self.limit_mode);
        let changed = [("name", name.is_some()), ("limitMode", limit_mode.is_some())];
        self.name = name.unwrap_or_else(|| std::mem::take(&mut self.name));
        self.limit_mode = limit_mode.unwrap_or(self.limit_mode);
        let fields: Vec<_> =
            changed.into_iter().filter(|(_, differs)| *differs).map(|(field, _)| field).collect();
        if !fields.is_empty() {
            self.version = self.version.saturating_add(1);
        }
        Ok(fields)
    }

    /// Whether a budget may get its money from this one.
    pub(super) fn check_child(&self, period: Period, currency: Currency) -> Result<(), CreateBudgetRefusal> {
        if currency != self.currency {
            let expected = self.currency;
            return Err(CreateBudgetRefusal::ParentCurrency { given: currency, expected });
        }
        if !self.period.contains(period.from()) || !self.period.contains(period.to()) {
            return Err(CreateBudgetRefusal::OutsideParentPeriod(self.period));
        }
        if self.status == BudgetStatus::Archived {
            return Err(CreateBudgetRefusal::ParentArchived);
        }
        Ok(())
    }
}
