//! What a mentor has seen on the job becomes evidence (M6).

use serde::Serialize;

use crate::access::{Action, Actor};
use crate::app::Keyed;
use crate::journal::IdempotencyKey;
use crate::kernel::{Failure, Fault, MentoringSessionId, SkillId, SkillRecordId};
use crate::mentoring::{Attendance, Mentoring, MentoringEvent, MentoringSession, ObserveSkillRefusal};
use crate::skills::{SkillEvidence, SkillLevel, SkillRecord, SkillStatement, Skills};

/// A skill that the mentor has seen the mentee apply.
#[derive(Debug, Clone, Serialize)]
pub struct ObserveSkill {
    /// Makes a retry safe.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// The session in which they spoke about it.
    pub session: MentoringSessionId,
    /// Which skill.
    pub skill: SkillId,
    /// How well they apply it.
    pub level: SkillLevel,
    /// A remark.
    pub note: Option<String>,
}

impl Mentoring<'_> {
    /// Records what the mentor has seen as evidence of the mentee's skill, from the day of the session on. Where a mentor
    /// said the same of that day already nothing changes.
    pub async fn observe_skill(
        self,
        actor: &Actor,
        command: ObserveSkill,
    ) -> Result<(MentoringSession, SkillRecord), Failure<ObserveSkillRefusal>> {
        let id = self.core.id::<SkillRecordId>();
        let mut tx = self.core.store.begin(actor.employer).await?;
        let keyed = Keyed { key: command.key.as_ref(), command: "observeSkill", input: &command };
        let earlier = self.core.claim::<_, ObserveSkillRefusal>(&mut *tx, actor, keyed, id).await?;
        let (pairing, session) = self.session(&mut *tx, actor, Action::ObserveSkill, command.session).await?;
        if let Some(earlier) = earlier {
            let record =
                tx.skill_records(&[earlier]).await?.pop().ok_or_else(|| Fault::not_found(earlier))?;
            return Ok((session, record));
        }
        if session.attendance != Attendance::Both {
            return Err(ObserveSkillRefusal::NotHeld.into());
        }
        let ObserveSkill { skill, level, note, .. } = command;
        let from_on = Some(tx.employer().await?.day_of(session.starts_at));
        let statement =
            SkillStatement { skill, level: Some(level), from_on, until_on: None, link: None, note };
        let about = (id, pairing.mentee, SkillEvidence::Mentor);
        let recorded = Skills::new(self.core).record_within(&mut *tx, actor, about, statement).await;
        let (record, new) = recorded.map_err(|failure| failure.map(ObserveSkillRefusal::from))?;
        if new {
            tx.insert_observation(session.id, record.id).await?;
            let (pair, session) = (pairing.pair(), session.id);
            let event = MentoringEvent::SkillObserved { pair, session, skill, skill_record: record.id };
            self.core.record(&mut *tx, actor, &[event]).await?;
            tx.commit().await?;
        }
        Ok((session, record))
    }
}
