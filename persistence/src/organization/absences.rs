//! Reading and writing absences.

use async_trait::async_trait;
use chrono::NaiveDate;
use sea_orm::ActiveValue::Set;
use sea_orm::EntityTrait;
use sea_orm::sea_query::{Cond, Expr, ExprTrait, LockType, SelectStatement};
use upskill_domain::access::{Reach, Scope};
use upskill_domain::kernel::{AbsenceId, Direction, EmployeeId, Fault, Page, PageRequest, Period, TypedId};
use upskill_domain::organization::{Absence, AbsenceFilter, AbsenceReads, AbsenceWrites};

use super::entity::absence;
use crate::fault::OrFault;
use crate::page::{KeyKind, SortKey, pages};
use crate::row::{self, Cells, Record, replace_by_id, uuids};
use crate::shape::alone;
use crate::store::{Db, Tx};

impl Record for Absence {
    type Entity = absence::Entity;
    const COLUMNS: &'static [absence::Column] = {
        use absence::Column as C;
        &[C::Id, C::EmployeeId, C::FromOn, C::UntilOn, C::CreatedBy, C::CreatedAt, C::EndedAt]
    };

    fn read(cells: &mut Cells<'_>) -> Result<Self, Fault> {
        Ok(Self {
            id: cells.id()?,
            employee: cells.id()?,
            period: Period::new(cells.take()?, cells.take()?)
                .map_err(|error| Fault::inconsistent(error.to_string()))?,
            created_by: cells.id_or_none()?,
            created_at: cells.take()?,
            ended_at: cells.take()?,
        })
    }
}

/// What holds on a day, of a select that has days and their early end under an alias.
pub(crate) fn holding(alias: &'static str, day: NaiveDate) -> Cond {
    Cond::all()
        .add(Expr::col((alias, "ended_at")).is_null())
        .add(Expr::col((alias, "from_on")).lte(day))
        .add(Expr::col((alias, "until_on")).gte(day))
}

fn filtered(scope: Scope, filter: &AbsenceFilter) -> SelectStatement {
    let mut select = within(scope);
    if let Some(employees) = &filter.employees {
        select.and_where(Expr::col(("a", "employee_id")).is_in(uuids(employees)));
    }
    if let Some(day) = filter.on {
        select.cond_where(holding("a", day));
    }
    select
}

/// Those that the scope reaches: the person's own.
fn within(scope: Scope) -> SelectStatement {
    let mut select = row::select::<Absence>("a", scope.employer.uuid());
    if let Reach::Related(person) = scope.reach {
        select.and_where(Expr::col(("a", "employee_id")).eq(person.uuid()));
    }
    select
}

#[async_trait]
impl AbsenceWrites for Tx {
    async fn lock_absence(&mut self, id: AbsenceId) -> Result<Option<Absence>, Fault> {
        let mut select = row::select::<Absence>("a", self.tenant());
        select.and_where(Expr::col(("a", "id")).eq(id.uuid())).lock(LockType::NoKeyUpdate);
        row::one(&self.tx, &select).await
    }

    async fn absences_of(&mut self, employee: EmployeeId, day: NaiveDate) -> Result<Vec<Absence>, Fault> {
        let mut select = row::select::<Absence>("a", self.tenant());
        select
            .and_where(Expr::col(("a", "employee_id")).eq(employee.uuid()))
            .and_where(Expr::col(("a", "until_on")).gte(day));
        row::all(&self.tx, &select).await
    }

    async fn save_absence(&mut self, absence: &Absence) -> Result<(), Fault> {
        let row = absence::ActiveModel {
            employer_id: Set(self.tenant()),
            id: Set(absence.id.uuid()),
            employee_id: Set(absence.employee.uuid()),
            from_on: Set(absence.period.from()),
            until_on: Set(absence.period.to()),
            created_by: Set(absence.created_by.map(TypedId::uuid)),
            created_at: Set(absence.created_at),
            ended_at: Set(absence.ended_at),
        };
        let insert = absence::Entity::insert(row).on_conflict(replace_by_id::<absence::Entity>(&[]));
        insert.exec_without_returning(&self.tx).await.or_fault().map(|_| ())
    }
}

#[async_trait]
impl AbsenceReads for Db {
    async fn absences_by_id(&self, scope: Scope, ids: &[AbsenceId]) -> Result<Vec<Absence>, Fault> {
        let mut select = within(scope);
        select.and_where(Expr::col(("a", "id")).is_in(uuids(ids)));
        row::all(&self.pool, &select).await
    }

    async fn absences(
        &self,
        scope: Scope,
        lists: &[AbsenceFilter],
        request: &PageRequest,
    ) -> Result<Vec<Page<Absence>>, Fault> {
        let sort = SortKey { alias: "a", column: "created_at", kind: KeyKind::Instant };
        let selects = lists.iter().map(|filter| filtered(scope, filter));
        let newest_first = (sort, Direction::Descending);
        pages(&self.pool, scope.employer, selects, newest_first, request, alone::<Absence>()).await
    }

    async fn count_absences(&self, scope: Scope, lists: &[AbsenceFilter]) -> Result<Vec<u64>, Fault> {
        row::counts(&self.pool, lists.iter().map(|filter| filtered(scope, filter))).await
    }
}
