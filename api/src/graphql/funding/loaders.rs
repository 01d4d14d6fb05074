//! Neighbors that were not joined.

use upskill_domain::funding::{
    ApprovalStep, Budget, BudgetClosing, Decision, Delegation, ExchangeRate, Finding, Forecast, ForecastOf,
    FundingComment, FundingPolicy, FundingRequest, LearningLoad, LedgerEntry, Load, PolicyProblem, TaxShare,
};
use upskill_domain::kernel::{
    ApprovalDelegationId, ApprovalStepId, BudgetId, DecisionId, EmployeeId, ExchangeRateId, FundingCommentId,
    FundingPolicyId, FundingRequestId, LedgerEntryId,
};

use crate::graphql::loader::loader;

loader! {
    /// Those of the budgets that the actor may see.
    Budgets: BudgetId => one Budget, funding.budgets_by_id, |budget| (budget.id, budget)
}

loader! {
    /// Who owns budgets.
    BudgetOwners: BudgetId => all EmployeeId, funding.owners_by_budget, |owner| owner
}

loader! {
    /// Those of the entries that the actor may see.
    LedgerEntries: LedgerEntryId => one LedgerEntry, funding.ledger_entries_by_id, |entry| (entry.id, entry)
}

loader! {
    /// Those of the requests that the actor may see.
    Requests: FundingRequestId => one FundingRequest, funding.requests_by_id, |request| (request.id, request)
}

loader! {
    /// Those of the steps that the actor may see.
    Steps: ApprovalStepId => one ApprovalStep, funding.steps_by_id, |step| (step.id, step)
}

loader! {
    /// The steps of requests.
    RequestSteps: FundingRequestId => all ApprovalStep, funding.steps_by_request, |step| (step.request, step)
}

loader! {
    /// Those of the comments that the actor may see.
    Comments: FundingCommentId => one FundingComment, funding.comments_by_id, |comment| (comment.id, comment)
}

loader! {
    /// Those of the decisions that the actor may see.
    Decisions: DecisionId => one Decision, funding.decisions_by_id, |decision| (decision.id, decision)
}

loader! {
    /// The decisions about requests.
    RequestDecisions: FundingRequestId => all Decision, funding.decisions_by_request, |decision| (decision.request, decision)
}

loader! {
    /// What runs for people already.
    Loads: EmployeeId => one Load, funding.loads_by_employee, |load| (load.employee, load)
}

loader! {
    /// Those of the policies that the actor may see.
    Policies: FundingPolicyId => one FundingPolicy, funding.policies_by_id, |policy| (policy.id, policy)
}

loader! {
    /// For what drafts could not be published.
    PolicyProblems: FundingPolicyId => all PolicyProblem, funding.problems_by_policy, |problem| problem
}

loader! {
    /// What budgets are going to need.
    Forecasts: ForecastOf => one Forecast, funding.forecasts, |forecast| forecast
}

loader! {
    /// What was done when budgets were closed.
    Closings: BudgetId => one BudgetClosing, funding.closings_by_budget, |closing| (closing.budget, closing)
}

loader! {
    /// Those of the delegations that the actor may see.
    Delegations: ApprovalDelegationId => one Delegation, funding.delegations_by_id, |delegation| (delegation.id, delegation)
}

loader! {
    /// Those of the exchange rates that the actor may see.
    Rates: ExchangeRateId => one ExchangeRate, funding.rates_by_id, |rate| (rate.id, rate)
}

loader! {
    /// What requests take of tax buckets.
    RequestTaxShares: FundingRequestId => all TaxShare, funding.tax_shares_by_request, |share| share
}

loader! {
    /// What is to be known of requests before they are decided.
    RequestFindings: FundingRequestId => all Finding, funding.findings_by_request, |finding| finding
}

loader! {
    /// How much people learn a week, of whom the actor may know it.
    LearningLoads: EmployeeId => one LearningLoad, funding.learning_loads, |load| load
}

loader! {
    /// How much those learn a week who have asked for something.
    RequestLearningLoads: FundingRequestId => one LearningLoad, funding.learning_loads_by_request, |load| load
}
