//! How the lists of the catalog are read.

use upskill_domain::access::Actor;
use upskill_domain::app::App;
use upskill_domain::catalog::{CourseFilter, CourseOrder, CourseWith, ProviderFilter, ProviderOrder};
use upskill_domain::kernel::{CourseId, Direction, Fault, Page, PageRequest};

use super::types::{Course, CoursePrice, Provider};
use crate::graphql::look_ahead::Selection;
use crate::graphql::page::Listed;

impl Listed for Course {
    const NAME: &'static str = "Course";
    type Filter = CourseFilter;
    type Order = (CourseOrder, Direction);
    type With = CourseWith;

    fn with(nodes: &Selection<'_>) -> CourseWith {
        let provider = nodes.asks("provider") || nodes.asks("microCredentialCompleteness");
        CourseWith { provider }
    }

    async fn pages(
        app: &App,
        actor: &Actor,
        lists: &[Self::Filter],
        order: Self::Order,
        request: &PageRequest,
        with: Self::With,
    ) -> Result<Vec<Page<Self>>, Fault> {
        let pages = app.catalog().courses(actor, lists, order, request, with).await?;
        Ok(pages.into_iter().map(|page| page.map(Into::into)).collect())
    }

    async fn counts(app: &App, actor: &Actor, lists: &[Self::Filter]) -> Result<Vec<u64>, Fault> {
        app.catalog().count_courses(actor, lists).await
    }
}

impl Listed for CoursePrice {
    const NAME: &'static str = "CoursePrice";
    type Filter = CourseId;
    type Order = ();
    type With = ();

    fn with(_: &Selection<'_>) {}

    async fn pages(
        app: &App,
        actor: &Actor,
        lists: &[Self::Filter],
        (): Self::Order,
        request: &PageRequest,
        (): Self::With,
    ) -> Result<Vec<Page<Self>>, Fault> {
        let pages = app.catalog().prices(actor, lists, request).await?;
        Ok(pages.into_iter().map(|page| page.map(Into::into)).collect())
    }

    async fn counts(app: &App, actor: &Actor, lists: &[Self::Filter]) -> Result<Vec<u64>, Fault> {
        app.catalog().count_prices(actor, lists).await
    }
}

impl Listed for Provider {
    const NAME: &'static str = "Provider";
    type Filter = ProviderFilter;
    type Order = (ProviderOrder, Direction);
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
        let pages = app.catalog().providers(actor, lists, order, request).await?;
        Ok(pages.into_iter().map(|page| page.map(Into::into)).collect())
    }

    async fn counts(app: &App, actor: &Actor, lists: &[Self::Filter]) -> Result<Vec<u64>, Fault> {
        app.catalog().count_providers(actor, lists).await
    }
}
