//! What can be asked about an organization.

mod absences;

use crate::access::{Action, Actor, Scope, policy};
use crate::kernel::{DepartmentId, Direction, EmployeeId, Fault, Page, PageRequest, RoleGrantId};

use super::{
    Colleague, ColleagueCard, ColleagueFilter, ColleagueOrder, ColleagueWith, Department, DepartmentFilter,
    DepartmentOrder, Employer, Employment, GrantFilter, Organization, RoleGrant, Slug,
};

impl Organization<'_> {
    /// The actor's employer.
    pub async fn employer(self, actor: &Actor) -> Result<Employer, Fault> {
        self.core.employer(actor).await
    }

    /// The employer with a short name, for the installation's own jobs.
    pub async fn employer_named(self, slug: &Slug) -> Result<Option<Employer>, Fault> {
        self.core.store.reads().employer_named(slug).await
    }

    /// Every employer, for the installation's own jobs.
    pub async fn all_employers(self) -> Result<Vec<Employer>, Fault> {
        self.core.store.reads().all_employers().await
    }

    /// One person.
    pub async fn colleague(
        self,
        actor: &Actor,
        id: EmployeeId,
        with: ColleagueWith,
    ) -> Result<ColleagueCard, Fault> {
        let scope = policy::require_scope(actor, Action::ReadDirectory)?;
        self.core.store.reads().colleague(scope, id, with).await?.ok_or_else(|| Fault::not_found(id))
    }

    /// People by id.
    pub async fn colleagues_by_id(self, actor: &Actor, ids: &[EmployeeId]) -> Result<Vec<Colleague>, Fault> {
        let scope = policy::require_scope(actor, Action::ReadDirectory)?;
        self.core.store.reads().colleagues_by_id(scope, ids).await
    }

    /// The same page of several lists of people.
    pub async fn colleagues(
        self,
        actor: &Actor,
        lists: &[ColleagueFilter],
        order: (ColleagueOrder, Direction),
        page: &PageRequest,
        with: ColleagueWith,
    ) -> Result<Vec<Page<ColleagueCard>>, Fault> {
        let scope = directory_scope(actor, lists)?;
        self.core.store.reads().colleagues(scope, lists, order, page, with).await
    }

    /// How many people each list has.
    pub async fn count_colleagues(self, actor: &Actor, lists: &[ColleagueFilter]) -> Result<Vec<u64>, Fault> {
        let scope = directory_scope(actor, lists)?;
        self.core.store.reads().count_colleagues(scope, lists).await
    }

    /// The employment of those people whose employment the actor may see; the others are left out.
    pub async fn employments_by_id(
        self,
        actor: &Actor,
        ids: &[EmployeeId],
    ) -> Result<Vec<Employment>, Fault> {
        match policy::scope(actor, Action::ReadEmployment) {
            Some(scope) => self.core.store.reads().employments_by_id(scope, ids).await,
            None => Ok(Vec::new()),
        }
    }

    /// Departments by id.
    pub async fn departments_by_id(
        self,
        actor: &Actor,
        ids: &[DepartmentId],
    ) -> Result<Vec<Department>, Fault> {
        let scope = policy::require_scope(actor, Action::ReadDirectory)?;
        self.core.store.reads().departments_by_id(scope, ids).await
    }

    /// The same page of several lists of departments.
    pub async fn departments(
        self,
        actor: &Actor,
        lists: &[DepartmentFilter],
        order: (DepartmentOrder, Direction),
        page: &PageRequest,
    ) -> Result<Vec<Page<Department>>, Fault> {
        let scope = policy::require_scope(actor, Action::ReadDirectory)?;
        self.core.store.reads().departments(scope, lists, order, page).await
    }

    /// How many departments each list has.
    pub async fn count_departments(
        self,
        actor: &Actor,
        lists: &[DepartmentFilter],
    ) -> Result<Vec<u64>, Fault> {
        let scope = policy::require_scope(actor, Action::ReadDirectory)?;
        self.core.store.reads().count_departments(scope, lists).await
    }

    /// Granted roles by id; none for who may not read them.
    pub async fn grants_by_id(self, actor: &Actor, ids: &[RoleGrantId]) -> Result<Vec<RoleGrant>, Fault> {
        match policy::scope(actor, Action::ReadRoleGrants) {
            Some(scope) => self.core.store.reads().grants_by_id(scope, ids).await,
            None => Ok(Vec::new()),
        }
    }

    /// The same page of several lists of granted roles.
    pub async fn grants(
        self,
        actor: &Actor,
        lists: &[GrantFilter],
        page: &PageRequest,
    ) -> Result<Vec<Page<RoleGrant>>, Fault> {
        let scope = policy::require_scope(actor, Action::ReadRoleGrants)?;
        self.core.store.reads().grants(scope, lists, page).await
    }

    /// How many granted roles each list has.
    pub async fn count_grants(self, actor: &Actor, lists: &[GrantFilter]) -> Result<Vec<u64>, Fault> {
        let scope = policy::require_scope(actor, Action::ReadRoleGrants)?;
        self.core.store.reads().count_grants(scope, lists).await
    }
}

/// Who filters by status learns the status of those found, so that takes the right to read everybody's employment.
fn directory_scope(actor: &Actor, lists: &[ColleagueFilter]) -> Result<Scope, Fault> {
    if lists.iter().any(|filter| filter.statuses.is_some()) {
        policy::require(actor, Action::ReadEmployment, &[])?;
    }
    policy::require_scope(actor, Action::ReadDirectory)
}
