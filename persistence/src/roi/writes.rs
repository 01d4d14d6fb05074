//! Writing cost bands, benefits and reports.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait, LockType, OnConflict, Order, Query};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, Iterable, QueryFilter};
use upskill_domain::kernel::{
    BenefitId, CostBandId, EmployeeId, Fault, Period, ProgramId, RoiReportId, TypedId,
};
use upskill_domain::roi::{Benefit, BenefitStatus, CostBand, Hours, RoiReport, RoiWrites, Spend, Workplace};

use super::costs;
use super::entity::{benefit, cost_band, employee_cost_band, roi_report};
use super::records::{band_row, benefit_row, report_row};
use crate::dialect::CHUNK_CELLS;
use crate::fault::OrFault;
use crate::row::{self, Cells, replace_by_id, uuids};
use crate::store::Tx;

#[async_trait]
impl RoiWrites for Tx {
    async fn lock_cost_bands(&mut self) -> Result<Vec<CostBand>, Fault> {
        let mut select = row::select::<CostBand>("b", self.tenant());
        select.order_by(("b", "code"), Order::Asc).lock(LockType::NoKeyUpdate);
        row::all(&self.tx, &select).await
    }

    async fn save_cost_bands(&mut self, bands: &[CostBand]) -> Result<(), Fault> {
        for chunk in bands.chunks(CHUNK_CELLS / cost_band::Column::iter().count()) {
            cost_band::Entity::insert_many(chunk.iter().map(|band| band_row(self.tenant(), band)))
                .on_conflict(replace_by_id::<cost_band::Entity>(&["code"]))
                .exec_without_returning(&self.tx)
                .await
                .or_fault()?;
        }
        Ok(())
    }

    async fn cost_bands_of(
        &mut self,
        employees: &[EmployeeId],
    ) -> Result<Vec<(EmployeeId, CostBandId)>, Fault> {
        let select = Query::select()
            .columns(["employee_id", "cost_band_id"])
            .from(employee_cost_band::Entity)
            .and_where(Expr::col("employer_id").eq(self.tenant()))
            .and_where(Expr::col("employee_id").is_in(uuids(employees)))
            .to_owned();
        row::all_as(&self.tx, &select, |cells: &mut Cells<'_>| Ok((cells.id()?, cells.id()?))).await
    }

    async fn place_in_cost_band(
        &mut self,
        employees: &[EmployeeId],
        band: Option<CostBandId>,
    ) -> Result<(), Fault> {
        for people in employees.chunks(CHUNK_CELLS / employee_cost_band::Column::iter().count()) {
            match band {
                Some(band) => self.place(people, band).await?,
                None => self.take_out(people).await?,
            }
        }
        Ok(())
    }

    async fn lock_benefit(&mut self, id: BenefitId) -> Result<Option<Benefit>, Fault> {
        let mut select = row::select::<Benefit>("n", self.tenant());
        select.and_where(Expr::col(("n", "id")).eq(id.uuid())).lock(LockType::NoKeyUpdate);
        row::one(&self.tx, &select).await
    }

    async fn benefits_of(&mut self, program: ProgramId) -> Result<Vec<Benefit>, Fault> {
        let mut select = row::select::<Benefit>("n", self.tenant());
        select
            .and_where(Expr::col(("n", "program_id")).eq(program.uuid()))
            .and_where(Expr::col(("n", "status")).ne(BenefitStatus::Withdrawn.name()))
            .order_by(("n", "recorded_at"), Order::Asc)
            .order_by(("n", "id"), Order::Asc);
        row::all(&self.tx, &select).await
    }

    async fn save_benefit(&mut self, benefit: &Benefit) -> Result<(), Fault> {
        benefit::Entity::insert(benefit_row(self.tenant(), benefit)?)
            .on_conflict(replace_by_id::<benefit::Entity>(&[]))
            .exec_without_returning(&self.tx)
            .await
            .or_fault()
            .map(|_| ())
    }

    async fn cohort_of(&mut self, program: ProgramId) -> Result<Vec<(Workplace, u64)>, Fault> {
        costs::cohort(self, program).await
    }

    async fn spend_of(&mut self, program: ProgramId, window: Period) -> Result<Vec<Spend>, Fault> {
        costs::spend(self, program, window).await
    }

    async fn hours_of(
        &mut self,
        program: ProgramId,
        window: (DateTime<Utc>, DateTime<Utc>),
    ) -> Result<(Vec<Hours>, u64), Fault> {
        costs::hours(self, program, window).await
    }

    async fn last_roi_report_number(&mut self, program: ProgramId) -> Result<Option<i32>, Fault> {
        let select = Query::select()
            .expr(Expr::col("number").max())
            .from(roi_report::Entity)
            .and_where(Expr::col("employer_id").eq(self.tenant()))
            .and_where(Expr::col("program_id").eq(program.uuid()))
            .to_owned();
        let last = self.tx.query_one(&select).await.or_fault()?;
        last.map_or(Ok(None), |row| Cells::of(&row).take())
    }

    async fn roi_report(&mut self, id: RoiReportId) -> Result<Option<RoiReport>, Fault> {
        let mut select = row::select::<RoiReport>("o", self.tenant());
        select.and_where(Expr::col(("o", "id")).eq(id.uuid()));
        row::one(&self.tx, &select).await
    }

    async fn insert_roi_report(&mut self, report: &RoiReport) -> Result<(), Fault> {
        roi_report::Entity::insert(report_row(self.tenant(), report)?)
            .exec_without_returning(&self.tx)
            .await
            .or_fault()
            .map(|_| ())
    }
}

impl Tx {
    async fn place(&self, people: &[EmployeeId], band: CostBandId) -> Result<(), Fault> {
        let row = |employee: &EmployeeId| employee_cost_band::ActiveModel {
            employer_id: Set(self.tenant()),
            employee_id: Set(employee.uuid()),
            cost_band_id: Set(band.uuid()),
        };
        let replace =
            OnConflict::columns(["employer_id", "employee_id"]).update_column("cost_band_id").to_owned();
        employee_cost_band::Entity::insert_many(people.iter().map(row))
            .on_conflict(replace)
            .exec_without_returning(&self.tx)
            .await
            .or_fault()
            .map(|_| ())
    }

    async fn take_out(&self, people: &[EmployeeId]) -> Result<(), Fault> {
        employee_cost_band::Entity::delete_many()
            .filter(employee_cost_band::Column::EmployerId.eq(self.tenant()))
            .filter(employee_cost_band::Column::EmployeeId.is_in(uuids(people)))
            .exec(&self.tx)
            .await
            .or_fault()
            .map(|_| ())
    }
}
