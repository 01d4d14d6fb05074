//! Creating and changing departments.

use serde::Serialize;

use crate::access::{Action, Actor, policy};
use crate::app::Keyed;
use crate::journal::{IdempotencyKey, Reused};
use crate::kernel::{DepartmentId, EmployeeId, Failure, Fault, Refusal, Text, TextError, check_version};
use crate::organization::department::closes_cycle;
use crate::organization::{Department, Employee, Organization, OrganizationEvent};
use crate::store::UnitOfWork;

/// A department to create.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CreateDepartment {
    /// Makes a retry safe.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
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

/// Why a department was not created.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CreateDepartmentRefusal {
    /// The code is in use.
    #[error("a department with the code '{0}' exists already")]
    CodeTaken(String),
    /// The code cannot be taken.
    #[error("the code {0}")]
    InvalidCode(TextError),
    /// The name cannot be taken.
    #[error("the name {0}")]
    InvalidName(TextError),
    /// It cannot stand there.
    #[error(transparent)]
    Misplaced(#[from] Misplaced),
    /// The idempotency key belongs to another request.
    #[error(transparent)]
    KeyReused(#[from] Reused),
}

impl Refusal for CreateDepartmentRefusal {
    fn field(&self) -> &'static [&'static str] {
        match self {
            Self::CodeTaken(_) | Self::InvalidCode(_) => &["input", "code"],
            Self::InvalidName(_) => &["input", "name"],
            Self::Misplaced(misplaced) => misplaced.field(),
            Self::KeyReused(_) => &["input", "idempotencyKey"],
        }
    }
}

/// Why a department was not changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ChangeDepartmentRefusal {
    /// The name cannot be taken.
    #[error("the name {0}")]
    InvalidName(TextError),
    /// It cannot stand there.
    #[error(transparent)]
    Misplaced(#[from] Misplaced),
    /// The department would stand above itself.
    #[error("department {0} stands below this one already, so it cannot be put above it")]
    ClosesCycle(DepartmentId),
}

impl Refusal for ChangeDepartmentRefusal {
    fn field(&self) -> &'static [&'static str] {
        match self {
            Self::InvalidName(_) => &["input", "name"],
            Self::Misplaced(misplaced) => misplaced.field(),
            Self::ClosesCycle(_) => &["input", "parentId"],
        }
    }
}

/// Why a department cannot stand where it was to stand.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Misplaced {
    /// No such department above.
    #[error("there is no department {0} to put it under")]
    UnknownParent(DepartmentId),
    /// No such person, or somebody who has left.
    #[error("there is no present employee {0} to head it")]
    UnknownHead(EmployeeId),
}

impl Refusal for Misplaced {
    fn field(&self) -> &'static [&'static str] {
        match self {
            Self::UnknownParent(_) => &["input", "parentId"],
            Self::UnknownHead(_) => &["input", "headId"],
        }
    }
}

impl Organization<'_> {
    /// Creates a department.
    pub async fn create_department(
        self,
        actor: &Actor,
        command: CreateDepartment,
    ) -> Result<Department, Failure<CreateDepartmentRefusal>> {
        policy::require(actor, Action::ManageOrganization, &[])?;
        let code = Text::line(&command.code, 64).map_err(CreateDepartmentRefusal::InvalidCode)?.into_string();
        let name = Text::line(&command.name, Text::NAME)
            .map_err(CreateDepartmentRefusal::InvalidName)?
            .into_string();
        let id = self.core.id::<DepartmentId>();
        let mut tx = self.core.store.begin(actor.employer).await?;
        let keyed = Keyed { key: command.key.as_ref(), command: "createDepartment", input: &command };
        let earlier = self.core.claim::<_, CreateDepartmentRefusal>(&mut *tx, actor, keyed, id).await?;
        tx.lock_organization().await?;
        let all = tx.all_departments().await?;
        if let Some(earlier) = earlier {
            let created = all.into_iter().find(|department| department.id == earlier);
            return Ok(created.ok_or_else(|| Fault::not_found(earlier))?);
        }
        if all.iter().any(|department| department.code == code) {
            return Err(CreateDepartmentRefusal::CodeTaken(code).into());
        }
        let department =
            Department { id, code, name, parent: command.parent, head: command.head, version: 1 };
        check_place::<CreateDepartmentRefusal>(&mut *tx, command.parent, command.head, &all).await?;
        let event = OrganizationEvent::DepartmentCreated {
            department: id,
            code: department.code.clone(),
            parent: department.parent,
        };
        tx.save_departments(std::slice::from_ref(&department)).await?;
        self.core.record(&mut *tx, actor, &[event]).await?;
        tx.commit().await?;
        Ok(department)
    }

    /// Renames a department, moves it in the tree or changes its head.
    pub async fn change_department(
        self,
        actor: &Actor,
        command: ChangeDepartment,
    ) -> Result<Department, Failure<ChangeDepartmentRefusal>> {
        policy::require(actor, Action::ManageOrganization, &[])?;
        let name = command.name.as_deref().map(|name| Text::line(name, Text::NAME)).transpose();
        let name = name.map_err(ChangeDepartmentRefusal::InvalidName)?;
        let mut tx = self.core.store.begin(actor.employer).await?;
        tx.lock_organization().await?;
        let all = tx.all_departments().await?;
        let found = all.iter().find(|department| department.id == command.id).cloned();
        let mut department = found.ok_or_else(|| Fault::not_found(command.id))?;
        check_version("department", Some(command.expected_version), department.version)?;
        let before = department.clone();
        department.name = name.map_or(department.name, Text::into_string);
        department.parent = command.parent.unwrap_or(department.parent);
        department.head = command.head.unwrap_or(department.head);
        department.version = department.version.saturating_add(1);
        // Only what the caller gives is checked: a head who went away meanwhile is no reason not to rename.
        let (parent, head) = (command.parent.flatten(), command.head.flatten());
        if let Some(parent) = parent.filter(|parent| closes_cycle(department.id, *parent, &all)) {
            return Err(ChangeDepartmentRefusal::ClosesCycle(parent).into());
        }
        check_place::<ChangeDepartmentRefusal>(&mut *tx, parent, head, &all).await?;
        let event = OrganizationEvent::DepartmentChanged {
            department: department.id,
            fields: department.differences(&before),
            parent: department.parent,
            head: department.head,
        };
        tx.save_departments(std::slice::from_ref(&department)).await?;
        self.core.record(&mut *tx, actor, &[event]).await?;
        tx.commit().await?;
        Ok(department)
    }
}

async fn check_place<R: Refusal + From<Misplaced>>(
    tx: &mut dyn UnitOfWork,
    parent: Option<DepartmentId>,
    head: Option<EmployeeId>,
    all: &[Department],
) -> Result<(), Failure<R>> {
    let unknown = parent.filter(|parent| !all.iter().any(|known| known.id == *parent));
    if let Some(parent) = unknown {
        return Err(R::from(Misplaced::UnknownParent(parent)).into());
    }
    let Some(head) = head else { return Ok(()) };
    if tx.employees(&[head]).await?.iter().any(Employee::is_present) {
        Ok(())
    } else {
        Err(R::from(Misplaced::UnknownHead(head)).into())
    }
}
