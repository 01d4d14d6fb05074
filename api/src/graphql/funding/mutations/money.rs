//! Moving money into budgets and between them.

use async_graphql::{Context, Object, SimpleObject};
use upskill_domain::funding::{
    AdjustBudgetRefusal, AllocateBudgetRefusal, MovementRefusal, PostingRefusal, TransferBudgetRefusal,
};

use crate::graphql::context::RequestContext;
use crate::graphql::error::{Isolated, isolated};
use crate::graphql::funding::inputs::{AdjustBudgetInput, AllocateBudgetInput, TransferBudgetInput};
use crate::graphql::funding::types::Budget;
use crate::graphql::refusal::{answered, user_errors};

/// Mutations that move money.
#[derive(Default)]
pub(crate) struct MoneyMutations;

#[Object]
impl MoneyMutations {
    /// Allocates money to a budget: from outside for one at the top, out of what the budget above has available for one below
    /// it. For `HR_ADMIN` and FINANCE.
    async fn allocate_budget(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The budget and the amount.")] input: AllocateBudgetInput,
    ) -> Isolated<AllocateBudgetPayload> {
        isolated(async {
            let command = input.try_into()?;
            let outcome = ctx.app()?.funding().allocate_budget(ctx.actor()?, command).await;
            let (budget, user_errors) = answered(outcome)?;
            Ok(Some(AllocateBudgetPayload { budget: budget.map(Budget::from), user_errors }))
        })
        .await
    }

    /// Raises or lowers an allocation afterwards, with a reason. It is not lowered below what is handed on, promised or spent:
    /// the refusal names the amount that would have to be released first. For `HR_ADMIN` and FINANCE.
    async fn adjust_budget(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The budget, the amount and the reason.")] input: AdjustBudgetInput,
    ) -> Isolated<AdjustBudgetPayload> {
        isolated(async {
            let command = input.try_into()?;
            let outcome = ctx.app()?.funding().adjust_budget(ctx.actor()?, command).await;
            let (budget, user_errors) = answered(outcome)?;
            Ok(Some(AdjustBudgetPayload { budget: budget.map(Budget::from), user_errors }))
        })
        .await
    }

    /// Brings money from one budget to another. Budgets that lie between them in the tree pass it on, and have as much available
    /// as before. For `HR_ADMIN` and FINANCE.
    async fn transfer_budget(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Both budgets and the amount.")] input: TransferBudgetInput,
    ) -> Isolated<TransferBudgetPayload> {
        isolated(async {
            let command = input.try_into()?;
            let outcome = ctx.app()?.funding().transfer_budget(ctx.actor()?, command).await;
            let (ends, user_errors) = answered(outcome)?;
            let (from, to) = ends.map(|(from, to)| (from.into(), to.into())).unzip();
            Ok(Some(TransferBudgetPayload { from, to, user_errors }))
        })
        .await
    }
}

/// What became of `allocateBudget`.
#[derive(SimpleObject)]
pub(crate) struct AllocateBudgetPayload {
    /// The budget as it is now; null when refused.
    budget: Option<Budget>,
    /// Why it was refused; empty when it was done.
    user_errors: Vec<AllocateBudgetError>,
}

user_errors! {
    /// Why money was not allocated.
    AllocateBudgetError, AllocateBudgetErrorCode for AllocateBudgetRefusal {
        /// The amount is not above 0.
        AmountNotPositive <= AllocateBudgetRefusal::NotPositive(_),
        /// The amount is not in the budget's currency.
        CurrencyMismatch <= AllocateBudgetRefusal::Movement(MovementRefusal::CurrencyMismatch(_)),
        /// The budget above has less available.
        InsufficientFunds <= AllocateBudgetRefusal::Movement(MovementRefusal::Posting(PostingRefusal::InsufficientFunds { .. } | PostingRefusal::BelowPromised { .. })),
        /// A budget of its status does not take it.
        BudgetStatus <= AllocateBudgetRefusal::Movement(MovementRefusal::Posting(PostingRefusal::NotTaken { .. })),
        /// It would count from a day to come.
        InFuture <= AllocateBudgetRefusal::Movement(MovementRefusal::Posting(PostingRefusal::InFuture { .. })),
        /// It would count from a day before the first of the budget, or of one that the money passes.
        BeforePeriod <= AllocateBudgetRefusal::Movement(MovementRefusal::Posting(PostingRefusal::BeforePeriod { .. })),
        /// A budget cannot hold that much.
        OutOfRange <= AllocateBudgetRefusal::Movement(MovementRefusal::Posting(_)),
        /// The remark is empty, too long or has control characters.
        InvalidNote <= AllocateBudgetRefusal::Movement(MovementRefusal::InvalidNote(_)),
        /// The idempotency key was used with another input.
        IdempotencyKeyReused <= AllocateBudgetRefusal::Movement(MovementRefusal::KeyReused(_)),
    }
}

