//! The organization on the stage.

use async_trait::async_trait;
use chrono::NaiveDate;
use upskill_domain::access::Role;
use upskill_domain::kernel::{AbsenceId, DepartmentId, EmployeeId, Fault, RoleGrantId};
use upskill_domain::organization::{
    Absence, AbsenceWrites, Department, Employee, Employer, EmploymentStatus, OrganizationWrites, RoleGrant,
};

use super::Scene;

#[async_trait]
impl OrganizationWrites for Scene {
    async fn lock_organization(&mut self) -> Result<Employer, Fault> {
        self.employer().await
    }

    async fn employer(&mut self) -> Result<Employer, Fault> {
        self.read().employer.clone().ok_or_else(|| Fault::inconsistent("the stage has no employer yet"))
    }

    async fn insert_employer(&mut self, employer: &Employer) -> Result<(), Fault> {
        self.write().employer = Some(employer.clone());
        Ok(())
    }

    async fn all_departments(&mut self) -> Result<Vec<Department>, Fault> {
        Ok(self.read().departments.all().to_vec())
    }

    async fn departments(&mut self, ids: &[DepartmentId]) -> Result<Vec<Department>, Fault> {
        Ok(self.read().departments.copies(ids))
    }

    async fn department_line(&mut self, id: DepartmentId) -> Result<Vec<Department>, Fault> {
        let props = self.read();
        let above = |department: &&Department| department.parent.and_then(|id| props.departments.get(&id));
        Ok(std::iter::successors(props.departments.get(&id), above).cloned().collect())
    }

    async fn save_departments(&mut self, departments: &[Department]) -> Result<(), Fault> {
        let mut props = self.write();
        for department in departments {
            props.departments.put(department.id, department.clone());
        }
        Ok(())
    }

    async fn all_employees(&mut self) -> Result<Vec<Employee>, Fault> {
        Ok(self.read().employees.all().to_vec())
    }

    async fn employees_touched(&mut self, _: &[String], _: &[String]) -> Result<Vec<Employee>, Fault> {
        self.all_employees().await
    }

    async fn save_employees(&mut self, employees: &[Employee]) -> Result<(), Fault> {
        let mut props = self.write();
        for employee in employees {
            props.employees.put(employee.id(), employee.clone());
        }
        Ok(())
    }

    async fn employees(&mut self, ids: &[EmployeeId]) -> Result<Vec<Employee>, Fault> {
        Ok(self.read().employees.copies(ids))
    }

    async fn line_above(&mut self, id: EmployeeId) -> Result<Vec<Employee>, Fault> {
        let props = self.read();
        let above = |employee: &&Employee| employee.colleague.manager.and_then(|id| props.employees.get(&id));
        Ok(std::iter::successors(props.employees.get(&id), above).skip(1).cloned().collect())
    }

    async fn grants_of(&mut self, employee: EmployeeId) -> Result<Vec<RoleGrant>, Fault> {
        Ok(self.read().grants.iter().filter(|grant| grant.employee == employee).cloned().collect())
    }

    async fn holders_of(&mut self, role: Role) -> Result<Vec<EmployeeId>, Fault> {
        let props = self.read();
        let here = |grant: &&RoleGrant| {
            let holder = props.employees.get(&grant.employee);
            grant.role == role && holder.is_some_and(|e| e.employment.status != EmploymentStatus::Left)
        };
        Ok(props.grants.iter().filter(here).map(|grant| grant.employee).collect())
    }

    async fn insert_grant(&mut self, grant: &RoleGrant) -> Result<(), Fault> {
        self.write().grants.push(grant.clone());
        Ok(())
    }

    async fn delete_grant(&mut self, id: RoleGrantId) -> Result<(), Fault> {
        self.write().grants.retain(|grant| grant.id != id);
        Ok(())
    }
}

#[async_trait]
impl AbsenceWrites for Scene {
    async fn lock_absence(&mut self, _: AbsenceId) -> Result<Option<Absence>, Fault> {
        Ok(None)
    }

    async fn absences_of(&mut self, _: EmployeeId, _: NaiveDate) -> Result<Vec<Absence>, Fault> {
        Ok(Vec::new())
    }

    async fn save_absence(&mut self, _: &Absence) -> Result<(), Fault> {
        Err(Fault::inconsistent("nobody in the story is away"))
    }
}
