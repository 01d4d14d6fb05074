//! How the organization is stored.

mod absences;

pub use absences::{AbsenceReads, AbsenceWrites};

use async_trait::async_trait;

use crate::access::{Role, Scope};
use crate::kernel::{DepartmentId, Direction, EmployeeId, EmployerId, Fault, Page, PageRequest, RoleGrantId};

use super::{
    Colleague, ColleagueCard, ColleagueOrder, ColleagueWith, Department, DepartmentOrder, Employee, Employer,
    Employment, EmploymentStatus, RoleGrant, Slug,
};

/// Writes within one employer's transaction.
#[async_trait]
pub trait OrganizationWrites: AbsenceWrites + Send {
    /// The employer, locked against other imports and tree changes.
    async fn lock_organization(&mut self) -> Result<Employer, Fault>;
    /// The employer, only read.
    async fn employer(&mut self) -> Result<Employer, Fault>;
    /// Adds the employer itself.
    async fn insert_employer(&mut self, employer: &Employer) -> Result<(), Fault>;
    /// Every department.
    async fn all_departments(&mut self) -> Result<Vec<Department>, Fault>;
    /// Departments by id.
    async fn departments(&mut self, ids: &[DepartmentId]) -> Result<Vec<Department>, Fault>;
    /// A department and those above it, the nearest first.
    async fn department_line(&mut self, id: DepartmentId) -> Result<Vec<Department>, Fault>;
    /// Adds or replaces departments by id. A parent comes before its children.
    async fn save_departments(&mut self, departments: &[Department]) -> Result<(), Fault>;
    /// Every person who is or was on the roster.
    async fn all_employees(&mut self) -> Result<Vec<Employee>, Fault>;
    /// Those whom a roster touches, maybe among others: the people with these external ids, whoever has one of these
    /// addresses or an address of those people, and everybody above all of them.
    async fn employees_touched(
        &mut self,
        external_ids: &[String],
        addresses: &[String],
    ) -> Result<Vec<Employee>, Fault>;
    /// Adds or replaces people by id. A manager comes before those who report to them.
    async fn save_employees(&mut self, employees: &[Employee]) -> Result<(), Fault>;
    /// People by id.
    async fn employees(&mut self, ids: &[EmployeeId]) -> Result<Vec<Employee>, Fault>;
    /// The managers above a person, the nearest first.
    async fn line_above(&mut self, id: EmployeeId) -> Result<Vec<Employee>, Fault>;
    /// The roles granted to a person.
    async fn grants_of(&mut self, employee: EmployeeId) -> Result<Vec<RoleGrant>, Fault>;
    /// The people who are still here and were granted a role.
    async fn holders_of(&mut self, role: Role) -> Result<Vec<EmployeeId>, Fault>;
    /// Adds a grant.
    async fn insert_grant(&mut self, grant: &RoleGrant) -> Result<(), Fault>;
    /// Removes a grant.
    async fn delete_grant(&mut self, id: RoleGrantId) -> Result<(), Fault>;
}

/// Which people a reader wants. A list that is not there means "any", an empty one "none".
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct ColleagueFilter {
    /// In one of these departments.
    pub departments: Option<Vec<DepartmentId>>,
    /// Reporting directly to one of these people.
    pub managers: Option<Vec<EmployeeId>>,
    /// Whose name, e-mail address or external id contains this, without regard to case.
    pub search: Option<String>,
    /// Of one of these statuses. Without it, everybody who has not left.
    pub statuses: Option<Vec<EmploymentStatus>>,
    /// With one of these external ids.
    pub external_ids: Option<Vec<String>>,
}

/// Which departments a reader wants. A list that is not there means "any", an empty one "none".
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct DepartmentFilter {
    /// Directly below one of these.
    pub parents: Option<Vec<DepartmentId>>,
    /// Without a department above.
    pub roots_only: bool,
    /// Whose code or name contains this, without regard to case.
    pub search: Option<String>,
}

/// Which grants a reader wants. A list that is not there means "any", an empty one "none".
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct GrantFilter {
    /// Of one of these people.
    pub employees: Option<Vec<EmployeeId>>,
    /// Of one of these roles.
    pub roles: Option<Vec<Role>>,
}

/// Reads of the organization.
#[async_trait]
pub trait OrganizationReads: AbsenceReads + Send + Sync {
    /// One employer.
    async fn employer(&self, id: EmployerId) -> Result<Option<Employer>, Fault>;
    /// The employer with this short name.
    async fn employer_named(&self, slug: &Slug) -> Result<Option<Employer>, Fault>;
    /// Every employer of the installation, for its own jobs.
    async fn all_employers(&self) -> Result<Vec<Employer>, Fault>;
    /// One person with neighbors.
    async fn colleague(
        &self,
        scope: Scope,
        id: EmployeeId,
        with: ColleagueWith,
    ) -> Result<Option<ColleagueCard>, Fault>;
    /// People by id, for neighbors that were not joined.
    async fn colleagues_by_id(&self, scope: Scope, ids: &[EmployeeId]) -> Result<Vec<Colleague>, Fault>;
    /// The same page of several lists of people.
    async fn colleagues(
        &self,
        scope: Scope,
        lists: &[ColleagueFilter],
        order: (ColleagueOrder, Direction),
        page: &PageRequest,
        with: ColleagueWith,
    ) -> Result<Vec<Page<ColleagueCard>>, Fault>;
    /// How many people each list has.
    async fn count_colleagues(&self, scope: Scope, lists: &[ColleagueFilter]) -> Result<Vec<u64>, Fault>;
    /// The employment of those people whom the scope reaches: for [`crate::access::Reach::Related`] the person and
    /// everybody below them.
    async fn employments_by_id(&self, scope: Scope, ids: &[EmployeeId]) -> Result<Vec<Employment>, Fault>;
    /// Departments by id.
    async fn departments_by_id(&self, scope: Scope, ids: &[DepartmentId]) -> Result<Vec<Department>, Fault>;
    /// The same page of several lists of departments.
    async fn departments(
        &self,
        scope: Scope,
        lists: &[DepartmentFilter],
        order: (DepartmentOrder, Direction),
        page: &PageRequest,
    ) -> Result<Vec<Page<Department>>, Fault>;
    /// How many departments each list has.
    async fn count_departments(&self, scope: Scope, lists: &[DepartmentFilter]) -> Result<Vec<u64>, Fault>;
    /// The same page of several lists of grants, the newest last.
    async fn grants(
        &self,
        scope: Scope,
        lists: &[GrantFilter],
        page: &PageRequest,
    ) -> Result<Vec<Page<RoleGrant>>, Fault>;
    /// Grants by id.
    async fn grants_by_id(&self, scope: Scope, ids: &[RoleGrantId]) -> Result<Vec<RoleGrant>, Fault>;
    /// How many grants each list has.
    async fn count_grants(&self, scope: Scope, lists: &[GrantFilter]) -> Result<Vec<u64>, Fault>;
}
