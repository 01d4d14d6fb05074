//! Setting goals, and saying what became of them.

use chrono::NaiveDate;
use serde::Serialize;

use crate::access::{Action, Actor};
use crate::app::Keyed;
use crate::journal::IdempotencyKey;
use crate::kernel::{Failure, Fault, MentoringGoalId, PairingId, WebAddress, check_version};
use crate::mentoring::goal::goal_text;
use crate::mentoring::{
    GoalRefusal, GoalStatus, Mentoring, MentoringEvent, MentoringGoal, Pairing, SetGoalRefusal,
};
use crate::store::UnitOfWork;

/// A goal to set.
#[derive(Debug, Clone, Serialize)]
pub struct SetMentoringGoal {
    /// Makes a retry safe.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// In which pairing.
    pub pairing: PairingId,
    /// What is to be reached.
    pub text: String,
    /// By when.
    pub target_on: Option<NaiveDate>,
}

/// A goal to change. What is `None` stays.
#[derive(Debug, Clone)]
pub struct ChangeMentoringGoal {
    /// Which one.
    pub id: MentoringGoalId,
    /// The version that the caller saw.
    pub expected_version: i32,
    /// What is to be reached.
    pub text: Option<String>,
    /// By when; `Some(None)` for no day.
    pub target_on: Option<Option<NaiveDate>>,
}

/// A goal that was reached or given up. Saying the same again changes nothing.
#[derive(Debug, Clone)]
pub struct CloseMentoringGoal {
    /// Which one.
    pub id: MentoringGoalId,
    /// Whether it was reached.
    pub status: GoalStatus,
    /// Where it shows.
    pub evidence: Option<WebAddress>,
}

impl Mentoring<'_> {
    /// Sets a goal.
    pub async fn set_goal(
        self,
        actor: &Actor,
        command: SetMentoringGoal,
    ) -> Result<MentoringGoal, Failure<SetGoalRefusal>> {
        let id = self.core.id::<MentoringGoalId>();
        let mut tx = self.core.store.begin(actor.employer).await?;
        let keyed = Keyed { key: command.key.as_ref(), command: "setMentoringGoal", input: &command };
        let earlier = self.core.claim::<_, SetGoalRefusal>(&mut *tx, actor, keyed, id).await?;
        let pairing = self.open(&mut *tx, actor, Action::RecordMentoring, command.pairing).await?;
        if let Some(earlier) = earlier {
            let goal = tx.mentoring_goal(earlier).await?;
            return Ok(goal.ok_or_else(|| Fault::not_found(earlier))?);
        }
        let goals = tx.goals_of(pairing.id).await?;
        pairing.check_goal(u64::try_from(goals.len()).unwrap_or(u64::MAX))?;
        let goal = MentoringGoal {
            id,
            pairing: pairing.id,
            text: goal_text(&command.text).map_err(SetGoalRefusal::InvalidText)?,
            target_on: command.target_on,
            status: GoalStatus::Open,
            evidence: None,
            set_by: actor.employee(),
            set_at: self.core.clock.now(),
            closed_at: None,
            version: 1,
        };
        let event = MentoringEvent::GoalSet { pair: pairing.pair(), goal: id };
        self.keep_goal(tx, actor, &goal, event).await?;
        Ok(goal)
    }

    /// Says a goal in other words, or for another day.
    pub async fn change_goal(
        self,
        actor: &Actor,
        command: ChangeMentoringGoal,
    ) -> Result<MentoringGoal, Failure<GoalRefusal>> {
        let ChangeMentoringGoal { id, expected_version, text, target_on } = command;
        let mut tx = self.core.store.begin(actor.employer).await?;
        let (pairing, mut goal) = self.goal(&mut *tx, actor, id).await?;
        check_version("goal", Some(expected_version), goal.version)?;
        if goal.change((text.as_deref(), target_on))? {
            let event = MentoringEvent::GoalChanged { pair: pairing.pair(), goal: id };
            self.keep_goal(tx, actor, &goal, event).await?;
        }
        Ok(goal)
    }

    /// Says that a goal was reached or given up; also after the mentoring has ended.
    pub async fn close_goal(
        self,
        actor: &Actor,
        command: CloseMentoringGoal,
    ) -> Result<MentoringGoal, Failure<GoalRefusal>> {
        let CloseMentoringGoal { id, status, evidence } = command;
        let mut tx = self.core.store.begin(actor.employer).await?;
        let (pairing, mut goal) = self.goal(&mut *tx, actor, id).await?;
        if goal.close(status, evidence, self.core.clock.now())? {
            let event = MentoringEvent::GoalClosed { pair: pairing.pair(), goal: id, status };
            self.keep_goal(tx, actor, &goal, event).await?;
        }
        Ok(goal)
    }

    /// A goal with its pairing, for somebody who may change it. To those who may not see the pairing, it is not there.
    async fn goal(
        self,
        tx: &mut dyn UnitOfWork,
        actor: &Actor,
        id: MentoringGoalId,
    ) -> Result<(Pairing, MentoringGoal), Fault> {
        let not_found = || Fault::not_found(id);
        let goal = tx.mentoring_goal(id).await?.ok_or_else(not_found)?;
        let opened = self.open(tx, actor, Action::RecordMentoring, goal.pairing).await;
        let pairing = opened.map_err(|fault| match fault {
            Fault::NotFound { .. } => not_found(),
            other => other,
        })?;
        // Read again: it may have changed before its mentee was locked.
        let goal = tx.mentoring_goal(id).await?.ok_or_else(not_found)?;
        Ok((pairing, goal))
    }

    async fn keep_goal(
        self,
        mut tx: Box<dyn UnitOfWork>,
        actor: &Actor,
        goal: &MentoringGoal,
        event: MentoringEvent,
    ) -> Result<(), Fault> {
        tx.save_goal(goal).await?;
        self.core.record(&mut *tx, actor, &[event]).await?;
        tx.commit().await
    }
}
