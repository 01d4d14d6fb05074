//! The reasons for which an action can be allowed: a role that was granted, or how somebody stands to the thing.

use super::{AccountScope, Role};

/// How the actor stands to the thing in question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Relation {
    /// Works for the same employer. It always holds.
    Colleague,
    /// It is about the actor.
    Oneself,
    /// The actor stands above the person in the reporting line.
    LineManager,
    /// A step of the request waits, or waited, for the actor. Of a budget: a request to it waits for them now; who has
    /// decided keeps the request and its grounds, not the ledger.
    Approver,
    /// The actor owns the budget.
    BudgetOwner,
    /// The actor heads the department or one above it.
    DepartmentHead,
    /// The actor owns the program.
    ProgramOwner,
    /// The actor mentors the person, or is asked to.
    Mentor,
}

/// One reason for which an action is allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Basis {
    /// A granted role.
    Role(Role),
    /// A relation to the thing.
    Relation(Relation),
    /// A scope of a service account.
    Scope(AccountScope),
    /// The installation itself.
    System,
}

impl Basis {
    /// The basis as a person would say it, to complete "it takes ...".
    pub fn phrase(self) -> &'static str {
        match self {
            Self::Role(role) => role.name(),
            Self::System => "the installation itself",
            Self::Scope(scope) => scope.name(),
            Self::Relation(Relation::Colleague) => "an employee",
            Self::Relation(Relation::Oneself) => "the person concerned",
            Self::Relation(Relation::LineManager) => "a manager above the person",
            Self::Relation(Relation::Approver) => "the approver it waits for",
            Self::Relation(Relation::BudgetOwner) => "an owner of the budget",
            Self::Relation(Relation::DepartmentHead) => "the head of the department",
            Self::Relation(Relation::ProgramOwner) => "the owner of the program",
            Self::Relation(Relation::Mentor) => "their mentor",
        }
    }
}
