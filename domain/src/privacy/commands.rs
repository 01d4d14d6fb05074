//! Handing out what is kept of somebody, and erasing them.

use serde::Serialize;

use super::{EmployeeErasure, EraseEmployeeRefusal, Erased, ErasureGround, PrivacyEvent};
use crate::access::{Action, Actor, Relation, policy};
use crate::app::{Core, Keyed};
use crate::journal::IdempotencyKey;
use crate::kernel::{EmployeeId, Failure, Fault};
use crate::store::UnitOfWork;

/// The use cases of privacy.
#[derive(Clone, Copy)]
pub struct Privacy<'a> {
    pub(super) core: &'a Core,
}

/// Somebody to erase.
#[derive(Debug, Clone, Serialize)]
pub struct EraseEmployee {
    /// Makes a retry safe.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// Whom.
    pub employee: EmployeeId,
    /// The digest of the report that was seen.
    pub digest: String,
    /// Why.
    pub ground: ErasureGround,
}

impl<'a> Privacy<'a> {
    pub(crate) fn new(core: &'a Core) -> Self {
        Self { core }
    }

    /// Opens an export of everything about a person, and puts down in the journal who asked. The records are read with
    /// [`Privacy::records`] afterwards.
    pub async fn open_export(self, actor: &Actor, employee: EmployeeId) -> Result<(), Fault> {
        policy::require(actor, Action::ExportPersonalData, own(actor, employee))?;
        let mut tx = self.core.store.begin(actor.employer).await?;
        if tx.employees(&[employee]).await?.is_empty() {
            return Err(Fault::not_found(employee));
        }
        self.core.record(&mut *tx, actor, &[PrivacyEvent::PersonalDataExported { employee }]).await?;
        tx.commit().await
    }

    /// Erases somebody who has left, as the report that was seen says.
    pub async fn erase(
        self,
        actor: &Actor,
        command: EraseEmployee,
    ) -> Result<Erased, Failure<EraseEmployeeRefusal>> {
        policy::require(actor, Action::EraseEmployee, &[])?;
        let mut tx = self.core.store.begin(actor.employer).await?;
        let employee = command.employee;
        let keyed = Keyed { key: command.key.as_ref(), command: "eraseEmployee", input: &command };
        let replayed = self.core.claim::<_, EraseEmployeeRefusal>(&mut *tx, actor, keyed, employee).await?;
        // Whoever changes the roster waits until the person is gone, and then finds somebody who has left for good.
        tx.lock_organization().await?;
        let report = erasure_of(&mut *tx, employee).await?;
        if let (Some(_), Some(at)) = (replayed, report.erased_at) {
            return Ok(Erased { employee, at });
        }
        report.permits(actor.employee(), &command.digest)?;
        let at = self.core.clock.now();
        tx.erase_employee(employee, at).await?;
        let event = PrivacyEvent::EmployeeErased { employee, ground: command.ground };
        self.core.record(&mut *tx, actor, &[event]).await?;
        tx.commit().await?;
        Ok(Erased { employee, at })
    }
}

/// What erasing somebody would do, as the transaction sees it.
pub(super) async fn erasure_of(
    tx: &mut dyn UnitOfWork,
    employee: EmployeeId,
) -> Result<EmployeeErasure, Fault> {
    if tx.employees(&[employee]).await?.is_empty() {
        return Err(Fault::not_found(employee));
    }
    let erased_at = tx.erased_at(employee).await?;
    let tallies = tx.personal_tallies(employee).await?;
    let obstacles = tx.erasure_obstacles(employee).await?;
    Ok(EmployeeErasure::new(employee, erased_at, &tallies, obstacles))
}

/// How the actor stands to the person whom the data are about.
pub(super) fn own(actor: &Actor, employee: EmployeeId) -> &'static [Relation] {
    if actor.employee() == Some(employee) { &[Relation::Oneself] } else { &[] }
}
