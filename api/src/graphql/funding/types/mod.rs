//! The objects of funding.

mod budgets;
mod bulk;
mod closing;
mod co_funding;
mod comments;
mod conditions;
mod decisions;
mod delegations;
mod exchange;
mod forecast;
mod impact;
mod ledger;
mod links;
mod people;
mod policies;
mod preview;
mod requests;

pub(crate) use budgets::{Budget, BudgetBalance};
pub(crate) use bulk::{FundingDecisionErrorCode, FundingDecisionReport};
pub(crate) use closing::BudgetClosing;
pub(crate) use co_funding::CoFunding;
pub(crate) use comments::FundingComment;
pub(crate) use decisions::{Approval, ApprovalStep, Decision};
pub(crate) use delegations::ApprovalDelegation;
pub(crate) use exchange::{AppliedExchangeRate, ExchangeRate};
pub(crate) use forecast::BudgetForecast;
pub(crate) use impact::FundingPolicyImpact;
pub(crate) use ledger::LedgerEntry;
pub(crate) use links::ActionLinkPair;
pub(crate) use people::EmployeeFunding;
pub(crate) use policies::FundingPolicy;
pub(crate) use preview::FundingPreview;
pub(crate) use requests::{FundingRequest, request_with};
