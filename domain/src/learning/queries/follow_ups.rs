//! What can be asked about follow-ups and course feedback.

use chrono::NaiveDate;

use crate::access::{Action, Actor, policy};
use crate::kernel::{EnrollmentId, Fault, FollowUpId, Page, PageRequest};
use crate::learning::{CourseFeedback, FollowUp, FollowUpStatus, Learning, WaitingFollowUps};

impl Learning<'_> {
    /// Follow-ups of enrollments, as far as the actor may see them.
    pub async fn follow_ups_by_enrollment(
        self,
        actor: &Actor,
        enrollments: &[EnrollmentId],
    ) -> Result<Vec<(FollowUp, FollowUpStatus)>, Fault> {
        let Some(scope) = policy::scope(actor, Action::ReadFollowUps) else { return Ok(Vec::new()) };
        let found = self.core.store.reads().follow_ups_by_enrollment(scope, enrollments).await?;
        self.with_status(actor, found).await
    }

    /// Follow-ups by id, as far as the actor may see them.
    pub async fn follow_ups_by_id(
        self,
        actor: &Actor,
        ids: &[FollowUpId],
    ) -> Result<Vec<(FollowUp, FollowUpStatus)>, Fault> {
        let Some(scope) = policy::scope(actor, Action::ReadFollowUps) else { return Ok(Vec::new()) };
        let found = self.core.store.reads().follow_ups_by_id(scope, ids).await?;
        self.with_status(actor, found).await
    }

    /// The same page of the follow-ups that wait for several people today, as far as the actor may see them.
    pub async fn waiting_follow_ups(
        self,
        actor: &Actor,
        lists: &[WaitingFollowUps],
        page: &PageRequest,
    ) -> Result<Vec<Page<(FollowUp, FollowUpStatus)>>, Fault> {
        let scope = policy::require_scope(actor, Action::ReadFollowUps)?;
        let today = self.today(actor).await?;
        let pages = self.core.store.reads().waiting_follow_ups(scope, lists, today, page).await?;
        let with_status = |follow_up: FollowUp| {
            let status = follow_up.status(today);
            (follow_up, status)
        };
        Ok(pages.into_iter().map(|page| page.map(with_status)).collect())
    }

    /// How many follow-ups wait.
    pub async fn count_waiting_follow_ups(
        self,
        actor: &Actor,
        lists: &[WaitingFollowUps],
    ) -> Result<Vec<u64>, Fault> {
        let scope = policy::require_scope(actor, Action::ReadFollowUps)?;
        let today = self.today(actor).await?;
        self.core.store.reads().count_waiting_follow_ups(scope, lists, today).await
    }

    /// What was said of courses in enrollments, as far as the actor may see it.
    pub async fn feedback_by_enrollment(
        self,
        actor: &Actor,
        enrollments: &[EnrollmentId],
    ) -> Result<Vec<CourseFeedback>, Fault> {
        match policy::scope(actor, Action::ReadCourseFeedback) {
            Some(scope) => self.core.store.reads().feedback_by_enrollment(scope, enrollments).await,
            None => Ok(Vec::new()),
        }
    }

    /// The day it is at the actor's employer.
    async fn today(self, actor: &Actor) -> Result<NaiveDate, Fault> {
        Ok(self.core.employer(actor).await?.day_of(self.core.clock.now()))
    }

    /// Follow-ups, and how far each is today.
    async fn with_status(
        self,
        actor: &Actor,
        follow_ups: Vec<FollowUp>,
    ) -> Result<Vec<(FollowUp, FollowUpStatus)>, Fault> {
        if follow_ups.is_empty() {
            return Ok(Vec::new());
        }
        let today = self.today(actor).await?;
        let with_status = |follow_up: FollowUp| {
            let status = follow_up.status(today);
            (follow_up, status)
        };
        Ok(follow_ups.into_iter().map(with_status).collect())
    }
}
