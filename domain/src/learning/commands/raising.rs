//! What a completed course says of its learner's skills.

use chrono::NaiveDate;

use crate::access::Actor;
use crate::kernel::Fault;
use crate::learning::{Enrollment, Learning};
use crate::skills::{ShownSkills, SkillEvidence, Skills};
use crate::store::UnitOfWork;

impl Learning<'_> {
    /// Raises the skills that a course of the catalog teaches at a level, as it stands now (L2). A course that says no
    /// level proves none.
    pub(super) async fn raise_skills(
        self,
        tx: &mut dyn UnitOfWork,
        actor: &Actor,
        enrollment: &Enrollment,
        completed_on: NaiveDate,
    ) -> Result<(), Fault> {
        let syllabi = tx.syllabi(enrollment.taken.course.as_slice()).await?;
        let taught = syllabi.into_iter().flat_map(|(_, syllabus)| syllabus.skills);
        let skills = taught.filter_map(|taught| Some((taught.skill, taught.level?))).collect();
        let evidence =
            if enrollment.is_passed() { SkillEvidence::Assessed } else { SkillEvidence::Credential };
        let Enrollment { id, employee, .. } = *enrollment;
        let shown = ShownSkills { employee, enrollment: id, evidence, on: completed_on, skills };
        Skills::new(self.core).raise_within(tx, actor, &shown).await
    }
}
