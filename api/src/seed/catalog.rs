//! The catalog: providers, skills and micro-credentials, with what they cost over time.

use std::collections::HashMap;

use anyhow::Context as _;
use chrono::{DateTime, Utc};
use serde::Deserialize;
use upskill_domain::catalog::{
    ChangeCourse, CourseColumn, CourseDetails, CourseLine, CourseOutcome, CreateProvider, ImportCourses,
    ImportOptions, Prerequisites, ProviderDetails, ProviderKind, SetCoursePrice,
};
use upskill_domain::kernel::{CountryCode, CourseId, Currency, Money, SkillId, WebAddress};
use upskill_domain::skills::{CreateSkill, SkillKind};

use super::teller::{Teller, done};

const PROVIDERS: &str = include_str!("providers.csv");
const SKILLS: &str = include_str!("skills.csv");
const COURSES: &str = include_str!("courses.csv");

/// Courses at the end of the file that are drafts still.
const DRAFTS: usize = 2;

/// Courses as they can be asked for.
pub(super) struct Offers {
    pub courses: Vec<Offered>,
    pub skills: HashMap<String, SkillId>,
    /// When some of them got more expensive.
    pub repriced: DateTime<Utc>,
}

/// A course of the catalog.
pub(super) struct Offered {
    pub id: CourseId,
    pub code: String,
    /// What it costs in minor units; none when that is not known.
    pub price: Option<i64>,
    /// What it costs after the prices were looked at again.
    pub later_price: Option<i64>,
    pub published: bool,
}

impl Offers {
    /// The place of a course.
    pub(super) fn coded(&self, code: &str) -> anyhow::Result<usize> {
        let place = self.courses.iter().position(|course| course.code == code);
        place.with_context(|| format!("the seed has no course {code}"))
    }

    /// What a course costs at an instant.
    pub(super) fn price(&self, course: usize, at: DateTime<Utc>) -> Option<i64> {
        let offered = &self.courses[course];
        if at < self.repriced { offered.price } else { offered.later_price }
    }
}

#[derive(Deserialize)]
struct ProviderRow {
    name: String,
    kind: String,
    country: String,
    accreditation: Option<String>,
    quality_assurance: Option<String>,
    website: String,
}

#[derive(Deserialize)]
struct SkillRow {
    name: String,
    kind: String,
    area: String,
}

/// One row of the file of courses, with the course that it requires.
#[derive(Clone)]
struct CourseRow {
    line: CourseLine,
    requires: Option<String>,
}

/// Writes the catalog: `size` courses, of which there are 60 different ones.
pub(super) async fn tell(teller: &Teller, size: usize) -> anyhow::Result<Offers> {
    providers(teller).await?;
    let skills = skills(teller).await?;
    let rows = rows(size)?;
    let drafts = if size > DRAFTS * 10 { DRAFTS } else { 0 };
    let (published, draft) = rows.split_at(rows.len().saturating_sub(drafts));
    let mut courses = import(teller, published, true).await?;
    if !draft.is_empty() {
        courses.extend(import(teller, draft, false).await?);
    }
    requirements(teller, &rows, &courses).await?;
    let repriced = super::time::working(teller.calendar.year, 2, 16);
    for (place, course) in courses.iter_mut().enumerate() {
        let rises = place % 5 == 2 && course.published && course.code != "SEC-150";
        course.later_price =
            course.price.map(|price| if rises { price * 104 / 100 / 1_000 * 1_000 } else { price });
    }
    Ok(Offers { courses, skills, repriced })
}

/// Some prices rise, and stay on record as they were.
pub(super) async fn reprice(teller: &Teller, offers: &Offers) -> anyhow::Result<()> {
    for course in offers.courses.iter().filter(|course| course.later_price != course.price) {
        let price = course.later_price.map(|minor| teller.money(minor)).transpose()?;
        let command = SetCoursePrice { key: None, id: course.id, price };
        done("price a course", teller.app.catalog().set_course_price(&teller.hr, command).await)?;
    }
    Ok(())
}

