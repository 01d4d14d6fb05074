//! Importing catalogs.

use async_graphql::{Context, Enum, ID, Object, SimpleObject};
use upskill_domain::catalog::{self as domain, CourseOutcome, ImportCoursesRefusal};

use crate::graphql::catalog::inputs::{ImportCoursesInput, ProviderKind};
use crate::graphql::context::RequestContext;
use crate::graphql::error::{Isolated, isolated};
use crate::graphql::id::wire;
use crate::graphql::refusal::{answered, user_errors};

/// The mutation that imports.
#[derive(Default)]
pub(crate) struct ImportMutations;

#[Object]
impl ImportMutations {
    /// Imports courses: creates and updates by code, creates the providers and skills that they name, writes the rows
    /// that can be taken in one transaction and reports every row. Repeating an import changes nothing. For `HR_ADMIN`.
    /// CONFLICT when somebody else adds the same names meanwhile; repeating helps.
    async fn import_courses(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The rows and how to take them.")] input: ImportCoursesInput,
    ) -> Isolated<ImportCoursesPayload> {
        isolated(async {
            let outcome = ctx.app()?.catalog().import_courses(ctx.actor()?, input.try_into()?).await;
            let (report, user_errors) = answered(outcome)?;
            Ok(Some(ImportCoursesPayload { report: report.map(CourseReport::from), user_errors }))
        })
        .await
    }
}

/// What became of `importCourses`.
#[derive(SimpleObject)]
pub(crate) struct ImportCoursesPayload {
    /// What became of every row; null when the catalog as a whole was refused.
    report: Option<CourseReport>,
    /// Why the catalog as a whole was refused; empty when its rows were decided.
    user_errors: Vec<ImportCoursesError>,
}

user_errors! {
    /// Why a catalog as a whole was refused.
    ImportCoursesError, ImportCoursesErrorCode for ImportCoursesRefusal {
        /// It has no rows.
        Empty <= ImportCoursesRefusal::Empty,
        /// It has more rows than one import may have.
        TooManyRows <= ImportCoursesRefusal::TooManyRows { .. },
    }
}

/// What became of the rows of a catalog.
#[derive(SimpleObject)]
pub(crate) struct CourseReport {
    /// Whether nothing was written because only a report was asked for.
    dry_run: bool,
    /// How many rows made a new course.
    created: usize,
    /// How many rows changed a course.
    updated: usize,
    /// How many rows said nothing new.
    unchanged: usize,
    /// How many rows were not taken.
    refused: usize,
    /// The providers that were created, by name. Where the row did not say, the kind is a guess to be looked at.
    providers_created: Vec<CreatedProvider>,
    /// Names of the skills that were created.
    skills_created: Vec<String>,
    /// A result for every row, in the order of the rows.
    rows: Vec<CourseRowResult>,
}

/// A provider that an import created.
#[derive(SimpleObject)]
pub(crate) struct CreatedProvider {
    /// Its name.
    name: String,
    /// Its kind, as given or guessed from the name.
    kind: ProviderKind,
}

/// What became of one row.
#[derive(SimpleObject)]
pub(crate) struct CourseRowResult {
    /// The row, counted from 1.
    row: u32,
    /// The code of the course, given or derived; null when the row had neither a code nor provider and title.
    code: Option<String>,
    /// What became of it.
    outcome: CourseRowOutcome,
    /// The course's id; null when the row was refused.
    course_id: Option<ID>,
    /// Why the row was refused, with the value and what would be right; null when it was taken.
    problem: Option<String>,
}

/// The fates of a row.
#[derive(Enum, Copy, Clone, PartialEq, Eq)]
pub(crate) enum CourseRowOutcome {
    /// A new course.
    Created,
    /// A known course with something new.
    Updated,
    /// A known course with nothing new.
    Unchanged,
    /// Not taken.
    Refused,
}

impl From<domain::CourseReport> for CourseReport {
    fn from(report: domain::CourseReport) -> Self {
        let providers = report
            .providers_created
            .iter()
            .map(|(name, kind)| CreatedProvider { name: name.clone(), kind: (*kind).into() });
        Self {
            dry_run: report.dry_run,
            created: report.count(|fate| matches!(fate, CourseOutcome::Created(_))),
            updated: report.count(|fate| matches!(fate, CourseOutcome::Updated(_))),
            unchanged: report.count(|fate| matches!(fate, CourseOutcome::Unchanged(_))),
            refused: report.count(|fate| matches!(fate, CourseOutcome::Refused(_))),
            providers_created: providers.collect(),
            skills_created: report.skills_created,
            rows: report.rows.into_iter().map(CourseRowResult::from).collect(),
        }
    }
}

impl From<domain::CourseResult> for CourseRowResult {
    fn from(result: domain::CourseResult) -> Self {
        let (outcome, course, problem) = match result.outcome {
            CourseOutcome::Created(id) => (CourseRowOutcome::Created, Some(id), None),
            CourseOutcome::Updated(id) => (CourseRowOutcome::Updated, Some(id), None),
            CourseOutcome::Unchanged(id) => (CourseRowOutcome::Unchanged, Some(id), None),
            CourseOutcome::Refused(problem) => (CourseRowOutcome::Refused, None, Some(problem.to_string())),
        };
        Self { row: result.line, code: result.code, outcome, course_id: course.map(wire), problem }
    }
}
