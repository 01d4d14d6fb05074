//! Granting and revoking roles.

use serde::Serialize;

use crate::access::{Action, Actor, Role, policy};
use crate::app::Keyed;
use crate::journal::{IdempotencyKey, Reused};
use crate::kernel::{EmployeeId, Failure, Fault, Refusal, RoleGrantId};
use crate::organization::{Employee, Organization, OrganizationEvent, RoleGrant};
use crate::store::UnitOfWork;

/// A role to grant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GrantRole {
    /// Makes a retry safe.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// To whom.
    pub employee: EmployeeId,
    /// Which.
    pub role: Role,
}

/// A role to revoke.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RevokeRole {
    /// From whom.
    pub employee: EmployeeId,
    /// Which.
    pub role: Role,
}

/// Why a role was not granted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum GrantRoleRefusal {
    /// Derived roles follow from facts.
    #[error("{0} is derived from facts and cannot be granted")]
    Derived(Role),
    /// The person has the role already.
    #[error("the employee holds {0} already")]
    AlreadyGranted(Role),
    /// No such person, or somebody who is not at work.
    #[error("there is no present employee {0}")]
    UnknownEmployee(EmployeeId),
    /// The idempotency key belongs to another request.
    #[error(transparent)]
    KeyReused(#[from] Reused),
}

impl Refusal for GrantRoleRefusal {
    fn field(&self) -> &'static [&'static str] {
        match self {
            Self::UnknownEmployee(_) => &["input", "employeeId"],
            Self::KeyReused(_) => &["input", "idempotencyKey"],
            Self::Derived(_) | Self::AlreadyGranted(_) => &["input", "role"],
        }
    }
}

/// Why a role was not revoked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RevokeRoleRefusal {
    /// The person does not have the role.
    #[error("{0} was not granted to the employee")]
    NotGranted(Role),
    /// Nobody could grant roles any more.
    #[error("this is the last EMPLOYER_ADMIN; grant the role to somebody else first")]
    LastAdmin,
}

impl Refusal for RevokeRoleRefusal {
    fn field(&self) -> &'static [&'static str] {
        &["input", "role"]
    }
}

impl Organization<'_> {
    /// Grants a role (O3).
    pub async fn grant_role(
        self,
        actor: &Actor,
        command: GrantRole,
    ) -> Result<RoleGrant, Failure<GrantRoleRefusal>> {
        policy::require(actor, Action::ManageRoleGrants, &[])?;
        let GrantRole { employee, role, .. } = command;
        let id = self.core.id::<RoleGrantId>();
        let mut tx = self.core.store.begin(actor.employer).await?;
        let keyed = Keyed { key: command.key.as_ref(), command: "grantRole", input: &command };
        let earlier = self.core.claim::<_, GrantRoleRefusal>(&mut *tx, actor, keyed, id).await?;
        tx.lock_organization().await?;
        let held = tx.grants_of(employee).await?;
        if let Some(earlier) = earlier {
            let granted = held.into_iter().find(|grant| grant.id == earlier);
            return Ok(granted.ok_or_else(|| Fault::not_found(earlier))?);
        }
        let present = tx.employees(&[employee]).await?.iter().any(Employee::is_present);
        match () {
            () if role.is_derived() => return Err(GrantRoleRefusal::Derived(role).into()),
            () if !present => return Err(GrantRoleRefusal::UnknownEmployee(employee).into()),
            () if held.iter().any(|grant| grant.role == role) => {
                return Err(GrantRoleRefusal::AlreadyGranted(role).into());
            }
            () => {}
        }
        let grant = self.grant(actor, &mut *tx, id, employee, role).await?;
        tx.commit().await?;
        Ok(grant)
    }

    pub(super) async fn grant(
        self,
        actor: &Actor,
        tx: &mut dyn UnitOfWork,
        id: RoleGrantId,
        employee: EmployeeId,
        role: Role,
    ) -> Result<RoleGrant, Fault> {
        let (granted_by, granted_at) = (actor.employee(), self.core.clock.now());
        let grant = RoleGrant { id, employee, role, granted_by, granted_at };
        tx.insert_grant(&grant).await?;
        let event = OrganizationEvent::RoleGranted { grant: grant.id, employee, role: role.name() };
        self.core.record(tx, actor, &[event]).await?;
        Ok(grant)
    }

    /// Revokes a role. The last person who can grant roles keeps theirs.
    pub async fn revoke_role(
        self,
        actor: &Actor,
        command: RevokeRole,
    ) -> Result<RoleGrant, Failure<RevokeRoleRefusal>> {
        policy::require(actor, Action::ManageRoleGrants, &[])?;
        let RevokeRole { employee, role } = command;
        let mut tx = self.core.store.begin(actor.employer).await?;
        tx.lock_organization().await?;
        let held = tx.grants_of(employee).await?;
        let grant =
            held.into_iter().find(|grant| grant.role == role).ok_or(RevokeRoleRefusal::NotGranted(role))?;
        if role == Role::EmployerAdmin && tx.holders_of(role).await? == [employee] {
            return Err(RevokeRoleRefusal::LastAdmin.into());
        }
        tx.delete_grant(grant.id).await?;
        let event = OrganizationEvent::RoleRevoked { grant: grant.id, employee, role: role.name() };
        self.core.record(&mut *tx, actor, &[event]).await?;
        tx.commit().await?;
        Ok(grant)
    }
}
