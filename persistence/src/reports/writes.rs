//! Writing what is counted.

use std::collections::BTreeMap;

use async_trait::async_trait;
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{
    Expr, ExprTrait, JoinType, LockBehavior, LockType, OnConflict, Query, SelectStatement,
};
use sea_orm::{ConnectionTrait, EntityTrait, Iterable};
use upskill_domain::kernel::{EmployeeId, EnrollmentId, Fault, FundingRequestId, LearningTimeId, TypedId};
use upskill_domain::learning::TimeKind;
use upskill_domain::reports::{CountedUpTo, Group, GroupYear, Learned, Logged, PersonYear, ReportWrites};
use uuid::Uuid;

use super::entity::{report_group, report_person, report_progress};
use super::reads::{counted, counted_up_to, groups};
use super::records::{group_row, person_row};
use crate::dialect::CHUNK_CELLS;
use crate::fault::OrFault;
use crate::row::{self, Cells, any_of, uuids};
use crate::store::Tx;

#[async_trait]
impl ReportWrites for Tx {
    async fn lock_counted_if_free(&mut self) -> Result<Option<CountedUpTo>, Fault> {
        begin_counting(self).await?;
        let mut select = counted(self.tenant());
        select.lock_with_behavior(LockType::NoKeyUpdate, LockBehavior::SkipLocked);
        row::one_as(&self.tx, &select, counted_up_to).await
    }

    async fn lock_counted(&mut self) -> Result<CountedUpTo, Fault> {
        begin_counting(self).await?;
        let mut select = counted(self.tenant());
        select.lock(LockType::NoKeyUpdate);
        Ok(row::one_as(&self.tx, &select, counted_up_to).await?.unwrap_or_default())
    }

    async fn counted_up_to(&mut self) -> Result<CountedUpTo, Fault> {
        Ok(row::one_as(&self.tx, &counted(self.tenant()), counted_up_to).await?.unwrap_or_default())
    }

    async fn forget_counted(&mut self) -> Result<(), Fault> {
        for table in ["report_group", "report_person"] {
            let delete = Query::delete()
                .from_table(table)
                .and_where(Expr::col("employer_id").eq(self.tenant()))
                .to_owned();
            self.tx.execute(&delete).await.or_fault()?;
        }
        Ok(())
    }

    async fn save_counted(&mut self, counted: CountedUpTo) -> Result<(), Fault> {
        let update = Query::update()
            .table("report_progress")
            .values([("position", counted.position.into()), ("at", counted.at.into())])
            .and_where(Expr::col("employer_id").eq(self.tenant()))
            .to_owned();
        self.tx.execute(&update).await.or_fault().map(|_| ())
    }

    async fn learned_by_enrollment(
        &mut self,
        ids: &[EnrollmentId],
    ) -> Result<Vec<(EnrollmentId, Learned)>, Fault> {
        let mut select = learned(self.tenant(), "enrollment");
        select.and_where(Expr::col(("l", "id")).is_in(uuids(ids)));
        row::all_as(&self.tx, &select, |cells| Ok((cells.id()?, who_learned(cells)?))).await
    }

    async fn learned_by_request(
        &mut self,
        ids: &[FundingRequestId],
    ) -> Result<Vec<(FundingRequestId, Learned)>, Fault> {
        let mut select = learned(self.tenant(), "funding_request");
        select.and_where(Expr::col(("l", "id")).is_in(uuids(ids)));
        row::all_as(&self.tx, &select, |cells| Ok((cells.id()?, who_learned(cells)?))).await
    }

