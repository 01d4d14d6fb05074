//! Budgets, ledgers, funding requests and decisions.

mod inputs;
mod lists;
mod loaders;
mod mutations;
mod queries;
mod subscriptions;
mod types;

use upskill_domain::funding::DecisionRefusal;

pub(crate) use mutations::FundingMutations;
pub(crate) use queries::{FundingQueries, FundingViewer};
pub(crate) use subscriptions::FundingSubscriptions;
pub(crate) use types::{
    ApprovalDelegation, ApprovalStep, Budget, BudgetBalance, Decision, EmployeeFunding, ExchangeRate,
    FundingComment, FundingPolicy, FundingRequest, LedgerChange, LedgerEntry,
};

/// What a refused decision is called in the schema.
pub(crate) fn decision_code(refusal: &DecisionRefusal) -> &'static str {
    types::FundingDecisionErrorCode::from(refusal).name()
}
