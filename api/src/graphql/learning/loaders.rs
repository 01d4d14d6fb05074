//! Enrollments that something refers to, with what was logged, shown and handed in.

use upskill_domain::kernel::{AssessmentId, CourseId, EnrollmentId, EvidenceId, FollowUpId, LearningTimeId};
use upskill_domain::learning::{
    Assessment, CourseFeedback, CourseTerms, Enrollment, Evidence, FollowUp, FollowUpStatus, LearningTime,
    TimeTotals,
};

use crate::graphql::loader::loader;

loader! {
    /// Those enrollments by id that the actor may see.
    Enrollments: EnrollmentId => one Enrollment, learning.enrollments_by_id, |enrollment| (enrollment.id, enrollment)
}

loader! {
    /// What was logged in those enrollments whose logged time the actor may see.
    Totals: EnrollmentId => one TimeTotals, learning.time_totals, |totals| totals
}

loader! {
    /// Logged time by id, as far as the actor may see it.
    Times: LearningTimeId => one LearningTime, learning.learning_times_by_id, |time| (time.id, time)
}

loader! {
    /// Attempts at the assessments of those enrollments whose scores the actor may see, in their order.
    Assessments: EnrollmentId => all Assessment, learning.assessments_by_enrollment, |attempt| (attempt.enrollment, attempt)
}

loader! {
    /// Attempts by id, as far as the actor may see them.
    AssessmentsById: AssessmentId => one Assessment, learning.assessments_by_id, |attempt| (attempt.id, attempt)
}

loader! {
    /// Evidence of those enrollments whose evidence the actor may see, in the order in which it was handed in.
    EvidenceOf: EnrollmentId => all Evidence, learning.evidence_by_enrollment, |evidence| (evidence.enrollment, evidence)
}

loader! {
    /// Evidence by id, as far as the actor may see it.
    EvidenceById: EvidenceId => one Evidence, learning.evidence_by_id, |evidence| (evidence.id, evidence)
}

loader! {
    /// What is agreed about those courses.
    Terms: CourseId => one CourseTerms, learning.terms_by_course, |terms| (terms.course, terms)
}

loader! {
    /// Follow-ups of those enrollments whose follow-ups the actor may see, in the order in which they open.
    FollowUpsOf: EnrollmentId => all (FollowUp, FollowUpStatus), learning.follow_ups_by_enrollment, |found| (found.0.enrollment, found)
}

loader! {
    /// Follow-ups by id, as far as the actor may see them.
    FollowUpsById: FollowUpId => one (FollowUp, FollowUpStatus), learning.follow_ups_by_id, |found| (found.0.id, found)
}

loader! {
    /// What was said of courses in those enrollments, as far as the actor may see it.
    Feedback: EnrollmentId => one CourseFeedback, learning.feedback_by_enrollment, |feedback| (feedback.enrollment, feedback)
}
