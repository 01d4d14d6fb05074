//! Importing a roster.

use crate::access::{Action, Actor, Role, policy};
use crate::kernel::{Failure, Fault};
use crate::organization::roster::read;
use crate::organization::{
    Employee, ImportRoster, MAX_ROWS, Organization, OrganizationEvent, Planned, Roster, RosterLine,
    RosterPlan, RosterRefusal, RosterReport, plan,
};
use crate::store::UnitOfWork;

/// Rows up to which only the people that they touch are looked up; beyond, most of a company is touched anyway.
const FEW_ROWS: usize = 1_000;

impl Organization<'_> {
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
        let employees = touched(&mut *tx, &command.lines).await?;
        let departments = tx.all_departments().await?;
        let admins = tx.holders_of(Role::EmployerAdmin).await?;
        let roster = Roster { employees: &employees, departments: &departments, admins: &admins };
        let plan = plan(&command.lines, roster, command.create_departments, self.core.ids.as_ref());
        if !command.dry_run {
            self.carry_out(actor, &mut *tx, &plan).await?;
            tx.commit().await?;
        }
        let departments_created = plan.departments.into_iter().map(|department| department.code).collect();
        Ok(RosterReport { dry_run: command.dry_run, rows: plan.results, departments_created })
    }

    pub(super) async fn carry_out(
        self,
        actor: &Actor,
        tx: &mut dyn UnitOfWork,
        plan: &RosterPlan,
    ) -> Result<(), Fault> {
        let created = plan.departments.iter().map(|department| OrganizationEvent::DepartmentCreated {
            department: department.id,
            code: department.code.clone(),
            parent: department.parent,
        });
        let events: Vec<_> = created.chain(plan.people.iter().map(roster_event)).collect();
        let people: Vec<_> = plan.people.iter().map(|planned| planned.employee().clone()).collect();
        tx.save_departments(&plan.departments).await?;
        tx.save_employees(&people).await?;
        self.core.record(tx, actor, &events).await
    }
}

/// The people that the rows touch, and maybe more.
async fn touched(tx: &mut dyn UnitOfWork, lines: &[RosterLine]) -> Result<Vec<Employee>, Fault> {
    if lines.len() > FEW_ROWS {
        return tx.all_employees().await;
    }
    let (mut external_ids, mut addresses) = (Vec::new(), Vec::new());
    for row in lines.iter().filter_map(|line| read(line).ok()) {
        external_ids.push(row.external_id);
        external_ids.extend(row.manager.flatten());
        addresses.extend(row.email.flatten());
    }
    tx.employees_touched(&external_ids, &addresses).await
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
