//! The caller, in the eyes of every capability.

use async_graphql::{Context, MergedObject, Object};

use super::context::RequestContext;
use super::error::ApiError;
use super::organization::OrganizationViewer;
use super::programs::ProgramViewer;

/// The caller: who they are and what waits for them.
#[derive(MergedObject, Default)]
pub(crate) struct Viewer(OrganizationViewer, ProgramViewer);

/// The query for the caller.
#[derive(Default)]
pub(crate) struct ViewerQueries;

#[Object]
impl ViewerQueries {
    /// The caller: who they are and what waits for them.
    #[expect(clippy::unused_async, reason = "a resolver is async whether it waits or not")]
    async fn viewer(&self, ctx: &Context<'_>) -> Result<Viewer, ApiError> {
        ctx.actor()?;
        Ok(Viewer::default())
    }
}
