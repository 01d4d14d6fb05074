//! How job profiles are stored.

use async_trait::async_trait;

use crate::access::Scope;
use crate::kernel::{Direction, EmployeeId, Fault, JobProfileId, Page, PageRequest};
use crate::skills::{JobAssignment, JobProfile, JobProfileOrder, JobRequirements};

/// Writes of job profiles within one employer's transaction.
#[async_trait]
pub trait JobProfileWrites: Send {
    /// A profile with everything that it has ever asked for, locked.
    async fn lock_job_profile(
        &mut self,
        id: JobProfileId,
    ) -> Result<Option<(JobProfile, Vec<JobRequirements>)>, Fault>;
    /// Profiles by id.
    async fn job_profiles(&mut self, ids: &[JobProfileId]) -> Result<Vec<JobProfile>, Fault>;
    /// Profiles by the key of their name, see [`JobProfile::key`].
    async fn job_profiles_by_key(&mut self, keys: &[String]) -> Result<Vec<JobProfile>, Fault>;
    /// Adds profiles whose names are not in use; answers with how many those were.
    async fn insert_job_profiles(&mut self, profiles: &[JobProfile]) -> Result<u64, Fault>;
    /// Replaces a profile.
    async fn save_job_profile(&mut self, profile: &JobProfile) -> Result<(), Fault>;
    /// Adds what profiles ask for.
    async fn insert_job_requirements(&mut self, requirements: &[JobRequirements]) -> Result<(), Fault>;
    /// Everything that was ever assigned to people, with them locked against others who assign something to them.
    async fn lock_job_assignments(&mut self, people: &[EmployeeId]) -> Result<Vec<JobAssignment>, Fault>;
    /// Adds assignments.
    async fn insert_job_assignments(&mut self, assignments: &[JobAssignment]) -> Result<(), Fault>;
}

/// Which profiles a reader wants.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct JobProfileFilter {
    /// Whose name contains this, without regard to case.
    pub search: Option<String>,
}

/// Reads of job profiles, and of who has which: within [`crate::access::Reach::Related`] the person and everybody below
/// them.
#[async_trait]
pub trait JobProfileReads: Send + Sync {
    /// Profiles by id.
    async fn job_profiles_by_id(&self, scope: Scope, ids: &[JobProfileId]) -> Result<Vec<JobProfile>, Fault>;
    /// The same page of several lists of profiles.
    async fn job_profile_pages(
        &self,
        scope: Scope,
        lists: &[JobProfileFilter],
        order: (JobProfileOrder, Direction),
        page: &PageRequest,
    ) -> Result<Vec<Page<JobProfile>>, Fault>;
    /// How many profiles each list has.
    async fn count_job_profiles(&self, scope: Scope, lists: &[JobProfileFilter]) -> Result<Vec<u64>, Fault>;
    /// Everything that profiles have ever asked for. Open to everybody at the employer.
    async fn job_requirements(
        &self,
        scope: Scope,
        profiles: &[JobProfileId],
    ) -> Result<Vec<JobRequirements>, Fault>;
    /// Everything that was ever assigned to people.
    async fn job_assignments(&self, scope: Scope, people: &[EmployeeId])
    -> Result<Vec<JobAssignment>, Fault>;
}
