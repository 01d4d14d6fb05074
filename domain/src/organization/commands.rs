//! What can be done to an organization.

use crate::access::{Action, Actor, Role, policy};
use crate::app::Core;
use crate::journal::{Entry, JournalWrites};
use crate::kernel::{
    Currency, DepartmentId, EmployeeId, EmployerId, Failure, Fault, Refusal, Text, TextError,
};
use crate::store::UnitOfWork;

use super::department::closes_cycle;
use super::plan::{Planned, plan};
use super::{
    Department, Employer, ImportRoster, MAX_ROWS, OrganizationEvent, OrganizationWrites, RoleGrant,
    RosterPlan, RosterRefusal, RosterReport, Slug,
};

/// The organization's use cases.
#[derive(Clone, Copy)]
pub struct Organization<'a> {
    pub(super) core: &'a Core,
}

/// An employer that begins to use the product.
#[derive(Debug, Clone)]
pub struct FoundEmployer {
    /// The short name for tokens and operators.
    pub slug: Slug,
    /// The name people know.
    pub name: String,
    /// Where its days begin.
    pub time_zone: chrono_tz::Tz,
    /// The currency of its budgets.
    pub currency: Currency,
    /// The month in which its fiscal year starts, 1 to 12.
    pub fiscal_year_start_month: u32,
    /// The smallest group of people that an aggregate may speak about.
    pub minimum_group_size: u32,
}

/// Why an employer was not founded.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FoundRefusal {
    /// The short name is in use.
    #[error("an employer with the short name '{0}' exists already")]
    SlugTaken(Slug),
    /// No such month.
    #[error("{0} is not a month; give 1 for January to 12 for December")]
    NoSuchMonth(u32),
    /// Smaller than the floor.
    #[error("a minimum group size of {0} would expose people; the smallest allowed is 3")]
    GroupTooSmall(u32),
}

impl Refusal for FoundRefusal {}

/// A department to create.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateDepartment {
    /// Its code, unique within the employer.
    pub code: String,
    /// Its name.
    pub name: String,
    /// The department above, if any.
    pub parent: Option<DepartmentId>,
    /// Who heads it, if anybody.
    pub head: Option<EmployeeId>,
}

/// A department to change. What is `None` stays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeDepartment {
    /// Which one.
    pub id: DepartmentId,
    /// The version that the caller saw.
    pub expected_version: i32,
    /// A new name.
    pub name: Option<String>,
    /// A new place in the tree; `Some(None)` for the top.
    pub parent: Option<Option<DepartmentId>>,
    /// A new head; `Some(None)` for nobody.
    pub head: Option<Option<EmployeeId>>,
}

/// Why a department was not created or changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DepartmentRefusal {
    /// The code is in use.
    #[error("a department with the code '{0}' exists already")]
    CodeTaken(String),
    /// The code cannot be taken.
    #[error("the code {0}")]
    InvalidCode(TextError),
    /// The name cannot be taken.
    #[error("the name {0}")]
    InvalidName(TextError),
    /// No such department above.
    #[error("there is no department {0} to put it under")]
    UnknownParent(DepartmentId),
    /// The department would stand above itself.
    #[error("department {0} stands below this one already, so it cannot be put above it")]
    ClosesCycle(DepartmentId),
    /// No such person, or somebody who has left.
    #[error("there is no present employee {0} to head it")]
    UnknownHead(EmployeeId),
}

impl Refusal for DepartmentRefusal {
    fn field(&self) -> &'static [&'static str] {
        match self {
            Self::CodeTaken(_) | Self::InvalidCode(_) => &["input", "code"],
            Self::InvalidName(_) => &["input", "name"],
            Self::UnknownParent(_) | Self::ClosesCycle(_) => &["input", "parentId"],
            Self::UnknownHead(_) => &["input", "headId"],
        }
    }
}

/// A role to grant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GrantRole {
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

/// Why a role was not granted or revoked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum GrantRefusal {
    /// Derived roles follow from facts.
    #[error("{0} is derived from facts and can neither be granted nor revoked")]
    Derived(Role),
    /// The person has the role already.
    #[error("the employee holds {0} already")]
    AlreadyGranted(Role),
    /// The person does not have the role.
    #[error("the employee does not hold {0}")]
    NotGranted(Role),
    /// No such person, or somebody who has left.
    #[error("there is no present employee {0}")]
    UnknownEmployee(EmployeeId),
    /// Nobody could grant roles any more.
    #[error("this is the last EMPLOYER_ADMIN; grant the role to somebody else first")]
    LastAdmin,
}

impl Refusal for GrantRefusal {
    fn field(&self) -> &'static [&'static str] {
        match self {
            Self::UnknownEmployee(_) => &["input", "employeeId"],
            _ => &["input", "role"],
        }
    }
}

