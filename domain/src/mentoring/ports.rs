//! How mentoring is stored.

use async_trait::async_trait;
use chrono::{DateTime, NaiveDate, Utc};

use crate::access::Scope;
use crate::kernel::{
    Direction, EmployeeId, EmployerId, EnrollmentId, Fault, LanguageTag, MentorId, MentoringGoalId,
    MentoringNoteId, MentoringSessionId, Page, PageRequest, PairingId, SkillId, SkillRecordId,
};
use crate::skills::SkillLevel;

use super::{
    Expertise, Mentor, MentorOrder, MentoringGoal, MentoringNote, MentoringSession, ObservedSkill, Pairing,
    PairingFeedback, PairingOrder, PairingStatus, PlacesBreak, Side,
};

/// Writes within one employer's transaction.
#[async_trait]
pub trait MentoringWrites: Send {
    /// Locks people against others who change whom they are paired with.
    async fn lock_mentees(&mut self, mentees: &[EmployeeId]) -> Result<(), Fault>;
    /// Locks the mentee of a pairing; who that is.
    async fn lock_mentee_of(&mut self, pairing: PairingId) -> Result<Option<EmployeeId>, Fault>;
    /// The same, unless somebody else holds them now.
    async fn lock_mentee_if_free(&mut self, pairing: PairingId) -> Result<Option<EmployeeId>, Fault>;
    /// Mentors by id, locked in the order of their ids.
    async fn lock_mentors(&mut self, ids: &[MentorId]) -> Result<Vec<Mentor>, Fault>;
    /// The profile of a person.
    async fn mentor_of(&mut self, employee: EmployeeId) -> Result<Option<Mentor>, Fault>;
    /// In what a mentor helps.
    async fn expertise_of(&mut self, mentor: MentorId) -> Result<Expertise, Fault>;
    /// Adds a mentor, unless the person is one. Whether it did.
    async fn insert_mentor(&mut self, mentor: &Mentor) -> Result<bool, Fault>;
    /// Replaces mentors.
    async fn save_mentors(&mut self, mentors: &[Mentor]) -> Result<(), Fault>;
    /// Replaces in what a mentor helps.
    async fn save_expertise(&mut self, mentor: MentorId, expertise: &Expertise) -> Result<(), Fault>;
    /// Pairings by id.
    async fn pairings(&mut self, ids: &[PairingId]) -> Result<Vec<Pairing>, Fault>;
    /// The pairings of some mentees that are not over.
    async fn open_pairings(&mut self, mentees: &[EmployeeId]) -> Result<Vec<Pairing>, Fault>;
    /// Adds or replaces pairings by id.
    async fn save_pairings(&mut self, pairings: &[Pairing]) -> Result<(), Fault>;
    /// The goals of a pairing.
    async fn goals_of(&mut self, pairing: PairingId) -> Result<Vec<MentoringGoal>, Fault>;
    /// A goal.
    async fn mentoring_goal(&mut self, id: MentoringGoalId) -> Result<Option<MentoringGoal>, Fault>;
    /// Adds or replaces a goal.
    async fn save_goal(&mut self, goal: &MentoringGoal) -> Result<(), Fault>;
    /// The sessions of a pairing.
    async fn sessions_of(&mut self, pairing: PairingId) -> Result<Vec<MentoringSession>, Fault>;
    /// A session.
    async fn mentoring_session(&mut self, id: MentoringSessionId) -> Result<Option<MentoringSession>, Fault>;
    /// Adds or replaces a session.
    async fn save_session(&mut self, session: &MentoringSession) -> Result<(), Fault>;
    /// A note.
    async fn mentoring_note(&mut self, id: MentoringNoteId) -> Result<Option<MentoringNote>, Fault>;
    /// How many notes a session has.
    async fn count_notes(&mut self, session: MentoringSessionId) -> Result<u64, Fault>;
    /// Adds a note.
    async fn insert_note(&mut self, note: &MentoringNote) -> Result<(), Fault>;
    /// Remembers in which session a skill was observed.
    async fn insert_observation(
        &mut self,
        session: MentoringSessionId,
        record: SkillRecordId,
    ) -> Result<(), Fault>;
    /// What one side said of a pairing.
    async fn pairing_feedback(
        &mut self,
        pairing: PairingId,
        side: Side,
    ) -> Result<Option<PairingFeedback>, Fault>;
    /// Adds or replaces what one side says of a pairing.
    async fn save_pairing_feedback(&mut self, feedback: &PairingFeedback) -> Result<(), Fault>;
}

/// Which mentors a reader wants. A list that is not there means "any", an empty one "none". Who has left is none.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct MentorFilter {
    /// One of these people.
    pub employees: Option<Vec<EmployeeId>>,
    /// Who help in one of these skills.
    pub skills: Option<Vec<SkillId>>,
    /// And at least up to this level.
    pub least_level: Option<SkillLevel>,
    /// Who speak one of these languages.
    pub languages: Option<Vec<LanguageTag>>,
    /// Who take somebody on, on this day.
    pub taking_on: Option<NaiveDate>,
    /// Who have a place that is free, or, if false, none.
    pub with_free_places: Option<bool>,
}

