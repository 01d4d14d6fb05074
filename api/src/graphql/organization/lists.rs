//! How the lists of the organization are read.

use upskill_domain::access::Actor;
use upskill_domain::app::App;
use upskill_domain::kernel::{Direction, Fault, Page, PageRequest};
use upskill_domain::organization::{
    ColleagueFilter, ColleagueOrder, ColleagueWith, DepartmentFilter, DepartmentOrder, GrantFilter,
};

use super::types::{Department, Employee, RoleGrant, colleague_with};
use crate::graphql::look_ahead::Selection;
use crate::graphql::page::Listed;

impl Listed for Employee {
    const NAME: &'static str = "Employee";
    type Filter = ColleagueFilter;
    type Order = (ColleagueOrder, Direction);
    type With = ColleagueWith;

    fn with(nodes: &Selection<'_>) -> ColleagueWith {
        colleague_with(nodes)
    }

    async fn pages(
        app: &App,
        actor: &Actor,
        lists: &[Self::Filter],
        order: Self::Order,
        request: &PageRequest,
        with: Self::With,
    ) -> Result<Vec<Page<Self>>, Fault> {
        let pages = app.organization().colleagues(actor, lists, order, request, with).await?;
        Ok(pages.into_iter().map(|page| page.map(Into::into)).collect())
    }

    async fn counts(app: &App, actor: &Actor, lists: &[Self::Filter]) -> Result<Vec<u64>, Fault> {
        app.organization().count_colleagues(actor, lists).await
    }
}

impl Listed for Department {
    const NAME: &'static str = "Department";
    type Filter = DepartmentFilter;
    type Order = (DepartmentOrder, Direction);
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
        let pages = app.organization().departments(actor, lists, order, request).await?;
        Ok(pages.into_iter().map(|page| page.map(Into::into)).collect())
    }

    async fn counts(app: &App, actor: &Actor, lists: &[Self::Filter]) -> Result<Vec<u64>, Fault> {
        app.organization().count_departments(actor, lists).await
    }
}

impl Listed for RoleGrant {
    const NAME: &'static str = "RoleGrant";
    type Filter = GrantFilter;
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
        let pages = app.organization().grants(actor, lists, request).await?;
        Ok(pages.into_iter().map(|page| page.map(Into::into)).collect())
    }

    async fn counts(app: &App, actor: &Actor, lists: &[Self::Filter]) -> Result<Vec<u64>, Fault> {
        app.organization().count_grants(actor, lists).await
    }
}