impl<'a> Organization<'a> {
    pub(crate) fn new(core: &'a Core) -> Self {
        Self { core }
    }

    /// Founds an employer. Only the installation itself can; there is no actor before there is an employer.
    pub async fn found(self, command: FoundEmployer) -> Result<Employer, Failure<FoundRefusal>> {
        if !(1..=12).contains(&command.fiscal_year_start_month) {
            return Err(FoundRefusal::NoSuchMonth(command.fiscal_year_start_month).into());
        }
        if command.minimum_group_size < Employer::MINIMUM_GROUP_SIZE_FLOOR {
            return Err(FoundRefusal::GroupTooSmall(command.minimum_group_size).into());
        }
        if self.employer_named(&command.slug).await?.is_some() {
            return Err(FoundRefusal::SlugTaken(command.slug).into());
        }
        let employer = Employer {
            id: self.core.id::<EmployerId>(),
            slug: command.slug,
            name: command.name,
            time_zone: command.time_zone,
            currency: command.currency,
            fiscal_year_start_month: command.fiscal_year_start_month,
            minimum_group_size: command.minimum_group_size,
        };
        let event =
            OrganizationEvent::EmployerFounded { employer: employer.id, slug: employer.slug.to_string() };
        let mut tx = self.core.store.begin(employer.id).await?;
        tx.insert_employer(&employer).await?;
        self.record(&mut *tx, &Actor::system(employer.id, "found"), &[event]).await?;
        tx.commit().await?;
        Ok(employer)
    }

    /// Imports a roster: decides every row on the final picture, writes what can be taken, reports the rest (O2).
    pub async fn import_roster(
        self,
        actor: &Actor,
        command: ImportRoster,
    ) -> Result<RosterReport, Failure<RosterRefusal>> {
        policy::require(actor, Action::ManageOrganization, &[])?;
        match command.lines.len() {
            0 => return Err(RosterRefusal::Empty.into()),
            rows if rows > MAX_ROWS => return Err(RosterRefusal::TooManyRows { rows }.into()),
            _ => {}
        }
        let mut tx = self.core.store.begin(actor.employer).await?;
        tx.lock_organization().await?;
        let employees = tx.all_employees().await?;
        let departments = tx.all_departments().await?;
        let ids = self.core.ids.as_ref();
        let plan = plan(&command.lines, &employees, &departments, command.create_departments, ids);
        if !command.dry_run {
            self.carry_out(actor, &mut *tx, &plan).await?;
            tx.commit().await?;
        }
        let departments_created = plan.departments.into_iter().map(|department| department.code).collect();
        Ok(RosterReport { dry_run: command.dry_run, rows: plan.results, departments_created })
    }

    async fn carry_out(self, actor: &Actor, tx: &mut dyn UnitOfWork, plan: &RosterPlan) -> Result<(), Fault> {
        let created = plan.departments.iter().map(|department| OrganizationEvent::DepartmentCreated {
            department: department.id,
            code: department.code.clone(),
            parent: department.parent,
        });
        let events: Vec<_> = created.chain(plan.people.iter().map(roster_event)).collect();
        let people: Vec<_> = plan.people.iter().map(|planned| planned.employee().clone()).collect();
        tx.save_departments(&plan.departments).await?;
        tx.save_employees(&people).await?;
        self.record(tx, actor, &events).await
    }

    /// Creates a department.
    pub async fn create_department(
        self,
        actor: &Actor,
        command: CreateDepartment,
    ) -> Result<Department, Failure<DepartmentRefusal>> {
        policy::require(actor, Action::ManageOrganization, &[])?;
        let code = Text::line(&command.code, 64).map_err(DepartmentRefusal::InvalidCode)?.into_string();
        let name =
            Text::line(&command.name, Text::NAME).map_err(DepartmentRefusal::InvalidName)?.into_string();
        let mut tx = self.core.store.begin(actor.employer).await?;
        tx.lock_organization().await?;
        let all = tx.all_departments().await?;
        if all.iter().any(|department| department.code == code) {
            return Err(DepartmentRefusal::CodeTaken(code).into());
        }
        let id = self.core.id::<DepartmentId>();
        let department =
            Department { id, code, name, parent: command.parent, head: command.head, version: 1 };
        check_place(&mut *tx, &department, &all).await?;
        let event = OrganizationEvent::DepartmentCreated {
            department: id,
            code: department.code.clone(),
            parent: department.parent,
        };
        tx.save_departments(std::slice::from_ref(&department)).await?;
        self.record(&mut *tx, actor, &[event]).await?;
        tx.commit().await?;
        Ok(department)
    }

