//! Creating and changing programs.

use chrono::NaiveDate;
use serde::Serialize;

use crate::access::{Action, Actor, policy};
use crate::app::Keyed;
use crate::journal::{IdempotencyKey, Reused};
use crate::kernel::{
    CourseId, DepartmentId, EmployeeId, Failure, Fault, Period, PeriodError, ProgramId, Refusal, SkillId,
    Text, TextError, check_version,
};
use crate::organization::EmploymentStatus;
use crate::store::UnitOfWork;

use super::running::unpublished;
use crate::programs::{Outline, Program, ProgramEvent, ProgramStatus, Programs, TargetSkill};

/// A program to create, as a draft.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CreateProgram {
    /// Makes a retry safe.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// Its name.
    pub name: String,
    /// What it is for.
    pub purpose: Option<String>,
    /// Who runs it.
    pub owner: EmployeeId,
    /// Its first day.
    pub starts_on: NaiveDate,
    /// Its last day.
    pub ends_on: NaiveDate,
    /// What it aims at.
    pub outline: Outline,
}

/// A program to change. What is `None` stays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeProgram {
    /// Which one.
    pub id: ProgramId,
    /// The version that the caller saw.
    pub expected_version: i32,
    /// A new name.
    pub name: Option<String>,
    /// A new purpose; `Some(None)` for none.
    pub purpose: Option<Option<String>>,
    /// Somebody else to run it.
    pub owner: Option<EmployeeId>,
    /// Another first day.
    pub starts_on: Option<NaiveDate>,
    /// Another last day.
    pub ends_on: Option<NaiveDate>,
    /// The skills to reach, all of them.
    pub skills: Option<Vec<TargetSkill>>,
    /// The departments it is meant for, all of them.
    pub departments: Option<Vec<DepartmentId>>,
    /// The courses, all of them.
    pub courses: Option<Vec<CourseId>>,
}

/// Why a program was not created.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CreateProgramRefusal {
    /// A value cannot be taken.
    #[error(transparent)]
    Invalid(#[from] InvalidProgram),
    /// The idempotency key belongs to another request.
    #[error(transparent)]
    KeyReused(#[from] Reused),
}

impl Refusal for CreateProgramRefusal {
    fn field(&self) -> &'static [&'static str] {
        match self {
            Self::Invalid(invalid) => invalid.field(),
            Self::KeyReused(_) => &["input", "idempotencyKey"],
        }
    }
}

/// Why a program was not changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ChangeProgramRefusal {
    /// A value cannot be taken.
    #[error(transparent)]
    Invalid(#[from] InvalidProgram),
    /// A program that runs offers only what can be taken.
    #[error("course {0} is not published; a program that runs takes in published courses only")]
    UnpublishedCourse(CourseId),
    /// What is over stays as it was.
    #[error("the program is closed and cannot be changed any more")]
    Closed,
}

impl Refusal for ChangeProgramRefusal {
    fn field(&self) -> &'static [&'static str] {
        match self {
            Self::Invalid(invalid) => invalid.field(),
            Self::UnpublishedCourse(_) => &["input", "courseIds"],
            Self::Closed => &["input", "id"],
        }
    }
}

/// Which value of a program cannot be taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidProgram {
    /// The name.
    #[error("the name {0}")]
    Name(TextError),
    /// The purpose.
    #[error("the purpose {0}")]
    Purpose(TextError),
    /// The days are no period.
    #[error(transparent)]
    Period(#[from] PeriodError),
    /// A list is too long.
    #[error("a program has at most {} skills, departments and courses each", Outline::MOST)]
    TooMany,
    /// No such person, or somebody who has left.
    #[error("there is no employee {0} who could run it")]
    UnknownOwner(EmployeeId),
    /// No such skill.
    #[error("there is no skill {0}")]
    UnknownSkill(SkillId),
    /// No such department.
    #[error("there is no department {0}")]
    UnknownDepartment(DepartmentId),
    /// No such course.
    #[error("there is no course {0}")]
    UnknownCourse(CourseId),
}

