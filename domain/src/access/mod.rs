//! Who may do or see what.
//!
//! A token says who somebody is; what they may do comes from our own data: roles that were granted, and relations
//! that hold (line manager of, approver of, owner of). [`policy`] is one table of both; every use case asks it, and
//! its truth table is a golden file. Reads get a [`Scope`] that becomes part of the SQL, so that a row outside of it
//! never leaves the database.
//!
//! A service account has scopes in the place of roles and relations. Where it acts for a person, that person's roles and
//! relations decide, and its scopes are the ceiling: what none of them names stays closed.

mod account;
mod actor;
mod basis;
mod circles;
pub mod policy;
mod ports;
mod queries;
mod role;
mod scope;

pub use account::{Account, AccountScope, AccountScopes, UnknownScope};
pub use actor::{AccountFacts, Actor, ActorFacts, Person, Who};
pub use basis::{Basis, Relation};
pub use policy::Action;
pub use ports::AccessReads;
pub use queries::{Access, Identified, Unidentified};
pub use role::{Role, Roles, UnknownRole};
pub use scope::{Reach, Scope};
