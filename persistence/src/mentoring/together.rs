//! From rows to what a pair does together, and back: goals, sessions, notes and feedback.

use sea_orm::ActiveValue::Set;
use serde::de::DeserializeOwned;
use upskill_domain::kernel::{Fault, TypedId, WebAddress};
use upskill_domain::mentoring::{
    Attendance, GoalStatus, MentoringGoal, MentoringNote, MentoringSession, PairingFeedback, Side,
};
use uuid::Uuid;

use super::entity::{mentoring_goal, mentoring_note, mentoring_session, pairing_feedback};
use crate::row::{Cells, Record, list_or_none};

impl Record for MentoringGoal {
    type Entity = mentoring_goal::Entity;
    const COLUMNS: &'static [mentoring_goal::Column] = {
        use mentoring_goal::Column as C;
        &[
            C::Id,
            C::PairingId,
            C::Text,
            C::TargetOn,
            C::Status,
            C::Url,
            C::SetById,
            C::SetAt,
            C::ClosedAt,
            C::Version,
        ]
    };

    fn read(cells: &mut Cells<'_>) -> Result<Self, Fault> {
        Ok(Self {
            id: cells.id()?,
            pairing: cells.id()?,
            text: cells.take()?,
            target_on: cells.take()?,
            status: cells.word(GoalStatus::named)?,
            evidence: cells.read_or_none(WebAddress::parse)?,
            set_by: cells.id_or_none()?,
            set_at: cells.take()?,
            closed_at: cells.take()?,
            version: cells.take()?,
        })
    }
}

impl Record for MentoringSession {
    type Entity = mentoring_session::Entity;
    const COLUMNS: &'static [mentoring_session::Column] = {
        use mentoring_session::Column as C;
        &[
            C::Id,
            C::PairingId,
            C::StartsAt,
            C::Minutes,
            C::Attendance,
            C::Topics,
            C::Goals,
            C::RecordedById,
            C::RecordedAt,
            C::Version,
        ]
    };

    fn read(cells: &mut Cells<'_>) -> Result<Self, Fault> {
        Ok(Self {
            id: cells.id()?,
            pairing: cells.id()?,
            starts_at: cells.take()?,
            minutes: cells.take()?,
            attendance: cells.word(Attendance::named)?,
            topics: list(cells)?,
            goals: list(cells)?,
            recorded_by: cells.id_or_none()?,
            recorded_at: cells.take()?,
            version: cells.take()?,
        })
    }
}

impl Record for MentoringNote {
    type Entity = mentoring_note::Entity;
    const COLUMNS: &'static [mentoring_note::Column] = {
        use mentoring_note::Column as C;
        &[C::Id, C::PairingId, C::SessionId, C::ById, C::Text, C::At]
    };

    fn read(cells: &mut Cells<'_>) -> Result<Self, Fault> {
        Ok(Self {
            id: cells.id()?,
            pairing: cells.id()?,
            session: cells.id()?,
            by: cells.id()?,
            text: cells.take()?,
            at: cells.take()?,
        })
    }
}

impl Record for PairingFeedback {
    type Entity = pairing_feedback::Entity;
    const COLUMNS: &'static [pairing_feedback::Column] = {
        use pairing_feedback::Column as C;
        &[C::PairingId, C::Side, C::ById, C::Rating, C::Comment, C::At]
    };

    fn read(cells: &mut Cells<'_>) -> Result<Self, Fault> {
        Ok(Self {
            pairing: cells.id()?,
            side: cells.word(Side::named)?,
            by: cells.id()?,
            rating: cells.take()?,
            comment: cells.take()?,
            at: cells.take()?,
        })
    }
}

fn list<T: DeserializeOwned>(cells: &mut Cells<'_>) -> Result<Vec<T>, Fault> {
    Ok(cells.read_or_none(|text| serde_json::from_str(text))?.unwrap_or_default())
}

pub(super) fn goal_row(employer: Uuid, goal: &MentoringGoal) -> mentoring_goal::ActiveModel {
    mentoring_goal::ActiveModel {
        employer_id: Set(employer),
        id: Set(goal.id.uuid()),
        pairing_id: Set(goal.pairing.uuid()),
        text: Set(goal.text.clone()),
        target_on: Set(goal.target_on),
        status: Set(goal.status.name().to_owned()),
        url: Set(goal.evidence.as_ref().map(|link| link.as_str().to_owned())),
        set_by_id: Set(goal.set_by.map(TypedId::uuid)),
        set_at: Set(goal.set_at),
        closed_at: Set(goal.closed_at),
        version: Set(goal.version),
    }
}

pub(super) fn session_row(
    employer: Uuid,
    session: &MentoringSession,
) -> Result<mentoring_session::ActiveModel, Fault> {
    Ok(mentoring_session::ActiveModel {
        employer_id: Set(employer),
        id: Set(session.id.uuid()),
        pairing_id: Set(session.pairing.uuid()),
        starts_at: Set(session.starts_at),
        minutes: Set(session.minutes),
        attendance: Set(session.attendance.name().to_owned()),
        topics: Set(list_or_none(&session.topics)?),
        goals: Set(list_or_none(&session.goals)?),
        recorded_by_id: Set(session.recorded_by.map(TypedId::uuid)),
        recorded_at: Set(session.recorded_at),
        version: Set(session.version),
    })
}

pub(super) fn note_row(employer: Uuid, note: &MentoringNote) -> mentoring_note::ActiveModel {
    mentoring_note::ActiveModel {
        employer_id: Set(employer),
        id: Set(note.id.uuid()),
        pairing_id: Set(note.pairing.uuid()),
        session_id: Set(note.session.uuid()),
        by_id: Set(note.by.uuid()),
        text: Set(note.text.clone()),
        at: Set(note.at),
    }
}

pub(super) fn feedback_row(employer: Uuid, feedback: &PairingFeedback) -> pairing_feedback::ActiveModel {
    pairing_feedback::ActiveModel {
        employer_id: Set(employer),
        pairing_id: Set(feedback.pairing.uuid()),
        side: Set(feedback.side.name().to_owned()),
        by_id: Set(feedback.by.uuid()),
        rating: Set(feedback.rating),
        comment: Set(feedback.comment.clone()),
        at: Set(feedback.at),
    }
}
