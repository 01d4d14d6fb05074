//! How the lists of the organization are read.

use upskill_domain::kernel::Direction;
use upskill_domain::organization::{
    AbsenceFilter, ColleagueFilter, ColleagueOrder, ColleagueWith, DepartmentFilter, DepartmentOrder,
    GrantFilter,
};

use super::absences::Absence;
use super::types::{Department, Employee, RoleGrant, colleague_with};
use crate::graphql::page::listed;

listed!(Employee: organization.colleagues, count_colleagues, ColleagueFilter, by (ColleagueOrder, Direction), with ColleagueWith = colleague_with);
listed!(Department: organization.departments, count_departments, DepartmentFilter, by (DepartmentOrder, Direction));
listed!(Absence: organization.absences, count_absences, AbsenceFilter);
listed!(RoleGrant: organization.grants, count_grants, GrantFilter);
