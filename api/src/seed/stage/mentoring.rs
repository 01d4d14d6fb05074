//! Mentoring on the stage.

use async_trait::async_trait;
use upskill_domain::kernel::{
    EmployeeId, Fault, MentorId, MentoringGoalId, MentoringNoteId, MentoringSessionId, PairingId,
    SkillRecordId,
};
use upskill_domain::mentoring::{
    Expertise, Mentor, MentoringGoal, MentoringNote, MentoringSession, MentoringWrites, Pairing,
    PairingFeedback, Side,
};

use super::Scene;

#[async_trait]
impl MentoringWrites for Scene {
    async fn lock_mentees(&mut self, _: &[EmployeeId]) -> Result<(), Fault> {
        Ok(())
    }

    async fn lock_mentee_of(&mut self, pairing: PairingId) -> Result<Option<EmployeeId>, Fault> {
        Ok(self.read().pairings.get(&pairing).map(|pairing| pairing.mentee))
    }

    async fn lock_mentee_if_free(&mut self, pairing: PairingId) -> Result<Option<EmployeeId>, Fault> {
        self.lock_mentee_of(pairing).await
    }

    async fn lock_mentors(&mut self, ids: &[MentorId]) -> Result<Vec<Mentor>, Fault> {
        Ok(self.read().mentors.copies(ids))
    }

    async fn mentor_of(&mut self, employee: EmployeeId) -> Result<Option<Mentor>, Fault> {
        let props = self.read();
        Ok(props.mentors.all().iter().find(|mentor| mentor.employee == employee).cloned())
    }

    async fn expertise_of(&mut self, mentor: MentorId) -> Result<Expertise, Fault> {
        Ok(self.read().expertise.get(&mentor).cloned().unwrap_or_default())
    }

    async fn insert_mentor(&mut self, mentor: &Mentor) -> Result<bool, Fault> {
        if self.mentor_of(mentor.employee).await?.is_some() {
            return Ok(false);
        }
        self.write().mentors.put(mentor.id, mentor.clone());
        Ok(true)
    }

    async fn save_mentors(&mut self, mentors: &[Mentor]) -> Result<(), Fault> {
        let mut props = self.write();
        for mentor in mentors {
            props.mentors.put(mentor.id, mentor.clone());
        }
        Ok(())
    }

    async fn save_expertise(&mut self, mentor: MentorId, expertise: &Expertise) -> Result<(), Fault> {
        self.write().expertise.put(mentor, expertise.clone());
        Ok(())
    }

    async fn pairings(&mut self, ids: &[PairingId]) -> Result<Vec<Pairing>, Fault> {
        Ok(self.read().pairings.copies(ids))
    }

    async fn open_pairings(&mut self, mentees: &[EmployeeId]) -> Result<Vec<Pairing>, Fault> {
        let props = self.read();
        let open = props.pairings.all().iter().filter(|pairing| pairing.status.is_open());
        Ok(open.filter(|pairing| mentees.contains(&pairing.mentee)).cloned().collect())
    }

    async fn save_pairings(&mut self, pairings: &[Pairing]) -> Result<(), Fault> {
        let mut props = self.write();
        for pairing in pairings {
            props.pairings.put(pairing.id, pairing.clone());
        }
        Ok(())
    }

    async fn goals_of(&mut self, pairing: PairingId) -> Result<Vec<MentoringGoal>, Fault> {
        let props = self.read();
        Ok(props.goals.all().iter().filter(|goal| goal.pairing == pairing).cloned().collect())
    }

    async fn mentoring_goal(&mut self, id: MentoringGoalId) -> Result<Option<MentoringGoal>, Fault> {
        Ok(self.read().goals.get(&id).cloned())
    }

    async fn save_goal(&mut self, goal: &MentoringGoal) -> Result<(), Fault> {
        self.write().goals.put(goal.id, goal.clone());
        Ok(())
    }

    async fn sessions_of(&mut self, pairing: PairingId) -> Result<Vec<MentoringSession>, Fault> {
        let props = self.read();
        Ok(props.sessions.all().iter().filter(|session| session.pairing == pairing).cloned().collect())
    }

    async fn mentoring_session(&mut self, id: MentoringSessionId) -> Result<Option<MentoringSession>, Fault> {
        Ok(self.read().sessions.get(&id).cloned())
    }

    async fn save_session(&mut self, session: &MentoringSession) -> Result<(), Fault> {
        self.write().sessions.put(session.id, session.clone());
        Ok(())
    }

    async fn mentoring_note(&mut self, id: MentoringNoteId) -> Result<Option<MentoringNote>, Fault> {
        Ok(self.read().notes.iter().find(|note| note.id == id).cloned())
    }

    async fn count_notes(&mut self, session: MentoringSessionId) -> Result<u64, Fault> {
        let count = self.read().notes.iter().filter(|note| note.session == session).count();
        Ok(u64::try_from(count).unwrap_or(u64::MAX))
    }

    async fn insert_note(&mut self, note: &MentoringNote) -> Result<(), Fault> {
        self.write().notes.push(note.clone());
        Ok(())
    }

    async fn insert_observation(
        &mut self,
        session: MentoringSessionId,
        record: SkillRecordId,
    ) -> Result<(), Fault> {
        self.write().observations.push((session, record));
        Ok(())
    }

    async fn pairing_feedback(
        &mut self,
        pairing: PairingId,
        side: Side,
    ) -> Result<Option<PairingFeedback>, Fault> {
        Ok(self.read().pairing_feedback.get(&(pairing, side)).cloned())
    }

    async fn save_pairing_feedback(&mut self, feedback: &PairingFeedback) -> Result<(), Fault> {
        self.write().pairing_feedback.put((feedback.pairing, feedback.side), feedback.clone());
        Ok(())
    }
}
