//! What can be asked about mentoring.

use async_graphql::{Context, Object};
use upskill_domain::kernel::{MentorId, PairingId};
use upskill_domain::mentoring as domain;

use super::inputs::{MentorFilter, MentorOrderField, PairingFilter, PairingOrderField};
use super::loaders::Profiles;
use super::types::{Mentor, Pairing};
use crate::graphql::context::RequestContext;
use crate::graphql::error::{Isolated, isolated};
use crate::graphql::id::Id;
use crate::graphql::page::{Connection, OrderBy, PageArguments};

/// Queries of mentoring.
#[derive(Default)]
pub(crate) struct MentoringQueries;

#[Object]
impl MentoringQueries {
    /// One mentor; null when there is none. For every employee.
    async fn mentor(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The mentor's id.")] id: Id<MentorId>,
    ) -> Isolated<Mentor> {
        Mentor::load(ctx, id.0).await.transpose()
    }

    /// Who mentors, a page at a time. For every employee.
    #[expect(clippy::too_many_arguments, reason = "a connection has four arguments of its own")]
    async fn mentors(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "Rows from the start of the list, 1 to 100; 20 when neither first nor last is given."
        )]
        first: Option<i32>,
        #[graphql(desc = "Only rows after this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end of the list, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
        #[graphql(desc = "Which mentors to list; all when not given.")] filter: Option<MentorFilter>,
        #[graphql(desc = "How the list is sorted; by first day when not given.")] order_by: Option<
            OrderBy<MentorOrderField>,
        >,
    ) -> Isolated<Connection<Mentor>> {
        isolated(async {
            let (field, direction) = OrderBy::read(order_by);
            let filter = filter.unwrap_or_default().try_into()?;
            let arguments = PageArguments { first, after, last, before };
            Connection::read(ctx, filter, (field.into(), direction), arguments).await.map(Some)
        })
        .await
    }

    /// One pairing; null when there is none that the caller may see.
    async fn pairing(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The pairing's id.")] id: Id<PairingId>,
    ) -> Isolated<Pairing> {
        Pairing::load(ctx, id.0).await.transpose()
    }

    /// Who mentors whom, a page at a time. `HR_ADMIN` and `HR_ANALYST` see everybody; others see the pairings in which they
    /// mentor or are mentored, and those of everybody below them in the reporting line.
    #[expect(clippy::too_many_arguments, reason = "a connection has four arguments of its own")]
    async fn pairings(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "Rows from the start of the list, 1 to 100; 20 when neither first nor last is given."
        )]
        first: Option<i32>,
        #[graphql(desc = "Only rows after this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end of the list, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
        #[graphql(desc = "Which pairings to list; all when not given.")] filter: Option<PairingFilter>,
        #[graphql(desc = "How the list is sorted; by proposal when not given.")] order_by: Option<
            OrderBy<PairingOrderField>,
        >,
    ) -> Isolated<Connection<Pairing>> {
        isolated(async {
            let (field, direction) = OrderBy::read(order_by);
            let filter = filter.unwrap_or_default().read(ctx)?;
            let arguments = PageArguments { first, after, last, before };
            Connection::read(ctx, filter, (field.into(), direction), arguments).await.map(Some)
        })
        .await
    }
}

/// What mentoring knows of the caller.
#[derive(Default)]
pub(crate) struct MentoringViewer;

#[Object]
impl MentoringViewer {
    /// The caller's own profile as a mentor; null when they are none.
    async fn mentor(&self, ctx: &Context<'_>) -> Isolated<Mentor> {
        isolated(async {
            let Some(person) = ctx.actor()?.employee() else { return Ok(None) };
            Ok(ctx.load::<Profiles, _>(person).await?.map(Mentor::from))
        })
        .await
    }

    /// The pairings in which the caller mentors or is mentored, a page at a time; empty for callers that are no person.
    #[expect(clippy::too_many_arguments, reason = "a connection has four arguments of its own")]
    async fn pairings(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "Rows from the start of the list, 1 to 100; 20 when neither first nor last is given."
        )]
        first: Option<i32>,
        #[graphql(desc = "Only rows after this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end of the list, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
        #[graphql(desc = "Which of them to list; all when not given.")] filter: Option<PairingFilter>,
        #[graphql(desc = "How the list is sorted; by proposal when not given.")] order_by: Option<
            OrderBy<PairingOrderField>,
        >,
    ) -> Isolated<Connection<Pairing>> {
        isolated(async {
            let people = Some(ctx.actor()?.employee().into_iter().collect());
            let filter = domain::PairingFilter { people, ..filter.unwrap_or_default().read(ctx)? };
            let (field, direction) = OrderBy::read(order_by);
            let arguments = PageArguments { first, after, last, before };
            Connection::read(ctx, filter, (field.into(), direction), arguments).await.map(Some)
        })
        .await
    }
}
