//! Closings of budgets.

use async_graphql::{Context, Object};
use upskill_domain::access::Action;
use upskill_domain::funding as domain;

use super::Budget;
use crate::graphql::error::Isolated;
use crate::graphql::organization::Employee;
use crate::graphql::personal::{DataClass, personal, who};
use crate::graphql::scalars::{DateTime, Money};

/// What was done when a budget was closed at the end of its days; in a dry run, what would be done. For whoever may see the
/// budget.
#[derive(Clone)]
pub(crate) struct BudgetClosing(domain::BudgetClosing);

impl From<domain::BudgetClosing> for BudgetClosing {
    fn from(closing: domain::BudgetClosing) -> Self {
        Self(closing)
    }
}

/// What was done when a budget was closed at the end of its days; in a dry run, what would be done. For whoever may see the
/// budget.
#[Object]
impl BudgetClosing {
    /// The budget.
    async fn budget(&self, ctx: &Context<'_>) -> Isolated<Budget> {
        Budget::load(ctx, self.0.budget).await.transpose()
    }

    /// Where promises and money went; null when nothing was carried over, or when the caller may not see that budget.
    async fn successor(&self, ctx: &Context<'_>) -> Isolated<Budget> {
        match self.0.successor {
            Some(id) => Budget::load(ctx, id).await.transpose(),
            None => None,
        }
    }

    /// How many APPROVED or COMMITTED requests moved to the successor, with their promises.
    async fn moved_requests(&self) -> i64 {
        self.0.moved_requests
    }

    /// How many undecided requests, SUBMITTED or `CHANGES_REQUESTED`, moved to the successor, which they now ask.
    async fn moved_waiting_requests(&self) -> i64 {
        self.0.moved_waiting
    }

    /// What is promised to the requests that moved.
    async fn carried_promises(&self) -> Money {
        self.0.carried_promises.into()
    }

    /// How much money moved to the successor: what those promises need, and what was available besides if that was carried
    /// over. Less than `carriedPromises` where a WARN budget had promised more than it had.
    async fn carried_money(&self) -> Money {
        self.0.carried_money.into()
    }

    /// How much lapsed: went back to the budget above, or out of a budget at the top.
    async fn lapsed(&self) -> Money {
        self.0.lapsed.into()
    }

    /// What is still promised on the budget, until it is settled or canceled.
    async fn kept_promises(&self) -> Money {
        self.0.kept_promises.into()
    }

    /// Who closed it; null when the installation itself did.
    #[graphql(directive = personal::apply(DataClass::Activity, who(Action::ReadBudget)))]
    async fn closed_by(&self, ctx: &Context<'_>) -> Isolated<Employee> {
        match self.0.by {
            Some(id) => Employee::load(ctx, id).await.transpose(),
            None => None,
        }
    }

    /// When.
    async fn closed_at(&self) -> DateTime {
        DateTime(self.0.at)
    }
}
