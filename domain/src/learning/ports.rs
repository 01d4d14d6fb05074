//! How enrollments are stored.

use async_trait::async_trait;
use chrono::NaiveDate;

use crate::access::Scope;
use crate::kernel::{
    AssessmentId, CourseId, Direction, EmployeeId, EmployerId, EnrollmentId, EvidenceId, Fault, FollowUpId,
    FundingRequestId, LearningTimeId, Page, PageRequest, ProgramId,
};

use super::{
    Assessment, CourseFeedback, CourseTerms, Enrollment, EnrollmentOrder, EnrollmentStatus, Evidence,
    EvidenceStatus, FollowUp, KnownCompletion, LearningTime, TimeTotals,
};

/// Writes within one employer's transaction.
#[async_trait]
pub trait LearningWrites: Send {
    /// An enrollment, locked.
    async fn lock_enrollment(&mut self, id: EnrollmentId) -> Result<Option<Enrollment>, Fault>;
    /// An enrollment, locked, unless somebody else holds it now.
    async fn lock_enrollment_if_free(&mut self, id: EnrollmentId) -> Result<Option<Enrollment>, Fault>;
    /// A person's enrollment in a subject that has not ended.
    async fn live_enrollment(
        &mut self,
        employee: EmployeeId,
        subject: &str,
    ) -> Result<Option<EnrollmentId>, Fault>;
    /// The enrollment that a request funds.
    async fn enrollment_of_request(
        &mut self,
        request: FundingRequestId,
    ) -> Result<Option<EnrollmentId>, Fault>;
    /// Adds enrollments, unless one of their people has a live one in the same subject or a request funds another one
    /// already. Whether it did; if not, what was written must be undone.
    async fn insert_enrollments(&mut self, enrollments: &[Enrollment]) -> Result<bool, Fault>;
    /// Replaces an enrollment.
    async fn save_enrollment(&mut self, enrollment: &Enrollment) -> Result<(), Fault>;
    /// What is agreed about a course.
    async fn course_terms(&mut self, course: CourseId) -> Result<Option<CourseTerms>, Fault>;
    /// Sets what is agreed about a course.
    async fn save_course_terms(&mut self, terms: &CourseTerms) -> Result<(), Fault>;
    /// The attempts at the assessment of an enrollment, in their order.
    async fn assessments_of(&mut self, enrollment: EnrollmentId) -> Result<Vec<Assessment>, Fault>;
    /// Adds an attempt.
    async fn insert_assessment(&mut self, assessment: &Assessment) -> Result<(), Fault>;
    /// A piece of evidence. It changes only while its enrollment is locked.
    async fn evidence(&mut self, id: EvidenceId) -> Result<Option<Evidence>, Fault>;
    /// How much evidence an enrollment has, of one status or of all.
    async fn count_evidence(
        &mut self,
        enrollment: EnrollmentId,
        status: Option<EvidenceStatus>,
    ) -> Result<u64, Fault>;
    /// Adds or replaces a piece of evidence by id.
    async fn save_evidence(&mut self, evidence: &Evidence) -> Result<(), Fault>;
    /// What is known of a completion that a system told of under an id.
    async fn known_completion(
        &mut self,
        source: &str,
        external_id: &str,
    ) -> Result<Option<KnownCompletion>, Fault>;
    /// Remembers a completion that was told of, unless somebody else has meanwhile; whether it did. If not, what was written
    /// must be undone.
    async fn insert_known_completion(&mut self, known: &KnownCompletion) -> Result<bool, Fault>;
    /// Who mentors the learner of an enrollment in it, or did until they completed it.
    async fn mentor_in(&mut self, enrollment: EnrollmentId) -> Result<Option<EmployeeId>, Fault>;
    /// Adds follow-ups.
    async fn insert_follow_ups(&mut self, follow_ups: &[FollowUp]) -> Result<(), Fault>;
    /// A follow-up, locked.
    async fn lock_follow_up(&mut self, id: FollowUpId) -> Result<Option<FollowUp>, Fault>;
    /// A follow-up, locked, unless somebody else holds it now.
    async fn lock_follow_up_if_free(&mut self, id: FollowUpId) -> Result<Option<FollowUp>, Fault>;
    /// Replaces a follow-up.
    async fn save_follow_up(&mut self, follow_up: &FollowUp) -> Result<(), Fault>;
    /// What was said of the course in an enrollment. It changes only while the enrollment is locked.
    async fn feedback(&mut self, enrollment: EnrollmentId) -> Result<Option<CourseFeedback>, Fault>;
    /// Adds or replaces what is said of the course in an enrollment.
    async fn save_feedback(&mut self, feedback: &CourseFeedback) -> Result<(), Fault>;
    /// What is logged in an enrollment for a day.
    async fn time_on(&mut self, enrollment: EnrollmentId, day: NaiveDate) -> Result<TimeTotals, Fault>;
    /// What was logged under an id.
    async fn learning_time(&mut self, id: LearningTimeId) -> Result<Option<LearningTime>, Fault>;
    /// Adds logged time.
    async fn append_learning_times(&mut self, times: &[LearningTime]) -> Result<(), Fault>;
}

