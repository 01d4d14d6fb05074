//! Saying what jobs ask for, and who has which.

use std::collections::HashSet;

use chrono::NaiveDate;
use serde::Serialize;

use crate::access::{Action, Actor, policy};
use crate::app::Keyed;
use crate::journal::IdempotencyKey;
use crate::kernel::{EmployeeId, Failure, Fault, JobProfileId, Text, check_version};
use crate::skills::profile::{MOST_ASSIGNMENTS, checked};
use crate::skills::{
    AssignJobProfilesRefusal, CreateJobProfileRefusal, JobAssignment, JobAssignmentRefusal, JobProfile,
    JobProfileRefusal, JobRequirement, JobRequirements, SkillEvent, Skills, assigned_on, required_on,
};
use crate::store::UnitOfWork;

/// A job profile to create.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CreateJobProfile {
    /// Makes a retry safe.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// Its name, unique within the employer without regard to case.
    pub name: String,
    /// What the job is about.
    pub summary: Option<String>,
    /// The skills that it asks for.
    pub requirements: Vec<JobRequirement>,
    /// The first day on which it asks for them; today when not given.
    pub from_on: Option<NaiveDate>,
}

/// A job profile to change. What is `None` stays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeJobProfile {
    /// Which one.
    pub id: JobProfileId,
    /// The version that the caller saw.
    pub expected_version: i32,
    /// A new name.
    pub name: Option<String>,
    /// A new summary; `Some(None)` for none.
    pub summary: Option<Option<String>>,
    /// The skills that it asks for, all of them.
    pub requirements: Option<Vec<JobRequirement>>,
    /// The first day on which it asks for them; today when not given.
    pub from_on: Option<NaiveDate>,
}

/// Jobs to assign. Assigning the same again changes nothing, so a key for retries is not needed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AssignJobProfiles {
    /// Who gets which job; none for no job any more.
    pub assignments: Vec<(EmployeeId, Option<JobProfileId>)>,
    /// The first day; today when not given.
    pub from_on: Option<NaiveDate>,
}

/// What became of one assignment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JobAssignmentResult {
    /// Who.
    pub employee: EmployeeId,
    /// Whether they have the job now, or why not.
    pub outcome: Result<(), JobAssignmentRefusal>,
}

