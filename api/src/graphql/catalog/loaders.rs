//! Providers and courses that something refers to, and what courses teach.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::dataloader::Loader;
use upskill_domain::access::Actor;
use upskill_domain::app::App;
use upskill_domain::catalog::{Course, Provider, Syllabus};
use upskill_domain::kernel::{CourseId, Fault, ProviderId};

use crate::graphql::context::RequestLoader;

/// Providers by id.
pub(crate) struct Providers {
    app: App,
    actor: Arc<Actor>,
}

impl RequestLoader for Providers {
    fn new(app: App, actor: Arc<Actor>) -> Self {
        Self { app, actor }
    }
}

impl Loader<ProviderId> for Providers {
    type Value = Provider;
    type Error = Arc<Fault>;

    async fn load(&self, keys: &[ProviderId]) -> Result<HashMap<ProviderId, Provider>, Arc<Fault>> {
        let found = self.app.catalog().providers_by_id(&self.actor, keys).await?;
        Ok(found.into_iter().map(|provider| (provider.id, provider)).collect())
    }
}

/// Those courses by id that the actor may see.
pub(crate) struct Courses {
    app: App,
    actor: Arc<Actor>,
}

impl RequestLoader for Courses {
    fn new(app: App, actor: Arc<Actor>) -> Self {
        Self { app, actor }
    }
}

impl Loader<CourseId> for Courses {
    type Value = Course;
    type Error = Arc<Fault>;

    async fn load(&self, keys: &[CourseId]) -> Result<HashMap<CourseId, Course>, Arc<Fault>> {
        let found = self.app.catalog().courses_by_id(&self.actor, keys).await?;
        Ok(found.into_iter().map(|course| (course.id, course)).collect())
    }
}

/// What those courses teach and expect that the actor may see.
pub(crate) struct Syllabi {
    app: App,
    actor: Arc<Actor>,
}

impl RequestLoader for Syllabi {
    fn new(app: App, actor: Arc<Actor>) -> Self {
        Self { app, actor }
    }
}

impl Loader<CourseId> for Syllabi {
    type Value = Syllabus;
    type Error = Arc<Fault>;

    async fn load(&self, keys: &[CourseId]) -> Result<HashMap<CourseId, Syllabus>, Arc<Fault>> {
        Ok(self.app.catalog().syllabi_by_id(&self.actor, keys).await?.into_iter().collect())
    }
}
