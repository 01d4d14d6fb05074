//! What the table says of an actor.
//!
//! For people and for the installation that is what stands in the row of the action. A service account by itself goes by
//! its scopes alone. One that acts for a person goes by the row, as that person, below the ceiling of its scopes.

use crate::access::{AccountScope, Action, Actor, Basis, Reach, Relation, Scope, Who};
use crate::kernel::Fault;

use Basis::{Relation as Rel, Role as R, System};

/// The first basis on which the actor may act, given how they stand to the thing.
pub fn basis(actor: &Actor, action: Action, relations: &[Relation]) -> Option<Basis> {
    if !is_covered(actor, action) {
        return None;
    }
    if let Who::ServiceAccount(account) = actor.who {
        return account.scopes.opening(action).map(Basis::Scope);
    }
    let is_person = actor.employee().is_some();
    action.bases().iter().copied().find(|basis| match basis {
        System => matches!(actor.who, Who::System(_)),
        R(role) => is_person && actor.has(*role),
        Rel(relation) => is_person && (*relation == Relation::Colleague || relations.contains(relation)),
        Basis::Scope(_) => false,
    })
}

/// Whether the scopes of a service account leave the action open. Nobody else has such a ceiling.
fn is_covered(actor: &Actor, action: Action) -> bool {
    actor.account().is_none_or(|account| account.scopes.cover(action))
}

/// The basis on which the actor acts, or who it would take.
pub fn require(actor: &Actor, action: Action, relations: &[Relation]) -> Result<Basis, Fault> {
    basis(actor, action, relations).ok_or_else(|| forbidden(actor, action))
}

/// What the actor may read. `None` when no role of theirs and no relation could ever allow it.
pub fn scope(actor: &Actor, action: Action) -> Option<Scope> {
    let employer = actor.employer;
    if basis(actor, action, &[]).is_some() {
        return Some(Scope::all(employer));
    }
    let by_relation = is_covered(actor, action) && action.bases().iter().any(|basis| matches!(basis, Rel(_)));
    actor.employee().filter(|_| by_relation).map(|person| Scope { employer, reach: Reach::Related(person) })
}

/// What the actor may read, or who it would take.
pub fn require_scope(actor: &Actor, action: Action) -> Result<Scope, Fault> {
    scope(actor, action).ok_or_else(|| forbidden(actor, action))
}

fn forbidden(actor: &Actor, action: Action) -> Fault {
    let people = || action.bases().iter().filter(|basis| **basis != System).map(|basis| basis.phrase());
    let what = action.phrase();
    if is_covered(actor, action) {
        let takes: Vec<_> = people().collect();
        return Fault::Forbidden(format!("you may not {what}; it takes {}", takes.join(" or ")));
    }
    let takes: Vec<_> = AccountScope::covering(action).map(AccountScope::name).collect();
    Fault::Forbidden(if takes.is_empty() {
        format!("you may not {what}; no service account may, whomever it acts for")
    } else {
        format!("you may not {what}; it takes the scope {}", takes.join(" or "))
    })
}
