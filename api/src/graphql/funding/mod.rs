//! Budgets, ledgers, funding requests and decisions.

mod inputs;
mod lists;
mod loaders;
mod mutations;
mod queries;
mod types;

pub(crate) use mutations::FundingMutations;
pub(crate) use queries::{FundingQueries, FundingViewer};
pub(crate) use types::{
    ApprovalStep, Budget, Decision, EmployeeFunding, FundingPolicy, FundingRequest, LedgerEntry,
};
