//! What can be asked about job profiles, and about what people lack for them.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;

use super::{distinct, grouped};
use crate::access::{Action, Actor, Scope, policy};
use crate::kernel::{Direction, EmployeeId, Fault, JobProfileId, Page, PageRequest};
use crate::skills::{
    JobAssignment, JobProfile, JobProfileFilter, JobProfileOrder, JobRequirement, JobRequirements,
    ProfileGap, SkillRecord, Skills, assigned_on, gaps, required_on,
};

/// Whose gap is asked for: towards which job, their own when none is named, and on which day, today when none is.
pub type GapAsked = (EmployeeId, Option<JobProfileId>, Option<NaiveDate>);

impl Skills<'_> {
    /// Job profiles by id.
    pub async fn job_profiles_by_id(
        self,
        actor: &Actor,
        ids: &[JobProfileId],
    ) -> Result<Vec<JobProfile>, Fault> {
        let scope = policy::require_scope(actor, Action::ReadJobProfiles)?;
        self.core.store.reads().job_profiles_by_id(scope, ids).await
    }

    /// The same page of several lists of job profiles.
    pub async fn job_profile_pages(
        self,
        actor: &Actor,
        lists: &[JobProfileFilter],
        order: (JobProfileOrder, Direction),
        page: &PageRequest,
    ) -> Result<Vec<Page<JobProfile>>, Fault> {
        let scope = policy::require_scope(actor, Action::ReadJobProfiles)?;
        self.core.store.reads().job_profile_pages(scope, lists, order, page).await
    }

    /// How many job profiles each list has.
    pub async fn count_job_profiles(
        self,
        actor: &Actor,
        lists: &[JobProfileFilter],
    ) -> Result<Vec<u64>, Fault> {
        let scope = policy::require_scope(actor, Action::ReadJobProfiles)?;
        self.core.store.reads().count_job_profiles(scope, lists).await
    }

    /// What jobs ask for, each on a day or today.
    pub async fn required_skills(
        self,
        actor: &Actor,
        asked: &[(JobProfileId, Option<NaiveDate>)],
    ) -> Result<Vec<((JobProfileId, Option<NaiveDate>), JobRequirement)>, Fault> {
        let Some(scope) = policy::scope(actor, Action::ReadJobProfiles) else { return Ok(Vec::new()) };
        let today = self.today(actor, asked.iter().map(|(_, day)| *day)).await?;
        let profiles = distinct(asked.iter().map(|(profile, _)| *profile));
        let known = self.requirements(scope, &profiles).await?;
        let required = asked.iter().flat_map(|(profile, day)| {
            let of_profile = known.get(profile).map(Vec::as_slice).unwrap_or_default();
            let required = required_on(of_profile, day.unwrap_or(today));
            let skills = required.into_iter().flat_map(|required| &required.skills);
            skills.map(|skill| ((*profile, *day), *skill))
        });
        Ok(required.collect())
    }

    /// Which jobs people have, each on a day or today, of those whose skills the actor may see.
    pub async fn assigned_profiles(
        self,
        actor: &Actor,
        asked: &[(EmployeeId, Option<NaiveDate>)],
    ) -> Result<Vec<((EmployeeId, Option<NaiveDate>), JobProfileId)>, Fault> {
        let Some(scope) = policy::scope(actor, Action::ReadSkillRecords) else { return Ok(Vec::new()) };
        let today = self.today(actor, asked.iter().map(|(_, day)| *day)).await?;
        let people = distinct(asked.iter().map(|(person, _)| *person));
        let known = self.assignments(scope, &people).await?;
        let assigned = asked.iter().filter_map(|(person, day)| {
            let own = known.get(person)?;
            Some(((*person, *day), assigned_on(own, day.unwrap_or(today))?))
        });
        Ok(assigned.collect())
    }

    /// What people lack for jobs (S1, S2, S3), of those whose skills the actor may see. Who has no job on the day lacks
    /// nothing that could be told, and is left out.
    pub async fn profile_gaps(
        self,
        actor: &Actor,
        asked: &[GapAsked],
    ) -> Result<Vec<(GapAsked, ProfileGap)>, Fault> {
        let Some(scope) = policy::scope(actor, Action::ReadSkillRecords) else { return Ok(Vec::new()) };
        let today = self.today(actor, asked.iter().map(|(.., day)| *day)).await?;
        let people = distinct(asked.iter().map(|(person, ..)| *person));
        let reads = self.core.store.reads();
        let visible = reads.employments_by_id(scope, &people).await?;
        let visible: HashSet<_> = visible.into_iter().map(|employment| employment.employee).collect();
        let jobs = self.assignments(scope, &people).await?;
        let towards: Vec<_> = asked
            .iter()
            .filter(|(person, ..)| visible.contains(person))
            .filter_map(|(person, profile, day)| {
                let on = day.unwrap_or(today);
                let own = jobs.get(person).and_then(|own| assigned_on(own, on));
                Some(((*person, *profile, *day), profile.or(own)?, on))
            })
            .collect();
        let profiles = distinct(towards.iter().map(|(_, profile, _)| *profile));
        let required = self.requirements(scope, &profiles).await?;
        let Some(last) = towards.iter().map(|(.., on)| *on).max() else { return Ok(Vec::new()) };
        let records = grouped(reads.skill_records_of(scope, &people, last).await?, |record: &SkillRecord| {
            record.employee
        });
        let gap = |(asked, profile, on): (GapAsked, JobProfileId, NaiveDate)| {
            let required = required_on(required.get(&profile)?, on)?;
            let own = records.get(&asked.0).map(Vec::as_slice).unwrap_or_default();
            let skills = gaps(&required.skills, own, on);
            Some((asked, ProfileGap { employee: asked.0, profile, day: on, skills }))
        };
        Ok(towards.into_iter().filter_map(gap).collect())
    }

    async fn requirements(
        self,
        scope: Scope,
        profiles: &[JobProfileId],
    ) -> Result<HashMap<JobProfileId, Vec<JobRequirements>>, Fault> {
        let found = self.core.store.reads().job_requirements(scope, profiles).await?;
        Ok(grouped(found, |requirements: &JobRequirements| requirements.profile))
    }

    async fn assignments(
        self,
        scope: Scope,
        people: &[EmployeeId],
    ) -> Result<HashMap<EmployeeId, Vec<JobAssignment>>, Fault> {
        let found = self.core.store.reads().job_assignments(scope, people).await?;
        Ok(grouped(found, |assignment: &JobAssignment| assignment.employee))
    }
}
