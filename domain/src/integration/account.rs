//! Service accounts.

use chrono::{DateTime, Utc};

use crate::access::AccountScopes;
use crate::journal::Reused;
use crate::kernel::{EmployeeId, Refusal, ServiceAccountId, Text, TextError};

/// A program of the employer's that may ask and do things here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServiceAccount {
    /// Its id, which is also the name of the client at the token endpoint.
    pub id: ServiceAccountId,
    /// What people call it.
    pub name: String,
    /// What it may do at most.
    pub scopes: AccountScopes,
    /// Whether it may still do anything.
    pub status: AccountStatus,
    /// Who created it; none for the installation itself.
    pub created_by: Option<EmployeeId>,
    /// When it was created.
    pub created_at: DateTime<Utc>,
    /// When it was revoked, if it was.
    pub revoked_at: Option<DateTime<Utc>>,
    /// When it was last seen, to the minute or so.
    pub last_used_at: Option<DateTime<Utc>>,
    /// Counts its changes.
    pub version: i32,
}

/// Whether a service account may still do anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AccountStatus {
    /// It may.
    Active,
    /// It may not, and never will again.
    Revoked,
}

impl AccountStatus {
    /// Every status.
    pub const ALL: [Self; 2] = [Self::Active, Self::Revoked];

    /// The name in the schema and the database.
    pub fn name(self) -> &'static str {
        match self {
            Self::Active => "ACTIVE",
            Self::Revoked => "REVOKED",
        }
    }

    /// The status with this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.name() == name)
    }
}

/// Which service accounts a reader wants. A list that is not there means "any", an empty one "none".
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct ServiceAccountFilter {
    /// With one of these statuses.
    pub statuses: Option<Vec<AccountStatus>>,
}

/// Why a service account was not created.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CreateAccountRefusal {
    /// No name.
    #[error("the name {0}")]
    InvalidName(TextError),
    /// Another account is called so.
    #[error("another service account is called '{0}'")]
    NameTaken(String),
    /// It could do nothing.
    #[error("an account without scopes can do nothing; name one at least")]
    NoScopes,
    /// The key belongs to another request.
    #[error(transparent)]
    KeyReused(#[from] Reused),
}

impl Refusal for CreateAccountRefusal {
    fn field(&self) -> &'static [&'static str] {
        match self {
            Self::InvalidName(_) | Self::NameTaken(_) => &["input", "name"],
            Self::NoScopes => &["input", "scopes"],
            Self::KeyReused(_) => &["input", "idempotencyKey"],
        }
    }
}

/// Why a service account was not changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ChangeAccountRefusal {
    /// It is revoked.
    #[error("the account is revoked, which cannot be taken back; create another")]
    Revoked,
    /// No name.
    #[error("the name {0}")]
    InvalidName(TextError),
    /// Another account is called so.
    #[error("another service account is called '{0}'")]
    NameTaken(String),
    /// It could do nothing.
    #[error("an account without scopes can do nothing; revoke it instead")]
    NoScopes,
}

impl Refusal for ChangeAccountRefusal {
    fn field(&self) -> &'static [&'static str] {
        match self {
            Self::Revoked => &["input", "id"],
            Self::InvalidName(_) | Self::NameTaken(_) => &["input", "name"],
            Self::NoScopes => &["input", "scopes"],
        }
    }
}

/// Why a service account was not revoked: it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the account was revoked before")]
pub struct RevokeAccountRefusal;

impl Refusal for RevokeAccountRefusal {
    fn field(&self) -> &'static [&'static str] {
        &["input", "id"]
    }
}

impl ServiceAccount {
    /// A new account.
    pub(super) fn create(
        id: ServiceAccountId,
        name: &str,
        scopes: AccountScopes,
        (created_by, created_at): (Option<EmployeeId>, DateTime<Utc>),
    ) -> Result<Self, CreateAccountRefusal> {
        if scopes.is_empty() {
            return Err(CreateAccountRefusal::NoScopes);
        }
        let name = Text::line(name, Text::NAME).map_err(CreateAccountRefusal::InvalidName)?;
        Ok(Self {
            id,
            name: name.into_string(),
            scopes,
            status: AccountStatus::Active,
            created_by,
            created_at,
            revoked_at: None,
            last_used_at: None,
            version: 1,
        })
    }

