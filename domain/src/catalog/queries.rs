//! What can be asked of the catalog.

use crate::access::{Action, Actor, policy};
use crate::kernel::{CourseId, Direction, Fault, Page, PageRequest, ProviderId};

use super::{
    Catalog, Course, CourseCard, CourseFilter, CourseOrder, CoursePrice, CourseStatus, CourseWith, Provider,
    ProviderFilter, ProviderOrder, Syllabus,
};

impl Catalog<'_> {
    /// One provider.
    pub async fn provider(self, actor: &Actor, id: ProviderId) -> Result<Provider, Fault> {
        let mut found = self.providers_by_id(actor, &[id]).await?;
        found.pop().ok_or_else(|| Fault::not_found(id))
    }

    /// Providers by id.
    pub async fn providers_by_id(self, actor: &Actor, ids: &[ProviderId]) -> Result<Vec<Provider>, Fault> {
        let scope = policy::require_scope(actor, Action::ReadCatalog)?;
        self.core.store.reads().providers_by_id(scope, ids).await
    }

    /// A page of providers.
    pub async fn providers(
        self,
        actor: &Actor,
        filter: &ProviderFilter,
        order: (ProviderOrder, Direction),
        page: &PageRequest,
    ) -> Result<Page<Provider>, Fault> {
        let scope = policy::require_scope(actor, Action::ReadCatalog)?;
        self.core.store.reads().providers(scope, filter, order, page).await
    }

    /// How many providers there are.
    pub async fn count_providers(self, actor: &Actor, filter: &ProviderFilter) -> Result<u64, Fault> {
        let scope = policy::require_scope(actor, Action::ReadCatalog)?;
        self.core.store.reads().count_providers(scope, filter).await
    }

    /// One course.
    pub async fn course(self, actor: &Actor, id: CourseId) -> Result<Course, Fault> {
        let mut found = self.courses_by_id(actor, &[id]).await?;
        found.pop().ok_or_else(|| Fault::not_found(id))
    }

    /// Courses by id, as far as the actor may see them.
    pub async fn courses_by_id(self, actor: &Actor, ids: &[CourseId]) -> Result<Vec<Course>, Fault> {
        let scope = policy::require_scope(actor, Action::ReadCatalog)?;
        self.core.store.reads().courses_by_id(scope, ids, visible(actor)).await
    }

    /// What courses teach and expect, as far as the actor may see them.
    pub async fn syllabi_by_id(
        self,
        actor: &Actor,
        ids: &[CourseId],
    ) -> Result<Vec<(CourseId, Syllabus)>, Fault> {
        let scope = policy::require_scope(actor, Action::ReadCatalog)?;
        self.core.store.reads().syllabi_by_id(scope, ids, visible(actor)).await
    }

    /// A page of courses.
    pub async fn courses(
        self,
        actor: &Actor,
        filter: &CourseFilter,
        order: (CourseOrder, Direction),
        page: &PageRequest,
        with: CourseWith,
    ) -> Result<Page<CourseCard>, Fault> {
        let scope = policy::require_scope(actor, Action::ReadCatalog)?;
        if order.0 == CourseOrder::Price && filter.price.is_none() {
            let message =
                "prices of different currencies have no order; name a currency in filter.price".to_owned();
            return Err(Fault::Invalid { field: "orderBy", message });
        }
        match narrowed(actor, filter) {
            Some(filter) => self.core.store.reads().courses(scope, &filter, order, page, with).await,
            None => Ok(Page::empty()),
        }
    }

    /// How many courses there are.
    pub async fn count_courses(self, actor: &Actor, filter: &CourseFilter) -> Result<u64, Fault> {
        let scope = policy::require_scope(actor, Action::ReadCatalog)?;
        match narrowed(actor, filter) {
            Some(filter) => self.core.store.reads().count_courses(scope, &filter).await,
            None => Ok(0),
        }
    }

    /// A page of the prices that a course has had, the newest last.
    pub async fn prices(
        self,
        actor: &Actor,
        course: CourseId,
        page: &PageRequest,
    ) -> Result<Page<CoursePrice>, Fault> {
        let scope = policy::require_scope(actor, Action::ReadCatalog)?;
        self.course(actor, course).await?;
        self.core.store.reads().prices(scope, course, page).await
    }

    /// How many prices a course has had.
    pub async fn count_prices(self, actor: &Actor, course: CourseId) -> Result<u64, Fault> {
        let scope = policy::require_scope(actor, Action::ReadCatalog)?;
        self.course(actor, course).await?;
        self.core.store.reads().count_prices(scope, course).await
    }
}

/// The statuses of the courses that an actor may see.
fn visible(actor: &Actor) -> &'static [CourseStatus] {
    match policy::scope(actor, Action::ReadDraftCourses) {
        Some(_) => &CourseStatus::ALL,
        None => &[CourseStatus::Published, CourseStatus::Retired],
    }
}

/// The filter with nothing in it that the actor may not see. `None` when nothing is left.
fn narrowed(actor: &Actor, filter: &CourseFilter) -> Option<CourseFilter> {
    let visible = visible(actor).iter().copied();
    let statuses: Vec<_> = if filter.statuses.is_empty() {
        visible.filter(|status| *status != CourseStatus::Retired).collect()
    } else {
        visible.filter(|status| filter.statuses.contains(status)).collect()
    };
    (!statuses.is_empty()).then(|| CourseFilter { statuses, ..filter.clone() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::{Role, Roles, Who};
    use crate::kernel::{EmployeeId, EmployerId, TypedId};
    use uuid::Uuid;

    fn statuses(roles: Roles, asked: &[CourseStatus]) -> Option<Vec<CourseStatus>> {
        let actor = Actor {
            employer: EmployerId::from_uuid(Uuid::from_u128(1)),
            who: Who::Employee(EmployeeId::from_uuid(Uuid::from_u128(2))),
            roles,
            request_id: String::new(),
        };
        let filter = CourseFilter { statuses: asked.to_vec(), ..CourseFilter::default() };
        narrowed(&actor, &filter).map(|filter| filter.statuses)
    }

    #[test]
    fn drafts_are_for_those_who_run_the_catalog() {
        use CourseStatus::{Draft, Published, Retired};
        let (nobody, hr) = (Roles::NONE, Roles::NONE.with(Role::HrAdmin));
        assert_eq!(statuses(nobody, &[]), Some(vec![Published]));
        assert_eq!(statuses(nobody, &[Draft]), None);
        assert_eq!(statuses(nobody, &[Draft, Retired]), Some(vec![Retired]));
        assert_eq!(statuses(hr, &[]), Some(vec![Draft, Published]));
        assert_eq!(statuses(hr, &[Draft]), Some(vec![Draft]));
    }
}
