//! Recording that somebody is away, and that they are back.

use serde::Serialize;

use crate::access::{Action, Actor, Relation, policy};
use crate::app::Keyed;
use crate::journal::IdempotencyKey;
use crate::kernel::{AbsenceId, EmployeeId, Failure, Fault, Period};
use crate::organization::{
    Absence, AbsenceOver, EmploymentStatus, Organization, OrganizationEvent, RecordAbsenceRefusal,
};

/// Some days on which a person will be away.
#[derive(Debug, Clone, Serialize)]
pub struct RecordAbsence {
    /// Makes a retry safe.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// Who.
    pub employee: EmployeeId,
    /// On which days.
    pub period: Period,
}

impl Organization<'_> {
    /// Records that somebody is away on some days. What waits for them meanwhile goes to others.
    pub async fn record_absence(
        self,
        actor: &Actor,
        command: RecordAbsence,
    ) -> Result<Absence, Failure<RecordAbsenceRefusal>> {
        let RecordAbsence { employee, period, .. } = command;
        let oneself = (actor.employee() == Some(employee)).then_some(Relation::Oneself);
        policy::require(actor, Action::RecordAbsence, oneself.as_slice())?;
        let id = self.core.id::<AbsenceId>();
        let mut tx = self.core.store.begin(actor.employer).await?;
        let keyed = Keyed { key: command.key.as_ref(), command: "recordAbsence", input: &command };
        if let Some(earlier) = self.core.claim::<_, RecordAbsenceRefusal>(&mut *tx, actor, keyed, id).await? {
            return Ok(tx.lock_absence(earlier).await?.ok_or_else(|| Fault::not_found(earlier))?);
        }
        // One at a time, so that two of one person do not overlap unseen.
        let employer = tx.lock_organization().await?;
        let now = self.core.clock.now();
        let today = employer.day_of(now);
        let found = tx.employees(&[employee]).await?;
        if found.iter().all(|person| person.employment.status == EmploymentStatus::Left) {
            return Err(RecordAbsenceRefusal::UnknownEmployee(employee).into());
        }
        let (created_by, created_at) = (actor.employee(), now);
        let absence = Absence { id, employee, period, created_by, created_at, ended_at: None };
        let others = tx.absences_of(employee, today).await?;
        absence.check(&others, today)?;
        tx.save_absence(&absence).await?;
        let event = OrganizationEvent::AbsenceRecorded { absence: id, employee, period };
        self.core.record(&mut *tx, actor, &[event]).await?;
        tx.commit().await?;
        Ok(absence)
    }

    /// Ends an absence before its last day is over, or before its first.
    pub async fn end_absence(self, actor: &Actor, id: AbsenceId) -> Result<Absence, Failure<AbsenceOver>> {
        let mut tx = self.core.store.begin(actor.employer).await?;
        let mut absence = tx.lock_absence(id).await?.ok_or_else(|| Fault::not_found(id))?;
        let employee = absence.employee;
        let oneself = (actor.employee() == Some(employee)).then_some(Relation::Oneself);
        let sees = policy::require(actor, Action::ReadAbsences, oneself.as_slice());
        sees.map_err(|_| Fault::not_found(id))?;
        policy::require(actor, Action::RecordAbsence, oneself.as_slice())?;
        let now = self.core.clock.now();
        let today = tx.employer().await?.day_of(now);
        absence.end(now, today)?;
        tx.save_absence(&absence).await?;
        let event = OrganizationEvent::AbsenceEnded { absence: id, employee };
        self.core.record(&mut *tx, actor, &[event]).await?;
        tx.commit().await?;
        Ok(absence)
    }
}
