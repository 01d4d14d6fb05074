//! Providers and courses that something refers to, what courses teach, and which close gaps.

use upskill_domain::catalog::{ClosingAsked, Course, GapClosing, Provider, Syllabus};
use upskill_domain::kernel::{CourseId, ProviderId};

use crate::graphql::loader::loader;

loader! {
    /// Providers by id.
    Providers: ProviderId => one Provider, catalog.providers_by_id, |provider| (provider.id, provider)
}

loader! {
    /// Those courses by id that the actor may see.
    Courses: CourseId => one Course, catalog.courses_by_id, |course| (course.id, course)
}

loader! {
    /// What those courses teach and expect that the actor may see.
    Syllabi: CourseId => one Syllabus, catalog.syllabi_by_id, |syllabus| syllabus
}

loader! {
    /// The courses that close those gaps.
    GapClosings: ClosingAsked => one GapClosing, catalog.gap_closings, |closing| closing
}
