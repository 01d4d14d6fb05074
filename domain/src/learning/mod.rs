//! Learning: who takes which course, how far they are, and how much time it took them.
//!
//! States of an enrollment: PLANNED -> ACTIVE -> `IN_ASSESSMENT` -> COMPLETED | FAILED. It is PAUSED from ACTIVE or
//! `IN_ASSESSMENT` and goes on where it stood; it ends early as WITHDRAWN by the person, or as EXPIRED. What has ended stays
//! as it is.
//!
//! What is learned is frozen when somebody enrolls, like the offer of a funding request: courses change, history does not.
//! Enrolling with an approved request books the place: the reserved money is committed in the same transaction.
//!
//! * L1: completing takes a passed assessment or accepted evidence, never the passing of time. The milestones ASSESSMENT
//!   and CERTIFICATE are reached by results.
//! * L2: completing settles the money that is committed for the enrollment, raises the skills that the course teaches, and
//!   schedules the follow-ups, in the same transaction: the learner, their manager and whoever mentors them in
//!   it are asked after 30, 60 and 90 days whether it is applied.
//! * L4: who gives up gets back of the price what the terms say under which they enrolled: it is released, or refunded
//!   where it was paid.
//! * L3: saving something twice, or late, never resets anything: a milestone keeps the instant at which it was reached first.
//! * Completions that other systems tell of are taken once per system and external id: the same again changes nothing, and
//!   another one under the same id is refused.
//! * A person has one running enrollment in a course, and a request funds one enrollment.
//! * Logged time is append-only: a mistake is corrected by a negative amount, and no day holds less than nothing or more
//!   than a day. How much somebody learns when, their scores and attempts are for them and HR; managers see how far they
//!   are, and whether they passed.
//!
//! Locks: the course where completions are told of, the enrollment, then the request that funds it, then the budget; a follow-up alone.

mod assessment;
mod commands;
mod completion;
mod ending;
mod enrollment;
mod event;
mod evidence;
mod feedback;
mod follow_up;
mod milestone;
mod ports;
mod queries;
mod taken_course;
mod terms;
mod time;

pub use assessment::{Assessment, AssessmentOutcome, RecordAssessmentRefusal};
pub use commands::{
    AnswerFollowUp, ChangeEnrollment, CompleteEnrollment, CompletionReport, CompletionResult, Enroll,
    EnrollIn, GiveCourseFeedback, ImportCompletions, Learning, LogLearningTime, ReachMilestone,
    RecordAssessment, SetCourseTerms, SubmitEvidence, VerifyEvidence, WithdrawEnrollment,
};
pub use completion::{
    CompletionColumn, CompletionLine, CompletionRowProblem, ImportCompletionsRefusal, KnownCompletion,
};
pub use ending::{CompleteEnrollmentRefusal, ExpiredEnrollments, FailEnrollmentRefusal};
pub use enrollment::{
    EnrollRefusal, Enrollment, EnrollmentOrder, EnrollmentStatus, PauseRefusal, ResumeRefusal, StartRefusal,
    SubmitForAssessmentRefusal, WithdrawEnrollmentRefusal, WithdrawalReason,
};
pub use event::LearningEvent;
pub use evidence::{
    Evidence, EvidenceKind, EvidencePlace, EvidenceStatus, EvidenceVerdict, SubmitEvidenceRefusal, Verifier,
    VerifyEvidenceRefusal,
};
pub use feedback::{CourseFeedback, GiveFeedbackRefusal};
pub use follow_up::{
    AnswerFollowUpRefusal, Application, FollowUp, FollowUpAnswer, FollowUpStatus, Obstacle, Respondent,
    ToldFollowUps,
};
pub use milestone::{Milestone, MilestoneKind, NamedMilestone, ReachMilestoneRefusal};
pub use ports::{EnrollmentFilter, LearningReads, LearningWrites, WaitingFollowUps};
pub use taken_course::TakenCourse;
pub use terms::{CourseTerms, RefundStep, SetCourseTermsRefusal};
pub use time::{LearningTime, LogTimeRefusal, TimeKind, TimeTotals};
