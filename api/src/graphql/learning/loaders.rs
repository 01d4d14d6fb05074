//! Enrollments that something refers to, and what was logged in them.

use upskill_domain::kernel::{EnrollmentId, LearningTimeId};
use upskill_domain::learning::{Enrollment, LearningTime, TimeTotals};

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
