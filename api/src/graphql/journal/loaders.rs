//! Entries by id.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::dataloader::Loader;
use upskill_domain::access::Actor;
use upskill_domain::app::App;
use upskill_domain::journal::SealedEntry;
use upskill_domain::kernel::{Fault, JournalEntryId};

use crate::graphql::context::RequestLoader;

/// Sealed entries by id; none for who may not read them.
pub(crate) struct SealedEntries {
    app: App,
    actor: Arc<Actor>,
}

impl RequestLoader for SealedEntries {
    fn new(app: App, actor: Arc<Actor>) -> Self {
        Self { app, actor }
    }
}

impl Loader<JournalEntryId> for SealedEntries {
    type Value = SealedEntry;
    type Error = Arc<Fault>;

    async fn load(
        &self,
        keys: &[JournalEntryId],
    ) -> Result<HashMap<JournalEntryId, SealedEntry>, Arc<Fault>> {
        let found = self.app.journal().entries_by_id(&self.actor, keys).await?;
        Ok(found.into_iter().map(|sealed| (sealed.entry.id, sealed)).collect())
    }
}
