//! Budgets, ledgers, funding requests and decisions.

mod inputs;
mod lists;
mod loaders;
mod mutations;
mod queries;
mod subscriptions;
mod types;

pub(crate) use mutations::FundingMutations;
pub(crate) use queries::{FundingQueries, FundingViewer};
pub(crate) use subscriptions::FundingSubscriptions;
pub(crate) use types::{
    ApprovalDelegation, ApprovalStep, Budget, Decision, EmployeeFunding, ExchangeRate, FundingComment,
    FundingPolicy, FundingRequest, LedgerEntry,
};
