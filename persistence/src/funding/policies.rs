//! Reading and writing funding policies. What a policy says is one document: it is only ever read and written whole.

use async_trait::async_trait;
use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Cond, Expr, ExprTrait, LockType, Order, Query, SelectStatement};
use sea_orm::{ConnectionTrait, EntityTrait};
use upskill_domain::access::{Role, Scope};
use upskill_domain::funding::{
    FundingPolicy, FundingRequest, PolicyFilter, PolicyReads, PolicyStatus, PolicyWrites, RequestStatus,
    RunningCourse,
};
use upskill_domain::kernel::{
    Direction, EmployeeId, EmployerId, Fault, FundingPolicyId, FundingRequestId, Page, PageRequest, TypedId,
};
use upskill_domain::organization::EmploymentStatus;
use uuid::Uuid;

use super::entity::funding_policy;
use super::load::{running_course, running_courses};
use super::selects;
use crate::fault::OrFault;
use crate::organization::line;
use crate::page::{KeyKind, SortKey, pages};
use crate::row::{self, Cells, Record, replace_by_id, uuids};
use crate::shape::alone;
use crate::store::{Db, Tx};

impl Record for FundingPolicy {
    type Entity = funding_policy::Entity;
    const COLUMNS: &'static [funding_policy::Column] = {
        use funding_policy::Column as C;
        &[
            C::Id,
            C::Name,
            C::Number,
            C::Status,
            C::Rules,
            C::CreatedAt,
            C::CreatedBy,
            C::PublishedAt,
            C::PublishedBy,
            C::SupersededAt,
            C::Version,
        ]
    };

    fn read(cells: &mut Cells<'_>) -> Result<Self, Fault> {
        Ok(Self {
            id: cells.id()?,
            name: cells.take()?,
            number: cells.take()?,
            status: cells.word(PolicyStatus::named)?,
            rules: cells.read(|text| serde_json::from_str(text))?,
            created_at: cells.take()?,
            created_by: cells.id_or_none()?,
            published_at: cells.take()?,
            published_by: cells.id_or_none()?,
            superseded_at: cells.take()?,
            version: cells.take()?,
        })
    }
}

fn policy_row(employer: Uuid, policy: &FundingPolicy) -> Result<funding_policy::ActiveModel, Fault> {
    Ok(funding_policy::ActiveModel {
        employer_id: Set(employer),
        id: Set(policy.id.uuid()),
        name: Set(policy.name.clone()),
        number: Set(policy.number),
        status: Set(policy.status.name().to_owned()),
        rules: Set(row::document(&policy.rules)?),
        created_at: Set(policy.created_at),
        created_by: Set(policy.created_by.map(TypedId::uuid)),
        published_at: Set(policy.published_at),
        published_by: Set(policy.published_by.map(TypedId::uuid)),
        superseded_at: Set(policy.superseded_at),
        version: Set(policy.version),
    })
}

/// The policies of an employer.
fn policies(employer: Uuid) -> SelectStatement {
    row::select::<FundingPolicy>("p", employer)
}

fn published(employer: Uuid) -> SelectStatement {
    let mut select = policies(employer);
    select.and_where(Expr::col(("p", "status")).eq(PolicyStatus::Published.name()));
    select
}

fn numbered(employer: Uuid, numbers: &[i32]) -> SelectStatement {
    let mut select = policies(employer);
    select.and_where(Expr::col(("p", "number")).is_in(numbers.iter().copied()));
    select
}

fn filtered(scope: Scope, filter: &PolicyFilter) -> SelectStatement {
    let mut select = policies(scope.employer.uuid());
    if let Some(statuses) = &filter.statuses {
        select.and_where(Expr::col(("p", "status")).is_in(statuses.iter().map(|status| status.name())));
    }
    select
}

#[async_trait]
impl PolicyWrites for Tx {
    async fn published_policy(&mut self) -> Result<Option<FundingPolicy>, Fault> {
        row::one(&self.tx, &published(self.tenant())).await
    }

    async fn policies_numbered(&mut self, numbers: &[i32]) -> Result<Vec<FundingPolicy>, Fault> {
        row::all(&self.tx, &numbered(self.tenant(), numbers)).await
    }

    async fn last_policy_number(&mut self) -> Result<Option<i32>, Fault> {
        let select = Query::select()
            .expr(Expr::col("number").max())
            .from(funding_policy::Entity)
            .and_where(Expr::col("employer_id").eq(self.tenant()))
            .to_owned();
        let last = self.tx.query_one(&select).await.or_fault()?;
        last.map_or(Ok(None), |row| Cells::of(&row).take())
    }

    async fn lock_policy(&mut self, id: FundingPolicyId) -> Result<Option<FundingPolicy>, Fault> {
        let mut select = policies(self.tenant());
        select.and_where(Expr::col(("p", "id")).eq(id.uuid())).lock(LockType::NoKeyUpdate);
        row::one(&self.tx, &select).await
    }

    async fn save_policy(&mut self, policy: &FundingPolicy) -> Result<(), Fault> {
        funding_policy::Entity::insert(policy_row(self.tenant(), policy)?)
            .on_conflict(replace_by_id::<funding_policy::Entity>(&[]))
            .exec_without_returning(&self.tx)
            .await
            .or_fault()
            .map(|_| ())
    }

    async fn delete_policy(&mut self, id: FundingPolicyId) -> Result<(), Fault> {
        let key = (self.tenant(), id.uuid());
        funding_policy::Entity::delete_by_id(key).exec(&self.tx).await.or_fault().map(|_| ())
    }

