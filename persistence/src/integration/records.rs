//! How service accounts and secrets read.

use upskill_domain::integration::{AccountStatus, ClientSecret, ServiceAccount};
use upskill_domain::kernel::{Digest, Fault};

use super::entity::{client_secret, service_account};
use crate::row::{Cells, Record};

impl Record for ServiceAccount {
    type Entity = service_account::Entity;
    const COLUMNS: &'static [service_account::Column] = {
        use service_account::Column as C;
        &[
            C::Id,
            C::Name,
            C::Scopes,
            C::Status,
            C::CreatedBy,
            C::CreatedAt,
            C::RevokedAt,
            C::LastUsedAt,
            C::Version,
        ]
    };

    fn read(cells: &mut Cells<'_>) -> Result<Self, Fault> {
        Ok(Self {
            id: cells.id()?,
            name: cells.take()?,
            scopes: cells.read(str::parse)?,
            status: cells.word(AccountStatus::named)?,
            created_by: cells.id_or_none()?,
            created_at: cells.take()?,
            revoked_at: cells.take()?,
            last_used_at: cells.take()?,
            version: cells.take()?,
        })
    }
}

impl Record for ClientSecret {
    type Entity = client_secret::Entity;
    const COLUMNS: &'static [client_secret::Column] = {
        use client_secret::Column as C;
        &[C::Id, C::AccountId, C::Digest, C::CreatedAt, C::EndsAt, C::LastUsedAt]
    };

    fn read(cells: &mut Cells<'_>) -> Result<Self, Fault> {
        Ok(Self {
            id: cells.id()?,
            account: cells.id()?,
            digest: cells.word(Digest::parse)?,
            created_at: cells.take()?,
            ends_at: cells.take()?,
            last_used_at: cells.take()?,
        })
    }
}