    /// Whether it may do anything.
    pub fn is_active(&self) -> bool {
        self.status == AccountStatus::Active
    }

    /// Calls it something else, or gives it other scopes. Answers with whether that is anything new.
    pub(super) fn change(
        &mut self,
        name: Option<&str>,
        scopes: Option<AccountScopes>,
    ) -> Result<bool, ChangeAccountRefusal> {
        if !self.is_active() {
            return Err(ChangeAccountRefusal::Revoked);
        }
        if scopes.is_some_and(AccountScopes::is_empty) {
            return Err(ChangeAccountRefusal::NoScopes);
        }
        let name = name.map(|name| Text::line(name, Text::NAME)).transpose();
        let name = name.map_err(ChangeAccountRefusal::InvalidName)?;
        let name = name.map_or_else(|| self.name.clone(), Text::into_string);
        let scopes = scopes.unwrap_or(self.scopes);
        let news = name != self.name || scopes != self.scopes;
        (self.name, self.scopes) = (name, scopes);
        self.version = self.version.saturating_add(i32::from(news));
        Ok(news)
    }

    /// Takes everything from it, for good.
    pub(super) fn revoke(&mut self, at: DateTime<Utc>) -> Result<(), RevokeAccountRefusal> {
        if !self.is_active() {
            return Err(RevokeAccountRefusal);
        }
        (self.status, self.revoked_at) = (AccountStatus::Revoked, Some(at));
        self.version = self.version.saturating_add(1);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::access::AccountScope;
    use crate::kernel::TypedId;

    fn scopes(scopes: &[AccountScope]) -> AccountScopes {
        scopes.iter().copied().collect()
    }

    fn create(name: &str, given: AccountScopes) -> Result<ServiceAccount, CreateAccountRefusal> {
        let id = ServiceAccountId::from_uuid(Uuid::from_u128(1));
        ServiceAccount::create(id, name, given, (None, DateTime::UNIX_EPOCH))
    }

    #[test]
    fn an_account_has_a_name_and_scopes() {
        let made = create("  LMS ", scopes(&[AccountScope::LearningRead])).expect("an account");
        assert_eq!((made.name.as_str(), made.version, made.is_active()), ("LMS", 1, true));
        assert_eq!(create("LMS", AccountScopes::NONE), Err(CreateAccountRefusal::NoScopes));
        let nameless = create(" ", scopes(&[AccountScope::LearningRead]));
        assert_eq!(nameless, Err(CreateAccountRefusal::InvalidName(TextError::Empty)));
    }

    #[test]
    fn a_change_counts_when_it_changes_something() {
        let mut account = create("LMS", scopes(&[AccountScope::LearningRead])).expect("an account");
        assert_eq!(account.change(Some("LMS"), None), Ok(false));
        assert_eq!(account.version, 1);
        assert_eq!(account.change(Some("LRS"), Some(scopes(&[AccountScope::LearningWrite]))), Ok(true));
        assert_eq!((account.name.as_str(), account.version), ("LRS", 2));
        assert_eq!(account.change(None, Some(AccountScopes::NONE)), Err(ChangeAccountRefusal::NoScopes));
        assert_eq!(account.scopes, scopes(&[AccountScope::LearningWrite]));
    }

    #[test]
    fn what_is_revoked_stays_so() {
        let mut account = create("LMS", scopes(&[AccountScope::LearningRead])).expect("an account");
        let at = DateTime::UNIX_EPOCH;
        assert_eq!(account.revoke(at), Ok(()));
        assert_eq!((account.revoked_at, account.version, account.is_active()), (Some(at), 2, false));
        assert_eq!(account.revoke(at), Err(RevokeAccountRefusal));
        assert_eq!(account.change(Some("LRS"), None), Err(ChangeAccountRefusal::Revoked));
        assert_eq!(account.version, 2);
    }
}
