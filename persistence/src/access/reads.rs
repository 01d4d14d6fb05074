//! Who a token names, in one statement.

use async_trait::async_trait;
use sea_orm::sea_query::{Expr, ExprTrait, Query, SelectStatement};
use sea_orm::{ConnectionTrait, JoinType};
use upskill_domain::access::{AccessReads, AccountFacts, ActorFacts, Person, Role, Roles};
use upskill_domain::kernel::{Digest, EmployeeId, EmployerId, Fault, TypedId};

use crate::fault::OrFault;
use crate::row::{Cells, named_by};
use crate::store::Db;

/// How the roster says that somebody is no longer with the employer.
const LEFT: &str = "LEFT";

/// How a service account says that it was not revoked.
const ACTIVE: &str = "ACTIVE";

#[async_trait]
impl AccessReads for Db {
    async fn actor(&self, employer_slug: &str, person: &Person) -> Result<Option<ActorFacts>, Fault> {
        let mut select = Query::select();
        select
            .column(("o", "id"))
            .from_as("employer", "o")
            .and_where(Expr::col(("o", "slug")).eq(employer_slug));
        add_person(&mut select, JoinType::InnerJoin, ("o", "id"), person);
        let mut found = Vec::new();
        for row in &self.pool.query_all(&select).await.or_fault()? {
            let mut cells = Cells::of(row);
            let employer = cells.id()?;
            read_person(&mut cells, employer, &mut found)?;
        }
        Ok(only(found))
    }

    async fn account(&self, token: &Digest, person: Option<&Person>) -> Result<Option<AccountFacts>, Fault> {
        let mut select = Query::select();
        select
            .columns([("t", "employer_id"), ("a", "id"), ("a", "status"), ("a", "scopes"), ("t", "scopes")])
            .columns([("t", "expires_at"), ("s", "ends_at"), ("a", "last_used_at")])
            .from_as("access_token", "t")
            .join_as(JoinType::InnerJoin, "service_account", "a", named_by("a", ("t", "account_id")))
            .join_as(JoinType::InnerJoin, "client_secret", "s", named_by("s", ("t", "secret_id")))
            .and_where(Expr::col(("t", "digest")).eq(token.to_string()));
        if let Some(person) = person {
            add_person(&mut select, JoinType::LeftJoin, ("t", "employer_id"), person);
        }
        let (mut account, mut found) = (None, Vec::new());
        for row in &self.pool.query_all(&select).await.or_fault()? {
            let mut cells = Cells::of(row);
            let facts = AccountFacts {
                employer: cells.id()?,
                id: cells.id()?,
                revoked: cells.take::<String>()? != ACTIVE,
                granted: cells.read(str::parse)?,
                asked_for: cells.read(str::parse)?,
                expires_at: cells.take()?,
                secret_ends_at: cells.take()?,
                last_used_at: cells.take()?,
                person: None,
            };
            if person.is_some() {
                read_person(&mut cells, facts.employer, &mut found)?;
            }
            account = Some(facts);
        }
        Ok(account.map(|facts| AccountFacts { person: only(found), ..facts }))
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

/// Adds the people of an employer whom a name means, a row for each of their granted roles.
fn add_person(
    select: &mut SelectStatement,
    join: JoinType,
    employer: (&'static str, &'static str),
    person: &Person,
) {
    let is_meant = Expr::col(("e", "employer_id")).equals(employer).and(names(person));
    let is_theirs = Expr::col(("g", "employer_id"))
        .equals(("e", "employer_id"))
        .and(Expr::col(("g", "employee_id")).equals(("e", "id")));
    select
        .columns([("e", "id"), ("e", "status"), ("g", "role")])
        .join_as(join, "employee", "e", is_meant)
        .join_as(JoinType::LeftJoin, "role_grant", "g", is_theirs);
}

/// Reads one of these rows, if there is anybody in it.
fn read_person(
    cells: &mut Cells<'_>,
    employer: EmployerId,
    found: &mut Vec<ActorFacts>,
) -> Result<(), Fault> {
    let Some(employee) = cells.id_or_none::<EmployeeId>()? else { return Ok(()) };
    let left = cells.take::<String>()? == LEFT;
    let role = cells.read_or_none(str::parse::<Role>)?;
    let granted = role.map_or(Roles::NONE, |role| Roles::NONE.with(role));
    match found.iter_mut().find(|facts| facts.employee == employee) {
        Some(facts) => facts.roles = facts.roles.iter().chain(granted.iter()).collect(),
        None => found.push(ActorFacts { employer, employee, left, roles: granted }),
    }
    Ok(())
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
