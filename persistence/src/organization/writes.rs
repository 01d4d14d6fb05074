//! Writing the organization.

use async_trait::async_trait;
use sea_orm::sea_query::{Expr, ExprTrait, LockType, Order, Query, UnionType};
use sea_orm::{EntityTrait, Iterable};
use upskill_domain::access::Role;
use upskill_domain::kernel::{DepartmentId, EmployeeId, Fault, RoleGrantId, TypedId};
use upskill_domain::organization::{
    Department, Employee, Employer, EmploymentStatus, OrganizationWrites, RoleGrant,
};

use super::entity::{department, employee, employer, role_grant};
use super::line;
use super::records::{department_row, employee_row, employer_row, grant_row};
use crate::dialect::CHUNK_CELLS;
use crate::fault::OrFault;
use crate::row::{self, replace_by_id, uuids};
use crate::store::Tx;

#[async_trait]
impl OrganizationWrites for Tx {
    async fn lock_organization(&mut self) -> Result<Employer, Fault> {
        self.own_employer(true).await
    }

    async fn employer(&mut self) -> Result<Employer, Fault> {
        self.own_employer(false).await
    }

    async fn insert_employer(&mut self, employer: &Employer) -> Result<(), Fault> {
        let row = employer_row(employer);
        employer::Entity::insert(row).exec_without_returning(&self.tx).await.or_fault().map(|_| ())
    }

    async fn all_departments(&mut self) -> Result<Vec<Department>, Fault> {
        row::all(&self.tx, &row::select::<Department>("d", self.tenant())).await
    }

    async fn departments(&mut self, ids: &[DepartmentId]) -> Result<Vec<Department>, Fault> {
        let mut select = row::select::<Department>("d", self.tenant());
        select.and_where(Expr::col(("d", "id")).is_in(uuids(ids)));
        row::all(&self.tx, &select).await
    }

    async fn department_line(&mut self, id: DepartmentId) -> Result<Vec<Department>, Fault> {
        let mut select = row::select::<Department>("d", self.tenant());
        select.and_where(Expr::col(("d", "id")).in_subquery(line::department_line(self.tenant(), id.uuid())));
        let departments: Vec<Department> = row::all(&self.tx, &select).await?;
        // The set comes back in no order. It is walked no longer than it is large, so a circle ends too.
        let find = |id: DepartmentId| departments.iter().find(|department| department.id == id);
        let up = std::iter::successors(find(id), |department| department.parent.and_then(find));
        Ok(up.take(departments.len()).cloned().collect())
    }

    async fn save_departments(&mut self, departments: &[Department]) -> Result<(), Fault> {
        for chunk in departments.chunks(CHUNK_CELLS / department::Column::iter().count()) {
            let rows = chunk.iter().map(|department| department_row(self.tenant(), department));
            department::Entity::insert_many(rows)
                .on_conflict(replace_by_id::<department::Entity>(&["code"]))
                .exec_without_returning(&self.tx)
                .await
                .or_fault()?;
        }
        Ok(())
    }

    async fn all_employees(&mut self) -> Result<Vec<Employee>, Fault> {
        row::all(&self.tx, &row::select::<Employee>("e", self.tenant())).await
    }

    async fn employees_touched(
        &mut self,
        external_ids: &[String],
        addresses: &[String],
    ) -> Result<Vec<Employee>, Fault> {
        let employer = self.tenant();
        let one_of = |column: &'static str, texts: &[String]| {
            line::people(employer, Expr::col(column).is_in(texts.iter().cloned()))
        };
        let mut theirs = one_of("external_id", external_ids);
        theirs.clear_selects().column("email").and_where(Expr::col("email").is_not_null());
        let mut touched = one_of("external_id", external_ids);
        touched
            .union(UnionType::Distinct, one_of("email", addresses))
            .union(UnionType::Distinct, line::people(employer, Expr::col("email").in_subquery(theirs)));
        let mut select = row::select::<Employee>("e", employer);
        select.and_where(Expr::col(("e", "id")).in_subquery(line::up_from(employer, touched)));
        row::all(&self.tx, &select).await
    }

    async fn save_employees(&mut self, employees: &[Employee]) -> Result<(), Fault> {
        for chunk in employees.chunks(CHUNK_CELLS / employee::Column::iter().count()) {
            let rows = chunk.iter().map(|employee| employee_row(self.tenant(), employee));
            employee::Entity::insert_many(rows)
                .on_conflict(replace_by_id::<employee::Entity>(&["external_id"]))
                .exec_without_returning(&self.tx)
                .await
                .or_fault()?;
        }
        Ok(())
    }

    async fn employees(&mut self, ids: &[EmployeeId]) -> Result<Vec<Employee>, Fault> {
        let mut select = row::select::<Employee>("e", self.tenant());
        select.and_where(Expr::col(("e", "id")).is_in(uuids(ids)));
        row::all(&self.tx, &select).await
    }

    async fn line_above(&mut self, id: EmployeeId) -> Result<Vec<Employee>, Fault> {
        let person = line::people(self.tenant(), Expr::col("id").eq(id.uuid()));
        let mut select = row::select::<Employee>("e", self.tenant());
        select.and_where(Expr::col(("e", "id")).in_subquery(line::up_from(self.tenant(), person)));
        let mut people: Vec<Employee> = row::all(&self.tx, &select).await?;
        // The set comes back in no order, and with the person in it; the nearest is whom they report to, and so on up.
        let mut next = Some(id);
        let mut line = Vec::with_capacity(people.len());
        while let Some(place) = next.and_then(|id| people.iter().position(|person| person.id() == id)) {
            let person = people.swap_remove(place);
            next = person.colleague.manager;
            line.push(person);
        }
        Ok(line.into_iter().skip(1).collect())
    }

    async fn grants_of(&mut self, employee: EmployeeId) -> Result<Vec<RoleGrant>, Fault> {
        let mut select = row::select::<RoleGrant>("g", self.tenant());
        select
            .and_where(Expr::col(("g", "employee_id")).eq(employee.uuid()))
            .order_by(("g", "id"), Order::Asc);
        row::all(&self.tx, &select).await
    }

    async fn holders_of(&mut self, role: Role) -> Result<Vec<EmployeeId>, Fault> {
        let here = line::people(self.tenant(), Expr::col("status").ne(EmploymentStatus::Left.name()));
        let select = Query::select()
            .column("employee_id")
            .from(role_grant::Entity)
            .and_where(Expr::col("employer_id").eq(self.tenant()))
            .and_where(Expr::col("role").eq(role.name()))
            .and_where(Expr::col("employee_id").in_subquery(here))
            .to_owned();
        row::ids(&self.tx, &select).await
    }

    async fn insert_grant(&mut self, grant: &RoleGrant) -> Result<(), Fault> {
        let row = grant_row(self.employer, grant);
        role_grant::Entity::insert(row).exec_without_returning(&self.tx).await.or_fault().map(|_| ())
    }

    async fn delete_grant(&mut self, id: RoleGrantId) -> Result<(), Fault> {
        let key = (self.tenant(), id.uuid());
        role_grant::Entity::delete_by_id(key).exec(&self.tx).await.or_fault().map(|_| ())
    }
}

impl Tx {
    async fn own_employer(&self, lock: bool) -> Result<Employer, Fault> {
        let mut select = row::select_untenanted::<Employer>("o");
        select.and_where(Expr::col(("o", "id")).eq(self.tenant()));
        if lock {
            select.lock(LockType::NoKeyUpdate);
        }
        row::one(&self.tx, &select).await?.ok_or_else(|| Fault::not_found(self.employer))
    }
}
