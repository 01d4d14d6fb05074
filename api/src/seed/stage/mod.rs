//! A store in memory for telling a story of hundreds of thousands of requests, poured into the real one at the end.
//!
//! Every use case is a transaction with a dozen statements, which is right for people and too slow for a benchmark's
//! data. So the same use cases run against this store, one after another, and what they leave is written through the
//! same write ports in slices of thousands, in one transaction: a seed that fails leaves nothing. It serves the seed
//! and nothing else: one employer, one caller at a time, no idempotency keys, no undoing. Where a use case gives up
//! after it has written, the story ends with a fault instead of going on with half of it. That the shortcut changes
//! nothing is tested: staged or not, the demonstration has the same rows.

mod catalog;
mod exchange;
mod funding;
mod integration;
mod journal;
mod learning;
mod mentoring;
mod organization;
mod policies;
mod pour;
mod privacy;
mod programs;
mod reports;
mod roi;
mod shelf;
mod skills;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use upskill_domain::catalog::{Course, CoursePrice, Provider, Syllabus};
use upskill_domain::funding::{
    ApprovalStep, Budget, Decision, FundingComment, FundingPolicy, FundingRequest, LedgerEntry,
};
use upskill_domain::journal::Entry;
use upskill_domain::kernel::{
    BenefitId, BudgetId, CostBandId, CourseId, DepartmentId, EmployeeId, EmployerId, EnrollmentId,
    EvidenceId, Fault, FollowUpId, FundingPolicyId, FundingRequestId, JobProfileId, MentorId,
    MentoringGoalId, MentoringSessionId, PairingId, ParticipantId, ProgramId, ProviderId, SkillId,
    SkillRecordId,
};
use upskill_domain::learning::{
    Assessment, CourseFeedback, CourseTerms, Enrollment, Evidence, FollowUp, KnownCompletion, LearningTime,
};
use upskill_domain::mentoring::{
    Expertise, Mentor, MentoringGoal, MentoringNote, MentoringSession, Pairing, PairingFeedback, Side,
};
use upskill_domain::organization::{Department, Employee, Employer, RoleGrant};
use upskill_domain::programs::{Outline, Participant, Program};
use upskill_domain::roi::{Benefit, CostBand, RoiReport};
use upskill_domain::skills::{JobAssignment, JobProfile, JobRequirements, Skill, SkillRecord};
use upskill_domain::store::{Reads, Store, UnitOfWork};

use shelf::Shelf;

/// The store in memory.
pub(super) struct Stage {
    real: Arc<dyn Store>,
    props: Arc<Mutex<Props>>,
}

/// Everything that stands on the stage.
#[derive(Default)]
struct Props {
    /// A use case wrote and did not commit.
    torn: bool,
    employer: Option<Employer>,
    departments: Shelf<DepartmentId, Department>,
    employees: Shelf<EmployeeId, Employee>,
    grants: Vec<RoleGrant>,
    skills: Shelf<SkillId, Skill>,
    providers: Shelf<ProviderId, Provider>,
    courses: Shelf<CourseId, (Course, Syllabus)>,
    prices: Vec<CoursePrice>,
    programs: Shelf<ProgramId, (Program, Outline)>,
    participants: Shelf<ParticipantId, Participant>,
    policies: Shelf<FundingPolicyId, FundingPolicy>,
    budgets: Shelf<BudgetId, Budget>,
    owners: Vec<(BudgetId, EmployeeId, DateTime<Utc>)>,
    requests: Shelf<FundingRequestId, FundingRequest>,
    steps: HashMap<FundingRequestId, Vec<ApprovalStep>>,
    /// The last round of a person about a subject.
    threads: HashMap<(EmployeeId, String), FundingRequestId>,
    decisions: Vec<Decision>,
    comments: Vec<FundingComment>,
    ledger: Vec<LedgerEntry>,
    enrollments: Shelf<EnrollmentId, Enrollment>,
    /// The last enrollment of a person in a subject, and the one that a request funds.
    learning: HashMap<(EmployeeId, String), EnrollmentId>,
    funded: HashMap<FundingRequestId, EnrollmentId>,
    terms: Shelf<CourseId, CourseTerms>,
    assessments: HashMap<EnrollmentId, Vec<Assessment>>,
    evidence: Shelf<EvidenceId, Evidence>,
    told_completions: HashMap<(String, String), KnownCompletion>,
    follow_ups: Shelf<FollowUpId, FollowUp>,
    feedback: Shelf<EnrollmentId, CourseFeedback>,
    learning_times: HashMap<EnrollmentId, Vec<LearningTime>>,
    mentors: Shelf<MentorId, Mentor>,
    expertise: Shelf<MentorId, Expertise>,
    pairings: Shelf<PairingId, Pairing>,
    goals: Shelf<MentoringGoalId, MentoringGoal>,
    sessions: Shelf<MentoringSessionId, MentoringSession>,
    notes: Vec<MentoringNote>,
    /// In which sessions skills were observed.
    observations: Vec<(MentoringSessionId, SkillRecordId)>,
    pairing_feedback: Shelf<(PairingId, Side), PairingFeedback>,
    bands: Shelf<CostBandId, CostBand>,
    /// Who is in which cost band.
    placed: HashMap<EmployeeId, CostBandId>,
    benefits: Shelf<BenefitId, Benefit>,
    reports: Vec<RoiReport>,
    skill_records: HashMap<EmployeeId, Vec<SkillRecord>>,
    job_profiles: Shelf<JobProfileId, JobProfile>,
    job_requirements: Vec<JobRequirements>,
    job_assignments: Vec<JobAssignment>,
    journal: Vec<Entry>,
}

impl Stage {
    /// An empty stage before a store.
    pub(super) fn before(real: Arc<dyn Store>) -> Self {
        Self { real, props: Arc::default() }
    }
}

#[async_trait]
impl Store for Stage {
    async fn begin(&self, _: EmployerId) -> Result<Box<dyn UnitOfWork>, Fault> {
        if lock(&self.props).torn {
            return Err(Fault::inconsistent("a use case of the seed gave up half-way"));
        }
        Ok(Box::new(Scene { props: self.props.clone(), written: false }))
    }

    async fn look(&self, employer: EmployerId) -> Result<Box<dyn UnitOfWork>, Fault> {
        self.begin(employer).await
    }

    fn reads(&self) -> &dyn Reads {
        self.real.reads()
    }
}

/// One transaction on the stage.
struct Scene {
    props: Arc<Mutex<Props>>,
    written: bool,
}

impl Scene {
    fn read(&self) -> MutexGuard<'_, Props> {
        lock(&self.props)
    }

    fn write(&mut self) -> MutexGuard<'_, Props> {
        self.written = true;
        lock(&self.props)
    }
}

impl Drop for Scene {
    fn drop(&mut self) {
        if self.written {
            lock(&self.props).torn = true;
        }
    }
}

#[async_trait]
impl UnitOfWork for Scene {
    async fn commit(mut self: Box<Self>) -> Result<(), Fault> {
        self.written = false;
        Ok(())
    }
}

fn lock(props: &Mutex<Props>) -> MutexGuard<'_, Props> {
    props.lock().unwrap_or_else(PoisonError::into_inner)
}
