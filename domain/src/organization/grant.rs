//! Granted roles.

use chrono::{DateTime, Utc};

use crate::access::Role;
use crate::kernel::{EmployeeId, RoleGrantId};

/// One role of one person, granted by somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoleGrant {
    /// Its id.
    pub id: RoleGrantId,
    /// Who holds the role.
    pub employee: EmployeeId,
    /// The role.
    pub role: Role,
    /// Who granted it; nobody when the installation did.
    pub granted_by: Option<EmployeeId>,
    /// When.
    pub granted_at: DateTime<Utc>,
}