async fn providers(teller: &Teller) -> anyhow::Result<()> {
    for row in csv::Reader::from_reader(PROVIDERS.as_bytes()).deserialize() {
        let row: ProviderRow = row?;
        let details = ProviderDetails {
            country: Some(Some(CountryCode::parse(&row.country)?)),
            accreditation: row.accreditation.map(Some),
            quality_assurance: row.quality_assurance.map(Some),
            website: Some(Some(WebAddress::parse(&row.website)?)),
            ..ProviderDetails::default()
        };
        let kind = ProviderKind::named(&row.kind).context("a kind of provider")?;
        let command = CreateProvider { key: None, name: row.name, kind, details };
        done("create a provider", teller.app.catalog().create_provider(&teller.hr, command).await)?;
    }
    Ok(())
}

async fn skills(teller: &Teller) -> anyhow::Result<HashMap<String, SkillId>> {
    let mut skills = HashMap::new();
    for row in csv::Reader::from_reader(SKILLS.as_bytes()).deserialize() {
        let SkillRow { name, kind, area } = row?;
        let kind = SkillKind::named(&kind).context("a kind of skill")?;
        let command = CreateSkill { key: None, name, kind, area: Some(area), uri: None };
        let skill = done("create a skill", teller.app.skills().create_skill(&teller.hr, command).await)?;
        skills.insert(skill.name, skill.id);
    }
    Ok(skills)
}

/// So many rows. Beyond those of the file each one comes again as another edition.
fn rows(size: usize) -> anyhow::Result<Vec<CourseRow>> {
    let mut reader = csv::Reader::from_reader(COURSES.as_bytes());
    let headers = reader.headers()?.clone();
    let mut rows = Vec::new();
    for record in reader.records() {
        let mut row = CourseRow { line: CourseLine::default(), requires: None };
        for (header, cell) in headers.iter().zip(&record?) {
            match CourseColumn::named(header) {
                Some(column) => *column.cell(&mut row.line) = Some(cell.to_owned()),
                None => row.requires = Some(cell.to_owned()).filter(|code| !code.is_empty()),
            }
        }
        rows.push(row);
    }
    let different = rows.len().min(size);
    let editions =
        (0..size).map(|number| edition(&rows[number % different.max(1)], number / different.max(1)));
    Ok(editions.collect())
}

fn edition(row: &CourseRow, edition: usize) -> CourseRow {
    let mut row = row.clone();
    if edition > 0 {
        row.line.code = row.line.code.map(|code| format!("{code}-{edition:02}"));
        row.line.title = row.line.title.map(|title| format!("{title}, Edition {}", edition + 1));
        row.requires = None;
    }
    row
}

async fn import(teller: &Teller, rows: &[CourseRow], publish: bool) -> anyhow::Result<Vec<Offered>> {
    let currency = Currency::parse(teller.company.currency)?;
    let lines = rows.iter().zip(2..).map(|(row, line)| CourseLine { line, ..row.line.clone() }).collect();
    let options = ImportOptions { publish, currency: Some(currency) };
    let command = ImportCourses { lines, dry_run: false, options };
    let report = done("import courses", teller.app.catalog().import_courses(&teller.hr, command).await)?;
    let courses = report.rows.into_iter().zip(rows).map(|(result, row)| {
        let CourseOutcome::Created(id) = result.outcome else {
            anyhow::bail!("line {} of the seed's courses: {:?}", result.line, result.outcome)
        };
        let price = match row.line.price.as_deref() {
            None | Some("") => None,
            Some("free") => Some(0),
            Some(price) => Some(Money::parse(price, currency)?.minor()),
        };
        let code = result.code.unwrap_or_default();
        Ok(Offered { id, code, price, later_price: price, published: publish })
    });
    courses.collect()
}

async fn requirements(teller: &Teller, rows: &[CourseRow], courses: &[Offered]) -> anyhow::Result<()> {
    for (row, course) in rows.iter().zip(courses) {
        let Some(code) = &row.requires else { continue };
        let Some(required) = courses.iter().find(|course| course.code == *code) else { continue };
        let prerequisites = Prerequisites { courses: vec![required.id], skills: Vec::new() };
        let details = CourseDetails { prerequisites: Some(prerequisites), ..CourseDetails::default() };
        let command =
            ChangeCourse { id: course.id, expected_version: 1, title: None, provider: None, details };
        done("change a course", teller.app.catalog().change_course(&teller.hr, command).await)?;
    }
    Ok(())
}
