//! What can be asked of the catalog.

use async_graphql::{Context, Object};
use upskill_domain::kernel::{CourseId, ProviderId};

use super::inputs::{CourseFilter, CourseOrderField, ProviderFilter, ProviderOrderField};
use super::types::{Course, Provider};
use crate::graphql::error::{Isolated, isolated};
use crate::graphql::id::Id;
use crate::graphql::page::{Connection, OrderBy, PageArguments};

/// Queries of the catalog.
#[derive(Default)]
pub(crate) struct CatalogQueries;

#[Object]
impl CatalogQueries {
    /// One provider; null when there is none. For every employee.
    async fn provider(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The provider's id.")] id: Id<ProviderId>,
    ) -> Isolated<Provider> {
        Provider::load(ctx, id.0).await.transpose()
    }

    /// Providers, a page at a time. For every employee.
    #[expect(clippy::too_many_arguments, reason = "a connection has four arguments of its own")]
    async fn providers(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "Rows from the start of the list, 1 to 100; 20 when neither first nor last is given."
        )]
        first: Option<i32>,
        #[graphql(desc = "Only rows after this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end of the list, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
        #[graphql(desc = "Which providers to list; all when not given.")] filter: Option<ProviderFilter>,
        #[graphql(desc = "How the list is sorted; by name when not given.")] order_by: Option<
            OrderBy<ProviderOrderField>,
        >,
    ) -> Isolated<Connection<Provider>> {
        let (field, direction) = OrderBy::read(order_by);
        let arguments = PageArguments { first, after, last, before };
        isolated(async {
            let filter = filter.unwrap_or_default().try_into()?;
            Connection::read(ctx, filter, (field.into(), direction), arguments).await.map(Some)
        })
        .await
    }

    /// One course; null when there is none that the caller may see. For every employee; drafts for `HR_ADMIN` and
    /// `HR_ANALYST`.
    async fn course(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The course's id.")] id: Id<CourseId>,
    ) -> Isolated<Course> {
        Course::load(ctx, id.0).await.transpose()
    }

    /// Courses, a page at a time. For every employee; drafts for `HR_ADMIN` and `HR_ANALYST`.
    #[expect(clippy::too_many_arguments, reason = "a connection has four arguments of its own")]
    async fn courses(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "Rows from the start of the list, 1 to 100; 20 when neither first nor last is given."
        )]
        first: Option<i32>,
        #[graphql(desc = "Only rows after this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end of the list, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
        #[graphql(desc = "Which courses to list; everything but the retired when not given.")] filter: Option<
            CourseFilter,
        >,
        #[graphql(desc = "How the list is sorted; by title when not given.")] order_by: Option<
            OrderBy<CourseOrderField>,
        >,
    ) -> Isolated<Connection<Course>> {
        isolated(async {
            let (field, direction) = OrderBy::read(order_by);
            let filter = filter.unwrap_or_default().try_into()?;
            let arguments = PageArguments { first, after, last, before };
            Connection::read(ctx, filter, (field.into(), direction), arguments).await.map(Some)
        })
        .await
    }
}
