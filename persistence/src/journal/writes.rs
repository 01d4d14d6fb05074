//! Appending, claiming and sealing.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use sea_orm::sea_query::{
    Expr, ExprTrait, Func, IntoIden, IntoValueTuple, LockType, OnConflict, Query, TableRef,
};
use sea_orm::{ActiveValue::Set, ConnectionTrait, DbBackend, EntityTrait};
use upskill_domain::journal::{Claim, ClaimOutcome, Entry, GENESIS, Hash, JournalWrites, Seal, Tail};
use upskill_domain::kernel::{Fault, TypedId};

use super::entity::{actor_kind_name, idempotency_claim, journal_entry};
use crate::dialect::CHUNK_CELLS;
use crate::fault::OrFault;
use crate::notices::SEALED_CHANNEL;
use crate::row::{self, Cells};
use crate::store::Tx;

const ENTRY_CELLS: usize = 14;
const SEAL_CELLS: usize = 3;

#[async_trait]
impl JournalWrites for Tx {
    async fn append_entries(&mut self, entries: &[Entry]) -> Result<(), Fault> {
        for chunk in entries.chunks(CHUNK_CELLS / ENTRY_CELLS) {
            let rows = chunk.iter().map(active);
            journal_entry::Entity::insert_many(rows).exec_without_returning(&self.tx).await.or_fault()?;
        }
        Ok(())
    }

    async fn claim(&mut self, claim: &Claim, at: DateTime<Utc>) -> Result<ClaimOutcome, Fault> {
        let insert = Query::insert()
            .into_table(idempotency_claim::Entity)
            .columns(["employer_id", "actor", "key", "fingerprint", "result", "at"])
            .values_panic([
                self.tenant().into(),
                claim.actor.clone().into(),
                claim.key.as_str().into(),
                claim.fingerprint.clone().into(),
                claim.result.into(),
                at.into(),
            ])
            .on_conflict(OnConflict::columns(["employer_id", "actor", "key"]).do_nothing().to_owned())
            .to_owned();
        if self.tx.execute(&insert).await.or_fault()?.rows_affected() == 1 {
            return Ok(ClaimOutcome::Fresh);
        }
        let earlier = Query::select()
            .columns(["fingerprint", "result"])
            .from(idempotency_claim::Entity)
            .and_where(Expr::col("employer_id").eq(self.tenant()))
            .and_where(Expr::col("actor").eq(&claim.actor))
            .and_where(Expr::col("key").eq(claim.key.as_str()))
            .to_owned();
        let row = self.tx.query_one(&earlier).await.or_fault()?;
        let row = row.ok_or_else(|| Fault::Unavailable("the claim was withdrawn meanwhile".to_owned()))?;
        let mut cells = Cells::of(&row);
        let same = cells.take::<String>()? == claim.fingerprint;
        Ok(if same { ClaimOutcome::Replay(cells.take()?) } else { ClaimOutcome::Reused })
    }

    async fn lock_tail(&mut self) -> Result<Tail, Fault> {
        let first = Query::insert()
            .into_table("journal_tail")
            .columns(["employer_id", "position", "hash"])
            .values_panic([self.tenant().into(), 0_i64.into(), GENESIS.to_string().into()])
            .on_conflict(OnConflict::column("employer_id").do_nothing().to_owned())
            .to_owned();
        self.tx.execute(&first).await.or_fault()?;
        let select = Query::select()
            .columns(["position", "hash"])
            .from("journal_tail")
            .and_where(Expr::col("employer_id").eq(self.tenant()))
            .lock(LockType::NoKeyUpdate)
            .to_owned();
        let row = self.tx.query_one(&select).await.or_fault()?;
        let row = row.ok_or_else(|| Fault::inconsistent("the end of the journal is missing"))?;
        let mut cells = Cells::of(&row);
        Ok(Tail { position: cells.take()?, hash: cells.word(Hash::parse)? })
    }

