//! The objects of the journal.

use async_graphql::{Context, Enum, ID, Object};
use upskill_domain::access::Action;
use upskill_domain::journal::{self as domain, SealedEntry};
use upskill_domain::kernel::{self, JournalEntryId};

use super::loaders::SealedEntries;
use crate::graphql::context::RequestContext;
use crate::graphql::error::{ApiError, Isolated};
use crate::graphql::id::wire;
use crate::graphql::organization::Employee;
use crate::graphql::personal::{DataClass, personal, who};
use crate::graphql::plain::Known;
use crate::graphql::scalars::DateTime;

/// One state change, sealed: nothing of it can change without breaking the chain of hashes.
#[derive(Clone)]
pub(crate) struct JournalEntry(SealedEntry);

impl From<SealedEntry> for JournalEntry {
    fn from(entry: SealedEntry) -> Self {
        Self(entry)
    }
}

impl JournalEntry {
    /// The entry with this id, for `node`, batched with other look-ups of the request.
    pub(crate) async fn load(ctx: &Context<'_>, id: JournalEntryId) -> Result<Option<Self>, ApiError> {
        Ok(ctx.load::<SealedEntries, _>(id).await?.map(Self))
    }
}

impl Known for JournalEntry {
    const KNOWN: &'static [&'static str] = &[
        "id",
        "position",
        "at",
        "kind",
        "actorKind",
        "serviceAccountId",
        "capacity",
        "subjectId",
        "payload",
        "requestId",
        "hash",
    ];
}

/// One state change, sealed: nothing of it can change without breaking the chain of hashes.
#[Object(directive = personal::apply(DataClass::Journal, who(Action::ReadJournal)))]
impl JournalEntry {
    /// The id.
    pub(crate) async fn id(&self) -> ID {
        wire(self.0.entry.id)
    }

    /// The place in the employer's journal, counted from 1 without gaps.
    async fn position(&self) -> String {
        self.0.seal.position.to_string()
    }

    /// When it happened.
    async fn at(&self) -> DateTime {
        DateTime(self.0.entry.at)
    }

    /// What happened, in the past tense, after the capability: `funding.request_approved`.
    async fn kind(&self) -> &str {
        &self.0.entry.kind
    }

    /// Whether a person did it, a service account, or the installation.
    async fn actor_kind(&self) -> JournalActorKind {
        match self.0.entry.actor_kind {
            domain::ActorKind::Employee => JournalActorKind::Employee,
            domain::ActorKind::ServiceAccount => JournalActorKind::ServiceAccount,
            domain::ActorKind::System => JournalActorKind::System,
        }
    }

    /// The person who did it, or in whose name a service account did; null when an account did it in its own name, and when
    /// the installation did.
    async fn actor(&self, ctx: &Context<'_>) -> Isolated<Employee> {
        match self.0.entry.actor {
            Some(id) => Employee::load(ctx, id).await.transpose(),
            None => None,
        }
    }

    /// The id of the service account that did it, in its own name or in that of the person; null when none did. `node` finds it.
    async fn service_account_id(&self) -> Option<ID> {
        self.0.entry.account.map(wire)
    }

    /// In which capacity: the relation or role on which the actor acted, such as MANAGER, or the job of the
    /// installation; null where only one capacity is possible.
    async fn capacity(&self) -> Option<&str> {
        self.0.entry.capacity.as_deref()
    }

    /// The id of the thing it happened to; `node` finds it as long as it exists.
    async fn subject_id(&self) -> ID {
        let subject = &self.0.entry.subject;
        ID(kernel::format_id(&subject.kind, subject.id))
    }

    /// The details as a JSON text: ids, amounts and names of fields, no personal data. The hash covers these very
    /// characters.
    async fn payload(&self) -> &str {
        &self.0.entry.payload
    }

    /// The request that caused it, as answered in the header `x-request-id`.
    async fn request_id(&self) -> &str {
        &self.0.entry.request_id
    }

    /// SHA-256 over the entry's content, its position and the hash before it, as 64 hexadecimal digits.
    async fn hash(&self) -> String {
        self.0.seal.hash.to_string()
    }
}

/// Who can act.
#[derive(Enum, Copy, Clone, PartialEq, Eq)]
pub(crate) enum JournalActorKind {
    /// A person, or a service account in their name.
    Employee,
    /// A service account in its own name.
    ServiceAccount,
    /// The installation: a worker or an operator.
    System,
}
