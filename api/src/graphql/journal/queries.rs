//! What can be asked about the journal.

use async_graphql::{Context, Object};
use upskill_domain::kernel::Direction;

use super::inputs::JournalFilter;
use super::types::JournalEntry;
use crate::graphql::error::{Isolated, isolated};
use crate::graphql::page::{Connection, OrderDirection, PageArguments};

/// Queries of the journal.
#[derive(Default)]
pub(crate) struct JournalQueries;

#[Object]
impl JournalQueries {
    /// Sealed entries by position, a page at a time. An entry is sealed within about a second after it happened. For
    /// AUDITOR, `HR_ADMIN` and `EMPLOYER_ADMIN`.
    #[expect(clippy::too_many_arguments, reason = "a connection has four arguments of its own")]
    async fn journal_entries(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "Rows from the start of the list, 1 to 100; 20 when neither first nor last is given."
        )]
        first: Option<i32>,
        #[graphql(desc = "Only rows after this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end of the list, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
        #[graphql(desc = "Which entries to list; all when not given.")] filter: Option<JournalFilter>,
        #[graphql(desc = "The oldest or the newest first.", default)] direction: OrderDirection,
    ) -> Isolated<Connection<JournalEntry>> {
        isolated(async {
            let filter = filter.unwrap_or_default().try_into()?;
            let arguments = PageArguments { first, after, last, before };
            Connection::read(ctx, filter, Direction::from(direction), arguments).await.map(Some)
        })
        .await
    }
}
