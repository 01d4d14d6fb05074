//! Writing mentoring.

use async_trait::async_trait;
use sea_orm::sea_query::{
    Expr, ExprTrait, LockBehavior, LockType, OnConflict, Order, Query, SelectStatement,
};
use sea_orm::{ConnectionTrait, EntityTrait, Iterable};
use upskill_domain::kernel::{
    EmployeeId, Fault, MentorId, MentoringGoalId, MentoringNoteId, MentoringSessionId, PairingId,
    SkillRecordId, TypedId,
};
use upskill_domain::mentoring::{
    Expertise, Mentor, MentoringGoal, MentoringNote, MentoringSession, MentoringWrites, Pairing,
    PairingFeedback, Side,
};

use super::entity::{mentor, mentoring_goal, mentoring_note, mentoring_session, pairing, pairing_feedback};
use super::expertise;
use super::records::{mentor_row, pairing_row};
use super::together::{feedback_row, goal_row, note_row, session_row};
use crate::dialect::CHUNK_CELLS;
use crate::fault::OrFault;
use crate::organization::line;
use crate::row::{self, Record, replace_by_id, uuids};
use crate::store::Tx;

#[async_trait]
impl MentoringWrites for Tx {
    async fn lock_mentees(&mut self, mentees: &[EmployeeId]) -> Result<(), Fault> {
        let mut people = line::people(self.tenant(), Expr::col("id").is_in(uuids(mentees)));
        people.order_by("id", Order::Asc).lock(LockType::NoKeyUpdate);
        self.tx.query_all(&people).await.or_fault().map(|_| ())
    }

    async fn lock_mentee_of(&mut self, pairing: PairingId) -> Result<Option<EmployeeId>, Fault> {
        let mut mentee = self.mentee_of(pairing);
        mentee.lock(LockType::NoKeyUpdate);
        Ok(row::ids(&self.tx, &mentee).await?.pop())
    }

    async fn lock_mentee_if_free(&mut self, pairing: PairingId) -> Result<Option<EmployeeId>, Fault> {
        let mut mentee = self.mentee_of(pairing);
        mentee.lock_with_behavior(LockType::NoKeyUpdate, LockBehavior::SkipLocked);
        Ok(row::ids(&self.tx, &mentee).await?.pop())
    }

    async fn lock_mentors(&mut self, ids: &[MentorId]) -> Result<Vec<Mentor>, Fault> {
        let mut select = row::select::<Mentor>("m", self.tenant());
        select
            .and_where(Expr::col(("m", "id")).is_in(uuids(ids)))
            .order_by(("m", "id"), Order::Asc)
            .lock(LockType::NoKeyUpdate);
        row::all(&self.tx, &select).await
    }

    async fn mentor_of(&mut self, employee: EmployeeId) -> Result<Option<Mentor>, Fault> {
        let mut select = row::select::<Mentor>("m", self.tenant());
        select.and_where(Expr::col(("m", "employee_id")).eq(employee.uuid()));
        row::one(&self.tx, &select).await
    }

    async fn expertise_of(&mut self, mentor: MentorId) -> Result<Expertise, Fault> {
        let found = expertise::read(&self.tx, self.tenant(), &[mentor]).await?.pop();
        Ok(found.map(|(_, expertise)| expertise).unwrap_or_default())
    }

    async fn insert_mentor(&mut self, mentor: &Mentor) -> Result<bool, Fault> {
        let inserted = mentor::Entity::insert(mentor_row(self.tenant(), mentor))
            .on_conflict(row::unless_taken("employee_id"))
            .exec_without_returning(&self.tx)
            .await
            .or_fault()?;
        Ok(inserted == 1)
    }

    async fn save_mentors(&mut self, mentors: &[Mentor]) -> Result<(), Fault> {
        for chunk in mentors.chunks(CHUNK_CELLS / mentor::Column::iter().count()) {
            let rows = chunk.iter().map(|mentor| mentor_row(self.tenant(), mentor));
            mentor::Entity::insert_many(rows)
                .on_conflict(replace_by_id::<mentor::Entity>(&["employee_id"]))
                .exec_without_returning(&self.tx)
                .await
                .or_fault()?;
        }
        Ok(())
    }

    async fn save_expertise(&mut self, mentor: MentorId, expertise: &Expertise) -> Result<(), Fault> {
        expertise::save(&self.tx, self.tenant(), mentor, expertise).await
    }

    async fn pairings(&mut self, ids: &[PairingId]) -> Result<Vec<Pairing>, Fault> {
        let mut select = row::select::<Pairing>("p", self.tenant());
        select.and_where(Expr::col(("p", "id")).is_in(uuids(ids)));
        row::all(&self.tx, &select).await
    }

    async fn open_pairings(&mut self, mentees: &[EmployeeId]) -> Result<Vec<Pairing>, Fault> {
        let mut select = row::select::<Pairing>("p", self.tenant());
        select
            .and_where(Expr::col(("p", "mentee_id")).is_in(uuids(mentees)))
            .and_where(Expr::col(("p", "ended_at")).is_null())
            .order_by(("p", "id"), Order::Asc);
        row::all(&self.tx, &select).await
    }

