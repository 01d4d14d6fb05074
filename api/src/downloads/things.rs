//! What there are reports about, page by page.

use upskill_domain::access::Actor;
use upskill_domain::app::App;
use upskill_domain::catalog::{
    CourseFilter, CourseOrder, CourseStatus, CourseWith, ProviderFilter, ProviderOrder,
};
use upskill_domain::kernel::{Direction, Page, PageRequest};
use upskill_domain::organization::{DepartmentFilter, DepartmentOrder};
use upskill_domain::programs::{ProgramFilter, ProgramOrder};
use upskill_domain::reports::ReportOf;

use super::Place;
use crate::graphql::ApiError;

/// The kinds of things that there are reports about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Things {
    Employer,
    Departments,
    Courses,
    Providers,
    Programs,
}

/// Something that there is a report about.
pub(super) struct Thing {
    pub(super) of: ReportOf,
    pub(super) id: String,
    pub(super) code: String,
    pub(super) name: String,
}

impl Things {
    /// What a file of this name is about.
    pub(super) fn named(file: &str) -> Option<Self> {
        Some(match file {
            "employer.csv" => Self::Employer,
            "departments.csv" => Self::Departments,
            "courses.csv" => Self::Courses,
            "providers.csv" => Self::Providers,
            "programs.csv" => Self::Programs,
            _ => return None,
        })
    }

    /// One page of them, and where it ends.
    pub(super) async fn page(
        self,
        app: &App,
        actor: &Actor,
        request: &PageRequest,
    ) -> Result<(Vec<Thing>, Place), ApiError> {
        let up = Direction::Ascending;
        Ok(match self {
            Self::Employer => {
                let row = app.organization().employer(actor).await?;
                let code = row.slug.to_string();
                (vec![Thing::new(ReportOf::Employer, &row.id, code, row.name)], Place::End)
            }
            Self::Departments => {
                let (filter, order) = (DepartmentFilter::default(), (DepartmentOrder::Code, up));
                let pages = app.organization().departments(actor, &[filter], order, request).await?;
                listed(pages, |row| Thing::new(ReportOf::Department(row.id), &row.id, row.code, row.name))
            }
            Self::Courses => {
                // Of a year that is over, courses that nobody can take any more are told as well.
                let statuses = Some(CourseStatus::ALL.to_vec());
                let filter = CourseFilter { statuses, ..CourseFilter::default() };
                let (order, with) = ((CourseOrder::Title, up), CourseWith::default());
                let pages = app.catalog().courses(actor, &[filter], order, request, with).await?;
                listed(pages, |row| {
                    let course = row.course;
                    Thing::new(ReportOf::Course(course.id), &course.id, course.code, course.title)
                })
            }
            Self::Providers => {
                let (filter, order) = (ProviderFilter::default(), (ProviderOrder::Name, up));
                let pages = app.catalog().providers(actor, &[filter], order, request).await?;
                listed(pages, |row| Thing::new(ReportOf::Provider(row.id), &row.id, String::new(), row.name))
            }
            Self::Programs => {
                let (filter, order) = (ProgramFilter::default(), (ProgramOrder::Name, up));
                let pages = app.programs().programs(actor, &[filter], order, request).await?;
                listed(pages, |row| Thing::new(ReportOf::Program(row.id), &row.id, String::new(), row.name))
            }
        })
    }
}

impl Thing {
    fn new(of: ReportOf, id: &impl ToString, code: String, name: String) -> Self {
        Self { of, id: id.to_string(), code, name }
    }
}

/// The rows of the page of one list, and where it ends.
fn listed<T>(pages: Vec<Page<T>>, thing: impl Fn(T) -> Thing) -> (Vec<Thing>, Place) {
    let page = pages.into_iter().next().unwrap_or_else(Page::empty);
    let last = page.rows.last().map(|placed| placed.position.clone());
    let things = page.rows.into_iter().map(|placed| thing(placed.row)).collect();
    (things, Place::after(last, page.more))
}
