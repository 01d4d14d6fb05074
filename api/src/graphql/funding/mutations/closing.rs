//! Closing budgets.

use async_graphql::{Context, Object, SimpleObject};
use upskill_domain::funding::{CloseBudgetRefusal, PostingRefusal};

use crate::graphql::context::RequestContext;
use crate::graphql::error::{Isolated, isolated};
use crate::graphql::funding::inputs::CloseBudgetInput;
use crate::graphql::funding::types::BudgetClosing;
use crate::graphql::refusal::{answered, user_errors};

/// Mutations at the end of a fiscal period.
#[derive(Default)]
pub(crate) struct ClosingMutations;

#[Object]
impl ClosingMutations {
    /// Closes a budget whose days are over, once: promises and money are carried over to a successor, stay or lapse, all in one
    /// transaction. Budgets below it come first. For `HR_ADMIN` and FINANCE. CONFLICT when the expected version is not the
    /// stored one.
    async fn close_budget(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The budget, and what becomes of what hangs on it.")] input: CloseBudgetInput,
    ) -> Isolated<CloseBudgetPayload> {
        isolated(async {
            let command = input.try_into()?;
            let outcome = ctx.app()?.funding().close_budget(ctx.actor()?, command).await;
            let (closing, user_errors) = answered(outcome)?;
            Ok(Some(CloseBudgetPayload { closing: closing.map(BudgetClosing::from), user_errors }))
        })
        .await
    }
}

/// What became of `closeBudget`.
#[derive(SimpleObject)]
pub(crate) struct CloseBudgetPayload {
    /// What was done, or in a dry run would be done; null when refused.
    closing: Option<BudgetClosing>,
    /// Why it was refused; empty when it was done.
    user_errors: Vec<CloseBudgetError>,
}

user_errors! {
    /// Why a budget was not closed.
    CloseBudgetError, CloseBudgetErrorCode for CloseBudgetRefusal {
        /// It was closed before.
        AlreadyClosed <= CloseBudgetRefusal::AlreadyClosed { .. },
        /// It is neither OPEN nor `CLOSED_TO_SPEND`.
        BudgetStatus <= CloseBudgetRefusal::Status(_) | CloseBudgetRefusal::Posting(PostingRefusal::NotTaken { .. }),
        /// Its last day is not over.
        NotOver <= CloseBudgetRefusal::NotOver { .. },
        /// Budgets below it are open or have money available.
        ChildrenOpen <= CloseBudgetRefusal::ChildrenOpen { .. },
        /// Requests to it wait for a decision, and promises are to stay.
        RequestsWaiting <= CloseBudgetRefusal::RequestsWaiting { .. },
        /// Something is to be carried over, and no successor is named.
        SuccessorNeeded <= CloseBudgetRefusal::NoSuccessor,
        /// Nothing is to be carried over, and a successor is named.
        SuccessorUnused <= CloseBudgetRefusal::SuccessorUnused,
        /// There is no such successor.
        UnknownSuccessor <= CloseBudgetRefusal::UnknownSuccessor(_),
        /// The budget is named as its own successor.
        SameBudget <= CloseBudgetRefusal::SameBudget,
        /// The successor is in another currency.
        CurrencyMismatch <= CloseBudgetRefusal::SuccessorCurrency { .. },
        /// The successor's days are over too.
        SuccessorOver <= CloseBudgetRefusal::SuccessorOver { .. },
        /// The successor is not OPEN.
        SuccessorNotOpen <= CloseBudgetRefusal::SuccessorNotOpen { .. },
        /// What is carried over has less money than promises, and the successor does not make up for it.
        InsufficientFunds <= CloseBudgetRefusal::Posting(PostingRefusal::InsufficientFunds { .. } | PostingRefusal::BelowPromised { .. }),
        /// A budget cannot take the amount.
        OutOfRange <= CloseBudgetRefusal::Posting(_),
        /// The remark is empty, too long or has control characters.
        InvalidNote <= CloseBudgetRefusal::InvalidNote(_),
        /// The idempotency key was used with another input.
        IdempotencyKeyReused <= CloseBudgetRefusal::KeyReused(_),
    }
}
