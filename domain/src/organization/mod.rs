//! Employers, their departments, their people and the line of reporting.
//!
//! * O1: the reporting line has no cycle. An import row that would close one is refused, with both names.
//! * O2: the roster comes as thousands of rows, upserted by the HR system's own id; a manager may stand later in the
//!   file; good rows land, bad ones are reported by line.
//! * O3: roles are derived where the facts are known and granted otherwise.
//!
//! A person is two things to a reader: a [`Colleague`], which everybody at the same employer may look up, and an
//! [`Employment`] (status, dates, hours, work place), which only the person, the managers above and HR may see. They
//! are two types so that no field of the second can slip into an answer about the first.
//!
//! Locks: the roster (one per employer) is taken before anything else of this module.

mod absence;
mod commands;
mod department;
mod employee;
mod employer;
mod event;
mod grant;
mod plan;
mod ports;
mod queries;
mod roster;

pub use absence::{Absence, AbsenceFilter, AbsenceOver, RecordAbsenceRefusal};
pub use commands::{
    ChangeDepartment, ChangeDepartmentRefusal, CreateDepartment, CreateDepartmentRefusal, FoundEmployer,
    FoundRefusal, GrantRole, GrantRoleRefusal, Misplaced, Organization, RecordAbsence, RevokeRole,
    RevokeRoleRefusal,
};
pub use department::{Department, DepartmentOrder};
pub use employee::{
    Colleague, ColleagueCard, ColleagueOrder, ColleagueWith, Employee, Employment, EmploymentStatus,
};
pub use employer::{Employer, Slug, SlugError};
pub use event::OrganizationEvent;
pub use grant::RoleGrant;
pub use plan::{Planned, Roster, RosterPlan, plan};
pub use ports::{
    AbsenceReads, AbsenceWrites, ColleagueFilter, DepartmentFilter, GrantFilter, OrganizationReads,
    OrganizationWrites,
};
pub use roster::{
    ImportRoster, MAX_ROWS, RosterColumn, RosterLine, RosterProblem, RosterRefusal, RosterReport, RowOutcome,
    RowResult,
};
