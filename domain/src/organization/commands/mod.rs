//! What can be done to an organization.

mod absences;
mod departments;
mod employers;
mod grants;
mod rosters;

pub use absences::RecordAbsence;
pub use departments::{
    ChangeDepartment, ChangeDepartmentRefusal, CreateDepartment, CreateDepartmentRefusal, Misplaced,
};
pub use employers::{FoundEmployer, FoundRefusal};
pub use grants::{GrantRole, GrantRoleRefusal, RevokeRole, RevokeRoleRefusal};

use crate::access::Actor;
use crate::app::Core;
use crate::journal::Entry;
use crate::kernel::Fault;
use crate::store::UnitOfWork;

use super::OrganizationEvent;

/// The organization's use cases.
#[derive(Clone, Copy)]
pub struct Organization<'a> {
    pub(super) core: &'a Core,
}

impl<'a> Organization<'a> {
    pub(crate) fn new(core: &'a Core) -> Self {
        Self { core }
    }

    async fn record(
        self,
        tx: &mut dyn UnitOfWork,
        actor: &Actor,
        events: &[OrganizationEvent],
    ) -> Result<(), Fault> {
        let entries: Vec<Entry> = events.iter().map(|event| self.core.entry(actor, event)).collect();
        tx.append_entries(&entries).await
    }
}
