//! Programs that something refers to, and what programs aim at.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::dataloader::Loader;
use upskill_domain::access::Actor;
use upskill_domain::app::App;
use upskill_domain::kernel::{Fault, ProgramId};
use upskill_domain::programs::{Outline, Program};

use crate::graphql::context::RequestLoader;

/// Those programs by id that the actor may see.
pub(crate) struct Programs {
    app: App,
    actor: Arc<Actor>,
}

impl RequestLoader for Programs {
    fn new(app: App, actor: Arc<Actor>) -> Self {
        Self { app, actor }
    }
}

impl Loader<ProgramId> for Programs {
    type Value = Program;
    type Error = Arc<Fault>;

    async fn load(&self, keys: &[ProgramId]) -> Result<HashMap<ProgramId, Program>, Arc<Fault>> {
        let found = self.app.programs().programs_by_id(&self.actor, keys).await?;
        Ok(found.into_iter().map(|program| (program.id, program)).collect())
    }
}

/// What those programs aim at that the actor may see.
pub(crate) struct Outlines {
    app: App,
    actor: Arc<Actor>,
}

impl RequestLoader for Outlines {
    fn new(app: App, actor: Arc<Actor>) -> Self {
        Self { app, actor }
    }
}

impl Loader<ProgramId> for Outlines {
    type Value = Outline;
    type Error = Arc<Fault>;

    async fn load(&self, keys: &[ProgramId]) -> Result<HashMap<ProgramId, Outline>, Arc<Fault>> {
        Ok(self.app.programs().outlines_by_id(&self.actor, keys).await?.into_iter().collect())
    }
}
