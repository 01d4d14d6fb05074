//! From a token's words to an actor.

use chrono::TimeDelta;

use crate::app::Core;
use crate::kernel::{Digest, Fault};

use super::{Account, AccountScope, Actor, ActorFacts, Person, Roles, Who};

/// How long the last use of a service account may be off: whoever asks a hundred times a second is written down once.
const LAST_USE_MAY_LAG: TimeDelta = TimeDelta::minutes(1);

/// Identification.
#[derive(Clone, Copy)]
pub struct Access<'a> {
    core: &'a Core,
}

/// A service account that was recognized.
#[derive(Debug)]
pub struct Identified {
    /// The account, or the person for whom it acts.
    pub actor: Actor,
    /// Whether it is time to write down that the account was used.
    pub is_news: bool,
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
    /// No service account has such a token, or has it still.
    #[error(
        "the token is none that this server has given out, or it has ended; ask /oauth/token for another"
    )]
    Ended,
    /// The account acts for itself only.
    #[error("acting for a person takes the scope {}", AccountScope::PeopleAct)]
    MayNotAct,
    /// The account would act for nobody.
    #[error("there is nobody at this employer to act for whom the header names")]
    NobodyToActFor,
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
        if is_unheard_of(employer_slug) || is_unheard_of(person.name()) {
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

    /// The service account that a token was given to, acting for a person where its request names one.
    pub async fn identify_account(
        self,
        token: &Digest,
        person: Option<&Person>,
        request_id: &str,
    ) -> Result<Identified, Unidentified> {
        let known = person.filter(|person| !is_unheard_of(person.name()));
        let facts = self.core.store.reads().account(token, known).await?.ok_or(Unidentified::Ended)?;
        let now = self.core.clock.now();
        let ended = now >= facts.expires_at || facts.secret_ends_at.is_some_and(|end| now >= end);
        if facts.revoked || ended {
            return Err(Unidentified::Ended);
        }
        let account = Account { id: facts.id, scopes: facts.granted.and(facts.asked_for) };
        let (who, roles) = match (person, facts.person) {
            (None, _) => (Who::ServiceAccount(account), Roles::NONE),
            (Some(_), _) if !account.scopes.has(AccountScope::PeopleAct) => {
                return Err(Unidentified::MayNotAct);
            }
            (Some(_), Some(ActorFacts { employee, roles, left: false, .. })) => {
                (Who::ActingFor(employee, account), roles)
            }
            (Some(_), _) => return Err(Unidentified::NobodyToActFor),
        };
        let unseen = |at| now.signed_duration_since(at) >= LAST_USE_MAY_LAG;
        let actor = Actor { employer: facts.employer, who, roles, request_id: request_id.to_owned() };
        Ok(Identified { actor, is_news: facts.last_used_at.is_none_or(unseen) })
    }

    /// Every role of the actor, granted and derived.
    pub async fn roles(self, actor: &Actor) -> Result<Roles, Fault> {
        let Some(employee) = actor.employee() else { return Ok(actor.roles) };
        let derived = self.core.store.reads().derived_roles(actor.employer, employee).await?;
        Ok(derived.iter().chain(actor.roles.iter()).collect())
    }
}

/// Whether no roster has such a name. Not every store can even be asked for one.
fn is_unheard_of(name: &str) -> bool {
    name.contains(char::is_control)
}