    async fn save_pairings(&mut self, pairings: &[Pairing]) -> Result<(), Fault> {
        // Who is paired with whom about what never changes, and stands in unique indexes.
        let fixed = &["mentor_id", "mentored_by_id", "mentee_id", "enrollment_id"];
        for chunk in pairings.chunks(CHUNK_CELLS / pairing::Column::iter().count()) {
            let rows = chunk.iter().map(|pairing| pairing_row(self.tenant(), pairing));
            pairing::Entity::insert_many(rows)
                .on_conflict(replace_by_id::<pairing::Entity>(fixed))
                .exec_without_returning(&self.tx)
                .await
                .or_fault()?;
        }
        Ok(())
    }

    async fn goals_of(&mut self, pairing: PairingId) -> Result<Vec<MentoringGoal>, Fault> {
        row::all(&self.tx, &self.of_pairing::<MentoringGoal>(pairing)).await
    }

    async fn mentoring_goal(&mut self, id: MentoringGoalId) -> Result<Option<MentoringGoal>, Fault> {
        let mut select = row::select::<MentoringGoal>("t", self.tenant());
        select.and_where(Expr::col(("t", "id")).eq(id.uuid()));
        row::one(&self.tx, &select).await
    }

    async fn save_goal(&mut self, goal: &MentoringGoal) -> Result<(), Fault> {
        mentoring_goal::Entity::insert(goal_row(self.tenant(), goal))
            .on_conflict(replace_by_id::<mentoring_goal::Entity>(&["pairing_id"]))
            .exec_without_returning(&self.tx)
            .await
            .or_fault()
            .map(|_| ())
    }

    async fn sessions_of(&mut self, pairing: PairingId) -> Result<Vec<MentoringSession>, Fault> {
        row::all(&self.tx, &self.of_pairing::<MentoringSession>(pairing)).await
    }

    async fn mentoring_session(&mut self, id: MentoringSessionId) -> Result<Option<MentoringSession>, Fault> {
        let mut select = row::select::<MentoringSession>("t", self.tenant());
        select.and_where(Expr::col(("t", "id")).eq(id.uuid()));
        row::one(&self.tx, &select).await
    }

    async fn save_session(&mut self, session: &MentoringSession) -> Result<(), Fault> {
        mentoring_session::Entity::insert(session_row(self.tenant(), session)?)
            .on_conflict(replace_by_id::<mentoring_session::Entity>(&["pairing_id"]))
            .exec_without_returning(&self.tx)
            .await
            .or_fault()
            .map(|_| ())
    }

    async fn mentoring_note(&mut self, id: MentoringNoteId) -> Result<Option<MentoringNote>, Fault> {
        let mut select = row::select::<MentoringNote>("n", self.tenant());
        select.and_where(Expr::col(("n", "id")).eq(id.uuid()));
        row::one(&self.tx, &select).await
    }

    async fn count_notes(&mut self, session: MentoringSessionId) -> Result<u64, Fault> {
        let mut select = row::select::<MentoringNote>("n", self.tenant());
        select.and_where(Expr::col(("n", "session_id")).eq(session.uuid()));
        row::count(&self.tx, select).await
    }

    async fn insert_note(&mut self, note: &MentoringNote) -> Result<(), Fault> {
        let row = note_row(self.tenant(), note);
        mentoring_note::Entity::insert(row).exec_without_returning(&self.tx).await.or_fault().map(|_| ())
    }

    async fn insert_observation(
        &mut self,
        session: MentoringSessionId,
        record: SkillRecordId,
    ) -> Result<(), Fault> {
        let insert = Query::insert()
            .into_table("mentoring_observation")
            .columns(["employer_id", "session_id", "skill_record_id"])
            .values_panic([self.tenant().into(), session.uuid().into(), record.uuid().into()])
            .to_owned();
        self.tx.execute(&insert).await.or_fault().map(|_| ())
    }

    async fn pairing_feedback(
        &mut self,
        pairing: PairingId,
        side: Side,
    ) -> Result<Option<PairingFeedback>, Fault> {
        let mut select = row::select::<PairingFeedback>("b", self.tenant());
        select
            .and_where(Expr::col(("b", "pairing_id")).eq(pairing.uuid()))
            .and_where(Expr::col(("b", "side")).eq(side.name()));
        row::one(&self.tx, &select).await
    }

    async fn save_pairing_feedback(&mut self, feedback: &PairingFeedback) -> Result<(), Fault> {
        let replace = OnConflict::columns(["employer_id", "pairing_id", "side"])
            .update_columns(["rating", "comment", "at"])
            .to_owned();
        pairing_feedback::Entity::insert(feedback_row(self.tenant(), feedback))
            .on_conflict(replace)
            .exec_without_returning(&self.tx)
            .await
            .or_fault()
            .map(|_| ())
    }
}

impl Tx {
    /// The mentee of a pairing, as a person. Who that is never changes.
    fn mentee_of(&self, pairing: PairingId) -> SelectStatement {
        let mentee = Query::select()
            .column("mentee_id")
            .from("pairing")
            .and_where(Expr::col("employer_id").eq(self.tenant()))
            .and_where(Expr::col("id").eq(pairing.uuid()))
            .to_owned();
        line::people(self.tenant(), Expr::col("id").in_subquery(mentee))
    }

    /// What belongs to a pairing, in the order in which it came to be.
    fn of_pairing<R: Record<Entity: Default + sea_orm::sea_query::IntoIden>>(
        &self,
        pairing: PairingId,
    ) -> SelectStatement {
        let mut select = row::select::<R>("t", self.tenant());
        select.and_where(Expr::col(("t", "pairing_id")).eq(pairing.uuid())).order_by(("t", "id"), Order::Asc);
        select
    }
}
