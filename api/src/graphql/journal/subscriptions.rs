//! What can be followed of the journal.

use async_graphql::{Context, Object, SimpleObject, Subscription};
use upskill_domain::access::Action;
use upskill_domain::journal::Interest;

use super::inputs::JournalFilter;
use super::types::JournalEntry;
use crate::graphql::context::RequestContext;
use crate::graphql::error::{Isolated, isolated};
use crate::graphql::live::{Cursor, Moment, Told, happened, told};
use crate::graphql::personal::{DataClass, personal, who};

/// An entry was sealed.
#[derive(SimpleObject)]
#[graphql(directive = personal::apply(DataClass::Journal, who(Action::ReadJournal)))]
pub(crate) struct JournalEvent {
    #[graphql(flatten)]
    moment: Moment,
    /// The entry.
    entry: JournalEntry,
}

/// Subscriptions of the journal.
#[derive(Default)]
pub(crate) struct JournalSubscriptions;

#[Subscription]
impl JournalSubscriptions {
    /// Entries as they are sealed, in their order and without gaps. For AUDITOR, `HR_ADMIN` and `EMPLOYER_ADMIN`; ends
    /// with FORBIDDEN when the caller is none of them any more.
    async fn journal(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which entries to tell; all when not given.")] filter: Option<JournalFilter>,
        #[graphql(
            desc = "Everything after this cursor first; only what happens from now on when not given."
        )]
        after: Option<String>,
    ) -> Told<JournalEvent> {
        told(async {
            ctx.app()?.journal().require_reader(ctx.actor()?)?;
            let interest = Interest::Entries(filter.unwrap_or_default().try_into()?);
            let occasion = happened(ctx, interest, after).await?;
            Ok(occasion.map(|occasion| JournalEvent {
                moment: occasion.as_ref().into(),
                entry: occasion.sealed.clone().into(),
            }))
        })
        .await
    }
}

/// What the journal knows of the caller.
#[derive(Default)]
pub(crate) struct JournalViewer;

#[Object]
impl JournalViewer {
    /// Where the journal ends now. Ask for it before the things that are to be followed: a subscription after this
    /// cursor tells everything that has happened since.
    async fn event_cursor(&self, ctx: &Context<'_>) -> Isolated<String> {
        isolated(async {
            let employer = ctx.actor()?.employer;
            let position = ctx.app()?.journal().position(employer).await?;
            Ok(Some(Cursor { employer, position }.written()))
        })
        .await
    }
}
