//! The application: every capability's use cases over one store, one clock and one source of ids.

use std::sync::Arc;

use serde::Serialize;

use crate::access::{Access, Actor};
use crate::catalog::{Catalog, CatalogEvent};
use crate::funding::{Funding, FundingEvent};
use crate::integration::{Integration, IntegrationEvent};
use crate::journal::{Claim, ClaimOutcome, Entry, Event, IdempotencyKey, Journal, Reused, fingerprint};
use crate::kernel::{Clock, Failure, Fault, Ids, JournalEntryId, TypedId};
use crate::learning::{Learning, LearningEvent};
use crate::mentoring::{Mentoring, MentoringEvent};
use crate::organization::{Employer, Organization, OrganizationEvent};
use crate::privacy::{Privacy, PrivacyEvent};
use crate::programs::{ProgramEvent, Programs};
use crate::reports::Reports;
use crate::roi::{Roi, RoiEvent};
use crate::skills::{SkillEvent, Skills};
use crate::store::{Store, UnitOfWork};

/// The use cases. Cheap to clone.
#[derive(Clone)]
pub struct App {
    core: Arc<Core>,
}

/// Every kind of event that the journal may hold.
pub fn event_kinds() -> impl Iterator<Item = &'static str> {
    let kinds = [
        OrganizationEvent::KINDS,
        SkillEvent::KINDS,
        CatalogEvent::KINDS,
        ProgramEvent::KINDS,
        FundingEvent::KINDS,
        LearningEvent::KINDS,
        MentoringEvent::KINDS,
        RoiEvent::KINDS,
        PrivacyEvent::KINDS,
        IntegrationEvent::KINDS,
    ];
    kinds.into_iter().flatten().copied()
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

    /// The employer that the actor belongs to, outside of any transaction.
    pub(crate) async fn employer(&self, actor: &Actor) -> Result<Employer, Fault> {
        let found = self.store.reads().employer(actor.employer).await?;
        found.ok_or_else(|| Fault::not_found(actor.employer))
    }

    /// Puts down in the journal what happened, now.
    pub(crate) async fn record(
        &self,
        tx: &mut dyn UnitOfWork,
        actor: &Actor,
        events: &[impl Event],
    ) -> Result<(), Fault> {
        let entries: Vec<Entry> = events.iter().map(|event| self.entry(actor, event)).collect();
        tx.append_entries(&entries).await
    }

    /// Puts down the claim of a request with a key, before any rule is looked at. Answers with what the request made
    /// when it was carried out before; a request without a key is always new.
    pub(crate) async fn claim<I: TypedId, R: From<Reused>>(
        &self,
        tx: &mut dyn UnitOfWork,
        actor: &Actor,
        keyed: Keyed<'_, impl Serialize + Sync>,
        result: I,
    ) -> Result<Option<I>, Failure<R>> {
        let Some(key) = keyed.key else { return Ok(None) };
        let claim = Claim {
            actor: actor.who.to_string(),
            key: key.clone(),
            fingerprint: fingerprint(keyed.command, keyed.input),
            result: result.uuid(),
        };
        match tx.claim(&claim, self.clock.now()).await? {
            ClaimOutcome::Fresh => Ok(None),
            ClaimOutcome::Replay(before) => Ok(Some(I::from_uuid(before))),
            ClaimOutcome::Reused => Err(Failure::Refused(R::from(Reused { key: key.as_str().to_owned() }))),
        }
    }
}

/// A request that may carry an idempotency key.
pub(crate) struct Keyed<'a, T> {
    /// The key, if it carries one.
    pub(crate) key: Option<&'a IdempotencyKey>,
    /// The name of the command.
    pub(crate) command: &'static str,
    /// Its whole input.
    pub(crate) input: &'a T,
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

    /// The vocabulary of skills, and who masters them.
    pub fn skills(&self) -> Skills<'_> {
        Skills::new(&self.core)
    }

    /// Providers and courses.
    pub fn catalog(&self) -> Catalog<'_> {
        Catalog::new(&self.core)
    }

    /// Upskilling programs and who takes part in them.
    pub fn programs(&self) -> Programs<'_> {
        Programs::new(&self.core)
    }

    /// Budgets and requests.
    pub fn funding(&self) -> Funding<'_> {
        Funding::new(&self.core)
    }

    /// Enrollments.
    pub fn learning(&self) -> Learning<'_> {
        Learning::new(&self.core)
    }

    /// Mentors, and whom they mentor.
    pub fn mentoring(&self) -> Mentoring<'_> {
        Mentoring::new(&self.core)
    }

    /// What programs took and what they brought.
    pub fn roi(&self) -> Roi<'_> {
        Roi::new(&self.core)
    }

    /// What was learned and spent, by groups of people.
    pub fn reports(&self) -> Reports<'_> {
        Reports::new(&self.core)
    }

    /// What is kept of people.
    pub fn privacy(&self) -> Privacy<'_> {
        Privacy::new(&self.core)
    }

    /// Programs that ask and do things here.
    pub fn integration(&self) -> Integration<'_> {
        Integration::new(&self.core)
    }
}
