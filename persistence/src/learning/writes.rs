//! Writing enrollments.

use async_trait::async_trait;
use chrono::NaiveDate;
use sea_orm::sea_query::{
    Expr, ExprTrait, LockBehavior, LockType, OnConflict, Order, Query, SelectStatement,
};
use sea_orm::{ConnectionTrait, EntityTrait, Iterable};
use upskill_domain::access::Scope;
use upskill_domain::kernel::{
    CourseId, EmployeeId, EnrollmentId, EvidenceId, Fault, FollowUpId, FundingRequestId, LearningTimeId,
    TypedId,
};
use upskill_domain::learning::{
    Assessment, CourseFeedback, CourseTerms, Enrollment, EnrollmentStatus, Evidence, EvidenceStatus,
    FollowUp, KnownCompletion, LearningTime, LearningWrites, TimeKind, TimeTotals,
};

use super::entity::{
    assessment, course_feedback, course_terms, enrollment, evidence, follow_up, learning_time,
    told_completion,
};
use super::follow_ups::{self, feedback_row, follow_up_row};
use super::reads::minutes_of;
use super::records::{course_terms_row, enrollment_row, learning_time_row};
use super::results::{self, assessment_row, evidence_row, told_completion_row};
use crate::dialect::{CHUNK_CELLS, Dialect};
use crate::fault::OrFault;
use crate::row::{self, replace_by_id};
use crate::store::Tx;

#[async_trait]
impl LearningWrites for Tx {
    async fn lock_enrollment(&mut self, id: EnrollmentId) -> Result<Option<Enrollment>, Fault> {
        let mut select = row::select::<Enrollment>("e", self.tenant());
        select.and_where(Expr::col(("e", "id")).eq(id.uuid())).lock(LockType::NoKeyUpdate);
        row::one(&self.tx, &select).await
    }

    async fn lock_enrollment_if_free(&mut self, id: EnrollmentId) -> Result<Option<Enrollment>, Fault> {
        let mut select = row::select::<Enrollment>("e", self.tenant());
        select
            .and_where(Expr::col(("e", "id")).eq(id.uuid()))
            .lock_with_behavior(LockType::NoKeyUpdate, LockBehavior::SkipLocked);
        row::one(&self.tx, &select).await
    }

    async fn live_enrollment(
        &mut self,
        employee: EmployeeId,
        subject: &str,
    ) -> Result<Option<EnrollmentId>, Fault> {
        let live = EnrollmentStatus::ALL.into_iter().filter(|status| status.is_live());
        let mut select = self.ids();
        select
            .and_where(Expr::col("employee_id").eq(employee.uuid()))
            .and_where(Expr::col("subject").eq(subject))
            .and_where(Expr::col("status").is_in(live.map(EnrollmentStatus::name)));
        Ok(row::ids(&self.tx, &select).await?.pop())
    }

    async fn enrollment_of_request(
        &mut self,
        request: FundingRequestId,
    ) -> Result<Option<EnrollmentId>, Fault> {
        let mut select = self.ids();
        select.and_where(Expr::col("request_id").eq(request.uuid()));
        Ok(row::ids(&self.tx, &select).await?.pop())
    }

    async fn insert_enrollments(&mut self, enrollments: &[Enrollment]) -> Result<bool, Fault> {
        for chunk in enrollments.chunks(CHUNK_CELLS / enrollment::Column::iter().count()) {
            let rows = chunk.iter().map(|enrollment| enrollment_row(self.tenant(), enrollment));
            let rows: Vec<_> = rows.collect::<Result<_, _>>()?;
            let inserted = enrollment::Entity::insert_many(rows)
                .on_conflict(OnConflict::new().do_nothing().to_owned())
                .exec_without_returning(&self.tx)
                .await
                .or_fault()?;
            if usize::try_from(inserted) != Ok(chunk.len()) {
                return Ok(false);
            }
        }
        Ok(true)
    }

    async fn save_enrollment(&mut self, enrollment: &Enrollment) -> Result<(), Fault> {
        // What is learned by whom never changes, and stands in unique indexes.
        enrollment::Entity::insert(enrollment_row(self.tenant(), enrollment)?)
            .on_conflict(replace_by_id::<enrollment::Entity>(&["employee_id", "subject", "request_id"]))
            .exec_without_returning(&self.tx)
            .await
            .or_fault()
            .map(|_| ())
    }

