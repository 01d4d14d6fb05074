//! Neighbors that were not joined.

use upskill_domain::kernel::{AbsenceId, DepartmentId, EmployeeId, RoleGrantId};
use upskill_domain::organization::{Absence, Colleague, Department, Employment, RoleGrant};

use crate::graphql::loader::loader;

loader! {
    /// People by id.
    Colleagues: EmployeeId => one Colleague, organization.colleagues_by_id, |colleague| (colleague.id, colleague)
}

loader! {
    /// Departments by id.
    Departments: DepartmentId => one Department, organization.departments_by_id, |department| (department.id, department)
}

loader! {
    /// The employment of those people whose employment the actor may see.
    Employments: EmployeeId => one Employment, organization.employments_by_id, |employment| (employment.employee, employment)
}

loader! {
    /// Granted roles by id; none for who may not read them.
    RoleGrants: RoleGrantId => one RoleGrant, organization.grants_by_id, |grant| (grant.id, grant)
}

loader! {
    /// Those of the absences that the actor may see.
    Absences: AbsenceId => one Absence, organization.absences_by_id, |absence| (absence.id, absence)
}
