//! What keeps a policy from being published.

use crate::access::Role;
use crate::kernel::{DepartmentId, EmployeeId, Money, TextError};

/// Something for which a policy does not hold as a whole. Where people are missing it says what request would show it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PolicyProblem {
    /// A number beyond what the rule takes.
    #[error("{rule} is {given}; it is {least} to {most}")]
    OutOfRange {
        /// The rule, as the schema names it.
        rule: String,
        /// The number.
        given: i64,
        /// The least.
        least: i64,
        /// The most.
        most: i64,
    },
    /// A limit that lets nothing through.
    #[error("{rule} is {given}; a limit is above 0")]
    NotPositive {
        /// The rule, as the schema names it.
        rule: String,
        /// The amount.
        given: Money,
    },
    /// A text that cannot be taken.
    #[error("{rule} {error}")]
    InvalidText {
        /// The rule, as the schema names it.
        rule: String,
        /// Why not.
        error: TextError,
    },
    /// A list of which nothing could be.
    #[error("{rule} is an empty list, which nobody could meet; leave it out to ask for nothing")]
    EmptyList {
        /// The rule, as the schema names it.
        rule: &'static str,
    },
    /// Twice the same.
    #[error("{rule} names {value} twice")]
    Twice {
        /// The rule, as the schema names it.
        rule: &'static str,
        /// What stands there twice.
        value: String,
    },
    /// No such department.
    #[error("there is no department {0}")]
    UnknownDepartment(DepartmentId),
    /// A limit that a narrower one makes pointless.
    #[error("{rule} is {given}, but {within} allows {limit} only")]
    Beyond {
        /// The rule, as the schema names it.
        rule: String,
        /// Its amount.
        given: Money,
        /// The narrower rule.
        within: &'static str,
        /// Its amount.
        limit: Money,
    },
    /// Requests that nobody decides.
    #[error(
        "a request of {amount} for a course of the catalog would be decided by nobody: {}",
        match .first {
            Some(first) => format!("the first step without conditions begins at {first}"),
            None => "there is no step without conditions".to_owned(),
        }
    )]
    Uncovered {
        /// The least amount that nobody decides.
        amount: Money,
        /// Where the first step begins that is always taken, if there is one.
        first: Option<Money>,
    },
    /// A step for somebody who is not there.
    #[error("a request of {amount} would wait for {name}, who is not at work; name somebody else")]
    PersonAbsent {
        /// Who.
        person: EmployeeId,
        /// What they are called, or their id where there is no such person.
        name: String,
        /// Where their step begins.
        amount: Money,
    },
    /// A step for a role that nobody has.
    #[error("a request of {amount} would wait for somebody with the role {role}, which nobody at work holds")]
    RoleUnheld {
        /// The role.
        role: Role,
        /// Where its step begins.
        amount: Money,
    },
    /// A step for a role that decides nothing.
    #[error(
        "{0} cannot decide; a step takes HR_ADMIN, FINANCE or EMPLOYER_ADMIN, and MANAGER, DEPARTMENT_HEAD and BUDGET_OWNER without naming a role"
    )]
    RoleCannotDecide(Role),
    /// Somebody whose request nobody is left for.
    #[error(
        "a request of {amount} by {name}, to a budget without an owner at work, could not be decided: it takes {steps} steps, and \
         not enough people are left in the line above, with EMPLOYER_ADMIN or with HR_ADMIN"
    )]
    Undecidable {
        /// What the requester is called.
        name: String,
        /// What they would ask for.
        amount: Money,
        /// How many steps the request takes.
        steps: usize,
    },
}
