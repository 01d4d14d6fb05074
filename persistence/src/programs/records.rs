//! From rows to programs and participants, and back.

use sea_orm::ActiveValue::Set;
use upskill_domain::kernel::{Fault, Period, TypedId, search_key};
use upskill_domain::programs::{Participant, ParticipantStatus, Program, ProgramStatus};
use uuid::Uuid;

use super::entity::{participant, program};
use crate::row::{Cells, Record};

impl Record for Program {
    type Entity = program::Entity;
    const COLUMNS: &'static [program::Column] = {
        use program::Column as C;
        &[C::Id, C::Name, C::Purpose, C::OwnerId, C::StartsOn, C::EndsOn, C::Status, C::Version]
    };

    fn read(cells: &mut Cells<'_>) -> Result<Self, Fault> {
        Ok(Self {
            id: cells.id()?,
            name: cells.take()?,
            purpose: cells.take()?,
            owner: cells.id()?,
            period: Period::new(cells.take()?, cells.take()?)
                .map_err(|error| Fault::inconsistent(error.to_string()))?,
            status: cells.word(ProgramStatus::named)?,
            version: cells.take()?,
        })
    }
}

impl Record for Participant {
    type Entity = participant::Entity;
    const COLUMNS: &'static [participant::Column] = {
        use participant::Column as C;
        &[C::Id, C::ProgramId, C::EmployeeId, C::Status, C::InvitedAt, C::JoinedAt, C::CompletedAt, C::LeftAt]
    };

    fn read(cells: &mut Cells<'_>) -> Result<Self, Fault> {
        Ok(Self {
            id: cells.id()?,
            program: cells.id()?,
            employee: cells.id()?,
            status: cells.word(ParticipantStatus::named)?,
            invited_at: cells.take()?,
            joined_at: cells.take()?,
            completed_at: cells.take()?,
            left_at: cells.take()?,
        })
    }
}

pub(super) fn program_row(employer: Uuid, program: &Program) -> program::ActiveModel {
    let found_by = [Some(program.name.as_str()), program.purpose.as_deref()];
    let found_by: Vec<_> = found_by.into_iter().flatten().collect();
    program::ActiveModel {
        employer_id: Set(employer),
        id: Set(program.id.uuid()),
        name: Set(program.name.clone()),
        name_key: Set(search_key(&program.name)),
        search_key: Set(search_key(&found_by.join(" "))),
        purpose: Set(program.purpose.clone()),
        owner_id: Set(program.owner.uuid()),
        starts_on: Set(program.period.from()),
        ends_on: Set(program.period.to()),
        status: Set(program.status.name().to_owned()),
        version: Set(program.version),
    }
}

pub(super) fn participant_row(employer: Uuid, participant: &Participant) -> participant::ActiveModel {
    participant::ActiveModel {
        employer_id: Set(employer),
        id: Set(participant.id.uuid()),
        program_id: Set(participant.program.uuid()),
        employee_id: Set(participant.employee.uuid()),
        status: Set(participant.status.name().to_owned()),
        invited_at: Set(participant.invited_at),
        joined_at: Set(participant.joined_at),
        completed_at: Set(participant.completed_at),
        left_at: Set(participant.left_at),
    }
}
