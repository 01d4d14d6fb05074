//! What can be asked about learning.

mod follow_ups;

use crate::access::{Action, Actor, policy};
use crate::kernel::{
    AssessmentId, CourseId, Direction, EnrollmentId, EvidenceId, Fault, LearningTimeId, Page, PageRequest,
};

use super::{
    Assessment, CourseTerms, Enrollment, EnrollmentFilter, EnrollmentOrder, Evidence, Learning, LearningTime,
    TimeTotals,
};

impl Learning<'_> {
    /// Those of the enrollments that the actor may see.
    pub async fn enrollments_by_id(
        self,
        actor: &Actor,
        ids: &[EnrollmentId],
    ) -> Result<Vec<Enrollment>, Fault> {
        match policy::scope(actor, Action::ReadEnrollments) {
            Some(scope) => self.core.store.reads().enrollments_by_id(scope, ids).await,
            None => Ok(Vec::new()),
        }
    }

    /// The same page of several lists of enrollments, as far as the actor may see them.
    pub async fn enrollments(
        self,
        actor: &Actor,
        lists: &[EnrollmentFilter],
        order: (EnrollmentOrder, Direction),
        page: &PageRequest,
    ) -> Result<Vec<Page<Enrollment>>, Fault> {
        let scope = policy::require_scope(actor, Action::ReadEnrollments)?;
        self.core.store.reads().enrollments(scope, lists, order, page).await
    }

    /// How many enrollments each list has.
    pub async fn count_enrollments(
        self,
        actor: &Actor,
        lists: &[EnrollmentFilter],
    ) -> Result<Vec<u64>, Fault> {
        let scope = policy::require_scope(actor, Action::ReadEnrollments)?;
        self.core.store.reads().count_enrollments(scope, lists).await
    }

    /// What is agreed about courses; those of which nothing is are left out.
    pub async fn terms_by_course(
        self,
        actor: &Actor,
        courses: &[CourseId],
    ) -> Result<Vec<CourseTerms>, Fault> {
        match policy::scope(actor, Action::ReadCatalog) {
            Some(scope) => self.core.store.reads().terms_by_course(scope, courses).await,
            None => Ok(Vec::new()),
        }
    }

    /// Attempts at the assessments of enrollments, of those whose scores the actor may see.
    pub async fn assessments_by_enrollment(
        self,
        actor: &Actor,
        enrollments: &[EnrollmentId],
    ) -> Result<Vec<Assessment>, Fault> {
        match policy::scope(actor, Action::ReadAssessments) {
            Some(scope) => self.core.store.reads().assessments_by_enrollment(scope, enrollments).await,
            None => Ok(Vec::new()),
        }
    }

    /// Attempts by id, as far as the actor may see them.
    pub async fn assessments_by_id(
        self,
        actor: &Actor,
        ids: &[AssessmentId],
    ) -> Result<Vec<Assessment>, Fault> {
        match policy::scope(actor, Action::ReadAssessments) {
            Some(scope) => self.core.store.reads().assessments_by_id(scope, ids).await,
            None => Ok(Vec::new()),
        }
    }

    /// Evidence of enrollments, as far as the actor may see it.
    pub async fn evidence_by_enrollment(
        self,
        actor: &Actor,
        enrollments: &[EnrollmentId],
    ) -> Result<Vec<Evidence>, Fault> {
        match policy::scope(actor, Action::ReadEvidence) {
            Some(scope) => self.core.store.reads().evidence_by_enrollment(scope, enrollments).await,
            None => Ok(Vec::new()),
        }
    }

    /// Evidence by id, as far as the actor may see it.
    pub async fn evidence_by_id(self, actor: &Actor, ids: &[EvidenceId]) -> Result<Vec<Evidence>, Fault> {
        match policy::scope(actor, Action::ReadEvidence) {
            Some(scope) => self.core.store.reads().evidence_by_id(scope, ids).await,
            None => Ok(Vec::new()),
        }
    }

    /// What was logged in enrollments, of those whose logged time the actor may see.
    pub async fn time_totals(
        self,
        actor: &Actor,
        enrollments: &[EnrollmentId],
    ) -> Result<Vec<(EnrollmentId, TimeTotals)>, Fault> {
        match policy::scope(actor, Action::ReadLearningTime) {
            Some(scope) => self.core.store.reads().time_totals(scope, enrollments).await,
            None => Ok(Vec::new()),
        }
    }

    /// Logged time by id, as far as the actor may see it.
    pub async fn learning_times_by_id(
        self,
        actor: &Actor,
        ids: &[LearningTimeId],
    ) -> Result<Vec<LearningTime>, Fault> {
        match policy::scope(actor, Action::ReadLearningTime) {
            Some(scope) => self.core.store.reads().learning_times_by_id(scope, ids).await,
            None => Ok(Vec::new()),
        }
    }

    /// The same page of what was logged in several enrollments, as far as the actor may see it.
    pub async fn learning_times(
        self,
        actor: &Actor,
        lists: &[EnrollmentId],
        page: &PageRequest,
    ) -> Result<Vec<Page<LearningTime>>, Fault> {
        let scope = policy::require_scope(actor, Action::ReadLearningTime)?;
        self.core.store.reads().learning_times(scope, lists, page).await
    }

    /// How much was logged in each.
    pub async fn count_learning_times(
        self,
        actor: &Actor,
        lists: &[EnrollmentId],
    ) -> Result<Vec<u64>, Fault> {
        let scope = policy::require_scope(actor, Action::ReadLearningTime)?;
        self.core.store.reads().count_learning_times(scope, lists).await
    }
}
