//! What happens to service accounts. No payload holds a name, a secret or a digest of one.

use chrono::{DateTime, Utc};
use serde::Serialize;

use crate::access::AccountScopes;
use crate::journal::{Event, Subject};
use crate::kernel::{ClientSecretId, ServiceAccountId};

/// An event of this capability.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged, rename_all_fields = "camelCase")]
#[expect(missing_docs, reason = "the fields are the event's words")]
pub enum IntegrationEvent {
    /// A service account came to be.
    ServiceAccountCreated {
        service_account: ServiceAccountId,
        scopes: AccountScopes,
        client_secret: ClientSecretId,
    },
    /// It has another name or other scopes.
    ServiceAccountChanged { service_account: ServiceAccountId, scopes: AccountScopes, renamed: bool },
    /// It has another secret, and its old ones end.
    SecretRotated {
        service_account: ServiceAccountId,
        client_secret: ClientSecretId,
        old_ends_at: DateTime<Utc>,
    },
    /// Everything was taken from it.
    ServiceAccountRevoked { service_account: ServiceAccountId },
}

impl Event for IntegrationEvent {
    const KINDS: &'static [&'static str] = &[
        "integration.service_account_created",
        "integration.service_account_changed",
        "integration.secret_rotated",
        "integration.service_account_revoked",
    ];

    fn kind(&self) -> &'static str {
        match self {
            Self::ServiceAccountCreated { .. } => "integration.service_account_created",
            Self::ServiceAccountChanged { .. } => "integration.service_account_changed",
            Self::SecretRotated { .. } => "integration.secret_rotated",
            Self::ServiceAccountRevoked { .. } => "integration.service_account_revoked",
        }
    }

    fn subject(&self) -> Subject {
        match self {
            Self::ServiceAccountCreated { service_account, .. }
            | Self::ServiceAccountChanged { service_account, .. }
            | Self::SecretRotated { service_account, .. }
            | Self::ServiceAccountRevoked { service_account } => Subject::of(*service_account),
        }
    }
}
