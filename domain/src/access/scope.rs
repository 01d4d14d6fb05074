//! What a read may return.

use crate::kernel::{EmployeeId, EmployerId};

/// The part of the data that a read may see. The employer is always part of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Scope {
    /// The tenant.
    pub employer: EmployerId,
    /// How far within it.
    pub reach: Reach,
}

/// How far a read goes within one employer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reach {
    /// Every row.
    All,
    /// The rows that a relation ties to this person. Which relations count is the read's own affair: for a person's
    /// employment it is the line above them, for a budget its owners and those whose decision it waits for.
    Related(EmployeeId),
}

impl Scope {
    /// Every row of an employer.
    pub fn all(employer: EmployerId) -> Self {
        Self { employer, reach: Reach::All }
    }
}
