//! How the lists of funding are read.

use upskill_domain::access::Actor;
use upskill_domain::app::App;
use upskill_domain::funding::{
    BudgetFilter, BudgetOrder, DelegationFilter, ExchangeRateFilter, LedgerFilter, PolicyFilter,
    RequestFilter, RequestOrder, RequestWith,
};
use upskill_domain::kernel::{BudgetId, Direction, Fault, FundingRequestId, Page, PageRequest};

use super::types::{
    Approval, ApprovalDelegation, Budget, ExchangeRate, FundingComment, FundingPolicy, FundingRequest,
    LedgerEntry, request_with,
};
use crate::graphql::look_ahead::Selection;
use crate::graphql::page::{Listed, listed};

listed!(Budget: funding.budgets, count_budgets, BudgetFilter, by (BudgetOrder, Direction));
listed!(LedgerEntry: funding.ledger, count_ledger, (BudgetId, LedgerFilter), by Direction);
listed!(ApprovalDelegation: funding.delegations, count_delegations, DelegationFilter);
listed!(ExchangeRate: funding.rates, count_rates, ExchangeRateFilter);
listed!(FundingPolicy: funding.policies, count_policies, PolicyFilter);
listed!(FundingRequest: funding.requests, count_requests, RequestFilter, by (RequestOrder, Direction), with RequestWith = request_with);

listed!(FundingComment: funding.comments, count_comments, FundingRequestId);

impl Listed for Approval {
    const NAME: &'static str = "Approval";
    type Filter = ();
    type Order = ();
    type With = RequestWith;

    fn with(nodes: &Selection<'_>) -> RequestWith {
        request_with(&nodes.field("request"))
    }

    async fn pages(
        app: &App,
        actor: &Actor,
        // Everything that waits for the actor is one list.
        _: &[Self::Filter],
        (): Self::Order,
        request: &PageRequest,
        with: Self::With,
    ) -> Result<Vec<Page<Self>>, Fault> {
        let page = app.funding().approvals(actor, request, with).await?;
        Ok(vec![page.map(Into::into)])
    }

    async fn counts(app: &App, actor: &Actor, _: &[Self::Filter]) -> Result<Vec<u64>, Fault> {
        Ok(vec![app.funding().count_approvals(actor).await?])
    }
}
