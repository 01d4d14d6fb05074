//! What learning knows of people.

use async_graphql::{Context, Object};
use upskill_domain::kernel::{EmployeeId, EnrollmentId};
use upskill_domain::learning as domain;

use super::inputs::{EnrollmentFilter, EnrollmentOrderField};
use super::types::Enrollment;
use crate::graphql::error::{ApiError, Isolated};
use crate::graphql::page::{Connection, OrderBy, PageArguments};

/// What learning knows of a person.
pub(crate) struct EmployeeLearning(pub(crate) EmployeeId);

/// What learning knows of a person.
#[Object]
impl EmployeeLearning {
    /// The person's enrollments, as far as the caller may see them.
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
    ) -> Result<Connection<Enrollment>, ApiError> {
        let filter = domain::EnrollmentFilter::from(filter.unwrap_or_default());
        let filter = domain::EnrollmentFilter { employees: Some(vec![self.0]), ..filter };
        let (field, direction) = OrderBy::read(order_by);
        let arguments = PageArguments { first, after, last, before };
        Connection::read(ctx, filter, (field.into(), direction), arguments).await
    }
}

/// What learning knows of a record of somebody's skill.
pub(crate) struct SkillRecordLearning(pub(crate) Option<EnrollmentId>);

/// What learning knows of a record of somebody's skill.
#[Object]
impl SkillRecordLearning {
    /// The enrollment whose completion proved it; null when it rests on something else.
    async fn enrollment(&self, ctx: &Context<'_>) -> Isolated<Enrollment> {
        Enrollment::load(ctx, self.0?).await.transpose()
    }
}
