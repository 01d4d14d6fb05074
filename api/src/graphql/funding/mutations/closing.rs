//! Closing budgets.

use async_graphql::{Context, Object, SimpleObject};
use upskill_domain::funding::CloseBudgetTreeRefusal as TreeRefusal;
use upskill_domain::funding::{CloseBudgetRefusal, PostingRefusal};

use crate::graphql::context::RequestContext;
use crate::graphql::error::{Isolated, isolated};
use crate::graphql::funding::inputs::{CloseBudgetInput, CloseBudgetTreeInput};
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

    /// Closes a budget with all those below it, the lowest first, in one transaction: all of them, or none when one of them cannot
    /// be closed. For `HR_ADMIN` and FINANCE. CONFLICT when the expected version is not the stored one.
    async fn close_budget_tree(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The budget at the top, and what becomes of what hangs on all of them.")]
        input: CloseBudgetTreeInput,
    ) -> Isolated<CloseBudgetTreePayload> {
        isolated(async {
            let command = input.try_into()?;
            let outcome = ctx.app()?.funding().close_budget_tree(ctx.actor()?, command).await;
            let (closings, user_errors) = answered(outcome)?;
            let report = closings.map(|closings| BudgetTreeClosing {
                closings: closings.into_iter().map(BudgetClosing::from).collect(),
            });
            Ok(Some(CloseBudgetTreePayload { report, user_errors }))
        })
        .await
    }
}

/// What became of `closeBudgetTree`.
#[derive(SimpleObject)]
pub(crate) struct CloseBudgetTreePayload {
    /// What was done, or in a dry run would be done; null when refused.
    report: Option<BudgetTreeClosing>,
    /// Why nothing was closed; empty when it was done. The message names the budget that cannot be.
    user_errors: Vec<CloseBudgetTreeError>,
}

/// What was done when a tree of budgets was closed.
#[derive(SimpleObject)]
pub(crate) struct BudgetTreeClosing {
    /// What was done to each budget, in the order in which it was: the lowest first.
    closings: Vec<BudgetClosing>,
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
        /// The successor has fewer learning hours left than the promises take.
        InsufficientHours <= CloseBudgetRefusal::Posting(PostingRefusal::InsufficientHours { .. }),
        /// A budget cannot take the amount.
        OutOfRange <= CloseBudgetRefusal::Posting(_),
        /// The remark is empty, too long or has control characters.
        InvalidNote <= CloseBudgetRefusal::InvalidNote(_),
        /// The idempotency key was used with another input.
        IdempotencyKeyReused <= CloseBudgetRefusal::KeyReused(_),
    }
}

user_errors! {
    /// Why a tree of budgets was not closed.
    CloseBudgetTreeError, CloseBudgetTreeErrorCode for TreeRefusal {
        /// The budget at the top, or one below it, was closed before.
        AlreadyClosed <= TreeRefusal::AlreadyClosed { .. }
            | TreeRefusal::Budget { why: CloseBudgetRefusal::AlreadyClosed { .. }, .. },
        /// A budget is neither OPEN nor `CLOSED_TO_SPEND`.
        BudgetStatus <= TreeRefusal::Budget {
            why: CloseBudgetRefusal::Status(_) | CloseBudgetRefusal::Posting(PostingRefusal::NotTaken { .. }), ..
        },
        /// The last day of a budget is not over.
        NotOver <= TreeRefusal::Budget { why: CloseBudgetRefusal::NotOver { .. }, .. },
        /// A budget that was closed or archived before has money available, which has to go up first.
        ChildrenOpen <= TreeRefusal::Budget { why: CloseBudgetRefusal::ChildrenOpen { .. }, .. },
        /// Requests wait for a decision, and promises are to stay.
        RequestsWaiting <= TreeRefusal::Budget { why: CloseBudgetRefusal::RequestsWaiting { .. }, .. },
        /// A budget has something to carry over, and no successor is named for it.
        SuccessorNeeded <= TreeRefusal::Budget { why: CloseBudgetRefusal::NoSuccessor, .. },
        /// Nothing is to be carried over, and a successor is named.
        SuccessorUnused <= TreeRefusal::Budget { why: CloseBudgetRefusal::SuccessorUnused, .. },
        /// There is no such successor.
        UnknownSuccessor <= TreeRefusal::UnknownSuccessor(_)
            | TreeRefusal::Budget { why: CloseBudgetRefusal::UnknownSuccessor(_), .. },
        /// A budget is named as its own successor.
        SameBudget <= TreeRefusal::Budget { why: CloseBudgetRefusal::SameBudget, .. },
        /// A successor is in another currency.
        CurrencyMismatch <= TreeRefusal::Budget { why: CloseBudgetRefusal::SuccessorCurrency { .. }, .. },
        /// A successor's days are over too.
        SuccessorOver <= TreeRefusal::Budget { why: CloseBudgetRefusal::SuccessorOver { .. }, .. },
        /// A successor is not OPEN.
        SuccessorNotOpen <= TreeRefusal::Budget { why: CloseBudgetRefusal::SuccessorNotOpen { .. }, .. },
        /// A successor is named for a budget that is not in the tree.
        NotInTree <= TreeRefusal::NotInTree(_),
        /// More than one successor is named for a budget.
        SuccessorTwice <= TreeRefusal::SuccessorTwice(_),
        /// There are more than 100 budgets in the tree.
        TooManyBudgets <= TreeRefusal::TooMany { .. },
        /// What is carried over has less money than promises, and the successor does not make up for it.
        InsufficientFunds <= TreeRefusal::Budget {
            why: CloseBudgetRefusal::Posting(
                PostingRefusal::InsufficientFunds { .. } | PostingRefusal::BelowPromised { .. }
            ), ..
        },
        /// A successor has fewer learning hours left than the promises take.
        InsufficientHours <= TreeRefusal::Budget {
            why: CloseBudgetRefusal::Posting(PostingRefusal::InsufficientHours { .. }), ..
        },
        /// A budget cannot take the amount.
        OutOfRange <= TreeRefusal::Budget { why: CloseBudgetRefusal::Posting(_), .. },
        /// The remark is empty, too long or has control characters.
        InvalidNote <= TreeRefusal::InvalidNote(_)
            | TreeRefusal::Budget { why: CloseBudgetRefusal::InvalidNote(_), .. },
        /// The idempotency key was used with another input.
        IdempotencyKeyReused <= TreeRefusal::KeyReused(_)
            | TreeRefusal::Budget { why: CloseBudgetRefusal::KeyReused(_), .. },
    }
}
