//! Employers, departments, employees, granted roles and the roster.

mod absences;
mod employer;
mod inputs;
mod lists;
mod loaders;
mod mutations;
mod queries;
mod types;

pub(crate) use absences::{Absence, AbsenceMutations, AbsenceQueries};
pub(crate) use employer::Employer;
pub(crate) use inputs::{EmploymentStatus, Role};
pub(crate) use mutations::OrganizationMutations;
pub(crate) use queries::{OrganizationQueries, OrganizationViewer};
pub(crate) use types::{Department, Employee, RoleGrant, colleague_with};
