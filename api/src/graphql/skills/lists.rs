//! How the lists of skills are read.

use upskill_domain::kernel::Direction;
use upskill_domain::skills::{JobProfileFilter, JobProfileOrder, SkillFilter, SkillOrder, SkillRecordFilter};

use super::profiles::JobProfile;
use super::records::SkillRecord;
use super::types::Skill;
use crate::graphql::page::listed;

listed!(Skill: skills.skills, count_skills, SkillFilter, by (SkillOrder, Direction));
listed!(SkillRecord: skills.skill_record_pages, count_skill_records, SkillRecordFilter);
listed!(JobProfile: skills.job_profile_pages, count_job_profiles, JobProfileFilter, by (JobProfileOrder, Direction));
