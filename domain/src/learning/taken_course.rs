//! What somebody learns: a course as it was when they enrolled.

use crate::catalog::{Course, CourseStatus, Provider, WeekRange};
use crate::funding::RequestedOffer;
use crate::kernel::CourseId;

use super::EnrollRefusal;

/// A course, frozen on the enrollment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TakenCourse {
    /// The course of the catalog; none for one outside of it.
    pub course: Option<CourseId>,
    /// What tells it from others: two enrollments of a person in the same are about the same thing.
    pub subject: String,
    /// What it is called.
    pub title: String,
    /// Who offers it.
    pub provider_name: String,
    /// Where it is described.
    pub url: Option<String>,
    /// How much work it is, in minutes, when known.
    pub workload_minutes: Option<i32>,
    /// The longest that it takes, in weeks, when known.
    pub duration_weeks: Option<i32>,
}

impl TakenCourse {
    /// A course of the catalog, as it is offered now.
    pub(super) fn of_catalog(course: &Course, provider: &Provider) -> Result<Self, EnrollRefusal> {
        if course.status != CourseStatus::Published {
            return Err(EnrollRefusal::NotOffered { title: course.title.clone() });
        }
        Ok(Self::of_course(course, provider))
    }

    /// A course of the catalog, whether it is offered now or not.
    pub(super) fn of_course(course: &Course, provider: &Provider) -> Self {
        Self {
            course: Some(course.id),
            subject: course.id.to_string(),
            title: course.title.clone(),
            provider_name: provider.name.clone(),
            url: course.url.as_ref().map(ToString::to_string),
            workload_minutes: course.workload_hours.map(|hours| hours.saturating_mul(60)),
            duration_weeks: course.duration.map(WeekRange::max),
        }
    }

    /// What a request was granted for. It was offered when it was asked for, whatever has become of it since.
    pub(super) fn of_offer(offer: &RequestedOffer) -> Self {
        Self {
            course: offer.course,
            subject: offer.subject(),
            title: offer.title.clone(),
            provider_name: offer.provider_name.clone(),
            url: offer.url.clone(),
            workload_minutes: offer.workload_minutes,
            duration_weeks: offer.duration_weeks,
        }
    }
}
