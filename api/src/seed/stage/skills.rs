//! Skills, who masters them, and jobs on the stage.

use async_trait::async_trait;
use upskill_domain::kernel::{EmployeeId, Fault, JobProfileId, SkillId, SkillRecordId};
use upskill_domain::skills::{
    JobAssignment, JobProfile, JobProfileWrites, JobRequirements, Skill, SkillRecord, SkillWrites,
};

use super::Scene;
use super::catalog::count;

#[async_trait]
impl SkillWrites for Scene {
    async fn skills(&mut self, ids: &[SkillId]) -> Result<Vec<Skill>, Fault> {
        Ok(self.read().skills.copies(ids))
    }

    async fn skills_by_key(&mut self, keys: &[String]) -> Result<Vec<Skill>, Fault> {
        Ok(self.read().skills.all().iter().filter(|skill| keys.contains(&skill.key())).cloned().collect())
    }

    async fn insert_skills(&mut self, skills: &[Skill]) -> Result<u64, Fault> {
        let mut props = self.write();
        let known: Vec<String> = props.skills.all().iter().map(Skill::key).collect();
        let new: Vec<&Skill> = skills.iter().filter(|skill| !known.contains(&skill.key())).collect();
        for skill in &new {
            props.skills.put(skill.id, (*skill).clone());
        }
        Ok(count(new.len()))
    }

    async fn lock_skill_records(
        &mut self,
        employee: EmployeeId,
        skills: &[SkillId],
    ) -> Result<Vec<SkillRecord>, Fault> {
        let props = self.read();
        let known = props.skill_records.get(&employee).into_iter().flatten();
        Ok(known.filter(|record| skills.contains(&record.skill)).cloned().collect())
    }

    async fn skill_records(&mut self, ids: &[SkillRecordId]) -> Result<Vec<SkillRecord>, Fault> {
        let props = self.read();
        let known = props.skill_records.values().flatten();
        Ok(known.filter(|record| ids.contains(&record.id)).cloned().collect())
    }

    async fn insert_skill_records(&mut self, records: &[SkillRecord]) -> Result<(), Fault> {
        let mut props = self.write();
        for record in records {
            props.skill_records.entry(record.employee).or_default().push(record.clone());
        }
        Ok(())
    }
}

#[async_trait]
impl JobProfileWrites for Scene {
    async fn lock_job_profile(
        &mut self,
        id: JobProfileId,
    ) -> Result<Option<(JobProfile, Vec<JobRequirements>)>, Fault> {
        let props = self.read();
        let asked = props.job_requirements.iter().filter(|requirements| requirements.profile == id);
        Ok(props.job_profiles.get(&id).cloned().map(|profile| (profile, asked.cloned().collect())))
    }

    async fn job_profiles(&mut self, ids: &[JobProfileId]) -> Result<Vec<JobProfile>, Fault> {
        Ok(self.read().job_profiles.copies(ids))
    }

    async fn job_profiles_by_key(&mut self, keys: &[String]) -> Result<Vec<JobProfile>, Fault> {
        let props = self.read();
        Ok(props.job_profiles.all().iter().filter(|profile| keys.contains(&profile.key())).cloned().collect())
    }

    async fn insert_job_profiles(&mut self, profiles: &[JobProfile]) -> Result<u64, Fault> {
        let mut props = self.write();
        let mut inserted = 0;
        for profile in profiles {
            if props.job_profiles.all().iter().all(|known| known.key() != profile.key()) {
                props.job_profiles.put(profile.id, profile.clone());
                inserted += 1;
            }
        }
        Ok(inserted)
    }

    async fn save_job_profile(&mut self, profile: &JobProfile) -> Result<(), Fault> {
        self.write().job_profiles.put(profile.id, profile.clone());
        Ok(())
    }

    async fn insert_job_requirements(&mut self, requirements: &[JobRequirements]) -> Result<(), Fault> {
        self.write().job_requirements.extend_from_slice(requirements);
        Ok(())
    }

    async fn lock_job_assignments(&mut self, people: &[EmployeeId]) -> Result<Vec<JobAssignment>, Fault> {
        let props = self.read();
        Ok(props.job_assignments.iter().filter(|one| people.contains(&one.employee)).cloned().collect())
    }

    async fn insert_job_assignments(&mut self, assignments: &[JobAssignment]) -> Result<(), Fault> {
        self.write().job_assignments.extend_from_slice(assignments);
        Ok(())
    }
}
