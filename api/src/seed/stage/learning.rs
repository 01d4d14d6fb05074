//! Enrollments on the stage.

use async_trait::async_trait;
use chrono::NaiveDate;
use upskill_domain::kernel::{EmployeeId, EnrollmentId, Fault, FundingRequestId, LearningTimeId};
use upskill_domain::learning::{Enrollment, LearningTime, LearningWrites, TimeKind, TimeTotals};

use super::Scene;

#[async_trait]
impl LearningWrites for Scene {
    async fn lock_enrollment(&mut self, id: EnrollmentId) -> Result<Option<Enrollment>, Fault> {
        Ok(self.read().enrollments.get(&id).cloned())
    }

    async fn live_enrollment(
        &mut self,
        employee: EmployeeId,
        subject: &str,
    ) -> Result<Option<EnrollmentId>, Fault> {
        let live = |enrollment: &&Enrollment| {
            enrollment.status.is_live()
                && enrollment.employee == employee
                && enrollment.taken.subject == subject
        };
        Ok(self.read().enrollments.all().iter().find(live).map(|enrollment| enrollment.id))
    }

    async fn enrollment_of_request(
        &mut self,
        request: FundingRequestId,
    ) -> Result<Option<EnrollmentId>, Fault> {
        let funded = |enrollment: &&Enrollment| enrollment.request == Some(request);
        Ok(self.read().enrollments.all().iter().find(funded).map(|enrollment| enrollment.id))
    }

    async fn insert_enrollments(&mut self, enrollments: &[Enrollment]) -> Result<bool, Fault> {
        let mut props = self.write();
        for enrollment in enrollments {
            props.enrollments.put(enrollment.id, enrollment.clone());
        }
        Ok(true)
    }

    async fn save_enrollment(&mut self, enrollment: &Enrollment) -> Result<(), Fault> {
        self.write().enrollments.put(enrollment.id, enrollment.clone());
        Ok(())
    }

    async fn time_on(&mut self, enrollment: EnrollmentId, day: NaiveDate) -> Result<TimeTotals, Fault> {
        let props = self.read();
        let logged =
            props.learning_times.iter().filter(|time| (time.enrollment, time.day) == (enrollment, day));
        Ok(logged.fold(TimeTotals::default(), |mut totals, time| {
            match time.kind {
                TimeKind::Working => totals.working += i64::from(time.minutes),
                TimeKind::Own => totals.own += i64::from(time.minutes),
            }
            totals
        }))
    }

    async fn learning_time(&mut self, id: LearningTimeId) -> Result<Option<LearningTime>, Fault> {
        Ok(self.read().learning_times.iter().find(|time| time.id == id).cloned())
    }

    async fn append_learning_times(&mut self, times: &[LearningTime]) -> Result<(), Fault> {
        self.write().learning_times.extend_from_slice(times);
        Ok(())
    }
}