/// Which enrollments a reader wants. A list that is not there means "any", an empty one "none".
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct EnrollmentFilter {
    /// Of one of these people.
    pub employees: Option<Vec<EmployeeId>>,
    /// In one of these courses of the catalog.
    pub courses: Option<Vec<CourseId>>,
    /// Within one of these programs.
    pub programs: Option<Vec<ProgramId>>,
    /// Of one of these statuses.
    pub statuses: Option<Vec<EnrollmentStatus>>,
    /// Funded by one of these requests.
    pub requests: Option<Vec<FundingRequestId>>,
}

/// For whom follow-ups wait: one of these people. None of them means none.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct WaitingFollowUps {
    /// The people.
    pub people: Vec<EmployeeId>,
}

/// Reads of enrollments.
///
/// Within [`crate::access::Reach::Related`] are the person's own, those of everybody below them, and those within
/// programs that they own. Of logged time only the person's own.
#[async_trait]
pub trait LearningReads: Send + Sync {
    /// Enrollments by id.
    async fn enrollments_by_id(&self, scope: Scope, ids: &[EnrollmentId]) -> Result<Vec<Enrollment>, Fault>;
    /// The same page of several lists of enrollments.
    async fn enrollments(
        &self,
        scope: Scope,
        lists: &[EnrollmentFilter],
        order: (EnrollmentOrder, Direction),
        page: &PageRequest,
    ) -> Result<Vec<Page<Enrollment>>, Fault>;
    /// How many enrollments each list has.
    async fn count_enrollments(&self, scope: Scope, lists: &[EnrollmentFilter]) -> Result<Vec<u64>, Fault>;
    /// What is agreed about courses; those of which nothing is are left out.
    async fn terms_by_course(&self, scope: Scope, courses: &[CourseId]) -> Result<Vec<CourseTerms>, Fault>;
    /// Attempts at the assessments of enrollments, in their order. Within [`crate::access::Reach::Related`] are the
    /// person's own.
    async fn assessments_by_enrollment(
        &self,
        scope: Scope,
        enrollments: &[EnrollmentId],
    ) -> Result<Vec<Assessment>, Fault>;
    /// Attempts by id.
    async fn assessments_by_id(&self, scope: Scope, ids: &[AssessmentId]) -> Result<Vec<Assessment>, Fault>;
    /// Evidence of enrollments, in the order in which it was handed in. The scope is that of the enrollments.
    async fn evidence_by_enrollment(
        &self,
        scope: Scope,
        enrollments: &[EnrollmentId],
    ) -> Result<Vec<Evidence>, Fault>;
    /// Evidence by id.
    async fn evidence_by_id(&self, scope: Scope, ids: &[EvidenceId]) -> Result<Vec<Evidence>, Fault>;
    /// Enrollments beyond one whose last day is before a day and that nobody waits for, in the order of their ids.
    async fn enrollments_to_end(
        &self,
        employer: EmployerId,
        today: NaiveDate,
        beyond: Option<EnrollmentId>,
        limit: u32,
    ) -> Result<Vec<EnrollmentId>, Fault>;
    /// Follow-ups of enrollments, in the order in which they open. Within [`crate::access::Reach::Related`] are those about
    /// the person, and those that are, or were, for them to answer as the manager.
    async fn follow_ups_by_enrollment(
        &self,
        scope: Scope,
        enrollments: &[EnrollmentId],
    ) -> Result<Vec<FollowUp>, Fault>;
    /// Follow-ups by id.
    async fn follow_ups_by_id(&self, scope: Scope, ids: &[FollowUpId]) -> Result<Vec<FollowUp>, Fault>;
    /// The same page of the follow-ups that wait for several people on a day, the first to close first.
    async fn waiting_follow_ups(
        &self,
        scope: Scope,
        lists: &[WaitingFollowUps],
        today: NaiveDate,
        page: &PageRequest,
    ) -> Result<Vec<Page<FollowUp>>, Fault>;
    /// How many follow-ups wait.
    async fn count_waiting_follow_ups(
        &self,
        scope: Scope,
        lists: &[WaitingFollowUps],
        today: NaiveDate,
    ) -> Result<Vec<u64>, Fault>;
    /// Follow-ups beyond one that are open on a day and of which that, or that they close until another, was not told, in
    /// the order of their ids.
    async fn follow_ups_to_tell(
        &self,
        employer: EmployerId,
        days: (NaiveDate, NaiveDate),
        beyond: Option<FollowUpId>,
        limit: u32,
    ) -> Result<Vec<FollowUpId>, Fault>;
    /// What was said of courses in enrollments.
    async fn feedback_by_enrollment(
        &self,
        scope: Scope,
        enrollments: &[EnrollmentId],
    ) -> Result<Vec<CourseFeedback>, Fault>;
    /// What was logged in enrollments; one of which nothing was may be left out only where it is out of reach.
    async fn time_totals(
        &self,
        scope: Scope,
        enrollments: &[EnrollmentId],
    ) -> Result<Vec<(EnrollmentId, TimeTotals)>, Fault>;
    /// Logged time by id.
    async fn learning_times_by_id(
        &self,
        scope: Scope,
        ids: &[LearningTimeId],
    ) -> Result<Vec<LearningTime>, Fault>;
    /// The same page of what was logged in several enrollments, the latest day last.
    async fn learning_times(
        &self,
        scope: Scope,
        lists: &[EnrollmentId],
        page: &PageRequest,
    ) -> Result<Vec<Page<LearningTime>>, Fault>;
    /// How much was logged in each.
    async fn count_learning_times(&self, scope: Scope, lists: &[EnrollmentId]) -> Result<Vec<u64>, Fault>;
}
