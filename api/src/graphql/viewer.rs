//! The caller, in the eyes of every capability.

use async_graphql::{Context, MergedObject, Object};

use super::context::RequestContext;
use super::error::Isolated;
use super::funding::FundingViewer;
use super::organization::OrganizationViewer;
use super::programs::ProgramViewer;

/// The caller: who they are and what waits for them.
#[derive(MergedObject, Default)]
pub(crate) struct Viewer(OrganizationViewer, ProgramViewer, FundingViewer);

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
