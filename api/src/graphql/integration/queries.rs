//! What can be asked about service accounts.

use async_graphql::{Context, Object};
use upskill_domain::kernel::ServiceAccountId;

use super::inputs::ServiceAccountFilter;
use super::types::ServiceAccount;
use crate::graphql::context::RequestContext;
use crate::graphql::error::{Isolated, isolated};
use crate::graphql::id::Id;
use crate::graphql::page::{Connection, PageArguments};

/// Queries of integration.
#[derive(Default)]
pub(crate) struct IntegrationQueries;

#[Object]
impl IntegrationQueries {
    /// One service account; null when there is none that the caller may see. For `EMPLOYER_ADMIN`, `HR_ADMIN` and AUDITOR.
    async fn service_account(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The account's id.")] id: Id<ServiceAccountId>,
    ) -> Isolated<ServiceAccount> {
        ServiceAccount::load(ctx, id.0).await.transpose()
    }

    /// Service accounts, the oldest first, a page at a time. For `EMPLOYER_ADMIN`, `HR_ADMIN` and AUDITOR.
    #[expect(clippy::too_many_arguments, reason = "a connection has four arguments of its own")]
    async fn service_accounts(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "Rows from the start of the list, 1 to 100; 20 when neither first nor last is given."
        )]
        first: Option<i32>,
        #[graphql(desc = "Only rows after this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end of the list, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
        #[graphql(desc = "Which accounts to list; all when not given.")] filter: Option<ServiceAccountFilter>,
    ) -> Isolated<Connection<ServiceAccount>> {
        let arguments = PageArguments { first, after, last, before };
        Some(Connection::read(ctx, filter.unwrap_or_default().into(), (), arguments).await)
    }
}

/// What integration knows of the caller.
#[derive(Default)]
pub(crate) struct IntegrationViewer;

#[Object]
impl IntegrationViewer {
    /// The service account that sends the request, in its own name or in that of the person who is the caller; null when a
    /// person sends it.
    async fn service_account(&self, ctx: &Context<'_>) -> Isolated<ServiceAccount> {
        isolated(async {
            let account = ctx.app()?.integration().own_account(ctx.actor()?).await?;
            Ok(account.map(ServiceAccount::from))
        })
        .await
    }
}
