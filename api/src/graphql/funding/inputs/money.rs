//! Money to move.

use async_graphql::InputObject;
use upskill_domain::funding as domain;
use upskill_domain::kernel::BudgetId;

use super::{ReasonCode, amount};
use crate::graphql::error::ApiError;
use crate::graphql::id::Id;
use crate::graphql::key::key;
use crate::graphql::scalars::{Date, MoneyInput};

/// Money for a budget.
#[derive(InputObject)]
pub(crate) struct AllocateBudgetInput {
    /// Which budget.
    id: Id<BudgetId>,
    /// How much, above 0, in the budget's currency.
    amount: MoneyInput,
    /// A remark: at most 4000 characters.
    note: Option<String>,
    /// The day from which it counts, today or earlier; today when not given.
    effective_on: Option<Date>,
    /// Makes a retry safe: the same key with the same input answers with the first result. 1 to 200 printable ASCII
    /// characters, remembered for at least 24 hours.
    idempotency_key: Option<String>,
}

impl TryFrom<AllocateBudgetInput> for domain::AllocateBudget {
    type Error = ApiError;
    fn try_from(input: AllocateBudgetInput) -> Result<Self, ApiError> {
        Ok(Self {
            key: key(input.idempotency_key)?,
            id: input.id.0,
            amount: amount("input.amount", &input.amount)?,
            note: input.note,
            effective_on: input.effective_on.map(|day| day.0),
        })
    }
}

/// An allocation to raise or lower afterwards.
#[derive(InputObject)]
pub(crate) struct AdjustBudgetInput {
    /// Which budget.
    id: Id<BudgetId>,
    /// By how much, in the budget's currency: above 0 to raise the allocation, below 0 to lower it.
    amount: MoneyInput,
    /// Why.
    reason: ReasonCode,
    /// Why, in words: 1 to 4000 characters.
    note: String,
    /// The day from which it counts, today or earlier; today when not given.
    effective_on: Option<Date>,
    /// Makes a retry safe: the same key with the same input answers with the first result. 1 to 200 printable ASCII
    /// characters, remembered for at least 24 hours.
    idempotency_key: Option<String>,
}

impl TryFrom<AdjustBudgetInput> for domain::AdjustBudget {
    type Error = ApiError;
    fn try_from(input: AdjustBudgetInput) -> Result<Self, ApiError> {
        Ok(Self {
            key: key(input.idempotency_key)?,
            id: input.id.0,
            amount: amount("input.amount", &input.amount)?,
            reason: input.reason.into(),
            note: input.note,
            effective_on: input.effective_on.map(|day| day.0),
        })
    }
}

/// Money to bring from one budget to another.
#[derive(InputObject)]
pub(crate) struct TransferBudgetInput {
    /// Out of which budget.
    from_id: Id<BudgetId>,
    /// Into which budget, of the same currency.
    to_id: Id<BudgetId>,
    /// How much, above 0, in the budgets' currency.
    amount: MoneyInput,
    /// A remark: at most 4000 characters.
    note: Option<String>,
    /// The day from which it counts, today or earlier; today when not given.
    effective_on: Option<Date>,
    /// Makes a retry safe: the same key with the same input answers with the first result. 1 to 200 printable ASCII
    /// characters, remembered for at least 24 hours.
    idempotency_key: Option<String>,
}

impl TryFrom<TransferBudgetInput> for domain::TransferBudget {
    type Error = ApiError;
    fn try_from(input: TransferBudgetInput) -> Result<Self, ApiError> {
        Ok(Self {
            key: key(input.idempotency_key)?,
            from: input.from_id.0,
            to: input.to_id.0,
            amount: amount("input.amount", &input.amount)?,
            note: input.note,
            effective_on: input.effective_on.map(|day| day.0),
        })
    }
}
