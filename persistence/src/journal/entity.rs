//! Tables of the journal, and how their rows read.

use chrono::{DateTime, Utc};
use upskill_domain::journal::{ActorKind, Entry, Hash, Seal, SealedEntry, Subject};
use upskill_domain::kernel::{Fault, ServiceAccountId};

use crate::row::{Cells, Record};

pub(crate) mod journal_entry {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "journal_entry")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) employer_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) id: Uuid,
        pub(crate) at: DateTimeUtc,
        pub(crate) actor_kind: String,
        pub(crate) actor_id: Option<Uuid>,
        pub(crate) capacity: Option<String>,
        pub(crate) kind: String,
        pub(crate) subject_kind: String,
        pub(crate) subject_id: Uuid,
        pub(crate) payload: String,
        pub(crate) request_id: String,
        pub(crate) position: Option<i64>,
        pub(crate) hash: Option<String>,
        pub(crate) account_id: Option<Uuid>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub(crate) enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) mod idempotency_claim {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "idempotency_claim")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) employer_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) actor: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) key: String,
        pub(crate) fingerprint: String,
        pub(crate) result: Uuid,
        pub(crate) at: DateTimeUtc,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub(crate) enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

use journal_entry::Column as C;

/// The word for who acted. The table is older than service accounts and knows two: where an account acted in its own name it
/// says that no person did, and the account stands beside it.
pub(crate) fn actor_kind_name(kind: ActorKind) -> &'static str {
    match kind {
        ActorKind::Employee => "EMPLOYEE",
        ActorKind::ServiceAccount | ActorKind::System => "SYSTEM",
    }
}

fn actor_kind_named(name: &str, account: Option<ServiceAccountId>) -> Option<ActorKind> {
    match (name, account) {
        ("EMPLOYEE", _) => Some(ActorKind::Employee),
        ("SYSTEM", Some(_)) => Some(ActorKind::ServiceAccount),
        ("SYSTEM", None) => Some(ActorKind::System),
        _ => None,
    }
}

impl Record for Entry {
    type Entity = journal_entry::Entity;
    const COLUMNS: &'static [C] = &[
        C::Id,
        C::EmployerId,
        C::At,
        C::AccountId,
        C::ActorKind,
        C::ActorId,
        C::Capacity,
        C::Kind,
        C::SubjectKind,
        C::SubjectId,
        C::Payload,
        C::RequestId,
    ];

    fn read(cells: &mut Cells<'_>) -> Result<Self, Fault> {
        let (id, employer) = (cells.id()?, cells.id()?);
        let (at, account) = (cells.take::<DateTime<Utc>>()?, cells.id_or_none()?);
        Ok(Self {
            id,
            employer,
            at,
            account,
            actor_kind: cells.word(|name| actor_kind_named(name, account))?,
            actor: cells.id_or_none()?,
            capacity: cells.take()?,
            kind: cells.take()?,
            subject: Subject { kind: cells.take()?, id: cells.take()? },
            payload: cells.take()?,
            request_id: cells.take()?,
        })
    }
}

impl Record for SealedEntry {
    type Entity = journal_entry::Entity;
    const COLUMNS: &'static [C] = &[
        C::Id,
        C::EmployerId,
        C::At,
        C::AccountId,
        C::ActorKind,
        C::ActorId,
        C::Capacity,
        C::Kind,
        C::SubjectKind,
        C::SubjectId,
        C::Payload,
        C::RequestId,
        C::Position,
        C::Hash,
    ];

    fn read(cells: &mut Cells<'_>) -> Result<Self, Fault> {
        let entry = Entry::read(cells)?;
        Ok(Self { entry, seal: Seal { position: cells.take()?, hash: cells.word(Hash::parse)? } })
    }
}
