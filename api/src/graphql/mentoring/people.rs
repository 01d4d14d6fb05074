//! What mentoring knows of people and of what they learn.

use async_graphql::{Context, Object};
use upskill_domain::kernel::{EmployeeId, EnrollmentId};
use upskill_domain::mentoring as domain;

use super::inputs::{PairingFilter, PairingOrderField};
use super::loaders::Profiles;
use super::types::{Mentor, Pairing};
use crate::graphql::context::RequestContext;
use crate::graphql::error::{ApiError, Isolated};
use crate::graphql::page::{Connection, OrderBy, PageArguments};

/// What mentoring knows of a person.
pub(crate) struct EmployeeMentoring(pub(crate) EmployeeId);

/// What mentoring knows of a person.
#[Object]
impl EmployeeMentoring {
    /// The person's profile as a mentor; null when they are none. For every employee.
    async fn mentor(&self, ctx: &Context<'_>) -> Isolated<Mentor> {
        ctx.load::<Profiles, _>(self.0).await.map(|found| found.map(Mentor::from)).transpose()
    }

    /// The pairings in which the person is mentored, as far as the caller may see them.
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
        #[graphql(desc = "Which of them to list; all when not given. A condition on mentees is overruled.")]
        filter: Option<PairingFilter>,
        #[graphql(desc = "How the list is sorted; by proposal when not given.")] order_by: Option<
            OrderBy<PairingOrderField>,
        >,
    ) -> Result<Connection<Pairing>, ApiError> {
        let filter = filter.unwrap_or_default().read(ctx)?;
        let filter = domain::PairingFilter { mentees: Some(vec![self.0]), ..filter };
        let (field, direction) = OrderBy::read(order_by);
        let arguments = PageArguments { first, after, last, before };
        Connection::read(ctx, filter, (field.into(), direction), arguments).await
    }
}

/// What mentoring knows of an enrollment.
pub(crate) struct EnrollmentMentoring(pub(crate) EnrollmentId);

/// What mentoring knows of an enrollment.
#[Object]
impl EnrollmentMentoring {
    /// The pairings that are about it, as far as the caller may see them, the earliest proposal first.
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
    ) -> Result<Connection<Pairing>, ApiError> {
        let filter =
            domain::PairingFilter { enrollments: Some(vec![self.0]), ..domain::PairingFilter::default() };
        let (field, direction) = OrderBy::<PairingOrderField>::read(None);
        let arguments = PageArguments { first, after, last, before };
        Connection::read(ctx, filter, (field.into(), direction), arguments).await
    }
}