    async fn course_terms(&mut self, course: CourseId) -> Result<Option<CourseTerms>, Fault> {
        let mut select = row::select::<CourseTerms>("c", self.tenant());
        select.and_where(Expr::col(("c", "id")).eq(course.uuid()));
        row::one(&self.tx, &select).await
    }

    async fn save_course_terms(&mut self, terms: &CourseTerms) -> Result<(), Fault> {
        course_terms::Entity::insert(course_terms_row(self.tenant(), terms)?)
            .on_conflict(replace_by_id::<course_terms::Entity>(&[]))
            .exec_without_returning(&self.tx)
            .await
            .or_fault()
            .map(|_| ())
    }

    async fn assessments_of(&mut self, enrollment: EnrollmentId) -> Result<Vec<Assessment>, Fault> {
        let mut select = results::assessments(Scope::all(self.employer));
        select.and_where(Expr::col(("a", "enrollment_id")).eq(enrollment.uuid()));
        row::all(&self.tx, &select).await
    }

    async fn insert_assessment(&mut self, assessment: &Assessment) -> Result<(), Fault> {
        let row = assessment_row(self.tenant(), assessment);
        assessment::Entity::insert(row).exec_without_returning(&self.tx).await.or_fault().map(|_| ())
    }

    async fn evidence(&mut self, id: EvidenceId) -> Result<Option<Evidence>, Fault> {
        let mut select = results::evidence(Scope::all(self.employer));
        select.and_where(Expr::col(("v", "id")).eq(id.uuid()));
        row::one(&self.tx, &select).await
    }

    async fn count_evidence(
        &mut self,
        enrollment: EnrollmentId,
        status: Option<EvidenceStatus>,
    ) -> Result<u64, Fault> {
        let mut select = Query::select();
        select
            .from("evidence")
            .and_where(Expr::col("employer_id").eq(self.tenant()))
            .and_where(Expr::col("enrollment_id").eq(enrollment.uuid()));
        if let Some(status) = status {
            select.and_where(Expr::col("status").eq(status.name()));
        }
        row::count(&self.tx, select).await
    }

    async fn save_evidence(&mut self, evidence: &Evidence) -> Result<(), Fault> {
        evidence::Entity::insert(evidence_row(self.tenant(), evidence))
            .on_conflict(replace_by_id::<evidence::Entity>(&["enrollment_id"]))
            .exec_without_returning(&self.tx)
            .await
            .or_fault()
            .map(|_| ())
    }

    async fn known_completion(
        &mut self,
        source: &str,
        external_id: &str,
    ) -> Result<Option<KnownCompletion>, Fault> {
        let mut select = row::select::<KnownCompletion>("k", self.tenant());
        select
            .and_where(Expr::col(("k", "source")).eq(source))
            .and_where(Expr::col(("k", "external_id")).eq(external_id));
        row::one(&self.tx, &select).await
    }

    async fn insert_known_completion(&mut self, known: &KnownCompletion) -> Result<bool, Fault> {
        let inserted = told_completion::Entity::insert(told_completion_row(self.tenant(), known))
            .on_conflict(OnConflict::new().do_nothing().to_owned())
            .exec_without_returning(&self.tx)
            .await
            .or_fault()?;
        Ok(inserted == 1)
    }

    async fn mentor_in(&mut self, enrollment: EnrollmentId) -> Result<Option<EmployeeId>, Fault> {
        let mentor = Query::select()
            .column("mentored_by_id")
            .from("pairing")
            .and_where(Expr::col("employer_id").eq(self.tenant()))
            .and_where(Expr::col("enrollment_id").eq(enrollment.uuid()))
            .and_where(Expr::col("status").is_in(["ACCEPTED", "ACTIVE", "PAUSED", "COMPLETED"]))
            .order_by("proposed_at", Order::Desc)
            .limit(1)
            .to_owned();
        Ok(row::ids(&self.tx, &mentor).await?.pop())
    }

