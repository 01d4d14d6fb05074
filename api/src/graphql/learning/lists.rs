//! How the lists of learning are read.

use upskill_domain::kernel::{Direction, EnrollmentId};
use upskill_domain::learning::{EnrollmentFilter, EnrollmentOrder, WaitingFollowUps};

use super::follow_ups::FollowUp;
use super::times::LearningTime;
use super::types::Enrollment;
use crate::graphql::page::listed;

listed!(Enrollment: learning.enrollments, count_enrollments, EnrollmentFilter, by (EnrollmentOrder, Direction));
listed!(LearningTime: learning.learning_times, count_learning_times, EnrollmentId);
listed!(FollowUp: learning.waiting_follow_ups, count_waiting_follow_ups, WaitingFollowUps);