impl Skills<'_> {
    /// Creates a job profile.
    pub async fn create_job_profile(
        self,
        actor: &Actor,
        command: CreateJobProfile,
    ) -> Result<JobProfile, Failure<CreateJobProfileRefusal>> {
        policy::require(actor, Action::ManageJobProfiles, &[])?;
        let id = self.core.id::<JobProfileId>();
        let mut tx = self.core.store.begin(actor.employer).await?;
        let keyed = Keyed { key: command.key.as_ref(), command: "createJobProfile", input: &command };
        if let Some(before) =
            self.core.claim::<_, CreateJobProfileRefusal>(&mut *tx, actor, keyed, id).await?
        {
            let found = tx.lock_job_profile(before).await?;
            return Ok(found.map(|(profile, _)| profile).ok_or_else(|| Fault::not_found(before))?);
        }
        let CreateJobProfile { name, summary, requirements, from_on, .. } = command;
        let profile = created(id, &name, summary.as_deref())?;
        let asked = self.asked_for(&mut *tx, actor, (&profile, &[]), (requirements, from_on)).await;
        let requirements = asked.map_err(|failure| failure.map(CreateJobProfileRefusal::from))?;
        if tx.insert_job_profiles(std::slice::from_ref(&profile)).await? == 0 {
            return Err(CreateJobProfileRefusal::from(JobProfileRefusal::NameTaken(profile.name)).into());
        }
        tx.insert_job_requirements(&[requirements]).await?;
        let event = SkillEvent::ProfileCreated { job_profile: id, name: profile.name.clone() };
        self.core.record(&mut *tx, actor, &[event]).await?;
        tx.commit().await?;
        Ok(profile)
    }

    /// Changes a job profile. What it asked for before stays known for the days on which it did.
    pub async fn change_job_profile(
        self,
        actor: &Actor,
        command: ChangeJobProfile,
    ) -> Result<JobProfile, Failure<JobProfileRefusal>> {
        policy::require(actor, Action::ManageJobProfiles, &[])?;
        let ChangeJobProfile { id, expected_version, name, summary, requirements, from_on } = command;
        let mut tx = self.core.store.begin(actor.employer).await?;
        let (before, known) = tx.lock_job_profile(id).await?.ok_or_else(|| Fault::not_found(id))?;
        check_version("job profile", Some(expected_version), before.version)?;
        let mut profile = before.clone();
        if let Some(name) = name {
            profile.name = named(&name)?;
            let taken = tx.job_profiles_by_key(&[profile.key()]).await?;
            if taken.iter().any(|other| other.id != id) {
                return Err(JobProfileRefusal::NameTaken(profile.name).into());
            }
        }
        if let Some(summary) = summary {
            profile.summary = told(summary.as_deref())?;
        }
        let mut next = None;
        if let Some(asked) = requirements {
            let asked = self.asked_for(&mut *tx, actor, (&profile, &known), (asked, from_on)).await?;
            let now = required_on(&known, asked.from_on);
            next = Some(asked).filter(|asked| now.is_none_or(|now| now.skills != asked.skills));
        }
        if next.is_none() && profile == before {
            return Ok(before);
        }
        profile.version = profile.version.saturating_add(1);
        tx.save_job_profile(&profile).await?;
        tx.insert_job_requirements(next.as_slice()).await?;
        self.core.record(&mut *tx, actor, &[SkillEvent::ProfileChanged { job_profile: id }]).await?;
        tx.commit().await?;
        Ok(profile)
    }

    /// Assigns jobs to people, in one transaction. Who cannot be assigned one is told and stands in nobody's way.
    pub async fn assign_job_profiles(
        self,
        actor: &Actor,
        command: AssignJobProfiles,
    ) -> Result<Vec<JobAssignmentResult>, Failure<AssignJobProfilesRefusal>> {
        policy::require(actor, Action::ManageJobProfiles, &[])?;
        let AssignJobProfiles { assignments, from_on } = command;
        if !(1..=MOST_ASSIGNMENTS).contains(&assignments.len()) {
            return Err(AssignJobProfilesRefusal::WrongNumber(assignments.len()).into());
        }
        let mut tx = self.core.store.begin(actor.employer).await?;
        let at = self.core.clock.now();
        let today = tx.employer().await?.day_of(at);
        let from_on = from_on.unwrap_or(today);
        if from_on > today {
            return Err(AssignJobProfilesRefusal::InFuture { given: from_on, today }.into());
        }
        let people: Vec<_> = assignments.iter().map(|(employee, _)| *employee).collect();
        let profiles: Vec<_> = assignments.iter().filter_map(|(_, profile)| *profile).collect();
        let profiles = tx.job_profiles(&profiles).await?;
        let employees = tx.employees(&people).await?;
        let known = tx.lock_job_assignments(&people).await?;
        let (mut seen, mut made, mut results) = (HashSet::new(), Vec::new(), Vec::new());
        for (employee, profile) in assignments {
            let here = employees.iter().any(|person| person.id() == employee && !person.colleague.left);
            let there = profile.is_none_or(|profile| profiles.iter().any(|known| known.id == profile));
            let outcome = match (seen.insert(employee), here, profile.filter(|_| !there)) {
                (false, ..) => Err(JobAssignmentRefusal::Twice(employee)),
                (_, false, _) => Err(JobAssignmentRefusal::UnknownEmployee(employee)),
                (_, _, Some(unknown)) => Err(JobAssignmentRefusal::UnknownProfile(unknown)),
                (true, true, None) => Ok(()),
            };
            let own: Vec<_> = known.iter().filter(|known| known.employee == employee).cloned().collect();
            if outcome.is_ok() && assigned_on(&own, from_on) != profile {
                let number = own.iter().map(|own| own.number).max().unwrap_or(0).saturating_add(1);
                made.push(JobAssignment { employee, number, profile, from_on, by: actor.employee(), at });
            }
            results.push(JobAssignmentResult { employee, outcome });
        }
        if !made.is_empty() {
            tx.insert_job_assignments(&made).await?;
            let events: Vec<_> = made.iter().map(SkillEvent::assigned).collect();
            self.core.record(&mut *tx, actor, &events).await?;
            tx.commit().await?;
        }
        Ok(results)
    }

    /// What a profile asks for from a day on, if it makes sense.
    async fn asked_for(
        self,
        tx: &mut dyn UnitOfWork,
        actor: &Actor,
        (profile, known): (&JobProfile, &[JobRequirements]),
        (skills, from_on): (Vec<JobRequirement>, Option<NaiveDate>),
    ) -> Result<JobRequirements, Failure<JobProfileRefusal>> {
        checked(&skills)?;
        let ids: Vec<_> = skills.iter().map(|required| required.skill).collect();
        let there = tx.skills(&ids).await?;
        if let Some(unknown) = ids.iter().find(|id| there.iter().all(|skill| skill.id != **id)) {
            return Err(JobProfileRefusal::UnknownSkill(*unknown).into());
        }
        let at = self.core.clock.now();
        let today = tx.employer().await?.day_of(at);
        let from_on = from_on.unwrap_or(today);
        if from_on > today {
            return Err(JobProfileRefusal::InFuture { given: from_on, today }.into());
        }
        let number = known.iter().map(|known| known.number).max().unwrap_or(0).saturating_add(1);
        Ok(JobRequirements { profile: profile.id, number, from_on, skills, by: actor.employee(), at })
    }
}

fn created(
    id: JobProfileId,
    name: &str,
    summary: Option<&str>,
) -> Result<JobProfile, CreateJobProfileRefusal> {
    Ok(JobProfile { id, name: named(name)?, summary: told(summary)?, version: 1 })
}

fn named(name: &str) -> Result<String, JobProfileRefusal> {
    Text::line(name, Text::NAME).map(Text::into_string).map_err(JobProfileRefusal::InvalidName)
}

fn told(summary: Option<&str>) -> Result<Option<String>, JobProfileRefusal> {
    Text::optional(summary, Text::note).map_err(JobProfileRefusal::InvalidSummary)
}
