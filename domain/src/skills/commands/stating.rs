//! Saying how well somebody masters a skill.

use serde::Serialize;

use crate::access::{Action, Actor, Relation, policy};
use crate::app::Keyed;
use crate::journal::IdempotencyKey;
use crate::kernel::{EmployeeId, Failure, Fault, SkillRecordId, Text};
use crate::skills::record::said;
use crate::skills::{
    AssessSkillRefusal, SkillEvent, SkillEvidence, SkillRecord, SkillStatement, Skills, StateSkillRefusal,
};
use crate::store::UnitOfWork;

/// What somebody says of themself.
#[derive(Debug, Clone, Serialize)]
pub struct StateSkill {
    /// Makes a retry safe.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// What they say.
    pub statement: SkillStatement,
}

/// What somebody says of somebody else.
#[derive(Debug, Clone, Serialize)]
pub struct AssessSkill {
    /// Makes a retry safe.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// Of whom.
    pub employee: EmployeeId,
    /// On whose word it rests.
    pub evidence: SkillEvidence,
    /// What they say.
    pub statement: SkillStatement,
}

impl Skills<'_> {
    /// Records what the actor says of themself.
    pub async fn state_skill(
        self,
        actor: &Actor,
        command: StateSkill,
    ) -> Result<SkillRecord, Failure<StateSkillRefusal>> {
        let Some(employee) = actor.employee() else {
            return Err(Fault::Forbidden("only people have skills".to_owned()).into());
        };
        policy::require(actor, Action::StateSkill, &[Relation::Oneself])?;
        let id = self.core.id::<SkillRecordId>();
        let mut tx = self.core.store.begin(actor.employer).await?;
        let keyed = Keyed { key: command.key.as_ref(), command: "stateSkill", input: &command };
        if let Some(before) = self.core.claim::<_, StateSkillRefusal>(&mut *tx, actor, keyed, id).await? {
            return Ok(recorded(&mut *tx, before).await?);
        }
        let about = (id, employee, SkillEvidence::SelfAssessed);
        let (record, new) = self.record_within(&mut *tx, actor, about, command.statement).await?;
        if new {
            tx.commit().await?;
        }
        Ok(record)
    }

    /// Records what a manager says of somebody below them, or what HR has evidence of. Nobody assesses themself.
    pub async fn assess_skill(
        self,
        actor: &Actor,
        command: AssessSkill,
    ) -> Result<SkillRecord, Failure<AssessSkillRefusal>> {
        let AssessSkill { employee, evidence, .. } = command;
        let action = if evidence == SkillEvidence::Manager {
            Action::AssessSkill
        } else {
            Action::RecordSkillEvidence
        };
        let id = self.core.id::<SkillRecordId>();
        let mut tx = self.core.store.begin(actor.employer).await?;
        let keyed = Keyed { key: command.key.as_ref(), command: "assessSkill", input: &command };
        let earlier = self.core.claim::<_, AssessSkillRefusal>(&mut *tx, actor, keyed, id).await?;
        policy::require(actor, action, &self.relations(&mut *tx, actor, employee).await?)?;
        if let Some(earlier) = earlier {
            return Ok(recorded(&mut *tx, earlier).await?);
        }
        if actor.employee() == Some(employee) {
            return Err(AssessSkillRefusal::Oneself.into());
        }
        if evidence == SkillEvidence::SelfAssessed {
            return Err(AssessSkillRefusal::NotTheirWord.into());
        }
        let person = tx.employees(&[employee]).await?.pop();
        if person.is_none_or(|person| person.colleague.left) {
            return Err(AssessSkillRefusal::UnknownEmployee(employee).into());
        }
        let recorded = self.record_within(&mut *tx, actor, (id, employee, evidence), command.statement).await;
        let (record, new) = recorded.map_err(|failure| failure.map(AssessSkillRefusal::from))?;
        if new {
            tx.commit().await?;
        }
        Ok(record)
    }

    /// How the actor stands to a person by the reporting line, where that is needed.
    async fn relations(
        self,
        tx: &mut dyn UnitOfWork,
        actor: &Actor,
        employee: EmployeeId,
    ) -> Result<Vec<Relation>, Fault> {
        if policy::basis(actor, Action::RecordSkillEvidence, &[]).is_some() {
            return Ok(Vec::new());
        }
        let line = tx.line_above(employee).await?;
        let manages = line.iter().any(|manager| actor.employee() == Some(manager.id()));
        Ok(if manages { vec![Relation::LineManager] } else { Vec::new() })
    }

    /// Records a statement within the transaction of whoever has it, unless the same was recorded for the same day; whether
    /// it did.
    pub(crate) async fn record_within(
        self,
        tx: &mut dyn UnitOfWork,
        actor: &Actor,
        (id, employee, evidence): (SkillRecordId, EmployeeId, SkillEvidence),
        statement: SkillStatement,
    ) -> Result<(SkillRecord, bool), Failure<StateSkillRefusal>> {
        let skill = statement.skill;
        if tx.skills(&[skill]).await?.is_empty() {
            return Err(StateSkillRefusal::UnknownSkill(skill).into());
        }
        let at = self.core.clock.now();
        let from_on = statement.begins(tx.employer().await?.day_of(at))?;
        let note = Text::optional(statement.note.as_deref(), Text::note);
        let note = note.map_err(StateSkillRefusal::InvalidNote)?;
        let SkillStatement { level, until_on, link, .. } = statement;
        let by = actor.employee();
        let record = SkillRecord {
            id,
            employee,
            skill,
            level,
            evidence,
            from_on,
            until_on,
            enrollment: None,
            link,
            note,
            by,
            at,
        };
        let known = tx.lock_skill_records(employee, &[skill]).await?;
        let before = said(&known, evidence, from_on);
        if let Some((_, before)) = before.filter(|(_, before)| before.says_the_same(&record)) {
            return Ok((before.clone(), false));
        }
        if level.is_none() && before.is_none() {
            return Err(StateSkillRefusal::NothingToEnd(from_on).into());
        }
        tx.insert_skill_records(std::slice::from_ref(&record)).await?;
        self.core.record(tx, actor, &[SkillEvent::of(&record)]).await?;
        Ok((record, true))
    }
}

/// The record that a request with a key has made before.
async fn recorded(tx: &mut dyn UnitOfWork, id: SkillRecordId) -> Result<SkillRecord, Fault> {
    tx.skill_records(&[id]).await?.pop().ok_or_else(|| Fault::not_found(id))
}
