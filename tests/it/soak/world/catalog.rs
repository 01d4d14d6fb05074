//! Courses that take working time, so that hours are promised beside the money.

use upskill_domain::access::Actor;
use upskill_domain::app::App;
use upskill_domain::catalog::{CourseDetails, CreateCourse, CreateProvider, ProviderDetails, ProviderKind};
use upskill_domain::kernel::CourseId;

/// How many there are: enough that people seldom ask for the same.
const COURSES: i32 = 40;

/// Publishes courses without a list price, with 1 to 40 hours of paid release.
pub(super) async fn publish(app: &App, hr: &Actor) -> Vec<CourseId> {
    let provider = CreateProvider {
        key: None,
        name: "Example College".to_owned(),
        kind: ProviderKind::College,
        details: ProviderDetails::default(),
    };
    let provider = app.catalog().create_provider(hr, provider).await.expect("a provider").id;
    let mut courses = Vec::new();
    for hours in 1..=COURSES {
        let details = CourseDetails { paid_release_hours: Some(Some(hours)), ..CourseDetails::default() };
        let (code, title) = (format!("C{hours}"), format!("Course {hours}"));
        let course = CreateCourse { key: None, code, title, provider, price: None, details };
        courses.push(published(app, hr, course).await);
    }
    courses
}

async fn published(app: &App, hr: &Actor, course: CreateCourse) -> CourseId {
    let course = app.catalog().create_course(hr, course).await.expect("a course");
    app.catalog().publish_course(hr, course.id).await.expect("an offer").id
}
