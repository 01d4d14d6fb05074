//! Importing catalogs.

use crate::access::{Action, Actor, policy};
use crate::kernel::{Failure, Fault, Refusal};
use crate::skills::{Skill, SkillEvent};
use crate::store::UnitOfWork;

use super::courses::created;
use crate::catalog::plan::{ChangedCourse, Importer};
use crate::catalog::{
    Catalog, CatalogEvent, CourseLine, CoursePlan, CourseReport, CourseStatus, ImportOptions, KnownCatalog,
    MAX_COURSE_ROWS, Sheet, plan,
};

/// A catalog to import.
///
/// Rows are matched by code, so the same rows again change nothing; a key for retries is not needed.
#[derive(Debug, Clone, Default)]
pub struct ImportCourses {
    /// The rows.
    pub lines: Vec<CourseLine>,
    /// Decide and report everything, write nothing.
    pub dry_run: bool,
    /// What is taken for granted.
    pub options: ImportOptions,
}

/// Why a catalog as a whole was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ImportCoursesRefusal {
    /// No rows.
    #[error("the catalog has no rows")]
    Empty,
    /// More rows than one import may have.
    #[error("the catalog has {rows} rows; at most {MAX_COURSE_ROWS} may come in one import")]
    TooManyRows {
        /// How many.
        rows: usize,
    },
}

impl Refusal for ImportCoursesRefusal {
    fn field(&self) -> &'static [&'static str] {
        &["input", "rows"]
    }
}

impl Catalog<'_> {
    /// Imports a catalog: decides every row, writes what can be taken, reports the rest.
    pub async fn import_courses(
        self,
        actor: &Actor,
        command: ImportCourses,
    ) -> Result<CourseReport, Failure<ImportCoursesRefusal>> {
        policy::require(actor, Action::ManageCatalog, &[])?;
        match command.lines.len() {
            0 => return Err(ImportCoursesRefusal::Empty.into()),
            rows if rows > MAX_COURSE_ROWS => return Err(ImportCoursesRefusal::TooManyRows { rows }.into()),
            _ => {}
        }
        let sheet = Sheet::read(&command.lines, command.options);
        let mut tx = self.core.store.begin(actor.employer).await?;
        let known = known(&mut *tx, &sheet).await?;
        let importer = Importer { at: self.core.clock.now(), by: actor.employee() };
        let plan = plan(sheet, &known, command.options, importer, self.core.ids.as_ref());
        if !command.dry_run {
            self.carry_out(actor, &mut *tx, &plan).await?;
            tx.commit().await?;
        }
        Ok(CourseReport {
            dry_run: command.dry_run,
            rows: plan.results,
            providers_created: plan
                .providers
                .into_iter()
                .map(|provider| (provider.name, provider.kind))
                .collect(),
            skills_created: plan.skills.into_iter().map(|skill| skill.name).collect(),
        })
    }

    async fn carry_out(self, actor: &Actor, tx: &mut dyn UnitOfWork, plan: &CoursePlan) -> Result<(), Fault> {
        let inserted = tx.insert_providers(&plan.providers).await?;
        unrivaled("provider", inserted, plan.providers.len())?;
        unrivaled("skill", tx.insert_skills(&plan.skills).await?, plan.skills.len())?;
        unrivaled("course", tx.insert_courses(&plan.created).await?, plan.created.len())?;
        let changed: Vec<_> = plan.changed.iter().map(|c| (c.course.clone(), c.syllabus.clone())).collect();
        tx.save_courses(&changed).await?;
        tx.append_prices(&plan.prices).await?;
        let named = |skill: &Skill| SkillEvent::Created { skill: skill.id, name: skill.name.clone() };
        let skills: Vec<_> = plan.skills.iter().map(named).collect();
        self.core.record(tx, actor, &skills).await?;
        self.core.record(tx, actor, &events(plan)).await
    }
}

async fn known(tx: &mut dyn UnitOfWork, sheet: &Sheet) -> Result<KnownCatalog, Fault> {
    let courses = tx.lock_courses_by_code(&sheet.codes()).await?;
    let ids: Vec<_> = courses.iter().map(|course| course.id).collect();
    let mut syllabi: std::collections::HashMap<_, _> = tx.syllabi(&ids).await?.into_iter().collect();
    let courses = courses.into_iter().map(|course| {
        let syllabus = syllabi.remove(&course.id).unwrap_or_default();
        (course, syllabus)
    });
    Ok(KnownCatalog {
        courses: courses.collect(),
        providers: tx.providers_by_key(&sheet.provider_keys()).await?,
        skills: tx.skills_by_key(&sheet.skill_keys()).await?,
    })
}

/// Somebody else may have added the same name since it was looked up. Then nothing of this import is kept.
fn unrivaled(what: &str, inserted: u64, planned: usize) -> Result<(), Fault> {
    if usize::try_from(inserted) == Ok(planned) {
        Ok(())
    } else {
        Err(Fault::Conflict(format!("somebody else added the same {what} meanwhile; repeat the import")))
    }
}

/// What there is to tell about an import, row by row.
fn events(plan: &CoursePlan) -> Vec<CatalogEvent> {
    let providers = plan
        .providers
        .iter()
        .map(|provider| CatalogEvent::ProviderCreated { provider: provider.id, name: provider.name.clone() });
    let new = plan.created.iter().flat_map(|(course, _)| {
        let published = (course.status == CourseStatus::Published)
            .then_some(CatalogEvent::CoursePublished { course: course.id });
        created(course).into_iter().chain(published)
    });
    providers.chain(new).chain(plan.changed.iter().flat_map(changes)).collect()
}

fn changes(changed: &ChangedCourse) -> impl Iterator<Item = CatalogEvent> + use<> {
    let course = changed.course.id;
    let details = (!changed.fields.is_empty())
        .then(|| CatalogEvent::CourseChanged { course, fields: changed.fields.clone() });
    let priced = changed.priced.then_some(CatalogEvent::CoursePriced { course, price: changed.course.price });
    let published = changed.published.then_some(CatalogEvent::CoursePublished { course });
    [details, priced, published].into_iter().flatten()
}
