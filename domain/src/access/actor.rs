//! The actor: on whose behalf a use case runs.

use std::fmt;

use crate::kernel::{EmployeeId, EmployerId};

use super::{Role, Roles};

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
    /// The installation itself: a worker, or an operator at the command line, by the name of the job.
    System(&'static str),
}

impl fmt::Display for Who {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Employee(id) => id.fmt(f),
            Self::System(job) => write!(f, "system:{job}"),
        }
    }
}

impl Actor {
    /// The installation acting in one employer's data.
    pub fn system(employer: EmployerId, job: &'static str) -> Self {
        Self { employer, who: Who::System(job), roles: Roles::NONE, request_id: job.to_owned() }
    }

    /// The person, when it is one.
    pub fn employee(&self) -> Option<EmployeeId> {
        match self.who {
            Who::Employee(id) => Some(id),
            Who::System(_) => None,
        }
    }

    /// Whether a role was granted to the actor.
    pub fn has(&self, role: Role) -> bool {
        self.roles.has(role)
    }
}

/// How a token names a person.
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