/// What became of `adjustBudget`.
#[derive(SimpleObject)]
pub(crate) struct AdjustBudgetPayload {
    /// The budget as it is now; null when refused.
    budget: Option<Budget>,
    /// Why it was refused; empty when it was done.
    user_errors: Vec<AdjustBudgetError>,
}

user_errors! {
    /// Why an allocation was not adjusted.
    AdjustBudgetError, AdjustBudgetErrorCode for AdjustBudgetRefusal {
        /// The amount is 0.
        AmountZero <= AdjustBudgetRefusal::Nothing,
        /// The reason is one that only the product gives.
        ReservedReason <= AdjustBudgetRefusal::ReservedReason(_),
        /// The amount is not in the budget's currency.
        CurrencyMismatch <= AdjustBudgetRefusal::Movement(MovementRefusal::CurrencyMismatch(_)),
        /// The allocation would fall below what is handed on, promised or spent.
        BelowPromised <= AdjustBudgetRefusal::Movement(MovementRefusal::Posting(PostingRefusal::BelowPromised { .. })),
        /// The budget above has less available.
        InsufficientFunds <= AdjustBudgetRefusal::Movement(MovementRefusal::Posting(PostingRefusal::InsufficientFunds { .. })),
        /// A budget of its status does not take it.
        BudgetStatus <= AdjustBudgetRefusal::Movement(MovementRefusal::Posting(PostingRefusal::NotTaken { .. })),
        /// It would count from a day to come.
        InFuture <= AdjustBudgetRefusal::Movement(MovementRefusal::Posting(PostingRefusal::InFuture { .. })),
        /// It would count from a day before the first of the budget, or of one that the money passes.
        BeforePeriod <= AdjustBudgetRefusal::Movement(MovementRefusal::Posting(PostingRefusal::BeforePeriod { .. })),
        /// A budget cannot hold that much.
        OutOfRange <= AdjustBudgetRefusal::Movement(MovementRefusal::Posting(_)),
        /// The remark is empty, too long or has control characters.
        InvalidNote <= AdjustBudgetRefusal::Movement(MovementRefusal::InvalidNote(_)),
        /// The idempotency key was used with another input.
        IdempotencyKeyReused <= AdjustBudgetRefusal::Movement(MovementRefusal::KeyReused(_)),
    }
}

/// What became of `transferBudget`.
#[derive(SimpleObject)]
pub(crate) struct TransferBudgetPayload {
    /// The budget that gave, as it is now; null when refused.
    from: Option<Budget>,
    /// The budget that took, as it is now; null when refused.
    to: Option<Budget>,
    /// Why it was refused; empty when it was done.
    user_errors: Vec<TransferBudgetError>,
}

user_errors! {
    /// Why money was not transferred.
    TransferBudgetError, TransferBudgetErrorCode for TransferBudgetRefusal {
        /// Both budgets are the same.
        SameBudget <= TransferBudgetRefusal::SameBudget,
        /// There is no such budget to transfer to.
        UnknownTarget <= TransferBudgetRefusal::UnknownTarget(_),
        /// The amount is not above 0.
        AmountNotPositive <= TransferBudgetRefusal::NotPositive(_),
        /// The amount is not in the currency of both budgets.
        CurrencyMismatch <= TransferBudgetRefusal::Movement(MovementRefusal::CurrencyMismatch(_)),
        /// The giving budget has less available.
        InsufficientFunds <= TransferBudgetRefusal::Movement(MovementRefusal::Posting(PostingRefusal::InsufficientFunds { .. } | PostingRefusal::BelowPromised { .. })),
        /// A budget of its status does not take it.
        BudgetStatus <= TransferBudgetRefusal::Movement(MovementRefusal::Posting(PostingRefusal::NotTaken { .. })),
        /// It would count from a day to come.
        InFuture <= TransferBudgetRefusal::Movement(MovementRefusal::Posting(PostingRefusal::InFuture { .. })),
        /// It would count from a day before the first of the budget, or of one that the money passes.
        BeforePeriod <= TransferBudgetRefusal::Movement(MovementRefusal::Posting(PostingRefusal::BeforePeriod { .. })),
        /// A budget cannot hold that much.
        OutOfRange <= TransferBudgetRefusal::Movement(MovementRefusal::Posting(_)),
        /// The remark is empty, too long or has control characters.
        InvalidNote <= TransferBudgetRefusal::Movement(MovementRefusal::InvalidNote(_)),
        /// The idempotency key was used with another input.
        IdempotencyKeyReused <= TransferBudgetRefusal::Movement(MovementRefusal::KeyReused(_)),
    }
}