    async fn insert_follow_ups(&mut self, follow_ups: &[FollowUp]) -> Result<(), Fault> {
        for chunk in follow_ups.chunks(CHUNK_CELLS / follow_up::Column::iter().count()) {
            let rows = chunk.iter().map(|follow_up| follow_up_row(self.tenant(), follow_up));
            follow_up::Entity::insert_many(rows).exec_without_returning(&self.tx).await.or_fault()?;
        }
        Ok(())
    }

    async fn lock_follow_up(&mut self, id: FollowUpId) -> Result<Option<FollowUp>, Fault> {
        let mut select = row::select::<FollowUp>("f", self.tenant());
        select.and_where(Expr::col(("f", "id")).eq(id.uuid())).lock(LockType::NoKeyUpdate);
        row::one(&self.tx, &select).await
    }

    async fn lock_follow_up_if_free(&mut self, id: FollowUpId) -> Result<Option<FollowUp>, Fault> {
        let mut select = row::select::<FollowUp>("f", self.tenant());
        select
            .and_where(Expr::col(("f", "id")).eq(id.uuid()))
            .lock_with_behavior(LockType::NoKeyUpdate, LockBehavior::SkipLocked);
        row::one(&self.tx, &select).await
    }

    async fn save_follow_up(&mut self, follow_up: &FollowUp) -> Result<(), Fault> {
        let fixed = ["enrollment_id", "after_days", "respondent"];
        follow_up::Entity::insert(follow_up_row(self.tenant(), follow_up))
            .on_conflict(replace_by_id::<follow_up::Entity>(&fixed))
            .exec_without_returning(&self.tx)
            .await
            .or_fault()
            .map(|_| ())
    }

    async fn feedback(&mut self, enrollment: EnrollmentId) -> Result<Option<CourseFeedback>, Fault> {
        let mut select = follow_ups::feedback(Scope::all(self.employer));
        select.and_where(Expr::col(("c", "id")).eq(enrollment.uuid()));
        row::one(&self.tx, &select).await
    }

    async fn save_feedback(&mut self, feedback: &CourseFeedback) -> Result<(), Fault> {
        course_feedback::Entity::insert(feedback_row(self.tenant(), feedback))
            .on_conflict(replace_by_id::<course_feedback::Entity>(&[]))
            .exec_without_returning(&self.tx)
            .await
            .or_fault()
            .map(|_| ())
    }

    async fn time_on(&mut self, enrollment: EnrollmentId, day: NaiveDate) -> Result<TimeTotals, Fault> {
        let dialect = Dialect(self.tx.get_database_backend());
        let select = Query::select()
            .expr(dialect.sum(minutes_of(TimeKind::Working)))
            .expr(dialect.sum(minutes_of(TimeKind::Own)))
            .from_as("learning_time", "t")
            .and_where(Expr::col(("t", "employer_id")).eq(self.tenant()))
            .and_where(Expr::col(("t", "enrollment_id")).eq(enrollment.uuid()))
            .and_where(Expr::col(("t", "day")).eq(day))
            .to_owned();
        let totals = row::one_as(&self.tx, &select, |cells| {
            Ok(TimeTotals { working: cells.take()?, own: cells.take()? })
        });
        Ok(totals.await?.unwrap_or_default())
    }

    async fn learning_time(&mut self, id: LearningTimeId) -> Result<Option<LearningTime>, Fault> {
        let mut select = row::select::<LearningTime>("t", self.tenant());
        select.and_where(Expr::col(("t", "id")).eq(id.uuid()));
        row::one(&self.tx, &select).await
    }

    async fn append_learning_times(&mut self, times: &[LearningTime]) -> Result<(), Fault> {
        for chunk in times.chunks(CHUNK_CELLS / learning_time::Column::iter().count()) {
            let rows = chunk.iter().map(|time| learning_time_row(self.tenant(), time));
            learning_time::Entity::insert_many(rows).exec_without_returning(&self.tx).await.or_fault()?;
        }
        Ok(())
    }
}

impl Tx {
    /// The ids of enrollments.
    fn ids(&self) -> SelectStatement {
        Query::select()
            .column("id")
            .from("enrollment")
            .and_where(Expr::col("employer_id").eq(self.tenant()))
            .to_owned()
    }
}
