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
        match policy::scope(actor, Action::ReadCatalog) {
            Some(scope) => self.core.store.reads().providers_by_id(scope, ids).await,
            None => Ok(Vec::new()),
        }
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

    /// One course.
    pub async fn course(self, actor: &Actor, id: CourseId) -> Result<Course, Fault> {
        let mut found = self.courses_by_id(actor, &[id]).await?;
        found.pop().ok_or_else(|| Fault::not_found(id))
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
        self.core.store.reads().courses(scope, visible(actor), &current(lists), order, page, with).await
    }

    /// How many courses each list has.
    pub async fn count_courses(self, actor: &Actor, lists: &[CourseFilter]) -> Result<Vec<u64>, Fault> {
        let scope = policy::require_scope(actor, Action::ReadCatalog)?;
        self.core.store.reads().count_courses(scope, visible(actor), &current(lists)).await
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

/// The lists as asked for; who does not name a status means the courses that are not retired.
fn current(lists: &[CourseFilter]) -> Vec<CourseFilter> {
    let mut lists = lists.to_vec();
    for filter in &mut lists {
        filter.statuses.get_or_insert_with(|| vec![CourseStatus::Draft, CourseStatus::Published]);
    }
    lists
}