impl Refusal for InvalidProgram {
    fn field(&self) -> &'static [&'static str] {
        match self {
            Self::Name(_) => &["input", "name"],
            Self::Purpose(_) => &["input", "purpose"],
            Self::Period(_) => &["input", "endsOn"],
            Self::TooMany => &["input"],
            Self::UnknownOwner(_) => &["input", "ownerId"],
            Self::UnknownSkill(_) => &["input", "targetSkills"],
            Self::UnknownDepartment(_) => &["input", "departmentIds"],
            Self::UnknownCourse(_) => &["input", "courseIds"],
        }
    }
}

impl Programs<'_> {
    /// Creates a program as a draft.
    pub async fn create_program(
        self,
        actor: &Actor,
        command: CreateProgram,
    ) -> Result<Program, Failure<CreateProgramRefusal>> {
        policy::require(actor, Action::ManagePrograms, &[])?;
        let mut tx = self.core.store.begin(actor.employer).await?;
        let id = self.core.id::<ProgramId>();
        let keyed = Keyed { key: command.key.as_ref(), command: "createProgram", input: &command };
        if let Some(before) = self.core.claim::<_, CreateProgramRefusal>(&mut *tx, actor, keyed, id).await? {
            let found = tx.lock_program(before).await?;
            return Ok(found.map(|(program, _)| program).ok_or_else(|| Fault::not_found(before))?);
        }
        let (name, purpose, period) = described(&command).map_err(CreateProgramRefusal::from)?;
        let (owner, status) = (command.owner, ProgramStatus::Draft);
        let program = Program { id, name, purpose, owner, period, status, version: 1 };
        let outline = command.outline.tidy();
        check_owner::<CreateProgramRefusal>(&mut *tx, owner).await?;
        check_outline::<CreateProgramRefusal>(&mut *tx, &outline).await?;
        tx.save_program(&program, &outline).await?;
        let event = ProgramEvent::Created { program: id, name: program.name.clone(), owner };
        self.core.record(&mut *tx, actor, &[event]).await?;
        tx.commit().await?;
        Ok(program)
    }

    /// Changes what a program is and aims at, until it is closed.
    pub async fn change_program(
        self,
        actor: &Actor,
        command: ChangeProgram,
    ) -> Result<Program, Failure<ChangeProgramRefusal>> {
        let mut tx = self.core.store.begin(actor.employer).await?;
        let (before, former) = self.managed(&mut *tx, actor, command.id).await?;
        check_version("program", Some(command.expected_version), before.version)?;
        if before.status == ProgramStatus::Closed {
            return Err(ChangeProgramRefusal::Closed.into());
        }
        let (mut program, outline) =
            changed(&before, &former, &command).map_err(ChangeProgramRefusal::from)?;
        if program.owner != before.owner {
            check_owner::<ChangeProgramRefusal>(&mut *tx, program.owner).await?;
        }
        check_outline::<ChangeProgramRefusal>(&mut *tx, &outline).await?;
        let added: Vec<_> =
            outline.courses.iter().copied().filter(|id| !former.courses.contains(id)).collect();
        match unpublished(&mut *tx, &added).await? {
            Some(course) if program.status == ProgramStatus::Active => {
                return Err(ChangeProgramRefusal::UnpublishedCourse(course).into());
            }
            _ => {}
        }
        let fields = differences((&before, &former), (&program, &outline));
        if fields.is_empty() {
            return Ok(before);
        }
        program.touch();
        tx.save_program(&program, &outline).await?;
        self.core.record(&mut *tx, actor, &[ProgramEvent::Changed { program: program.id, fields }]).await?;
        tx.commit().await?;
        Ok(program)
    }
}

fn described(command: &CreateProgram) -> Result<(String, Option<String>, Period), InvalidProgram> {
    let name = checked_name(&command.name)?;
    let purpose = checked_purpose(command.purpose.as_deref())?;
    Ok((name, purpose, Period::new(command.starts_on, command.ends_on)?))
}

