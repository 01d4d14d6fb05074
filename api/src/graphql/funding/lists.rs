//! How the lists of funding are read.

use upskill_domain::access::Actor;
use upskill_domain::app::App;
use upskill_domain::funding::{
    BudgetFilter, BudgetOrder, LedgerFilter, RequestFilter, RequestOrder, RequestWith,
};
use upskill_domain::kernel::{BudgetId, Direction, Fault, Page, PageRequest};

use super::types::{Approval, Budget, FundingRequest, LedgerEntry, request_with};
use crate::graphql::look_ahead::Selection;
use crate::graphql::page::Listed;

impl Listed for Budget {
    const NAME: &'static str = "Budget";
    type Filter = BudgetFilter;
    type Order = (BudgetOrder, Direction);
    type With = ();

    fn with(_: &Selection<'_>) {}

    async fn pages(
        app: &App,
        actor: &Actor,
        lists: &[Self::Filter],
        order: Self::Order,
        request: &PageRequest,
        (): Self::With,
    ) -> Result<Vec<Page<Self>>, Fault> {
        let pages = app.funding().budgets(actor, lists, order, request).await?;
        Ok(pages.into_iter().map(|page| page.map(Into::into)).collect())
    }

    async fn counts(app: &App, actor: &Actor, lists: &[Self::Filter]) -> Result<Vec<u64>, Fault> {
        app.funding().count_budgets(actor, lists).await
    }
}

impl Listed for LedgerEntry {
    const NAME: &'static str = "LedgerEntry";
    type Filter = (BudgetId, LedgerFilter);
    type Order = Direction;
    type With = ();

    fn with(_: &Selection<'_>) {}

    async fn pages(
        app: &App,
        actor: &Actor,
        lists: &[Self::Filter],
        order: Self::Order,
        request: &PageRequest,
        (): Self::With,
    ) -> Result<Vec<Page<Self>>, Fault> {
        let pages = app.funding().ledger(actor, lists, order, request).await?;
        Ok(pages.into_iter().map(|page| page.map(Into::into)).collect())
    }

    async fn counts(app: &App, actor: &Actor, lists: &[Self::Filter]) -> Result<Vec<u64>, Fault> {
        app.funding().count_ledger(actor, lists).await
    }
}

impl Listed for FundingRequest {
    const NAME: &'static str = "FundingRequest";
    type Filter = RequestFilter;
    type Order = (RequestOrder, Direction);
    type With = RequestWith;

    fn with(nodes: &Selection<'_>) -> RequestWith {
        request_with(nodes)
    }

    async fn pages(
        app: &App,
        actor: &Actor,
        lists: &[Self::Filter],
        order: Self::Order,
        request: &PageRequest,
        with: Self::With,
    ) -> Result<Vec<Page<Self>>, Fault> {
        let pages = app.funding().requests(actor, lists, order, request, with).await?;
        Ok(pages.into_iter().map(|page| page.map(Into::into)).collect())
    }

    async fn counts(app: &App, actor: &Actor, lists: &[Self::Filter]) -> Result<Vec<u64>, Fault> {
        app.funding().count_requests(actor, lists).await
    }
}

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
