//! The objects of funding.

mod budgets;
mod decisions;
mod ledger;
mod requests;

pub(crate) use budgets::{Budget, BudgetBalance, budgets};
pub(crate) use decisions::{Approval, ApprovalStep, Decision, approvals};
pub(crate) use ledger::{LedgerEntry, ledger};
pub(crate) use requests::{FundingRequest, funding_requests, request_with};
