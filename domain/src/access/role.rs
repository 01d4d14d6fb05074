//! Roles: granted ones are data, derived ones are facts about the organization.

use std::fmt;

use serde::{Deserialize, Serialize};

/// What somebody is in the eyes of the policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Role {
    /// Derived: somebody reports to them.
    Manager,
    /// Derived: they head a department.
    DepartmentHead,
    /// Derived: they own a budget.
    BudgetOwner,
    /// Granted: runs the upskilling programs.
    HrAdmin,
    /// Granted: reads what HR reads, changes nothing.
    HrAnalyst,
    /// Granted: allocates and settles money.
    Finance,
    /// Granted: reads aggregates and the journal, changes nothing.
    Auditor,
    /// Granted: reads aggregates and the catalog of monitored fields.
    WorksCouncil,
    /// Granted: grants roles.
    EmployerAdmin,
}

/// A name that is no role.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("'{0}' is not a role")]
pub struct UnknownRole(pub String);

impl Role {
    /// Every role, derived ones first.
    pub const ALL: [Self; 9] = [
        Self::Manager,
        Self::DepartmentHead,
        Self::BudgetOwner,
        Self::HrAdmin,
        Self::HrAnalyst,
        Self::Finance,
        Self::Auditor,
        Self::WorksCouncil,
        Self::EmployerAdmin,
    ];

    /// Whether the role follows from facts and so can neither be granted nor revoked.
    pub fn is_derived(self) -> bool {
        matches!(self, Self::Manager | Self::DepartmentHead | Self::BudgetOwner)
    }

    /// The name in the schema, the database and the journal.
    pub fn name(self) -> &'static str {
        match self {
            Self::Manager => "MANAGER",
            Self::DepartmentHead => "DEPARTMENT_HEAD",
            Self::BudgetOwner => "BUDGET_OWNER",
            Self::HrAdmin => "HR_ADMIN",
            Self::HrAnalyst => "HR_ANALYST",
            Self::Finance => "FINANCE",
            Self::Auditor => "AUDITOR",
            Self::WorksCouncil => "WORKS_COUNCIL",
            Self::EmployerAdmin => "EMPLOYER_ADMIN",
        }
    }

    fn bit(self) -> u16 {
        match self {
            Self::Manager => 1,
            Self::DepartmentHead => 1 << 1,
            Self::BudgetOwner => 1 << 2,
            Self::HrAdmin => 1 << 3,
            Self::HrAnalyst => 1 << 4,
            Self::Finance => 1 << 5,
            Self::Auditor => 1 << 6,
            Self::WorksCouncil => 1 << 7,
            Self::EmployerAdmin => 1 << 8,
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl std::str::FromStr for Role {
    type Err = UnknownRole;
    fn from_str(text: &str) -> Result<Self, UnknownRole> {
        Self::ALL.into_iter().find(|role| role.name() == text).ok_or_else(|| UnknownRole(text.to_owned()))
    }
}

/// A set of roles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Roles(u16);

impl Roles {
    /// No role.
    pub const NONE: Self = Self(0);

    /// Whether the set has a role.
    pub fn has(self, role: Role) -> bool {
        self.0 & role.bit() != 0
    }

    /// The set and one role more.
    pub fn with(self, role: Role) -> Self {
        Self(self.0 | role.bit())
    }

    /// The roles, derived ones first.
    pub fn iter(self) -> impl Iterator<Item = Role> {
        Role::ALL.into_iter().filter(move |role| self.has(*role))
    }
}

impl FromIterator<Role> for Roles {
    fn from_iter<I: IntoIterator<Item = Role>>(roles: I) -> Self {
        roles.into_iter().fold(Self::NONE, Self::with)
    }
}
