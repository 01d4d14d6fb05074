//! What can be asked about programs.

use async_graphql::{Context, Object};
use upskill_domain::kernel::ProgramId;
use upskill_domain::programs as domain;

use super::inputs::{ParticipantFilter, ProgramFilter, ProgramOrderField};
use super::types::{Participant, Program};
use crate::graphql::context::RequestContext;
use crate::graphql::error::{Isolated, isolated};
use crate::graphql::id::Id;
use crate::graphql::page::{Connection, OrderBy, PageArguments};

/// Queries of programs.
#[derive(Default)]
pub(crate) struct ProgramQueries;

#[Object]
impl ProgramQueries {
    /// One program; null when there is none that the caller may see. For every employee; drafts for `HR_ADMIN`,
    /// `HR_ANALYST` and the owner.
    async fn program(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The program's id.")] id: Id<ProgramId>,
    ) -> Isolated<Program> {
        Program::load(ctx, id.0).await.transpose()
    }

    /// Programs, a page at a time. For every employee; drafts for `HR_ADMIN`, `HR_ANALYST` and the owner.
    #[expect(clippy::too_many_arguments, reason = "a connection has four arguments of its own")]
    async fn programs(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "Rows from the start of the list, 1 to 100; 20 when neither first nor last is given."
        )]
        first: Option<i32>,
        #[graphql(desc = "Only rows after this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end of the list, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
        #[graphql(desc = "Which programs to list; all when not given.")] filter: Option<ProgramFilter>,
        #[graphql(desc = "How the list is sorted; by name when not given.")] order_by: Option<
            OrderBy<ProgramOrderField>,
        >,
    ) -> Isolated<Connection<Program>> {
        let (field, direction) = OrderBy::read(order_by);
        let arguments = PageArguments { first, after, last, before };
        isolated(async {
            let filter = filter.unwrap_or_default().try_into()?;
            Connection::read(ctx, filter, (field.into(), direction), arguments).await.map(Some)
        })
        .await
    }

    /// Who takes part in which program, a page at a time, the newest invitation last. `HR_ADMIN` and `HR_ANALYST` see
    /// everybody; others see themself, those who report to them directly or through others, and the participants of the
    /// programs that they own.
    #[expect(clippy::too_many_arguments, reason = "a connection has four arguments of its own")]
    async fn participants(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "Rows from the start of the list, 1 to 100; 20 when neither first nor last is given."
        )]
        first: Option<i32>,
        #[graphql(desc = "Only rows after this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end of the list, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
        #[graphql(desc = "Which participants to list; all when not given.")] filter: Option<
            ParticipantFilter,
        >,
    ) -> Isolated<Connection<Participant>> {
        let filter = filter.unwrap_or_default().into();
        Some(Connection::read(ctx, filter, (), PageArguments { first, after, last, before }).await)
    }
}

/// What programs know of the caller.
#[derive(Default)]
pub(crate) struct ProgramViewer;

#[Object]
impl ProgramViewer {
    /// The caller's own part in programs, the newest invitation last; empty for callers that are no person.
    async fn participations(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "Rows from the start of the list, 1 to 100; 20 when neither first nor last is given."
        )]
        first: Option<i32>,
        #[graphql(desc = "Only rows after this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end of the list, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
    ) -> Isolated<Connection<Participant>> {
        isolated(async {
            let employees = Some(ctx.actor()?.employee().into_iter().collect());
            let filter = domain::ParticipantFilter { employees, ..domain::ParticipantFilter::default() };
            Connection::read(ctx, filter, (), PageArguments { first, after, last, before }).await.map(Some)
        })
        .await
    }
}
