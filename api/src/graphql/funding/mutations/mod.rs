//! What can be done with budgets and requests.

mod budgets;
mod bulk;
mod closing;
mod comments;
mod decisions;
mod delegations;
mod exchange;
mod hours;
mod links;
mod money;
mod policies;
mod requests;
mod reservations;
mod settlement;

use async_graphql::MergedObject;

/// Mutations of funding.
#[derive(MergedObject, Default)]
pub(crate) struct FundingMutations(
    budgets::BudgetMutations,
    money::MoneyMutations,
    hours::HoursMutations,
    policies::PolicyMutations,
    requests::RequestMutations,
    decisions::DecisionMutations,
    delegations::DelegationMutations,
    links::LinkMutations,
    exchange::ExchangeMutations,
    bulk::BulkMutations,
    comments::CommentMutations,
    settlement::SettlementMutations,
    reservations::ReservationMutations,
    closing::ClosingMutations,
);
