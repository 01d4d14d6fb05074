//! What happens in an organization.
//!
//! Payloads hold ids and the names of fields, not the personal data itself: the journal is never erased.

use serde::Serialize;

use crate::journal::{Event, Subject};
use crate::kernel::{AbsenceId, DepartmentId, EmployeeId, EmployerId, Period, RoleGrantId};

/// An event of this capability.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged, rename_all_fields = "camelCase")]
#[expect(missing_docs, reason = "the fields are the event's words")]
pub enum OrganizationEvent {
    /// An employer began to use the product.
    EmployerFounded { employer: EmployerId, slug: String },
    /// A department came to be.
    DepartmentCreated { department: DepartmentId, code: String, parent: Option<DepartmentId> },
    /// A department was renamed, moved or got another head.
    DepartmentChanged {
        department: DepartmentId,
        fields: Vec<&'static str>,
        parent: Option<DepartmentId>,
        head: Option<EmployeeId>,
    },
    /// A person came onto the roster.
    EmployeeAdded { employee: EmployeeId, department: Option<DepartmentId>, manager: Option<EmployeeId> },
    /// A person's entry on the roster changed.
    EmployeeChanged {
        employee: EmployeeId,
        fields: Vec<&'static str>,
        department: Option<DepartmentId>,
        manager: Option<EmployeeId>,
    },
    /// A role was granted.
    RoleGranted { grant: RoleGrantId, employee: EmployeeId, role: &'static str },
    /// A role was revoked.
    RoleRevoked { grant: RoleGrantId, employee: EmployeeId, role: &'static str },
    /// Somebody is away on some days.
    AbsenceRecorded { absence: AbsenceId, employee: EmployeeId, period: Period },
    /// Somebody is back, or will not be away after all.
    AbsenceEnded { absence: AbsenceId, employee: EmployeeId },
}

impl Event for OrganizationEvent {
    const KINDS: &'static [&'static str] = &[
        "organization.employer_founded",
        "organization.department_created",
        "organization.department_changed",
        "organization.employee_added",
        "organization.employee_changed",
        "organization.role_granted",
        "organization.role_revoked",
        "organization.absence_recorded",
        "organization.absence_ended",
    ];

    fn kind(&self) -> &'static str {
        match self {
            Self::EmployerFounded { .. } => "organization.employer_founded",
            Self::DepartmentCreated { .. } => "organization.department_created",
            Self::DepartmentChanged { .. } => "organization.department_changed",
            Self::EmployeeAdded { .. } => "organization.employee_added",
            Self::EmployeeChanged { .. } => "organization.employee_changed",
            Self::RoleGranted { .. } => "organization.role_granted",
            Self::RoleRevoked { .. } => "organization.role_revoked",
            Self::AbsenceRecorded { .. } => "organization.absence_recorded",
            Self::AbsenceEnded { .. } => "organization.absence_ended",
        }
    }

    fn subject(&self) -> Subject {
        match self {
            Self::EmployerFounded { employer, .. } => Subject::of(*employer),
            Self::DepartmentCreated { department, .. } | Self::DepartmentChanged { department, .. } => {
                Subject::of(*department)
            }
            Self::EmployeeAdded { employee, .. }
            | Self::EmployeeChanged { employee, .. }
            | Self::RoleGranted { employee, .. }
            | Self::RoleRevoked { employee, .. } => Subject::of(*employee),
            Self::AbsenceRecorded { absence, .. } | Self::AbsenceEnded { absence, .. } => {
                Subject::of(*absence)
            }
        }
    }
}
