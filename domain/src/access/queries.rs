//! From a token's words to an actor.

use crate::app::Core;
use crate::kernel::Fault;

use super::{Actor, ActorFacts, Person, Roles, Who};

/// Identification.
#[derive(Clone, Copy)]
pub struct Access<'a> {
    core: &'a Core,
}

/// Why a valid token does not make an actor.
#[derive(Debug, thiserror::Error)]
pub enum Unidentified {
    /// The token names nobody of the employer's roster.
    #[error("the token names nobody on this employer's roster")]
    Unknown,
    /// The person has left.
    #[error("the person has left the employer")]
    Left,
    /// The question could not be answered.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl<'a> Access<'a> {
    pub(crate) fn new(core: &'a Core) -> Self {
        Self { core }
    }

    /// The actor whom a verified token names.
    pub async fn identify(
        self,
        employer_slug: &str,
        person: &Person,
        request_id: &str,
    ) -> Result<Actor, Unidentified> {
        // No roster has such a name, and not every store can even be asked for one.
        if [employer_slug, person.name()].iter().any(|name| name.contains(char::is_control)) {
            return Err(Unidentified::Unknown);
        }
        match self.core.store.reads().actor(employer_slug, person).await? {
            None => Err(Unidentified::Unknown),
            Some(ActorFacts { left: true, .. }) => Err(Unidentified::Left),
            Some(ActorFacts { employer, employee, roles, .. }) => {
                Ok(Actor { employer, who: Who::Employee(employee), roles, request_id: request_id.to_owned() })
            }
        }
    }

    /// Every role of the actor, granted and derived.
    pub async fn roles(self, actor: &Actor) -> Result<Roles, Fault> {
        let Some(employee) = actor.employee() else { return Ok(actor.roles) };
        let derived = self.core.store.reads().derived_roles(actor.employer, employee).await?;
        Ok(derived.iter().chain(actor.roles.iter()).collect())
    }
}
