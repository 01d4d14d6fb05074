//! Skills that something refers to.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::dataloader::Loader;
use upskill_domain::access::Actor;
use upskill_domain::app::App;
use upskill_domain::kernel::{Fault, SkillId};
use upskill_domain::skills::Skill;

use crate::graphql::context::RequestLoader;

/// Skills by id.
pub(crate) struct Skills {
    app: App,
    actor: Arc<Actor>,
}

impl RequestLoader for Skills {
    fn new(app: App, actor: Arc<Actor>) -> Self {
        Self { app, actor }
    }
}

impl Loader<SkillId> for Skills {
    type Value = Skill;
    type Error = Arc<Fault>;

    async fn load(&self, keys: &[SkillId]) -> Result<HashMap<SkillId, Skill>, Arc<Fault>> {
        let found = self.app.skills().skills_by_id(&self.actor, keys).await?;
        Ok(found.into_iter().map(|skill| (skill.id, skill)).collect())
    }
}
