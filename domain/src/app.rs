//! The application: every capability's use cases over one store, one clock and one source of ids.

use std::sync::Arc;

use crate::access::{Access, Actor};
use crate::journal::{Entry, Event, Journal};
use crate::kernel::{Clock, Ids, JournalEntryId, TypedId};
use crate::organization::Organization;
use crate::store::Store;

/// The use cases. Cheap to clone.
#[derive(Clone)]
pub struct App {
    core: Arc<Core>,
}

/// What every use case works with.
pub struct Core {
    pub(crate) store: Arc<dyn Store>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) ids: Arc<dyn Ids>,
}

impl Core {
    /// A fresh id.
    pub(crate) fn id<I: TypedId>(&self) -> I {
        I::from_uuid(self.ids.next())
    }

    /// An entry for the journal, now.
    pub(crate) fn entry(&self, actor: &Actor, event: &impl Event) -> Entry {
        Entry::new(self.id::<JournalEntryId>(), actor, self.clock.now(), event)
    }
}

impl App {
    /// The use cases over a store, a clock and a source of ids.
    pub fn new(store: Arc<dyn Store>, clock: Arc<dyn Clock>, ids: Arc<dyn Ids>) -> Self {
        Self { core: Arc::new(Core { store, clock, ids }) }
    }

    /// The clock that the use cases go by.
    pub fn clock(&self) -> &dyn Clock {
        self.core.clock.as_ref()
    }

    /// Identification and roles.
    pub fn access(&self) -> Access<'_> {
        Access::new(&self.core)
    }

    /// The journal.
    pub fn journal(&self) -> Journal<'_> {
        Journal::new(&self.core)
    }

    /// Employers, departments and employees.
    pub fn organization(&self) -> Organization<'_> {
        Organization::new(&self.core)
    }
}
