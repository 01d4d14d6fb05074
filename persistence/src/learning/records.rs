//! From rows to enrollments and logged time, and back.

use sea_orm::ActiveValue::Set;
use upskill_domain::kernel::{Fault, TypedId};
use upskill_domain::learning::{
    CourseTerms, Enrollment, EnrollmentStatus, LearningTime, TakenCourse, TimeKind, WithdrawalReason,
};
use uuid::Uuid;

use super::entity::{course_terms, enrollment, learning_time};
use crate::row::{self, Cells, Record};

impl Record for Enrollment {
    type Entity = enrollment::Entity;
    const COLUMNS: &'static [enrollment::Column] = {
        use enrollment::Column as C;
        &[
            C::Id,
            C::EmployeeId,
            C::CourseId,
            C::Subject,
            C::Title,
            C::ProviderName,
            C::Url,
            C::WorkloadMinutes,
            C::DurationWeeks,
            C::RequestId,
            C::ProgramId,
            C::StartsOn,
            C::EndsOn,
            C::Status,
            C::ResumesAs,
            C::Milestones,
            C::Refunds,
            C::WithdrawnFor,
            C::EnrolledAt,
            C::StartedAt,
            C::SubmittedAt,
            C::PausedAt,
            C::EndedAt,
            C::Version,
        ]
    };

    fn read(cells: &mut Cells<'_>) -> Result<Self, Fault> {
        Ok(Self {
            id: cells.id()?,
            employee: cells.id()?,
            taken: TakenCourse {
                course: cells.id_or_none()?,
                subject: cells.take()?,
                title: cells.take()?,
                provider_name: cells.take()?,
                url: cells.take()?,
                workload_minutes: cells.take()?,
                duration_weeks: cells.take()?,
            },
            request: cells.id_or_none()?,
            program: cells.id_or_none()?,
            starts_on: cells.take()?,
            ends_on: cells.take()?,
            status: cells.word(EnrollmentStatus::named)?,
            resumes_as: cells.word_or_none(EnrollmentStatus::named)?,
            milestones: cells.read(|text| serde_json::from_str(text))?,
            refunds: cells.read(|text| serde_json::from_str(text))?,
            withdrawn_for: cells.word_or_none(WithdrawalReason::named)?,
            enrolled_at: cells.take()?,
            started_at: cells.take()?,
            submitted_at: cells.take()?,
            paused_at: cells.take()?,
            ended_at: cells.take()?,
            version: cells.take()?,
        })
    }
}

impl Record for CourseTerms {
    type Entity = course_terms::Entity;
    const COLUMNS: &'static [course_terms::Column] =
        &[course_terms::Column::Id, course_terms::Column::Refunds];

    fn read(cells: &mut Cells<'_>) -> Result<Self, Fault> {
        Ok(Self { course: cells.id()?, refunds: cells.read(|text| serde_json::from_str(text))? })
    }
}

impl Record for LearningTime {
    type Entity = learning_time::Entity;
    const COLUMNS: &'static [learning_time::Column] = {
        use learning_time::Column as C;
        &[C::Id, C::EnrollmentId, C::Day, C::Minutes, C::Kind, C::Note, C::ById, C::At]
    };

    fn read(cells: &mut Cells<'_>) -> Result<Self, Fault> {
        Ok(Self {
            id: cells.id()?,
            enrollment: cells.id()?,
            day: cells.take()?,
            minutes: cells.take()?,
            kind: cells.word(TimeKind::named)?,
            note: cells.take()?,
            by: cells.id_or_none()?,
            at: cells.take()?,
        })
    }
}

pub(super) fn enrollment_row(
    employer: Uuid,
    enrollment: &Enrollment,
) -> Result<enrollment::ActiveModel, Fault> {
    let taken = &enrollment.taken;
    Ok(enrollment::ActiveModel {
        employer_id: Set(employer),
        id: Set(enrollment.id.uuid()),
        employee_id: Set(enrollment.employee.uuid()),
        course_id: Set(taken.course.map(TypedId::uuid)),
        subject: Set(taken.subject.clone()),
        title: Set(taken.title.clone()),
        provider_name: Set(taken.provider_name.clone()),
        url: Set(taken.url.clone()),
        workload_minutes: Set(taken.workload_minutes),
        duration_weeks: Set(taken.duration_weeks),
        request_id: Set(enrollment.request.map(TypedId::uuid)),
        program_id: Set(enrollment.program.map(TypedId::uuid)),
        starts_on: Set(enrollment.starts_on),
        ends_on: Set(enrollment.ends_on),
        status: Set(enrollment.status.name().to_owned()),
        resumes_as: Set(enrollment.resumes_as.map(|status| status.name().to_owned())),
        milestones: Set(row::document(&enrollment.milestones)?),
        refunds: Set(row::document(&enrollment.refunds)?),
        withdrawn_for: Set(enrollment.withdrawn_for.map(|reason| reason.name().to_owned())),
        enrolled_at: Set(enrollment.enrolled_at),
        started_at: Set(enrollment.started_at),
        submitted_at: Set(enrollment.submitted_at),
        paused_at: Set(enrollment.paused_at),
        ended_at: Set(enrollment.ended_at),
        version: Set(enrollment.version),
    })
}

pub(super) fn course_terms_row(
    employer: Uuid,
    terms: &CourseTerms,
) -> Result<course_terms::ActiveModel, Fault> {
    Ok(course_terms::ActiveModel {
        employer_id: Set(employer),
        id: Set(terms.course.uuid()),
        refunds: Set(row::document(&terms.refunds)?),
    })
}

pub(super) fn learning_time_row(employer: Uuid, time: &LearningTime) -> learning_time::ActiveModel {
    learning_time::ActiveModel {
        employer_id: Set(employer),
        id: Set(time.id.uuid()),
        enrollment_id: Set(time.enrollment.uuid()),
        day: Set(time.day),
        minutes: Set(time.minutes),
        kind: Set(time.kind.name().to_owned()),
        note: Set(time.note.clone()),
        by_id: Set(time.by.map(TypedId::uuid)),
        at: Set(time.at),
    }
}
