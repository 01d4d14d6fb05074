//! The envelope that every event travels in.

use chrono::{DateTime, Utc};
use serde::Serialize;

use crate::access::{Actor, Who};
use crate::kernel::{EmployeeId, EmployerId, JournalEntryId, ServiceAccountId, TypedId, format_id};

/// What a capability says when something happened.
pub trait Event: Serialize {
    /// Every kind there is of these events, for those who look for some.
    const KINDS: &'static [&'static str];
    /// What happened, in the past tense, after the capability: `funding.request_approved`.
    fn kind(&self) -> &'static str;
    /// What it happened to.
    fn subject(&self) -> Subject;
    /// In which capacity the actor acted, where the capability distinguishes several: `MANAGER`.
    fn capacity(&self) -> Option<String> {
        None
    }
}

/// The thing that an entry is about.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Subject {
    /// The type in `snake_case`, the prefix of its ids.
    pub kind: String,
    /// Its id.
    pub id: uuid::Uuid,
}

impl Subject {
    /// The thing with this id.
    pub fn of<I: TypedId>(id: I) -> Self {
        Self { kind: I::PREFIX.to_owned(), id: id.uuid() }
    }

    /// The id as it is written on the wire and in the details of entries.
    pub fn written(&self) -> String {
        format_id(&self.kind, self.id)
    }
}

/// The kinds of actor that the journal tells apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ActorKind {
    /// A person, or a service account in their name.
    Employee,
    /// A service account in its own name.
    ServiceAccount,
    /// The installation: a worker or an operator.
    System,
}

/// One entry, before it is sealed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its id.
    pub id: JournalEntryId,
    /// The tenant.
    pub employer: EmployerId,
    /// When it happened.
    pub at: DateTime<Utc>,
    /// Who did it.
    pub actor_kind: ActorKind,
    /// The person, when it was one, or in whose name it was done.
    pub actor: Option<EmployeeId>,
    /// The service account that did it, in its own name or in the person's.
    pub account: Option<ServiceAccountId>,
    /// In which capacity: `MANAGER`, or the job of a system actor.
    pub capacity: Option<String>,
    /// What happened.
    pub kind: String,
    /// What it happened to.
    pub subject: Subject,
    /// The details as JSON text. Text, not a tree, because the hash covers these very characters.
    pub payload: String,
    /// The request that caused it.
    pub request_id: String,
}

impl Entry {
    /// Wraps an event. An event that cannot be written as JSON would be a defect of its type, and its entry says so
    /// instead of losing the fact that something happened.
    pub fn new<E: Event>(id: JournalEntryId, actor: &Actor, at: DateTime<Utc>, event: &E) -> Self {
        debug_assert!(E::KINDS.contains(&event.kind()), "{} is missing among the kinds", event.kind());
        let (actor_kind, job) = match actor.who {
            Who::Employee(_) | Who::ActingFor(..) => (ActorKind::Employee, None),
            Who::ServiceAccount(_) => (ActorKind::ServiceAccount, None),
            Who::System(job) => (ActorKind::System, Some(job.to_owned())),
        };
        Self {
            id,
            employer: actor.employer,
            at,
            actor_kind,
            actor: actor.employee(),
            account: actor.account().map(|account| account.id),
            capacity: event.capacity().or(job),
            kind: event.kind().to_owned(),
            subject: event.subject(),
            payload: serde_json::to_string(event)
                .unwrap_or_else(|error| format!("{{\"unwritable\":\"{error}\"}}")),
            request_id: actor.request_id.clone(),
        }
    }
}
