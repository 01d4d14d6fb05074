//! Mentors and pairings that something refers to, and what belongs to them.

use upskill_domain::kernel::{EmployeeId, MentorId, MentoringGoalId, MentoringSessionId, PairingId};
use upskill_domain::mentoring::{
    Expertise, Mentor, MentoringGoal, MentoringNote, MentoringSession, ObservedSkill, Pairing,
    PairingFeedback,
};

use crate::graphql::loader::loader;

loader! {
    /// Mentors by id.
    Mentors: MentorId => one Mentor, mentoring.mentors_by_id, |mentor| (mentor.id, mentor)
}

loader! {
    /// The profiles of people.
    Profiles: EmployeeId => one Mentor, mentoring.mentors_by_employee, |mentor| (mentor.employee, mentor)
}

loader! {
    /// In what mentors help.
    Expertises: MentorId => one Expertise, mentoring.expertise_by_mentor, |expertise| expertise
}

loader! {
    /// Those pairings by id that the actor may see.
    Pairings: PairingId => one Pairing, mentoring.pairings_by_id, |pairing| (pairing.id, pairing)
}

loader! {
    /// How many goals of those pairings are overdue that the actor may see.
    OverdueGoals: PairingId => one u64, mentoring.overdue_goals, |overdue| overdue
}

loader! {
    /// Goals by id, as far as the actor may see them.
    Goals: MentoringGoalId => one MentoringGoal, mentoring.goals_by_id, |goal| (goal.id, goal)
}

loader! {
    /// Goals of those pairings whose goals the actor may see, in the order in which they were set.
    GoalsOf: PairingId => all MentoringGoal, mentoring.goals_by_pairing, |goal| (goal.pairing, goal)
}

loader! {
    /// Sessions by id, as far as the actor may see them.
    Sessions: MentoringSessionId => one MentoringSession, mentoring.sessions_by_id, |session| (session.id, session)
}

loader! {
    /// Notes of those sessions whose notes the actor may read, in the order in which they were written.
    NotesOf: MentoringSessionId => all MentoringNote, mentoring.notes_by_session, |note| (note.session, note)
}

loader! {
    /// The skills that were observed in those sessions that the actor may see.
    ObservedIn: MentoringSessionId => all ObservedSkill, mentoring.observations_by_session, |observed| observed
}

loader! {
    /// What was said of pairings, as far as the actor may see it: the mentee's first.
    FeedbackOf: PairingId => all PairingFeedback, mentoring.feedback_by_pairing, |feedback| (feedback.pairing, feedback)
}
