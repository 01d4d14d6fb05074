//! The caller, in the eyes of every capability.

use std::sync::Arc;

use async_graphql::{Context, ID, MergedObject, Object, SimpleObject, Subscription};
use upskill_domain::access::Action;
use upskill_domain::journal::{Interest, Occasion};

use super::context::RequestContext;
use super::error::{Isolated, isolated};
use super::funding::FundingViewer;
use super::integration::IntegrationViewer;
use super::journal::JournalViewer;
use super::learning::LearningViewer;
use super::live::{Moment, Told, happened, told};
use super::mentoring::MentoringViewer;
use super::node::{self, Node};
use super::organization::OrganizationViewer;
use super::programs::ProgramViewer;
use crate::graphql::personal::{DataClass, personal, who};

/// The caller: who they are and what waits for them.
#[derive(MergedObject, Default)]
pub(crate) struct Viewer(
    OrganizationViewer,
    ProgramViewer,
    FundingViewer,
    LearningViewer,
    MentoringViewer,
    JournalViewer,
    IntegrationViewer,
);

/// The query for the caller.
#[derive(Default)]
pub(crate) struct ViewerQueries;

#[Object]
impl ViewerQueries {
    /// The caller: who they are and what waits for them.
    async fn viewer(&self, ctx: &Context<'_>) -> Isolated<Viewer> {
        Some(ctx.actor().map(|_| Viewer::default()))
    }
}

/// Something happened that concerns the caller.
#[derive(SimpleObject)]
#[graphql(directive = personal::apply(DataClass::Journal, who(Action::FollowOneself)))]
pub(crate) struct ViewerEvent {
    #[graphql(flatten)]
    moment: Moment,
    #[graphql(flatten)]
    about: About,
}

/// What an event is about.
pub(crate) struct About(Arc<Occasion>);

#[Object]
impl About {
    /// The id of the thing it happened to.
    async fn subject_id(&self) -> ID {
        ID(self.0.sealed.entry.subject.written())
    }

    /// The thing itself as it is now, which may be later than the event; null when the caller may not see it any more.
    async fn subject(&self, ctx: &Context<'_>) -> Isolated<Node> {
        isolated(node::find(ctx, &ID(self.0.sealed.entry.subject.written()))).await
    }
}

/// The subscription for the caller.
#[derive(Default)]
pub(crate) struct ViewerSubscriptions;

#[Subscription]
impl ViewerSubscriptions {
    /// Everything that concerns the caller: what happens to them and to what they have asked for, and to requests whose
    /// decision waits, waited or will wait for them. FORBIDDEN for service accounts, also for one that acts for a person.
    async fn viewer_events(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "Everything after this cursor first; only what happens from now on when not given."
        )]
        after: Option<String>,
    ) -> Told<ViewerEvent> {
        told(async {
            let oneself = ctx.app()?.journal().require_oneself(ctx.actor()?)?;
            let occasion = happened(ctx, Interest::Person(oneself), after).await?;
            Ok(occasion
                .map(|occasion| ViewerEvent { moment: occasion.as_ref().into(), about: About(occasion) }))
        })
        .await
    }
}