    async fn logged(&mut self, ids: &[LearningTimeId]) -> Result<Vec<(LearningTimeId, Logged)>, Fault> {
        let select = Query::select()
            .columns(["id", "enrollment_id", "day", "kind", "minutes"])
            .from("learning_time")
            .and_where(Expr::col("employer_id").eq(self.tenant()))
            .and_where(Expr::col("id").is_in(uuids(ids)))
            .to_owned();
        let logged = |cells: &mut Cells<'_>| {
            let id = cells.id()?;
            let (enrollment, day) = (cells.id()?, cells.take()?);
            Ok((id, Logged { enrollment, day, kind: cells.word(TimeKind::named)?, minutes: cells.take()? }))
        };
        row::all_as(&self.tx, &select, logged).await
    }

    async fn person_years(&mut self, of: &[(i32, EmployeeId)]) -> Result<Vec<PersonYear>, Fault> {
        if of.is_empty() {
            return Ok(Vec::new());
        }
        let mut people = BTreeMap::<i32, Vec<Uuid>>::new();
        for (year, employee) in of {
            people.entry(*year).or_default().push(employee.uuid());
        }
        let these = people.into_iter().map(|(year, people)| {
            Expr::col(("p", "year")).eq(year).and(Expr::col(("p", "employee_id")).is_in(people))
        });
        let mut select = row::select::<PersonYear>("p", self.tenant());
        select.and_where(any_of(these));
        row::all(&self.tx, &select).await
    }

    async fn group_years(&mut self, of: &[(i32, Group)]) -> Result<Vec<GroupYear>, Fault> {
        row::all(&self.tx, &groups(self.tenant(), of)).await
    }

    async fn all_group_years(&mut self) -> Result<Vec<GroupYear>, Fault> {
        row::all(&self.tx, &row::select::<GroupYear>("g", self.tenant())).await
    }

    async fn save_person_years(&mut self, people: &[PersonYear]) -> Result<(), Fault> {
        for chunk in people.chunks(CHUNK_CELLS / report_person::Column::iter().count()) {
            let rows: Vec<_> =
                chunk.iter().map(|person| person_row(self.tenant(), person)).collect::<Result<_, _>>()?;
            let mut replace = OnConflict::columns(["employer_id", "year", "employee_id"]);
            let insert = report_person::Entity::insert_many(rows)
                .on_conflict(replace.update_column("months").to_owned());
            insert.exec_without_returning(&self.tx).await.or_fault()?;
        }
        Ok(())
    }

    async fn save_group_years(&mut self, groups: &[GroupYear]) -> Result<(), Fault> {
        for chunk in groups.chunks(CHUNK_CELLS / report_group::Column::iter().count()) {
            let rows: Vec<_> =
                chunk.iter().map(|counted| group_row(self.tenant(), counted)).collect::<Result<_, _>>()?;
            let mut replace = OnConflict::columns(["employer_id", "year", "kind", "group_id"]);
            let replace = replace.update_columns(["sizes", "months"]).to_owned();
            let insert = report_group::Entity::insert_many(rows).on_conflict(replace);
            insert.exec_without_returning(&self.tx).await.or_fault()?;
        }
        Ok(())
    }
}

/// The row that counting moves on and that is locked meanwhile, unless it is there.
async fn begin_counting(tx: &Tx) -> Result<(), Fault> {
    let first =
        report_progress::ActiveModel { employer_id: Set(tx.tenant()), position: Set(0), at: Set(None) };
    let unless_there = OnConflict::column("employer_id").do_nothing().to_owned();
    let insert = report_progress::Entity::insert(first).on_conflict(unless_there);
    insert.exec_without_returning(&tx.tx).await.or_fault().map(|_| ())
}

/// Rows of a table that tell who learned what, with the person and the course.
fn learned(employer: Uuid, table: &'static str) -> SelectStatement {
    Query::select()
        .columns([("l", "id"), ("l", "employee_id"), ("p", "department_id"), ("l", "course_id")])
        .columns([("c", "provider_id"), ("l", "program_id")])
        .from_as(table, "l")
        .join_as(JoinType::InnerJoin, "employee", "p", row::named_by("p", ("l", "employee_id")))
        .join_as(JoinType::LeftJoin, "course", "c", row::named_by("c", ("l", "course_id")))
        .and_where(Expr::col(("l", "employer_id")).eq(employer))
        .to_owned()
}

fn who_learned(cells: &mut Cells<'_>) -> Result<Learned, Fault> {
    Ok(Learned {
        employee: cells.id()?,
        department: cells.id_or_none()?,
        course: cells.id_or_none()?,
        provider: cells.id_or_none()?,
        program: cells.id_or_none()?,
    })
}
