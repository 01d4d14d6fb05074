//! Deciding an import: which rows land, and what the catalog looks like afterwards.
//!
//! Rows do not depend on each other, except that the second row of a course is refused. Providers and skills that the
//! catalog does not know are created, but only for rows that land.

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, Utc};

use crate::kernel::{EmployeeId, Ids, ProviderId, TypedId, search_key};
use crate::skills::{Skill, SkillKind, SkillLevel};

use super::course::Pricing;
use super::sheet::{ReadLine, Sheet};
use super::{
    Course, CourseColumn, CourseOutcome, CoursePrice, CourseProblem, CourseResult, CourseStatus,
    ImportOptions, Provider, ProviderKind, Syllabus, TaughtSkill,
};

/// What the catalog knows of the things that a sheet names.
#[derive(Debug, Clone, Default)]
pub struct KnownCatalog {
    /// Courses with the sheet's codes.
    pub courses: Vec<(Course, Syllabus)>,
    /// Providers with the sheet's names.
    pub providers: Vec<Provider>,
    /// Skills with the sheet's names.
    pub skills: Vec<Skill>,
}

/// Who imports, and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Importer {
    /// The instant of the import.
    pub at: DateTime<Utc>,
    /// The person, when it is one.
    pub by: Option<EmployeeId>,
}

/// What is to be written, and what to be said about every row.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CoursePlan {
    /// A result for every row, in the order of the rows.
    pub results: Vec<CourseResult>,
    /// Providers to create.
    pub providers: Vec<Provider>,
    /// Skills to create.
    pub skills: Vec<Skill>,
    /// Courses to create, in the order of their codes.
    pub created: Vec<(Course, Syllabus)>,
    /// Courses to change, in the order of their codes, with what changes.
    pub changed: Vec<ChangedCourse>,
    /// Prices for the history.
    pub prices: Vec<CoursePrice>,
}

/// A known course that an import changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangedCourse {
    /// The course as it will be.
    pub course: Course,
    /// What it will teach and expect.
    pub syllabus: Syllabus,
    /// The names of the fields that change, the price and the status apart.
    pub fields: Vec<&'static str>,
    /// Whether its price changes.
    pub priced: bool,
    /// Whether it is published.
    pub published: bool,
}

/// Decides every row against the catalog as it stands.
pub fn plan(
    sheet: Sheet,
    known: &KnownCatalog,
    options: ImportOptions,
    importer: Importer,
    ids: &dyn Ids,
) -> CoursePlan {
    let mut desk = Desk::new(known, options, importer, ids);
    for row in sheet.rows {
        let outcome = row.read.and_then(|read| desk.take(row.line, &read));
        let outcome = outcome.unwrap_or_else(CourseOutcome::Refused);
        desk.plan.results.push(CourseResult { line: row.line, code: row.code, outcome });
    }
    desk.finish()
}

struct Desk<'a> {
    known: HashMap<&'a str, &'a (Course, Syllabus)>,
    providers: BTreeMap<String, ProviderId>,
    skills: BTreeMap<String, Skill>,
    first_lines: HashMap<String, u32>,
    options: ImportOptions,
    importer: Importer,
    ids: &'a dyn Ids,
    plan: CoursePlan,
}

impl<'a> Desk<'a> {
    fn new(known: &'a KnownCatalog, options: ImportOptions, importer: Importer, ids: &'a dyn Ids) -> Self {
        Self {
            known: known.courses.iter().map(|known| (known.0.code.as_str(), known)).collect(),
            providers: known.providers.iter().map(|provider| (provider.key(), provider.id)).collect(),
            skills: known.skills.iter().map(|skill| (skill.key(), skill.clone())).collect(),
            first_lines: HashMap::new(),
            options,
            importer,
            ids,
            plan: CoursePlan::default(),
        }
    }

    fn take(&mut self, line: u32, read: &ReadLine) -> Result<CourseOutcome, CourseProblem> {
        if let Some(first_line) = self.first_lines.get(&read.code).copied() {
            return Err(CourseProblem::Duplicate { first_line, derived: read.derived });
        }
        self.first_lines.insert(read.code.clone(), line);
        match self.known.get(read.code.as_str()).copied() {
            Some((course, syllabus)) => self.change(course, syllabus, read),
            None => self.create(read),
        }
    }

