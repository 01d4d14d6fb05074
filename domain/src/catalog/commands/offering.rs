//! Publishing and retiring courses.

use crate::access::{Action, Actor, policy};
use crate::catalog::{Catalog, CatalogEvent, Course, CourseStatus};
use crate::kernel::{CourseId, Failure, Fault, Refusal};

/// Why a course was not published.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PublishCourseRefusal {
    /// It is on offer.
    #[error("the course is published already")]
    AlreadyPublished,
}

impl Refusal for PublishCourseRefusal {
    fn field(&self) -> &'static [&'static str] {
        &["input", "id"]
    }
}

/// Why a course was not retired.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RetireCourseRefusal {
    /// It is not on offer.
    #[error("only a published course can be retired; this one is {}", .0.name())]
    NotPublished(CourseStatus),
}

impl Refusal for RetireCourseRefusal {
    fn field(&self) -> &'static [&'static str] {
        &["input", "id"]
    }
}

impl Catalog<'_> {
    /// Opens a course to everybody, for the first time or again.
    pub async fn publish_course(
        self,
        actor: &Actor,
        id: CourseId,
    ) -> Result<Course, Failure<PublishCourseRefusal>> {
        self.turn(actor, id, Course::publish, CatalogEvent::CoursePublished { course: id }).await
    }

    /// Takes a course off the offer. It stays readable.
    pub async fn retire_course(
        self,
        actor: &Actor,
        id: CourseId,
    ) -> Result<Course, Failure<RetireCourseRefusal>> {
        self.turn(actor, id, Course::retire, CatalogEvent::CourseRetired { course: id }).await
    }

    async fn turn<R: Refusal>(
        self,
        actor: &Actor,
        id: CourseId,
        transition: fn(&mut Course) -> Result<(), R>,
        event: CatalogEvent,
    ) -> Result<Course, Failure<R>> {
        policy::require(actor, Action::ManageCatalog, &[])?;
        let mut tx = self.core.store.begin(actor.employer).await?;
        let mut course = tx.lock_course(id).await?.ok_or_else(|| Fault::not_found(id))?;
        transition(&mut course)?;
        let taught = tx.syllabi(&[id]).await?.pop().map(|(_, syllabus)| syllabus).unwrap_or_default();
        tx.save_courses(&[(course.clone(), taught)]).await?;
        self.core.record(&mut *tx, actor, &[event]).await?;
        tx.commit().await?;
        Ok(course)
    }
}
