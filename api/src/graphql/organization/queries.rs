//! What can be asked about the organization.

use async_graphql::{Context, Object};
use upskill_domain::kernel::{DepartmentId, EmployeeId};

use super::employer::Employer;
use super::inputs::{
    DepartmentFilter, DepartmentOrderField, EmployeeFilter, EmployeeOrderField, Role, RoleGrantFilter,
};
use super::types::{Department, Employee, RoleGrant, colleague_with};
use crate::graphql::context::RequestContext;
use crate::graphql::error::{ApiError, Isolated, isolated};
use crate::graphql::id::Id;
use crate::graphql::look_ahead::Selection;
use crate::graphql::node::found;
use crate::graphql::page::{Connection, OrderBy, PageArguments};

/// Queries of the organization.
#[derive(Default)]
pub(crate) struct OrganizationQueries;

#[Object]
impl OrganizationQueries {
    /// The caller's employer. For every employee.
    async fn employer(&self, ctx: &Context<'_>) -> Isolated<Employer> {
        isolated(async { Ok(Some(ctx.app()?.organization().employer(ctx.actor()?).await?.into())) }).await
    }

    /// One person; null when there is none. For every employee.
    async fn employee(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The person's id.")] id: Id<EmployeeId>,
    ) -> Isolated<Employee> {
        let with = colleague_with(&Selection::of(ctx));
        isolated(async {
            found(ctx.app()?.organization().colleague(ctx.actor()?, id.0, with).await.map(Into::into))
        })
        .await
    }

    /// People, a page at a time. For every employee; the `status` filter takes `HR_ADMIN` or `HR_ANALYST`.
    #[expect(clippy::too_many_arguments, reason = "a connection has four arguments of its own")]
    async fn employees(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "Rows from the start of the list, 1 to 100; 20 when neither first nor last is given."
        )]
        first: Option<i32>,
        #[graphql(desc = "Only rows after this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end of the list, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
        #[graphql(desc = "Which people to list; everybody who has not left when not given.")] filter: Option<
            EmployeeFilter,
        >,
        #[graphql(desc = "How the list is sorted; by name when not given.")] order_by: Option<
            OrderBy<EmployeeOrderField>,
        >,
    ) -> Isolated<Connection<Employee>> {
        let (field, direction) = OrderBy::read(order_by);
        let arguments = PageArguments { first, after, last, before };
        isolated(async {
            let filter = filter.unwrap_or_default().try_into()?;
            Connection::read(ctx, filter, (field.into(), direction), arguments).await.map(Some)
        })
        .await
    }

    /// One department; null when there is none. For every employee.
    async fn department(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The department's id.")] id: Id<DepartmentId>,
    ) -> Isolated<Department> {
        Department::load(ctx, id.0).await.transpose()
    }

    /// Departments, a page at a time. For every employee.
    #[expect(clippy::too_many_arguments, reason = "a connection has four arguments of its own")]
    async fn departments(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "Rows from the start of the list, 1 to 100; 20 when neither first nor last is given."
        )]
        first: Option<i32>,
        #[graphql(desc = "Only rows after this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end of the list, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
        #[graphql(desc = "Which departments to list; all when not given.")] filter: Option<DepartmentFilter>,
        #[graphql(desc = "How the list is sorted; by code when not given.")] order_by: Option<
            OrderBy<DepartmentOrderField>,
        >,
    ) -> Isolated<Connection<Department>> {
        let (field, direction) = OrderBy::read(order_by);
        let arguments = PageArguments { first, after, last, before };
        isolated(async {
            let filter = filter.unwrap_or_default().try_into()?;
            Connection::read(ctx, filter, (field.into(), direction), arguments).await.map(Some)
        })
        .await
    }

    /// Granted roles in the order in which they were granted, a page at a time. Derived roles are not among them. For
    /// `EMPLOYER_ADMIN`, `HR_ADMIN` and AUDITOR.
    #[expect(clippy::too_many_arguments, reason = "a connection has four arguments of its own")]
    async fn role_grants(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "Rows from the start of the list, 1 to 100; 20 when neither first nor last is given."
        )]
        first: Option<i32>,
        #[graphql(desc = "Only rows after this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end of the list, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
        #[graphql(desc = "Which grants to list; all when not given.")] filter: Option<RoleGrantFilter>,
    ) -> Isolated<Connection<RoleGrant>> {
        let filter = filter.unwrap_or_default().into();
        Some(Connection::read(ctx, filter, (), PageArguments { first, after, last, before }).await)
    }
}

/// What the organization knows of the caller.
#[derive(Default)]
pub(crate) struct OrganizationViewer;

#[Object]
impl OrganizationViewer {
    /// The caller as a person; null for callers that are none.
    async fn employee(&self, ctx: &Context<'_>) -> Isolated<Employee> {
        isolated(async {
            let actor = ctx.actor()?;
            let Some(id) = actor.employee() else { return Ok(None) };
            let with = colleague_with(&Selection::of(ctx));
            Ok(Some(ctx.app()?.organization().colleague(actor, id, with).await?.into()))
        })
        .await
    }

    /// Every role of the caller, derived and granted.
    async fn roles(&self, ctx: &Context<'_>) -> Result<Vec<Role>, ApiError> {
        let roles = ctx.app()?.access().roles(ctx.actor()?).await?;
        Ok(roles.iter().map(Role::from).collect())
    }
}
