//! Who a token names, in one statement.

use async_trait::async_trait;
use sea_orm::sea_query::{Expr, ExprTrait, Query, SelectStatement};
use sea_orm::{ConnectionTrait, JoinType};
use upskill_domain::access::{AccessReads, ActorFacts, Person, Role, Roles};
use upskill_domain::kernel::{EmployeeId, EmployerId, Fault, TypedId};

use crate::fault::OrFault;
use crate::row::Cells;
use crate::store::Db;

/// How the roster says that somebody is no longer with the employer.
const LEFT: &str = "LEFT";

#[async_trait]
impl AccessReads for Db {
    async fn actor(&self, employer_slug: &str, person: &Person) -> Result<Option<ActorFacts>, Fault> {
        let mut select = Query::select();
        select
            .columns([("e", "employer_id"), ("e", "id"), ("e", "status"), ("g", "role")])
            .from_as("employer", "o")
            .join_as(
                JoinType::InnerJoin,
                "employee",
                "e",
                Expr::col(("e", "employer_id")).equals(("o", "id")).and(names(person)),
            )
            .join_as(
                JoinType::LeftJoin,
                "role_grant",
                "g",
                Expr::col(("g", "employer_id"))
                    .equals(("e", "employer_id"))
                    .and(Expr::col(("g", "employee_id")).equals(("e", "id"))),
            )
            .and_where(Expr::col(("o", "slug")).eq(employer_slug));
        let rows = self.pool.query_all(&select).await.or_fault()?;
        let mut found: Vec<ActorFacts> = Vec::new();
        for row in &rows {
            let mut cells = Cells::of(row);
            let (employer, employee): (EmployerId, EmployeeId) = (cells.id()?, cells.id()?);
            let left = cells.take::<String>()? == LEFT;
            let role = cells.read_or_none(str::parse::<Role>)?;
            let granted = role.map_or(Roles::NONE, |role| Roles::NONE.with(role));
            match found.iter_mut().find(|facts| facts.employee == employee) {
                Some(facts) => facts.roles = facts.roles.iter().chain(granted.iter()).collect(),
                None => found.push(ActorFacts { employer, employee, left, roles: granted }),
            }
        }
        Ok(only(found))
    }

    async fn derived_roles(&self, employer: EmployerId, employee: EmployeeId) -> Result<Roles, Fault> {
        let there_is = |table: &'static str, column: &'static str| {
            let mut rows = Query::select();
            rows.expr(Expr::val(1))
                .from(table)
                .and_where(Expr::col("employer_id").eq(employer.uuid()))
                .and_where(Expr::col(column).eq(employee.uuid()));
            rows
        };
        let mut reports: SelectStatement = there_is("employee", "manager_id");
        reports.and_where(Expr::col("status").ne(LEFT));
        let select = Query::select()
            .expr(Expr::exists(reports))
            .expr(Expr::exists(there_is("department", "head_id")))
            .expr(Expr::exists(there_is("budget_owner", "employee_id")))
            .to_owned();
        let row = self.pool.query_one(&select).await.or_fault()?;
        let Some(row) = row else { return Ok(Roles::NONE) };
        let mut cells = Cells::of(&row);
        let derived = [Role::Manager, Role::DepartmentHead, Role::BudgetOwner];
        derived.into_iter().try_fold(Roles::NONE, |roles, role| {
            Ok(if cells.take::<bool>()? { roles.with(role) } else { roles })
        })
    }
}

/// The person meant. Who has left may share an e-mail address with somebody who came later, and is not meant then.
fn only(mut found: Vec<ActorFacts>) -> Option<ActorFacts> {
    if found.iter().any(|facts| !facts.left) {
        found.retain(|facts| !facts.left);
    }
    let last = found.pop()?;
    (last.left || found.is_empty()).then_some(last)
}

fn names(person: &Person) -> sea_orm::sea_query::SimpleExpr {
    match person {
        Person::ExternalId(id) => Expr::col(("e", "external_id")).eq(id),
        Person::Email(address) => Expr::col(("e", "email")).eq(address.to_lowercase()),
    }
}