    async fn lock_requester(&mut self, employee: EmployeeId) -> Result<(), Fault> {
        let select = Query::select()
            .column("id")
            .from("employee")
            .and_where(Expr::col("employer_id").eq(self.tenant()))
            .and_where(Expr::col("id").eq(employee.uuid()))
            .lock(LockType::NoKeyUpdate)
            .to_owned();
        self.tx.query_one(&select).await.or_fault().map(|_| ())
    }

    async fn counted_requests(
        &mut self,
        employees: &[EmployeeId],
        submitted_since: DateTime<Utc>,
        paid_since: NaiveDate,
    ) -> Result<Vec<FundingRequest>, Fault> {
        let submitted = Expr::col(("r", "submitted_at")).gte(submitted_since);
        let paid = Expr::col(("r", "settled_on")).gte(paid_since);
        let settled = Cond::all()
            .add(Expr::col(("r", "status")).eq(RequestStatus::Settled.name()))
            .add(Cond::any().add(submitted).add(paid));
        let mut select = row::select::<FundingRequest>("r", self.tenant());
        select
            .and_where(Expr::col(("r", "employee_id")).is_in(uuids(employees)))
            .cond_where(Cond::any().add(Expr::col(("r", "status")).is_in(selects::live())).add(settled));
        row::all(&self.tx, &select).await
    }

    async fn running_courses(&mut self, employees: &[EmployeeId]) -> Result<Vec<RunningCourse>, Fault> {
        row::all_as(&self.tx, &running_courses(self.tenant(), employees), running_course).await
    }

    async fn past_requests(
        &mut self,
        since: DateTime<Utc>,
        beyond: Option<(EmployeeId, DateTime<Utc>, FundingRequestId)>,
        limit: u32,
    ) -> Result<Vec<FundingRequest>, Fault> {
        let column = |name: &'static str| Expr::col(("r", name));
        let mut select = row::select::<FundingRequest>("r", self.tenant());
        select.and_where(column("submitted_at").gte(since));
        if let Some((person, at, id)) = beyond {
            let (person, id) = (person.uuid(), id.uuid());
            let same_person = column("employee_id").eq(person);
            let later = same_person.clone().and(column("submitted_at").gt(at));
            let same_instant = same_person.and(column("submitted_at").eq(at)).and(column("id").gt(id));
            let next_person = column("employee_id").gt(person);
            select.cond_where(Cond::any().add(next_person).add(later).add(same_instant));
        }
        for name in ["employee_id", "submitted_at", "id"] {
            select.order_by(("r", name), Order::Asc);
        }
        select.limit(limit.into());
        row::all(&self.tx, &select).await
    }

    async fn holders_of_each(&mut self, roles: &[Role]) -> Result<Vec<(Role, EmployeeId)>, Fault> {
        let here = line::people(self.tenant(), Expr::col("status").ne(EmploymentStatus::Left.name()));
        let select = Query::select()
            .columns(["role", "employee_id"])
            .from("role_grant")
            .and_where(Expr::col("employer_id").eq(self.tenant()))
            .and_where(Expr::col("role").is_in(roles.iter().map(|role| role.name())))
            .and_where(Expr::col("employee_id").in_subquery(here))
            // Ids count up in time.
            .order_by("id", Order::Asc)
            .to_owned();
        let pair = |cells: &mut Cells<'_>| Ok((cells.read(str::parse)?, cells.id()?));
        row::all_as(&self.tx, &select, pair).await
    }

    async fn people_at_the_top(&mut self, limit: u64) -> Result<Vec<EmployeeId>, Fault> {
        let select = Query::select()
            .column("id")
            .from("employee")
            .and_where(Expr::col("employer_id").eq(self.tenant()))
            .and_where(Expr::col("manager_id").is_null())
            .and_where(Expr::col("status").eq(EmploymentStatus::Active.name()))
            .order_by("id", Order::Asc)
            .limit(limit)
            .to_owned();
        row::ids(&self.tx, &select).await
    }
}

#[async_trait]
impl PolicyReads for Db {
    async fn running_courses(
        &self,
        employer: EmployerId,
        employees: &[EmployeeId],
    ) -> Result<Vec<RunningCourse>, Fault> {
        row::all_as(&self.pool, &running_courses(employer.uuid(), employees), running_course).await
    }

    async fn policies_by_id(
        &self,
        scope: Scope,
        ids: &[FundingPolicyId],
    ) -> Result<Vec<FundingPolicy>, Fault> {
        let mut select = policies(scope.employer.uuid());
        select.and_where(Expr::col(("p", "id")).is_in(uuids(ids)));
        row::all(&self.pool, &select).await
    }

    async fn policy_of(&self, scope: Scope, number: Option<i32>) -> Result<Option<FundingPolicy>, Fault> {
        let employer = scope.employer.uuid();
        let select = number.map_or_else(|| published(employer), |number| numbered(employer, &[number]));
        row::one(&self.pool, &select).await
    }

    async fn policies(
        &self,
        scope: Scope,
        lists: &[PolicyFilter],
        request: &PageRequest,
    ) -> Result<Vec<Page<FundingPolicy>>, Fault> {
        let sort = SortKey { alias: "p", column: "created_at", kind: KeyKind::Instant };
        let selects = lists.iter().map(|filter| filtered(scope, filter));
        let newest_first = (sort, Direction::Descending);
        pages(&self.pool, scope.employer, selects, newest_first, request, alone::<FundingPolicy>()).await
    }

    async fn count_policies(&self, scope: Scope, lists: &[PolicyFilter]) -> Result<Vec<u64>, Fault> {
        row::counts(&self.pool, lists.iter().map(|filter| filtered(scope, filter))).await
    }
}
