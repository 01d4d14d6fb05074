//! Enrollments on the stage.

use async_trait::async_trait;
use chrono::NaiveDate;
use upskill_domain::kernel::{
    CourseId, EmployeeId, EnrollmentId, EvidenceId, Fault, FollowUpId, FundingRequestId, LearningTimeId,
};
use upskill_domain::learning::{
    Assessment, CourseFeedback, CourseTerms, Enrollment, Evidence, EvidenceStatus, FollowUp, KnownCompletion,
    LearningTime, LearningWrites, TimeKind, TimeTotals,
};
use upskill_domain::mentoring::PairingStatus;

use super::Scene;

#[async_trait]
impl LearningWrites for Scene {
    async fn lock_enrollment(&mut self, id: EnrollmentId) -> Result<Option<Enrollment>, Fault> {
        Ok(self.read().enrollments.get(&id).cloned())
    }

    async fn lock_enrollment_if_free(&mut self, id: EnrollmentId) -> Result<Option<Enrollment>, Fault> {
        self.lock_enrollment(id).await
    }

    async fn live_enrollment(
        &mut self,
        employee: EmployeeId,
        subject: &str,
    ) -> Result<Option<EnrollmentId>, Fault> {
        let props = self.read();
        let last = props.learning.get(&(employee, subject.to_owned()));
        let last = last.and_then(|last| props.enrollments.get(last));
        Ok(last.filter(|last| last.status.is_live()).map(|last| last.id))
    }

    async fn enrollment_of_request(
        &mut self,
        request: FundingRequestId,
    ) -> Result<Option<EnrollmentId>, Fault> {
        Ok(self.read().funded.get(&request).copied())
    }

    async fn insert_enrollments(&mut self, enrollments: &[Enrollment]) -> Result<bool, Fault> {
        let mut props = self.write();
        for enrollment in enrollments {
            let subject = (enrollment.employee, enrollment.taken.subject.clone());
            props.learning.insert(subject, enrollment.id);
            props.funded.extend(enrollment.request.map(|request| (request, enrollment.id)));
            props.enrollments.put(enrollment.id, enrollment.clone());
        }
        Ok(true)
    }

    async fn save_enrollment(&mut self, enrollment: &Enrollment) -> Result<(), Fault> {
        self.write().enrollments.put(enrollment.id, enrollment.clone());
        Ok(())
    }

    async fn course_terms(&mut self, course: CourseId) -> Result<Option<CourseTerms>, Fault> {
        Ok(self.read().terms.get(&course).cloned())
    }

    async fn save_course_terms(&mut self, terms: &CourseTerms) -> Result<(), Fault> {
        self.write().terms.put(terms.course, terms.clone());
        Ok(())
    }

    async fn assessments_of(&mut self, enrollment: EnrollmentId) -> Result<Vec<Assessment>, Fault> {
        Ok(self.read().assessments.get(&enrollment).cloned().unwrap_or_default())
    }

    async fn insert_assessment(&mut self, assessment: &Assessment) -> Result<(), Fault> {
        self.write().assessments.entry(assessment.enrollment).or_default().push(assessment.clone());
        Ok(())
    }

    async fn evidence(&mut self, id: EvidenceId) -> Result<Option<Evidence>, Fault> {
        Ok(self.read().evidence.get(&id).cloned())
    }

    async fn count_evidence(
        &mut self,
        enrollment: EnrollmentId,
        status: Option<EvidenceStatus>,
    ) -> Result<u64, Fault> {
        let counts = |piece: &&Evidence| {
            piece.enrollment == enrollment && status.is_none_or(|status| piece.status == status)
        };
        Ok(u64::try_from(self.read().evidence.all().iter().filter(counts).count()).unwrap_or(u64::MAX))
    }

    async fn save_evidence(&mut self, evidence: &Evidence) -> Result<(), Fault> {
        self.write().evidence.put(evidence.id, evidence.clone());
        Ok(())
    }

    async fn known_completion(
        &mut self,
        source: &str,
        external_id: &str,
    ) -> Result<Option<KnownCompletion>, Fault> {
        let key = (source.to_owned(), external_id.to_owned());
        Ok(self.read().told_completions.get(&key).cloned())
    }

    async fn insert_known_completion(&mut self, known: &KnownCompletion) -> Result<bool, Fault> {
        let key = (known.source.clone(), known.external_id.clone());
        Ok(self.write().told_completions.insert(key, known.clone()).is_none())
    }

    async fn mentor_in(&mut self, enrollment: EnrollmentId) -> Result<Option<EmployeeId>, Fault> {
        let props = self.read();
        let about = props.pairings.all().iter().filter(|pairing| pairing.enrollment == Some(enrollment));
        let mut helped =
            about.filter(|pairing| pairing.status.is_running() || pairing.status == PairingStatus::Completed);
        Ok(helped.next_back().map(|pairing| pairing.mentored_by))
    }

    async fn insert_follow_ups(&mut self, follow_ups: &[FollowUp]) -> Result<(), Fault> {
        let mut props = self.write();
        for follow_up in follow_ups {
            props.follow_ups.put(follow_up.id, follow_up.clone());
        }
        Ok(())
    }

    async fn lock_follow_up(&mut self, id: FollowUpId) -> Result<Option<FollowUp>, Fault> {
        Ok(self.read().follow_ups.get(&id).cloned())
    }

    async fn lock_follow_up_if_free(&mut self, id: FollowUpId) -> Result<Option<FollowUp>, Fault> {
        self.lock_follow_up(id).await
    }

    async fn save_follow_up(&mut self, follow_up: &FollowUp) -> Result<(), Fault> {
        self.write().follow_ups.put(follow_up.id, follow_up.clone());
        Ok(())
    }

    async fn feedback(&mut self, enrollment: EnrollmentId) -> Result<Option<CourseFeedback>, Fault> {
        Ok(self.read().feedback.get(&enrollment).cloned())
    }

    async fn save_feedback(&mut self, feedback: &CourseFeedback) -> Result<(), Fault> {
        self.write().feedback.put(feedback.enrollment, feedback.clone());
        Ok(())
    }

    async fn time_on(&mut self, enrollment: EnrollmentId, day: NaiveDate) -> Result<TimeTotals, Fault> {
        let props = self.read();
        let logged = props.learning_times.get(&enrollment).into_iter().flatten();
        let logged = logged.filter(|time| time.day == day);
        Ok(logged.fold(TimeTotals::default(), |mut totals, time| {
            match time.kind {
                TimeKind::Working => totals.working += i64::from(time.minutes),
                TimeKind::Own => totals.own += i64::from(time.minutes),
            }
            totals
        }))
    }

    async fn learning_time(&mut self, id: LearningTimeId) -> Result<Option<LearningTime>, Fault> {
        Ok(self.read().learning_times.values().flatten().find(|time| time.id == id).cloned())
    }

    async fn append_learning_times(&mut self, times: &[LearningTime]) -> Result<(), Fault> {
        let mut props = self.write();
        for time in times {
            props.learning_times.entry(time.enrollment).or_default().push(time.clone());
        }
        Ok(())
    }
}