    /// Renames a department, moves it in the tree or changes its head.
    pub async fn change_department(
        self,
        actor: &Actor,
        command: ChangeDepartment,
    ) -> Result<Department, Failure<DepartmentRefusal>> {
        policy::require(actor, Action::ManageOrganization, &[])?;
        let name = command.name.as_deref().map(|name| Text::line(name, Text::NAME)).transpose();
        let name = name.map_err(DepartmentRefusal::InvalidName)?;
        let mut tx = self.core.store.begin(actor.employer).await?;
        tx.lock_organization().await?;
        let all = tx.all_departments().await?;
        let found = all.iter().find(|department| department.id == command.id).cloned();
        let mut department = found.ok_or_else(|| Fault::not_found(command.id))?;
        if department.version != command.expected_version {
            return Err(Fault::stale("department", command.expected_version, department.version).into());
        }
        department.name = name.map_or(department.name, Text::into_string);
        department.parent = command.parent.unwrap_or(department.parent);
        department.head = command.head.unwrap_or(department.head);
        department.version = department.version.saturating_add(1);
        check_place(&mut *tx, &department, &all).await?;
        let event = OrganizationEvent::DepartmentChanged {
            department: department.id,
            parent: department.parent,
            head: department.head,
        };
        tx.save_departments(std::slice::from_ref(&department)).await?;
        self.record(&mut *tx, actor, &[event]).await?;
        tx.commit().await?;
        Ok(department)
    }

    /// Grants a role (O3).
    pub async fn grant_role(
        self,
        actor: &Actor,
        command: GrantRole,
    ) -> Result<RoleGrant, Failure<GrantRefusal>> {
        policy::require(actor, Action::ManageRoleGrants, &[])?;
        let GrantRole { employee, role } = command;
        let mut tx = self.core.store.begin(actor.employer).await?;
        tx.lock_organization().await?;
        let held = tx.grants_of(employee).await?;
        let present = tx.employees(&[employee]).await?.iter().any(super::Employee::is_present);
        match () {
            () if role.is_derived() => return Err(GrantRefusal::Derived(role).into()),
            () if !present => return Err(GrantRefusal::UnknownEmployee(employee).into()),
            () if held.iter().any(|grant| grant.role == role) => {
                return Err(GrantRefusal::AlreadyGranted(role).into());
            }
            () => {}
        }
        let (granted_by, granted_at) = (actor.employee(), self.core.clock.now());
        let grant = RoleGrant { id: self.core.id(), employee, role, granted_by, granted_at };
        tx.insert_grant(&grant).await?;
        let event = OrganizationEvent::RoleGranted { grant: grant.id, employee, role: role.name() };
        self.record(&mut *tx, actor, &[event]).await?;
        tx.commit().await?;
        Ok(grant)
    }

    /// Revokes a role. The last person who can grant roles keeps theirs.
    pub async fn revoke_role(
        self,
        actor: &Actor,
        command: RevokeRole,
    ) -> Result<RoleGrant, Failure<GrantRefusal>> {
        policy::require(actor, Action::ManageRoleGrants, &[])?;
        let RevokeRole { employee, role } = command;
        let mut tx = self.core.store.begin(actor.employer).await?;
        tx.lock_organization().await?;
        if role.is_derived() {
            return Err(GrantRefusal::Derived(role).into());
        }
        let held = tx.grants_of(employee).await?;
        let grant =
            held.into_iter().find(|grant| grant.role == role).ok_or(GrantRefusal::NotGranted(role))?;
        if role == Role::EmployerAdmin && tx.holders_of(role).await? <= 1 {
            return Err(GrantRefusal::LastAdmin.into());
        }
        tx.delete_grant(grant.id).await?;
        let event = OrganizationEvent::RoleRevoked { grant: grant.id, employee, role: role.name() };
        self.record(&mut *tx, actor, &[event]).await?;
        tx.commit().await?;
        Ok(grant)
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

fn roster_event(planned: &Planned) -> OrganizationEvent {
    let colleague = &planned.employee().colleague;
    let (employee, department, manager) = (colleague.id, colleague.department, colleague.manager);
    match planned {
        Planned::Add(_) => OrganizationEvent::EmployeeAdded { employee, department, manager },
        Planned::Change(_, fields) => {
            OrganizationEvent::EmployeeChanged { employee, fields: fields.clone(), department, manager }
        }
    }
}

async fn check_place(
    tx: &mut dyn UnitOfWork,
    department: &Department,
    all: &[Department],
) -> Result<(), Failure<DepartmentRefusal>> {
    if let Some(parent) = department.parent {
        if !all.iter().any(|known| known.id == parent) {
            return Err(DepartmentRefusal::UnknownParent(parent).into());
        }
        if closes_cycle(department.id, parent, all) {
            return Err(DepartmentRefusal::ClosesCycle(parent).into());
        }
    }
    if let Some(head) = department.head {
        let present = tx.employees(&[head]).await?.iter().any(super::Employee::is_present);
        if !present {
            return Err(DepartmentRefusal::UnknownHead(head).into());
        }
    }
    Ok(())
}
