//! What can be asked about learning.

use async_graphql::{Context, Object};
use upskill_domain::kernel::{CourseId, EnrollmentId};
use upskill_domain::learning as domain;

use super::follow_ups::FollowUp;
use super::inputs::{EnrollmentFilter, EnrollmentOrderField};
use super::terms::CourseTerms;
use super::types::Enrollment;
use crate::graphql::context::RequestContext;
use crate::graphql::error::{Isolated, isolated};
use crate::graphql::id::Id;
use crate::graphql::page::{Connection, OrderBy, PageArguments};

/// Queries of learning.
#[derive(Default)]
pub(crate) struct LearningQueries;

#[Object]
impl LearningQueries {
    /// One enrollment; null when there is none that the caller may see.
    async fn enrollment(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The enrollment's id.")] id: Id<EnrollmentId>,
    ) -> Isolated<Enrollment> {
        Enrollment::load(ctx, id.0).await.transpose()
    }

    /// What is agreed about a course; null when there is none that the caller may see. For every employee; of drafts for
    /// `HR_ADMIN` and `HR_ANALYST`.
    async fn course_terms(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The course's id.")] course_id: Id<CourseId>,
    ) -> Isolated<CourseTerms> {
        CourseTerms::of(ctx, course_id.0).await.transpose()
    }

    /// Who takes which course, a page at a time. `HR_ADMIN` and `HR_ANALYST` see everybody; others see their own
    /// enrollments, those of everybody below them in the reporting line, and those within programs that they own.
    #[expect(clippy::too_many_arguments, reason = "a connection has four arguments of its own")]
    async fn enrollments(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "Rows from the start of the list, 1 to 100; 20 when neither first nor last is given."
        )]
        first: Option<i32>,
        #[graphql(desc = "Only rows after this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end of the list, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
        #[graphql(desc = "Which enrollments to list; all when not given.")] filter: Option<EnrollmentFilter>,
        #[graphql(desc = "How the list is sorted; by enrollment when not given.")] order_by: Option<
            OrderBy<EnrollmentOrderField>,
        >,
    ) -> Isolated<Connection<Enrollment>> {
        let (field, direction) = OrderBy::read(order_by);
        let arguments = PageArguments { first, after, last, before };
        let filter = filter.unwrap_or_default().into();
        Some(Connection::read(ctx, filter, (field.into(), direction), arguments).await)
    }
}

/// What learning knows of the caller.
#[derive(Default)]
pub(crate) struct LearningViewer;

#[Object]
impl LearningViewer {
    /// The caller's own enrollments, a page at a time; empty for callers that are no person.
    #[expect(clippy::too_many_arguments, reason = "a connection has four arguments of its own")]
    async fn enrollments(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "Rows from the start of the list, 1 to 100; 20 when neither first nor last is given."
        )]
        first: Option<i32>,
        #[graphql(desc = "Only rows after this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end of the list, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
        #[graphql(
            desc = "Which of them to list; all when not given. A condition on employees is overruled."
        )]
        filter: Option<EnrollmentFilter>,
        #[graphql(desc = "How the list is sorted; by enrollment when not given.")] order_by: Option<
            OrderBy<EnrollmentOrderField>,
        >,
    ) -> Isolated<Connection<Enrollment>> {
        isolated(async {
            let employees = Some(ctx.actor()?.employee().into_iter().collect());
            let filter = domain::EnrollmentFilter::from(filter.unwrap_or_default());
            let filter = domain::EnrollmentFilter { employees, ..filter };
            let (field, direction) = OrderBy::read(order_by);
            let arguments = PageArguments { first, after, last, before };
            Connection::read(ctx, filter, (field.into(), direction), arguments).await.map(Some)
        })
        .await
    }

    /// The follow-ups that wait for the caller today, about themself, those who report to them and those whom they mentored, the
    /// first to close first; empty for callers that are no person.
    async fn follow_ups(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "Rows from the start of the list, 1 to 100; 20 when neither first nor last is given."
        )]
        first: Option<i32>,
        #[graphql(desc = "Only rows after this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end of the list, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
    ) -> Isolated<Connection<FollowUp>> {
        isolated(async {
            let waiting = domain::WaitingFollowUps { people: ctx.actor()?.employee().into_iter().collect() };
            let arguments = PageArguments { first, after, last, before };
            Connection::read(ctx, waiting, (), arguments).await.map(Some)
        })
        .await
    }
}