    fn create(&mut self, read: &ReadLine) -> Result<CourseOutcome, CourseProblem> {
        let missing = |column: CourseColumn| CourseProblem::Missing { column: column.name() };
        let title = read.title.clone().ok_or_else(|| missing(CourseColumn::Title))?;
        let provider = read.provider.clone().ok_or_else(|| missing(CourseColumn::Provider))?;
        let id = TypedId::from_uuid(self.ids.next());
        // The provider stands in for one that may have to be created, once nothing can go wrong any more.
        let nobody = ProviderId::from_uuid(uuid::Uuid::nil());
        let mut course = Course::draft(id, read.code.clone(), title, nobody, self.importer.at);
        apply(read, &mut course)?;
        course.provider = self.provider(&provider, read);
        let syllabus = self.syllabus(read, Syllabus::default());
        let price = course.set_price(read.price.flatten(), self.pricing());
        self.plan.prices.extend(price);
        if self.options.publish {
            course.status = CourseStatus::Published;
        }
        self.plan.created.push((course, syllabus));
        Ok(CourseOutcome::Created(id))
    }

    fn change(
        &mut self,
        former: &Course,
        taught: &Syllabus,
        read: &ReadLine,
    ) -> Result<CourseOutcome, CourseProblem> {
        let mut course = former.clone();
        if let Some(title) = &read.title {
            course.title.clone_from(title);
        }
        apply(read, &mut course)?;
        if let Some(provider) = &read.provider {
            course.provider = self.provider(provider, read);
        }
        let syllabus = self.syllabus(read, taught.clone());
        let fields = course.differences(&syllabus, former, taught);
        let price = read.price.and_then(|price| course.set_price(price, self.pricing()));
        let priced = price.is_some();
        self.plan.prices.extend(price);
        let published = self.options.publish && course.status == CourseStatus::Draft;
        if published {
            course.status = CourseStatus::Published;
        }
        let id = course.id;
        if fields.is_empty() && !priced && !published {
            return Ok(CourseOutcome::Unchanged(id));
        }
        course.touch();
        self.plan.changed.push(ChangedCourse { course, syllabus, fields, priced, published });
        Ok(CourseOutcome::Updated(id))
    }

    fn pricing(&self) -> Pricing {
        Pricing { id: TypedId::from_uuid(self.ids.next()), at: self.importer.at, by: self.importer.by }
    }

    fn provider(&mut self, name: &str, read: &ReadLine) -> ProviderId {
        let (plan, ids) = (&mut self.plan, self.ids);
        *self.providers.entry(search_key(name)).or_insert_with(|| {
            let kind = read.provider_kind.unwrap_or_else(|| ProviderKind::suggested_by(name));
            let id = ProviderId::from_uuid(ids.next());
            let provider = Provider::named(id, name.to_owned(), kind);
            plan.providers.push(Provider { country: read.provider_country, ..provider });
            id
        })
    }

    fn syllabus(&mut self, read: &ReadLine, former: Syllabus) -> Syllabus {
        let Some(skills) = &read.skills else { return former };
        let skills = skills.iter().map(|(name, level)| self.taught(name, *level)).collect();
        let mut syllabus = Syllabus { skills, prerequisites: former.prerequisites };
        syllabus.sort();
        syllabus
    }

    fn taught(&mut self, name: &str, level: Option<SkillLevel>) -> TaughtSkill {
        let (plan, ids) = (&mut self.plan, self.ids);
        let skill = self.skills.entry(search_key(name)).or_insert_with(|| {
            let id = TypedId::from_uuid(ids.next());
            let skill = Skill { id, name: name.to_owned(), kind: SkillKind::Skill, area: None, uri: None };
            plan.skills.push(skill.clone());
            skill
        });
        TaughtSkill { skill: skill.id, name: skill.name.clone(), level }
    }

    fn finish(self) -> CoursePlan {
        let mut plan = self.plan;
        // Everybody who writes many rows writes them in the same order, so that two imports wait for each other
        // instead of both failing.
        plan.providers.sort_by_key(Provider::key);
        plan.skills.sort_by_key(Skill::key);
        plan.created.sort_by(|(a, _), (b, _)| a.code.cmp(&b.code));
        plan.changed.sort_by(|a, b| a.course.code.cmp(&b.course.code));
        plan
    }
}

fn apply(read: &ReadLine, course: &mut Course) -> Result<(), CourseProblem> {
    read.details.apply(course).map_err(|refusal| CourseProblem::Inconsistent { reason: refusal.to_string() })
}

#[cfg(test)]
mod tests;