/// Which pairings a reader wants. A list that is not there means "any", an empty one "none".
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct PairingFilter {
    /// Of one of these statuses.
    pub statuses: Option<Vec<PairingStatus>>,
    /// Of one of these mentors.
    pub mentors: Option<Vec<MentorId>>,
    /// Of one of these mentees.
    pub mentees: Option<Vec<EmployeeId>>,
    /// With one of these people, on either side.
    pub people: Option<Vec<EmployeeId>>,
    /// About one of these enrollments.
    pub enrollments: Option<Vec<EnrollmentId>>,
    /// Which run and have had no session after this instant, nor been agreed after it. Interrupted ones are left out.
    pub quiet_since: Option<DateTime<Utc>>,
}

/// Reads of mentoring. Within [`crate::access::Reach::Related`] are, of pairings, the mentor, the mentee and everybody above
/// the mentee; of what belongs to a pairing, the mentor and the mentee; of feedback, whoever gave it.
#[async_trait]
pub trait MentoringReads: Send + Sync {
    /// Mentors by id.
    async fn mentors_by_id(&self, scope: Scope, ids: &[MentorId]) -> Result<Vec<Mentor>, Fault>;
    /// The profiles of people.
    async fn mentors_by_employee(&self, scope: Scope, people: &[EmployeeId]) -> Result<Vec<Mentor>, Fault>;
    /// The same page of several lists of mentors.
    async fn mentors(
        &self,
        scope: Scope,
        lists: &[MentorFilter],
        order: (MentorOrder, Direction),
        page: &PageRequest,
    ) -> Result<Vec<Page<Mentor>>, Fault>;
    /// How many mentors each list has.
    async fn count_mentors(&self, scope: Scope, lists: &[MentorFilter]) -> Result<Vec<u64>, Fault>;
    /// In what mentors help.
    async fn expertise_by_mentor(
        &self,
        scope: Scope,
        ids: &[MentorId],
    ) -> Result<Vec<(MentorId, Expertise)>, Fault>;
    /// Pairings by id.
    async fn pairings_by_id(&self, scope: Scope, ids: &[PairingId]) -> Result<Vec<Pairing>, Fault>;
    /// The same page of several lists of pairings.
    async fn pairings(
        &self,
        scope: Scope,
        lists: &[PairingFilter],
        order: (PairingOrder, Direction),
        page: &PageRequest,
    ) -> Result<Vec<Page<Pairing>>, Fault>;
    /// How many pairings each list has.
    async fn count_pairings(&self, scope: Scope, lists: &[PairingFilter]) -> Result<Vec<u64>, Fault>;
    /// Goals by id.
    async fn goals_by_id(&self, scope: Scope, ids: &[MentoringGoalId]) -> Result<Vec<MentoringGoal>, Fault>;
    /// The goals of pairings, in the order in which they were set.
    async fn goals_by_pairing(
        &self,
        scope: Scope,
        pairings: &[PairingId],
    ) -> Result<Vec<MentoringGoal>, Fault>;
    /// How many goals of pairings are open though their day is before a day.
    async fn overdue_goals(
        &self,
        scope: Scope,
        pairings: &[PairingId],
        today: NaiveDate,
    ) -> Result<Vec<(PairingId, u64)>, Fault>;
    /// Sessions by id.
    async fn sessions_by_id(
        &self,
        scope: Scope,
        ids: &[MentoringSessionId],
    ) -> Result<Vec<MentoringSession>, Fault>;
    /// The same page of the sessions of several pairings, the earliest first.
    async fn mentoring_sessions(
        &self,
        scope: Scope,
        lists: &[PairingId],
        page: &PageRequest,
    ) -> Result<Vec<Page<MentoringSession>>, Fault>;
    /// How many sessions each pairing has.
    async fn count_mentoring_sessions(&self, scope: Scope, lists: &[PairingId]) -> Result<Vec<u64>, Fault>;
    /// The notes of sessions, in the order in which they were written.
    async fn notes_by_session(
        &self,
        scope: Scope,
        sessions: &[MentoringSessionId],
    ) -> Result<Vec<MentoringNote>, Fault>;
    /// The skills that were observed in sessions.
    async fn observations_by_session(
        &self,
        scope: Scope,
        sessions: &[MentoringSessionId],
    ) -> Result<Vec<(MentoringSessionId, ObservedSkill)>, Fault>;
    /// What was said of pairings.
    async fn feedback_by_pairing(
        &self,
        scope: Scope,
        pairings: &[PairingId],
    ) -> Result<Vec<PairingFeedback>, Fault>;
    /// Pairings beyond one that are not over, though nobody accepted them before a day, or one of the two has left.
    async fn pairings_to_settle(
        &self,
        employer: EmployerId,
        today: NaiveDate,
        beyond: Option<PairingId>,
        limit: u32,
    ) -> Result<Vec<PairingId>, Fault>;
    /// The first mentor whose places are not those that their pairings take (M1).
    async fn places_break(&self, employer: EmployerId) -> Result<Option<PlacesBreak>, Fault>;
}
