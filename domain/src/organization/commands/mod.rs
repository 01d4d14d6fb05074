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

use crate::app::Core;

/// The organization's use cases.
#[derive(Clone, Copy)]
pub struct Organization<'a> {
    pub(super) core: &'a Core,
}

impl<'a> Organization<'a> {
    pub(crate) fn new(core: &'a Core) -> Self {
        Self { core }
    }
}
