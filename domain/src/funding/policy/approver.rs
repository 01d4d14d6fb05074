//! Who decides, by how they stand to the requester, the money or the employer.

use serde::{Deserialize, Serialize};

use crate::access::Role;
use crate::kernel::EmployeeId;

/// Who decides a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Approver {
    /// The nearest manager above the requester who may.
    Manager,
    /// The nearest manager above the requester's manager who may.
    ManagersManager,
    /// The head of the requester's department, else of the nearest one above.
    DepartmentHead,
    /// The first owner of the budget who may.
    BudgetOwner,
    /// Somebody who was granted a role.
    Role(Role),
    /// One person.
    Person(EmployeeId),
}

/// In which capacity a request is decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Capacity {
    /// As a manager above the requester.
    Manager,
    /// As the head of the requester's department or of one above.
    DepartmentHead,
    /// As an owner of the budget.
    BudgetOwner,
    /// As somebody who was granted a role.
    RoleHolder,
    /// As the person whom the policy names.
    NamedPerson,
    /// By the policy itself; no person decided.
    Policy,
}

impl Capacity {
    /// Every capacity.
    pub const ALL: [Self; 6] = [
        Self::Manager,
        Self::DepartmentHead,
        Self::BudgetOwner,
        Self::RoleHolder,
        Self::NamedPerson,
        Self::Policy,
    ];

    /// The name in the schema, the database and the journal.
    pub fn name(self) -> &'static str {
        match self {
            Self::Manager => "MANAGER",
            Self::DepartmentHead => "DEPARTMENT_HEAD",
            Self::BudgetOwner => "BUDGET_OWNER",
            Self::RoleHolder => "ROLE_HOLDER",
            Self::NamedPerson => "NAMED_PERSON",
            Self::Policy => "POLICY",
        }
    }

    /// The capacity with this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|capacity| capacity.name() == name)
    }
}

/// One step of a chain, with the person who decides it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Assignment {
    /// Who decides it.
    pub assignee: EmployeeId,
    /// In which capacity.
    pub capacity: Capacity,
    /// Which of the policy's steps it follows, by its place among them, counted from 0.
    pub rule: i32,
    /// Within how many days of its turn, if that is said.
    pub due_within_days: Option<i32>,
    /// How many days before it is due they are reminded.
    pub remind_days_before: i32,
}

/// Nobody may decide.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "nobody can decide this request: no manager above the employee is at work, and no owner of the budget who is at \
     work is somebody else; give the employee a manager, or the budget another owner"
)]
pub struct NoApprover;