fn checked_name(name: &str) -> Result<String, InvalidProgram> {
    Text::line(name, Text::NAME).map(Text::into_string).map_err(InvalidProgram::Name)
}

fn checked_purpose(purpose: Option<&str>) -> Result<Option<String>, InvalidProgram> {
    let purpose = purpose.map(|purpose| Text::paragraph(purpose, Text::NOTE)).transpose();
    Ok(purpose.map_err(InvalidProgram::Purpose)?.map(Text::into_string))
}

/// The program as the command would have it.
fn changed(
    before: &Program,
    former: &Outline,
    command: &ChangeProgram,
) -> Result<(Program, Outline), InvalidProgram> {
    let mut program = before.clone();
    if let Some(name) = &command.name {
        program.name = checked_name(name)?;
    }
    if let Some(purpose) = &command.purpose {
        program.purpose = checked_purpose(purpose.as_deref())?;
    }
    program.owner = command.owner.unwrap_or(before.owner);
    let starts_on = command.starts_on.unwrap_or(before.period.from());
    program.period = Period::new(starts_on, command.ends_on.unwrap_or(before.period.to()))?;
    let outline = Outline {
        skills: command.skills.clone().unwrap_or_else(|| former.skills.clone()),
        departments: command.departments.clone().unwrap_or_else(|| former.departments.clone()),
        courses: command.courses.clone().unwrap_or_else(|| former.courses.clone()),
    };
    Ok((program, outline.tidy()))
}

async fn check_owner<R: Refusal + From<InvalidProgram>>(
    tx: &mut dyn UnitOfWork,
    owner: EmployeeId,
) -> Result<(), Failure<R>> {
    let found = tx.employees(&[owner]).await?;
    let here = found.iter().any(|person| person.employment.status != EmploymentStatus::Left);
    if here { Ok(()) } else { Err(R::from(InvalidProgram::UnknownOwner(owner)).into()) }
}

/// Everything that the outline names exists.
async fn check_outline<R: Refusal + From<InvalidProgram>>(
    tx: &mut dyn UnitOfWork,
    outline: &Outline,
) -> Result<(), Failure<R>> {
    let longest = outline.skills.len().max(outline.departments.len()).max(outline.courses.len());
    if longest > Outline::MOST {
        return Err(R::from(InvalidProgram::TooMany).into());
    }
    let skills: Vec<SkillId> = outline.skills.iter().map(|target| target.skill).collect();
    let known = tx.skills(&skills).await?;
    if let Some(id) = skills.iter().find(|id| !known.iter().any(|skill| skill.id == **id)) {
        return Err(R::from(InvalidProgram::UnknownSkill(*id)).into());
    }
    if !outline.departments.is_empty() {
        let known = tx.all_departments().await?;
        let unknown = |id: &&DepartmentId| !known.iter().any(|department| department.id == **id);
        if let Some(id) = outline.departments.iter().find(unknown) {
            return Err(R::from(InvalidProgram::UnknownDepartment(*id)).into());
        }
    }
    let known = tx.courses(&outline.courses).await?;
    if let Some(id) = outline.courses.iter().find(|id| !known.iter().any(|course| course.id == **id)) {
        return Err(R::from(InvalidProgram::UnknownCourse(*id)).into());
    }
    Ok(())
}

/// The names of the fields in which two states of a program differ.
fn differences(before: (&Program, &Outline), after: (&Program, &Outline)) -> Vec<&'static str> {
    let changed = [
        ("name", before.0.name != after.0.name),
        ("purpose", before.0.purpose != after.0.purpose),
        ("owner", before.0.owner != after.0.owner),
        ("startsOn", before.0.period.from() != after.0.period.from()),
        ("endsOn", before.0.period.to() != after.0.period.to()),
        ("targetSkills", before.1.skills != after.1.skills),
        ("departments", before.1.departments != after.1.departments),
        ("courses", before.1.courses != after.1.courses),
    ];
    changed.into_iter().filter(|(_, differs)| *differs).map(|(field, _)| field).collect()
}