    async fn unsealed_entries(&mut self, limit: u32) -> Result<Vec<Entry>, Fault> {
        let mut select = row::select::<Entry>("j", self.tenant());
        select
            .and_where(Expr::col(("j", "position")).is_null())
            .order_by(("j", "id"), sea_orm::Order::Asc)
            .limit(u64::from(limit));
        row::all(&self.tx, &select).await
    }

    async fn save_seals(&mut self, sealed: &[(Entry, Seal)]) -> Result<(), Fault> {
        for chunk in sealed.chunks(CHUNK_CELLS / SEAL_CELLS) {
            let ids = || chunk.iter().map(|(entry, _)| entry.id.uuid());
            let (Some(first), Some(last)) = (ids().min(), ids().max()) else { continue };
            // Joined, not chosen by a CASE per column: that would look through all of the chunk for every row. The
            // bounds keep PostgreSQL from walking the whole journal for the join: what waits is what came last.
            let seals = chunk.iter().map(|(entry, seal)| {
                (entry.id.uuid(), seal.position, seal.hash.to_string()).into_value_tuple()
            });
            let update = Query::update()
                .table(journal_entry::Entity)
                .value("position", Expr::col(("seal", "column2")))
                .value("hash", Expr::col(("seal", "column3")))
                .from(TableRef::ValuesList(seals.collect(), "seal".into_iden()))
                .and_where(Expr::col((journal_entry::Entity, "employer_id")).eq(self.tenant()))
                .and_where(Expr::col((journal_entry::Entity, "id")).equals(("seal", "column1")))
                .and_where(Expr::col((journal_entry::Entity, "id")).between(first, last))
                .to_owned();
            self.tx.execute(&update).await.or_fault()?;
        }
        let Some((_, last)) = sealed.last() else { return Ok(()) };
        let tail = Query::update()
            .table("journal_tail")
            .value("position", last.position)
            .value("hash", last.hash.to_string())
            .and_where(Expr::col("employer_id").eq(self.tenant()))
            .to_owned();
        self.tx.execute(&tail).await.or_fault()?;
        self.announce().await
    }

    async fn drop_claims(&mut self, before: DateTime<Utc>) -> Result<u64, Fault> {
        let delete = Query::delete()
            .from_table(idempotency_claim::Entity)
            .and_where(Expr::col("employer_id").eq(self.tenant()))
            .and_where(Expr::col("at").lt(before))
            .to_owned();
        Ok(self.tx.execute(&delete).await.or_fault()?.rows_affected())
    }
}

impl Tx {
    /// Tells those who follow the journal, as soon as the transaction is done and not if it is undone.
    async fn announce(&mut self) -> Result<(), Fault> {
        self.has_sealed = true;
        if self.tx.get_database_backend() == DbBackend::Postgres {
            let notify = Query::select()
                .expr(Func::cust("pg_notify").arg(SEALED_CHANNEL).arg(self.employer.to_string()))
                .to_owned();
            self.tx.query_one(&notify).await.or_fault()?;
        }
        Ok(())
    }
}

fn active(entry: &Entry) -> journal_entry::ActiveModel {
    journal_entry::ActiveModel {
        employer_id: Set(entry.employer.uuid()),
        id: Set(entry.id.uuid()),
        at: Set(entry.at),
        actor_kind: Set(actor_kind_name(entry.actor_kind).to_owned()),
        actor_id: Set(entry.actor.map(TypedId::uuid)),
        capacity: Set(entry.capacity.clone()),
        kind: Set(entry.kind.clone()),
        subject_kind: Set(entry.subject.kind.clone()),
        subject_id: Set(entry.subject.id),
        payload: Set(entry.payload.clone()),
        request_id: Set(entry.request_id.clone()),
        position: Set(None),
        hash: Set(None),
        account_id: Set(entry.account.map(TypedId::uuid)),
    }
}
