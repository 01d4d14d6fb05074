//! Raising levels by what somebody has shown.

use chrono::NaiveDate;

use crate::access::Actor;
use crate::kernel::{EmployeeId, EnrollmentId, Fault, SkillId, SkillRecordId};
use crate::skills::record::days_to_raise;
use crate::skills::{SkillEvent, SkillEvidence, SkillLevel, SkillRecord, Skills};
use crate::store::UnitOfWork;

/// What somebody has shown by completing a course.
#[derive(Debug, Clone)]
pub(crate) struct ShownSkills {
    /// Who.
    pub(crate) employee: EmployeeId,
    /// In which enrollment.
    pub(crate) enrollment: EnrollmentId,
    /// By an assessment or by a certificate.
    pub(crate) evidence: SkillEvidence,
    /// On which day.
    pub(crate) on: NaiveDate,
    /// Which skills at which level.
    pub(crate) skills: Vec<(SkillId, SkillLevel)>,
}

impl Skills<'_> {
    /// Records what somebody has shown, within the transaction of whoever found it out (L2). What they have proved
    /// before at the same level or above stays as it is.
    pub(crate) async fn raise_within(
        self,
        tx: &mut dyn UnitOfWork,
        actor: &Actor,
        shown: &ShownSkills,
    ) -> Result<(), Fault> {
        if shown.skills.is_empty() {
            return Ok(());
        }
        let skills: Vec<_> = shown.skills.iter().map(|(skill, _)| *skill).collect();
        let known = tx.lock_skill_records(shown.employee, &skills).await?;
        let mut raised = Vec::new();
        for (skill, level) in &shown.skills {
            let of_skill: Vec<_> = known.iter().filter(|record| record.skill == *skill).cloned().collect();
            for from_on in days_to_raise(&of_skill, (shown.evidence, *level), shown.on) {
                raised.push(SkillRecord {
                    id: self.core.id::<SkillRecordId>(),
                    employee: shown.employee,
                    skill: *skill,
                    level: Some(*level),
                    evidence: shown.evidence,
                    from_on,
                    until_on: None,
                    enrollment: Some(shown.enrollment),
                    link: None,
                    note: None,
                    by: actor.employee(),
                    at: self.core.clock.now(),
                });
            }
        }
        tx.insert_skill_records(&raised).await?;
        let events: Vec<_> = raised.iter().map(SkillEvent::of).collect();
        self.core.record(tx, actor, &events).await
    }
}
