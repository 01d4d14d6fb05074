//! Rows of a catalog to import.

use async_graphql::{InputObject, MaybeUndefined};
use upskill_domain::catalog as domain;

use super::{AssessmentType, Participation, ProviderKind, Supervision, price};
use crate::graphql::error::ApiError;
use crate::graphql::scalars::{CountryCode, Decimal, Locale, MoneyInput, Url};

/// A catalog to import.
#[derive(InputObject)]
pub(crate) struct ImportCoursesInput {
    /// The rows, 1 to 50,000 as far as the request may be long.
    rows: Vec<CourseRowInput>,
    /// Decide and report everything, write nothing.
    #[graphql(default)]
    dry_run: bool,
    /// Publish courses that are new or still drafts. Retired courses stay retired.
    #[graphql(default)]
    publish: bool,
}

/// One course of a catalog. A field that is left out keeps what is stored; null makes it unknown.
#[derive(InputObject)]
pub(crate) struct CourseRowInput {
    /// The code: 1 to 64 characters. Known codes are updated, others created. Without one, a code is derived from
    /// provider and title, always the same for the same two.
    code: Option<String>,
    /// The title: 1 to 200 characters. Required for new courses.
    title: Option<String>,
    /// The provider's name: 1 to 200 characters. Required for new courses. An unknown provider is created.
    provider: Option<String>,
    /// What sort of organization a new provider is; guessed from its name when left out, which the report shows. Known
    /// providers stay as they are.
    provider_kind: Option<ProviderKind>,
    /// Where a new provider issues its credentials. Known providers stay as they are.
    provider_country: Option<CountryCode>,
    /// What it is about: at most 4,000 characters.
    summary: MaybeUndefined<String>,
    /// A code of ISCED-F 2013 with two to four digits.
    subject_area: MaybeUndefined<String>,
    /// The language of instruction.
    language: MaybeUndefined<Locale>,
    /// Where it takes place.
    participation: MaybeUndefined<Participation>,
    /// How long it takes, in words: `6 weeks`, `4-13 weeks`, `3 - 6 Months`, `Less than 2 hours`. A plain number counts
    /// weeks; a month is 52/12 weeks; hours are hours of work, and fit into one week when they are at most 10.
    duration: MaybeUndefined<String>,
    /// Hours of work for the learner, 1 to 10,000.
    workload_hours: MaybeUndefined<i32>,
    /// Hours of these that the employer gives, from 0 to the workload.
    paid_release_hours: MaybeUndefined<i32>,
    /// ECTS credits, above 0 and up to 300, with at most two decimals.
    ects: MaybeUndefined<Decimal>,
    /// The level of the qualification it belongs to, EQF 1 to 8.
    eqf_level: MaybeUndefined<i32>,
    /// How it is assessed.
    assessment_type: MaybeUndefined<AssessmentType>,
    /// Who watches the assessment.
    supervision: MaybeUndefined<Supervision>,
    /// What learners will know and be able to do, one outcome an item.
    learning_outcomes: MaybeUndefined<Vec<String>>,
    /// The names of its parts beside those of every micro-credential, in their order; `Project (optional)` is optional.
    milestones: MaybeUndefined<Vec<String>>,
    /// Names of the skills it teaches, each once; `Python:3` gives the level. Unknown skills are created.
    skills: MaybeUndefined<Vec<String>>,
    /// The level, 1 to 5, of skills whose own is not given.
    skill_level: MaybeUndefined<i32>,
    /// What it counts toward, when it can be stacked: at most 200 characters.
    credit_toward: MaybeUndefined<String>,
    /// Where to read more.
    url: MaybeUndefined<Url>,
    /// The list price per person. 0 is a price; null makes it unknown.
    price: MaybeUndefined<MoneyInput>,
}

impl TryFrom<ImportCoursesInput> for domain::ImportCourses {
    type Error = ApiError;
    fn try_from(input: ImportCoursesInput) -> Result<Self, ApiError> {
        let lines = input.rows.into_iter().zip(1..).map(|(row, line)| course_line(line, row));
        Ok(Self {
            lines: lines.collect::<Result<_, _>>()?,
            dry_run: input.dry_run,
            options: domain::ImportOptions { publish: input.publish, currency: None },
        })
    }
}

fn course_line(line: u32, row: CourseRowInput) -> Result<domain::CourseLine, ApiError> {
    let named = |name: &'static str| name.to_owned();
    let price = row.price.map_value(|given| price("input.rows.price", &given)).transpose()?;
    Ok(domain::CourseLine {
        line,
        unreadable: None,
        code: row.code,
        title: row.title,
        summary: cell(row.summary),
        provider: row.provider,
        provider_kind: row.provider_kind.map(|kind| named(domain::ProviderKind::from(kind).name())),
        provider_country: row.provider_country.map(|code| code.0.to_string()),
        subject_area: cell(row.subject_area),
        language: cell(row.language.map_value(|tag| tag.0.as_str().to_owned())),
        participation: cell(
            row.participation.map_value(|form| named(domain::Participation::from(form).name())),
        ),
        duration: cell(row.duration),
        workload_hours: cell(row.workload_hours.map_value(|hours| hours.to_string())),
        paid_release_hours: cell(row.paid_release_hours.map_value(|hours| hours.to_string())),
        ects: cell(row.ects.map_value(|credits| credits.0)),
        eqf_level: cell(row.eqf_level.map_value(|level| level.to_string())),
        assessment_type: cell(
            row.assessment_type.map_value(|kind| named(domain::AssessmentType::from(kind).name())),
        ),
        supervision: cell(row.supervision.map_value(|case| named(domain::Supervision::from(case).name()))),
        learning_outcomes: cell(row.learning_outcomes.map_value(|outcomes| lines(&outcomes))),
        milestones: cell(row.milestones.map_value(|names| lines(&names))),
        skills: cell(row.skills.map_value(|skills| lines(&skills))),
        skill_level: cell(row.skill_level.map_value(|level| level.to_string())),
        credit_toward: cell(row.credit_toward),
        url: cell(row.url.map_value(|url| url.0.to_string())),
        price: cell(price.map_value(|money| format!("{} {}", money.currency(), money.decimal()))),
        currency: None,
    })
}

/// One item a line, each line ended: a single name with a comma in it must not be taken for two.
fn lines(items: &[String]) -> String {
    items.iter().fold(String::new(), |lines, item| lines + item + "\n")
}

/// Left out keeps, null clears: what a missing column and an empty cell mean in a file.
fn cell(value: MaybeUndefined<String>) -> Option<String> {
    match value {
        MaybeUndefined::Undefined => None,
        MaybeUndefined::Null => Some(String::new()),
        MaybeUndefined::Value(text) => Some(text),
    }
}
