//! Inputs of the organization, and how they become the domain's.

use async_graphql::{Enum, InputObject, MaybeUndefined};
use upskill_domain::access;
use upskill_domain::kernel::{DepartmentId, EmployeeId};
use upskill_domain::organization::{self as domain, ColleagueFilter, ColleagueOrder, DepartmentOrder};

use crate::graphql::error::ApiError;
use crate::graphql::filter::{Filterable, OneOf, ids, search, texts, values};
use crate::graphql::id::Id;
use crate::graphql::key::key;
use crate::graphql::scalars::{Date, Decimal, EmailAddress};

/// Whether somebody is at work.
#[derive(Enum, Debug, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "domain::EmploymentStatus")]
pub(crate) enum EmploymentStatus {
    /// At work.
    Active,
    /// Away for a while: parental leave, sabbatical, long illness.
    OnLeave,
    /// No longer with the employer.
    Left,
}

/// What somebody is in the eyes of the policy.
#[derive(Enum, Debug, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "access::Role")]
pub(crate) enum Role {
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

impl Filterable for EmploymentStatus {}

impl Filterable for Role {}

/// By what people are sorted.
#[derive(Enum, Debug, Copy, Clone, PartialEq, Eq, Default)]
#[graphql(remote = "ColleagueOrder")]
pub(crate) enum EmployeeOrderField {
    /// By name, without regard to case.
    #[default]
    Name,
    /// By the HR system's id.
    ExternalId,
}

/// By what departments are sorted.
#[derive(Enum, Debug, Copy, Clone, PartialEq, Eq, Default)]
#[graphql(remote = "DepartmentOrder")]
pub(crate) enum DepartmentOrderField {
    /// By code.
    #[default]
    Code,
    /// By name, without regard to case.
    Name,
}

/// Which people to list. Conditions add up; without any, everybody who has not left.
#[derive(InputObject, Default)]
pub(crate) struct EmployeeFilter {
    /// In one of these departments (not those below them).
    department: Option<OneOf<Id<DepartmentId>>>,
    /// Reporting directly to one of these people.
    manager: Option<OneOf<Id<EmployeeId>>>,
    /// Whose name, e-mail address or external id contains this text, without regard to case.
    search: Option<String>,
    /// Of one of these statuses. For `HR_ADMIN` and `HR_ANALYST`; FORBIDDEN for others, because the answer would tell
    /// the status of the people found.
    status: Option<OneOf<EmploymentStatus>>,
    /// With one of these ids of the HR system.
    external_id: Option<OneOf<String>>,
}

impl TryFrom<EmployeeFilter> for ColleagueFilter {
    type Error = ApiError;
    fn try_from(filter: EmployeeFilter) -> Result<Self, ApiError> {
        Ok(Self {
            departments: ids(filter.department),
            managers: ids(filter.manager),
            search: search("filter.search", filter.search)?,
            statuses: values(filter.status, Into::into),
            external_ids: texts("filter.externalId", filter.external_id)?,
        })
    }
}

/// Which departments to list. Conditions add up.
#[derive(InputObject, Default)]
pub(crate) struct DepartmentFilter {
    /// Directly below one of these departments.
    parent: Option<OneOf<Id<DepartmentId>>>,
    /// Only departments at the top of the tree.
    #[graphql(default)]
    roots_only: bool,
    /// Whose code or name contains this text.
    search: Option<String>,
}

impl TryFrom<DepartmentFilter> for domain::DepartmentFilter {
    type Error = ApiError;
    fn try_from(filter: DepartmentFilter) -> Result<Self, ApiError> {
        Ok(Self {
            parents: ids(filter.parent),
            roots_only: filter.roots_only,
            search: search("filter.search", filter.search)?,
        })
    }
}

/// Which granted roles to list. Conditions add up.
#[derive(InputObject, Default)]
pub(crate) struct RoleGrantFilter {
    /// Of one of these people.
    employee: Option<OneOf<Id<EmployeeId>>>,
    /// Of one of these roles.
    role: Option<OneOf<Role>>,
}

impl From<RoleGrantFilter> for domain::GrantFilter {
    fn from(filter: RoleGrantFilter) -> Self {
        Self { employees: ids(filter.employee), roles: values(filter.role, Into::into) }
    }
}

/// A department to create.
#[derive(InputObject)]
pub(crate) struct CreateDepartmentInput {
    /// The code by which other systems know it: 1 to 64 characters, unique within the employer.
    code: String,
    /// The name people know: 1 to 200 characters.
    name: String,
    /// The department above; the top of the tree when not given.
    parent_id: Option<Id<DepartmentId>>,
    /// Who heads it; nobody when not given.
    head_id: Option<Id<EmployeeId>>,
    /// Makes a retry safe: the same key with the same input answers with the first result. 1 to 200 printable ASCII
    /// characters, remembered for at least 24 hours.
    idempotency_key: Option<String>,
}

impl TryFrom<CreateDepartmentInput> for domain::CreateDepartment {
    type Error = ApiError;
    fn try_from(input: CreateDepartmentInput) -> Result<Self, ApiError> {
        Ok(Self {
            key: key(input.idempotency_key)?,
            code: input.code,
            name: input.name,
            parent: input.parent_id.map(|id| id.0),
            head: input.head_id.map(|id| id.0),
        })
    }
}

/// A department to change. What is left out stays as it is.
#[derive(InputObject)]
pub(crate) struct ChangeDepartmentInput {
    /// Which one.
    id: Id<DepartmentId>,
    /// The `version` that was read; CONFLICT when somebody else has changed the department since.
    expected_version: i32,
    /// A new name: 1 to 200 characters.
    name: Option<String>,
    /// Another department above; null for the top of the tree.
    parent_id: MaybeUndefined<Id<DepartmentId>>,
    /// Another head; null for nobody.
    head_id: MaybeUndefined<Id<EmployeeId>>,
}

impl From<ChangeDepartmentInput> for domain::ChangeDepartment {
    fn from(input: ChangeDepartmentInput) -> Self {
        Self {
            id: input.id.0,
            expected_version: input.expected_version,
            name: input.name,
            parent: input.parent_id.map_value(|id| id.0).into(),
            head: input.head_id.map_value(|id| id.0).into(),
        }
    }
}

/// A role to grant.
#[derive(InputObject)]
pub(crate) struct GrantRoleInput {
    /// To whom.
    employee_id: Id<EmployeeId>,
    /// Which; `MANAGER`, `DEPARTMENT_HEAD` and `BUDGET_OWNER` are derived and cannot be granted.
    role: Role,
    /// Makes a retry safe: the same key with the same input answers with the first result. 1 to 200 printable ASCII
    /// characters, remembered for at least 24 hours.
    idempotency_key: Option<String>,
}

impl TryFrom<GrantRoleInput> for domain::GrantRole {
    type Error = ApiError;
    fn try_from(input: GrantRoleInput) -> Result<Self, ApiError> {
        Ok(Self { key: key(input.idempotency_key)?, employee: input.employee_id.0, role: input.role.into() })
    }
}

/// A role to revoke.
#[derive(InputObject)]
pub(crate) struct RevokeRoleInput {
    /// From whom.
    pub(crate) employee_id: Id<EmployeeId>,
    /// Which.
    pub(crate) role: Role,
}

/// A roster to import.
#[derive(InputObject)]
pub(crate) struct ImportRosterInput {
    /// The rows, 1 to 50,000 as far as the request may be long. They are decided together: a manager may stand on a later
    /// row.
    rows: Vec<RosterRowInput>,
    /// Decide and report everything, write nothing.
    #[graphql(default)]
    dry_run: bool,
    /// Create departments whose code is not known yet, named by their code. When false, their rows are refused.
    #[graphql(default)]
    create_departments: bool,
}

/// One person of a roster. A field that is left out keeps what is stored; null or an empty text clears it.
#[derive(InputObject)]
pub(crate) struct RosterRowInput {
    /// The HR system's id of the person: 1 to 64 characters. Known ids are updated, others created.
    external_id: String,
    /// The full name: 1 to 200 characters. Required for new people.
    name: Option<String>,
    /// The e-mail address, of one person only among those who have not left.
    email: MaybeUndefined<EmailAddress>,
    /// The code of the department.
    department: MaybeUndefined<String>,
    /// The external id of the manager: somebody on the roster or on another row.
    manager: MaybeUndefined<String>,
    /// What the person does: at most 200 characters.
    job_title: MaybeUndefined<String>,
    /// ISO 3166-1 alpha-2 code of the country of work.
    work_country: MaybeUndefined<String>,
    /// The region of work: at most 200 characters.
    work_region: MaybeUndefined<String>,
    /// Agreed hours a week as a decimal such as `"38.5"`, 0 to 80; 40 for new people when left out.
    weekly_hours: Option<Decimal>,
    /// The first day. Required for new people.
    hired_on: Option<Date>,
    /// The last day, not before the first. Required when the status is LEFT.
    left_on: MaybeUndefined<Date>,
    /// Whether the person is at work; ACTIVE for new people when left out.
    status: Option<EmploymentStatus>,
}

impl From<ImportRosterInput> for domain::ImportRoster {
    fn from(input: ImportRosterInput) -> Self {
        let lines = input.rows.into_iter().zip(1..).map(|(row, line)| roster_line(line, row)).collect();
        Self { lines, dry_run: input.dry_run, create_departments: input.create_departments }
    }
}

fn roster_line(line: u32, row: RosterRowInput) -> domain::RosterLine {
    domain::RosterLine {
        line,
        unreadable: None,
        external_id: Some(row.external_id),
        name: row.name,
        email: cell(row.email.map_value(|address| address.0)),
        department: cell(row.department),
        manager: cell(row.manager),
        job_title: cell(row.job_title),
        work_country: cell(row.work_country),
        work_region: cell(row.work_region),
        weekly_hours: row.weekly_hours.map(|hours| hours.0),
        hired_on: row.hired_on.map(|day| day.0.to_string()),
        left_on: cell(row.left_on.map_value(|day| day.0.to_string())),
        status: row.status.map(|status| domain::EmploymentStatus::from(status).name().to_owned()),
    }
}

/// Left out keeps, null clears: what a missing column and an empty cell mean in a file.
fn cell(value: MaybeUndefined<String>) -> Option<String> {
    match value {
        MaybeUndefined::Undefined => None,
        MaybeUndefined::Null => Some(String::new()),
        MaybeUndefined::Value(text) => Some(text),
    }
}
