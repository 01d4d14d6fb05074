//! From rows to mentors and pairings, and back.

use sea_orm::ActiveValue::Set;
use upskill_domain::kernel::{Fault, TypedId};
use upskill_domain::mentoring::{DeclineReason, EndReason, Mentor, Pairing, PairingStatus};
use uuid::Uuid;

use super::entity::{mentor, pairing};
use crate::row::{Cells, Record};

impl Record for Mentor {
    type Entity = mentor::Entity;
    const COLUMNS: &'static [mentor::Column] = {
        use mentor::Column as C;
        &[
            C::Id,
            C::EmployeeId,
            C::About,
            C::TimeZone,
            C::Capacity,
            C::PlacesTaken,
            C::ActiveFrom,
            C::ActiveTo,
            C::Version,
        ]
    };

    fn read(cells: &mut Cells<'_>) -> Result<Self, Fault> {
        Ok(Self {
            id: cells.id()?,
            employee: cells.id()?,
            about: cells.take()?,
            time_zone: cells.read(str::parse)?,
            capacity: cells.take()?,
            places_taken: cells.take()?,
            active_from: cells.take()?,
            active_to: cells.take()?,
            version: cells.take()?,
        })
    }
}

impl Record for Pairing {
    type Entity = pairing::Entity;
    const COLUMNS: &'static [pairing::Column] = {
        use pairing::Column as C;
        &[
            C::Id,
            C::MentorId,
            C::MentoredById,
            C::MenteeId,
            C::EnrollmentId,
            C::ReplacesId,
            C::Status,
            C::ProposedById,
            C::ProposedAt,
            C::AnswerBy,
            C::Message,
            C::MentorAgreedAt,
            C::MenteeAgreedAt,
            C::StartedAt,
            C::PausedAt,
            C::EndedAt,
            C::DeclinedFor,
            C::EndedFor,
            C::ClosingNote,
            C::Sessions,
            C::Minutes,
            C::LastSessionAt,
        ]
    };

    fn read(cells: &mut Cells<'_>) -> Result<Self, Fault> {
        Ok(Self {
            id: cells.id()?,
            mentor: cells.id()?,
            mentored_by: cells.id()?,
            mentee: cells.id()?,
            enrollment: cells.id_or_none()?,
            replaces: cells.id_or_none()?,
            status: cells.word(PairingStatus::named)?,
            proposed_by: cells.id_or_none()?,
            proposed_at: cells.take()?,
            answer_by: cells.take()?,
            message: cells.take()?,
            mentor_agreed_at: cells.take()?,
            mentee_agreed_at: cells.take()?,
            started_at: cells.take()?,
            paused_at: cells.take()?,
            ended_at: cells.take()?,
            declined_for: cells.word_or_none(DeclineReason::named)?,
            ended_for: cells.word_or_none(EndReason::named)?,
            closing_note: cells.take()?,
            sessions: cells.take()?,
            minutes: cells.take()?,
            last_session_at: cells.take()?,
        })
    }
}

pub(super) fn mentor_row(employer: Uuid, mentor: &Mentor) -> mentor::ActiveModel {
    mentor::ActiveModel {
        employer_id: Set(employer),
        id: Set(mentor.id.uuid()),
        employee_id: Set(mentor.employee.uuid()),
        about: Set(mentor.about.clone()),
        time_zone: Set(mentor.time_zone.name().to_owned()),
        capacity: Set(mentor.capacity),
        places_taken: Set(mentor.places_taken),
        active_from: Set(mentor.active_from),
        active_to: Set(mentor.active_to),
        version: Set(mentor.version),
    }
}

pub(super) fn pairing_row(employer: Uuid, pairing: &Pairing) -> pairing::ActiveModel {
    pairing::ActiveModel {
        employer_id: Set(employer),
        id: Set(pairing.id.uuid()),
        mentor_id: Set(pairing.mentor.uuid()),
        mentored_by_id: Set(pairing.mentored_by.uuid()),
        mentee_id: Set(pairing.mentee.uuid()),
        enrollment_id: Set(pairing.enrollment.map(TypedId::uuid)),
        replaces_id: Set(pairing.replaces.map(TypedId::uuid)),
        status: Set(pairing.status.name().to_owned()),
        proposed_by_id: Set(pairing.proposed_by.map(TypedId::uuid)),
        proposed_at: Set(pairing.proposed_at),
        answer_by: Set(pairing.answer_by),
        message: Set(pairing.message.clone()),
        mentor_agreed_at: Set(pairing.mentor_agreed_at),
        mentee_agreed_at: Set(pairing.mentee_agreed_at),
        started_at: Set(pairing.started_at),
        paused_at: Set(pairing.paused_at),
        ended_at: Set(pairing.ended_at),
        declined_for: Set(pairing.declined_for.map(|reason| reason.name().to_owned())),
        ended_for: Set(pairing.ended_for.map(|reason| reason.name().to_owned())),
        closing_note: Set(pairing.closing_note.clone()),
        sessions: Set(pairing.sessions),
        minutes: Set(pairing.minutes),
        last_session_at: Set(pairing.last_session_at),
    }
}
