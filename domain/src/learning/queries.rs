//! What can be asked about learning.

use crate::access::{Action, Actor, policy};
use crate::kernel::{Direction, EnrollmentId, Fault, LearningTimeId, Page, PageRequest};

use super::{Enrollment, EnrollmentFilter, EnrollmentOrder, Learning, LearningTime, TimeTotals};

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
