//! A budget to close.

use async_graphql::{Enum, InputObject};
use upskill_domain::funding as domain;
use upskill_domain::kernel::BudgetId;

use crate::graphql::error::ApiError;
use crate::graphql::id::Id;
use crate::graphql::key::key;

/// What becomes of open promises when a budget is closed.
#[derive(Enum, Debug, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "domain::PromisesOnClose", name = "PromisesOnClose")]
pub(crate) enum Promises {
    /// They move to the successor, with their money; so do requests that wait for a decision.
    CarryOver,
    /// They stay until they are settled or canceled.
    Stay,
}

/// What becomes of available money when a budget is closed.
#[derive(Enum, Debug, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "domain::MoneyOnClose", name = "MoneyOnClose")]
pub(crate) enum LeftOver {
    /// It moves to the successor.
    CarryOver,
    /// It goes back to the budget above, or out of a budget at the top.
    Lapse,
}

/// A budget to close, and what becomes of what hangs on it.
#[derive(InputObject)]
pub(crate) struct CloseBudgetInput {
    /// Which one. Its days are over, and the budgets below it are closed and have nothing available.
    id: Id<BudgetId>,
    /// What becomes of open promises.
    promises: Promises,
    /// What becomes of available money.
    money: LeftOver,
    /// The budget that takes what is carried over: OPEN, in the same currency, and its days are not over. To be left out when
    /// nothing is carried over.
    successor_id: Option<Id<BudgetId>>,
    /// A remark, for the entries of the ledgers: at most 4000 characters.
    note: Option<String>,
    /// Whether to tell only what would be done, and to write nothing.
    #[graphql(default = false)]
    dry_run: bool,
    /// The `version` that was read, if it matters; CONFLICT when the budget has changed since.
    expected_version: Option<i32>,
    /// Makes a retry safe: the same key with the same input answers with the first result. 1 to 200 printable ASCII
    /// characters, remembered for at least 24 hours.
    idempotency_key: Option<String>,
}

impl TryFrom<CloseBudgetInput> for domain::CloseBudget {
    type Error = ApiError;
    fn try_from(input: CloseBudgetInput) -> Result<Self, ApiError> {
        Ok(Self {
            key: key(input.idempotency_key)?,
            id: input.id.0,
            promises: input.promises.into(),
            money: input.money.into(),
            successor: input.successor_id.map(|id| id.0),
            note: input.note,
            dry_run: input.dry_run,
            expected_version: input.expected_version,
        })
    }
}

/// A budget to close with all those below it, and what becomes of what hangs on them.
#[derive(InputObject)]
pub(crate) struct CloseBudgetTreeInput {
    /// The one at the top. Its days and those of all below it are over; at most 100 budgets are closed at once. What was closed
    /// before, or is archived, is left as it is.
    id: Id<BudgetId>,
    /// What becomes of open promises, in all of them.
    promises: Promises,
    /// What becomes of available money, in all of them.
    money: LeftOver,
    /// The budgets that take what is carried over. A budget that has something to carry needs one.
    #[graphql(default, validator(max_items = 100))]
    successors: Vec<BudgetSuccessorInput>,
    /// A remark, for the entries of the ledgers: at most 4000 characters.
    note: Option<String>,
    /// Whether to tell only what would be done, and to write nothing.
    #[graphql(default = false)]
    dry_run: bool,
    /// The `version` of the budget at the top that was read, if it matters; CONFLICT when it has changed since.
    expected_version: Option<i32>,
    /// Makes a retry safe: the same key with the same input answers with the first result. 1 to 200 printable ASCII
    /// characters, remembered for at least 24 hours.
    idempotency_key: Option<String>,
}

/// Which budget takes what is carried over from another.
#[derive(InputObject)]
pub(crate) struct BudgetSuccessorInput {
    /// The budget that is closed; each is named once.
    budget_id: Id<BudgetId>,
    /// The one that goes on: OPEN, in the same currency, and its days are not over.
    successor_id: Id<BudgetId>,
}

impl TryFrom<CloseBudgetTreeInput> for domain::CloseBudgetTree {
    type Error = ApiError;
    fn try_from(input: CloseBudgetTreeInput) -> Result<Self, ApiError> {
        let successors = input.successors.into_iter();
        Ok(Self {
            key: key(input.idempotency_key)?,
            id: input.id.0,
            promises: input.promises.into(),
            money: input.money.into(),
            successors: successors.map(|named| (named.budget_id.0, named.successor_id.0)).collect(),
            note: input.note,
            dry_run: input.dry_run,
            expected_version: input.expected_version,
        })
    }
}
