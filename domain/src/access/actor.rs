//! The actor: on whose behalf a use case runs.

use std::fmt;

use chrono::{DateTime, Utc};

use crate::kernel::{EmployeeId, EmployerId, ServiceAccountId};

use super::{Account, AccountScopes, Role, Roles};

/// Somebody who asks, already identified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// The tenant. It comes from the token, never from input.
    pub employer: EmployerId,
    /// Who it is.
    pub who: Who,
    /// Granted roles. Derived ones are not here: the policy asks for the relation itself, on locked data.
    pub roles: Roles,
    /// The request that is being served; the journal keeps it.
    pub request_id: String,
}

/// The kinds of actor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    /// A person of the employer.
    Employee(EmployeeId),
    /// A program of the employer's, in its own name.
    ServiceAccount(Account),
    /// A program of the employer's in the name of a person.
    ActingFor(EmployeeId, Account),
    /// The installation itself: a worker, or an operator at the command line, by the name of the job.
    System(&'static str),
}

impl fmt::Display for Who {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Employee(id) => id.fmt(f),
            Self::ServiceAccount(account) => account.id.fmt(f),
            Self::ActingFor(person, account) => write!(f, "{}:{person}", account.id),
            Self::System(job) => write!(f, "system:{job}"),
        }
    }
}

impl Actor {
    /// The installation acting in one employer's data.
    pub fn system(employer: EmployerId, job: &'static str) -> Self {
        Self { employer, who: Who::System(job), roles: Roles::NONE, request_id: job.to_owned() }
    }

    /// The person who asks, or in whose name it is asked.
    pub fn employee(&self) -> Option<EmployeeId> {
        match self.who {
            Who::Employee(id) | Who::ActingFor(id, _) => Some(id),
            Who::ServiceAccount(_) | Who::System(_) => None,
        }
    }

    /// The service account that asks, in its own name or in that of a person.
    pub fn account(&self) -> Option<Account> {
        match self.who {
            Who::ServiceAccount(account) | Who::ActingFor(_, account) => Some(account),
            Who::Employee(_) | Who::System(_) => None,
        }
    }

    /// Whether a role was granted to the actor.
    pub fn has(&self, role: Role) -> bool {
        self.roles.has(role)
    }
}

/// How a token, or a service account that acts for somebody, names a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Person {
    /// By the id that the employer's HR system gave them.
    ExternalId(String),
    /// By e-mail address.
    Email(String),
}

impl Person {
    /// The name.
    pub fn name(&self) -> &str {
        let (Self::ExternalId(name) | Self::Email(name)) = self;
        name
    }
}

/// What is known of a person when they knock.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActorFacts {
    /// The employer that the token named.
    pub employer: EmployerId,
    /// The person.
    pub employee: EmployeeId,
    /// Whether they have left, in which case nothing is open to them.
    pub left: bool,
    /// Granted roles.
    pub roles: Roles,
}

/// What is known of a service account when it knocks with a token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountFacts {
    /// Whose account it is.
    pub employer: EmployerId,
    /// Which one.
    pub id: ServiceAccountId,
    /// Whether it was revoked, in which case nothing is open to it.
    pub revoked: bool,
    /// What the account may do.
    pub granted: AccountScopes,
    /// What the token was asked for.
    pub asked_for: AccountScopes,
    /// When the token ends.
    pub expires_at: DateTime<Utc>,
    /// When the secret ends that the token was given for, if its end is known.
    pub secret_ends_at: Option<DateTime<Utc>>,
    /// When the account was last seen.
    pub last_used_at: Option<DateTime<Utc>>,
    /// The person whom the request names, where it names one who is on the roster.
    pub person: Option<ActorFacts>,
}
