//! What funding knows of people.

use async_graphql::{Context, Object};
use upskill_domain::funding::RequestFilter;
use upskill_domain::kernel::EmployeeId;

use super::FundingRequest;
use super::load::LearningLoad;
use crate::graphql::context::RequestContext;
use crate::graphql::error::{ApiError, Isolated};
use crate::graphql::funding::inputs::{FundingRequestFilter, FundingRequestOrderField};
use crate::graphql::funding::loaders::LearningLoads;
use crate::graphql::page::{Connection, OrderBy, PageArguments};

/// What funding knows of a person.
pub(crate) struct EmployeeFunding(pub(crate) EmployeeId);

/// What funding knows of a person.
#[Object]
impl EmployeeFunding {
    /// How much the person learns a week. For the person, their managers above, `HR_ADMIN` and `HR_ANALYST`; null for others.
    async fn learning_load(&self, ctx: &Context<'_>) -> Isolated<LearningLoad> {
        ctx.load::<LearningLoads, _>(self.0).await.transpose().map(|load| load.map(Into::into))
    }

    /// The person's funding requests, as far as the caller may see them.
    #[expect(clippy::too_many_arguments, reason = "a connection has four arguments of its own")]
    async fn funding_requests(
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
        filter: Option<FundingRequestFilter>,
        #[graphql(desc = "How the list is sorted; by submission when not given.")] order_by: Option<
            OrderBy<FundingRequestOrderField>,
        >,
    ) -> Result<Connection<FundingRequest>, ApiError> {
        let mut filter = RequestFilter::try_from(filter.unwrap_or_default())?;
        filter.employees = Some(vec![self.0]);
        let (field, direction) = OrderBy::read(order_by);
        let arguments = PageArguments { first, after, last, before };
        Connection::read(ctx, filter, (field.into(), direction), arguments).await
    }
}
