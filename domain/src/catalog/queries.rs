//! What can be asked of the catalog.

mod closing;

pub use closing::ClosingAsked;

use crate::access::{Action, Actor, policy};
use crate::kernel::{CourseId, Direction, Fault, Page, PageRequest, ProviderId};

use super::{
    Catalog, Course, CourseCard, CourseFilter, CourseOrder, CoursePrice, CourseStatus, CourseWith, Provider,
    ProviderFilter, ProviderOrder, Syllabus,
};

impl Catalog<'_> {
    /// Providers by id.
    pub async fn providers_by_id(self, actor: &Actor, ids: &[ProviderId]) -> Result<Vec<Provider>, Fault> {
        let scope = policy::require_scope(actor, Action::ReadCatalog)?;
        self.core.store.reads().providers_by_id(scope, ids).await
    }

    /// The same page of several lists of providers.
    pub async fn providers(
        self,
        actor: &Actor,
        lists: &[ProviderFilter],
        order: (ProviderOrder, Direction),
        page: &PageRequest,
    ) -> Result<Vec<Page<Provider>>, Fault> {
        let scope = policy::require_scope(actor, Action::ReadCatalog)?;
        self.core.store.reads().providers(scope, lists, order, page).await
    }

    /// How many providers each list has.
    pub async fn count_providers(self, actor: &Actor, lists: &[ProviderFilter]) -> Result<Vec<u64>, Fault> {
        let scope = policy::require_scope(actor, Action::ReadCatalog)?;
        self.core.store.reads().count_providers(scope, lists).await
    }

    /// Courses by id, as far as the actor may see them.
    pub async fn courses_by_id(self, actor: &Actor, ids: &[CourseId]) -> Result<Vec<Course>, Fault> {
        match policy::scope(actor, Action::ReadCatalog) {
            Some(scope) => self.core.store.reads().courses_by_id(scope, ids, visible(actor)).await,
            None => Ok(Vec::new()),
        }
    }

    /// What courses teach and expect, as far as the actor may see them.
    pub async fn syllabi_by_id(
        self,
        actor: &Actor,
        ids: &[CourseId],
    ) -> Result<Vec<(CourseId, Syllabus)>, Fault> {
        match policy::scope(actor, Action::ReadCatalog) {
            Some(scope) => self.core.store.reads().syllabi_by_id(scope, ids, visible(actor)).await,
            None => Ok(Vec::new()),
        }
    }

    /// The same page of several lists of courses.
    pub async fn courses(
        self,
        actor: &Actor,
        lists: &[CourseFilter],
        order: (CourseOrder, Direction),
        page: &PageRequest,
        with: CourseWith,
    ) -> Result<Vec<Page<CourseCard>>, Fault> {
        let scope = policy::require_scope(actor, Action::ReadCatalog)?;
        if order.0 == CourseOrder::Price && lists.iter().any(|filter| filter.price.is_none()) {
            let message =
                "prices of different currencies have no order; name a currency in filter.price".to_owned();
            return Err(Fault::Invalid { field: "orderBy", message });
        }
        self.core.store.reads().courses(scope, &narrowed(actor, lists), order, page, with).await
    }

    /// How many courses each list has.
    pub async fn count_courses(self, actor: &Actor, lists: &[CourseFilter]) -> Result<Vec<u64>, Fault> {
        let scope = policy::require_scope(actor, Action::ReadCatalog)?;
        self.core.store.reads().count_courses(scope, &narrowed(actor, lists)).await
    }

    /// The same page of the prices of several courses, the newest last; none for courses that the actor may not see.
    pub async fn prices(
        self,
        actor: &Actor,
        courses: &[CourseId],
        page: &PageRequest,
    ) -> Result<Vec<Page<CoursePrice>>, Fault> {
        let scope = policy::require_scope(actor, Action::ReadCatalog)?;
        self.core.store.reads().prices(scope, visible(actor), courses, page).await
    }

    /// How many prices each of several courses has had.
    pub async fn count_prices(self, actor: &Actor, courses: &[CourseId]) -> Result<Vec<u64>, Fault> {
        let scope = policy::require_scope(actor, Action::ReadCatalog)?;
        self.core.store.reads().count_prices(scope, visible(actor), courses).await
    }
}

/// The statuses of the courses that an actor may see.
fn visible(actor: &Actor) -> &'static [CourseStatus] {
    match policy::scope(actor, Action::ReadDraftCourses) {
        Some(_) => &CourseStatus::ALL,
        None => &[CourseStatus::Published, CourseStatus::Retired],
    }
}

/// The lists with nothing in them that the actor may not see. Who names no status means the courses that are not retired.
fn narrowed(actor: &Actor, lists: &[CourseFilter]) -> Vec<CourseFilter> {
    let visible = visible(actor);
    let mut lists = lists.to_vec();
    for filter in &mut lists {
        let asked = filter.statuses.as_deref().unwrap_or(&[CourseStatus::Draft, CourseStatus::Published]);
        filter.statuses = Some(asked.iter().copied().filter(|status| visible.contains(status)).collect());
    }
    lists
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::{Role, Roles, Who};
    use crate::kernel::{EmployeeId, EmployerId, TypedId};
    use uuid::Uuid;

    fn statuses(roles: Roles, asked: Option<&[CourseStatus]>) -> Vec<CourseStatus> {
        let actor = Actor {
            employer: EmployerId::from_uuid(Uuid::from_u128(1)),
            who: Who::Employee(EmployeeId::from_uuid(Uuid::from_u128(2))),
            roles,
            request_id: String::new(),
        };
        let filter = CourseFilter { statuses: asked.map(<[_]>::to_vec), ..CourseFilter::default() };
        narrowed(&actor, &[filter]).into_iter().filter_map(|filter| filter.statuses).flatten().collect()
    }

    #[test]
    fn drafts_are_for_those_who_run_the_catalog() {
        use CourseStatus::{Draft, Published, Retired};
        let (nobody, hr) = (Roles::NONE, Roles::NONE.with(Role::HrAdmin));
        assert_eq!(statuses(nobody, None), [Published]);
        assert_eq!(statuses(nobody, Some(&[Draft])), []);
        assert_eq!(statuses(nobody, Some(&[Draft, Retired])), [Retired]);
        assert_eq!(statuses(nobody, Some(&[])), []);
        assert_eq!(statuses(hr, None), [Draft, Published]);
        assert_eq!(statuses(hr, Some(&[Draft])), [Draft]);
    }
}
