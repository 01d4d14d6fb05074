//! Writing programs.

use async_trait::async_trait;
use sea_orm::sea_query::{Expr, ExprTrait, LockType, Order, Query};
use sea_orm::{EntityTrait, Iterable};
use upskill_domain::kernel::{EmployeeId, Fault, ProgramId, TypedId};
use upskill_domain::programs::{Outline, Participant, Program, ProgramWrites};

use super::entity::{participant, program};
use super::outline;
use super::records::{participant_row, program_row};
use crate::dialect::CHUNK_CELLS;
use crate::fault::OrFault;
use crate::row::{self, replace_by_id, uuids};
use crate::store::Tx;

#[async_trait]
impl ProgramWrites for Tx {
    async fn lock_program(&mut self, id: ProgramId) -> Result<Option<(Program, Outline)>, Fault> {
        let mut select = row::select::<Program>("g", self.tenant());
        select.and_where(Expr::col(("g", "id")).eq(id.uuid())).lock(LockType::NoKeyUpdate);
        let Some(program) = row::one::<Program>(&self.tx, &select).await? else { return Ok(None) };
        let this = Query::select()
            .column(("g", "id"))
            .from_as(program::Entity, "g")
            .and_where(Expr::col(("g", "employer_id")).eq(self.tenant()))
            .and_where(Expr::col(("g", "id")).eq(id.uuid()))
            .to_owned();
        let outline = outline::read(&self.tx, self.tenant(), &this).await?.pop();
        Ok(Some((program, outline.map(|(_, outline)| outline).unwrap_or_default())))
    }

    async fn programs(&mut self, ids: &[ProgramId]) -> Result<Vec<Program>, Fault> {
        let mut select = row::select::<Program>("g", self.tenant());
        select.and_where(Expr::col(("g", "id")).is_in(uuids(ids)));
        row::all(&self.tx, &select).await
    }

    async fn save_program(&mut self, program: &Program, outline: &Outline) -> Result<(), Fault> {
        program::Entity::insert(program_row(self.tenant(), program))
            .on_conflict(replace_by_id::<program::Entity>(&[]))
            .exec_without_returning(&self.tx)
            .await
            .or_fault()?;
        outline::save(&self.tx, self.tenant(), program.id, outline).await
    }

    async fn lock_participants(
        &mut self,
        program: ProgramId,
        employees: &[EmployeeId],
    ) -> Result<Vec<Participant>, Fault> {
        let mut select = row::select::<Participant>("t", self.tenant());
        select
            .and_where(Expr::col(("t", "program_id")).eq(program.uuid()))
            .and_where(Expr::col(("t", "employee_id")).is_in(uuids(employees)))
            .order_by(("t", "id"), Order::Asc)
            .lock(LockType::NoKeyUpdate);
        row::all(&self.tx, &select).await
    }

    async fn save_participants(&mut self, participants: &[Participant]) -> Result<(), Fault> {
        for chunk in participants.chunks(CHUNK_CELLS / participant::Column::iter().count()) {
            let rows = chunk.iter().map(|participant| participant_row(self.tenant(), participant));
            participant::Entity::insert_many(rows)
                .on_conflict(replace_by_id::<participant::Entity>(&["program_id", "employee_id"]))
                .exec_without_returning(&self.tx)
                .await
                .or_fault()?;
        }
        Ok(())
    }
}
