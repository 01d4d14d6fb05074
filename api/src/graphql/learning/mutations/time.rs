//! Logging time.

use async_graphql::{Context, Object, SimpleObject};
use upskill_domain::learning::LogTimeRefusal;

use crate::graphql::context::RequestContext;
use crate::graphql::error::{Isolated, isolated};
use crate::graphql::learning::inputs::LogLearningTimeInput;
use crate::graphql::learning::times::LearningTime;
use crate::graphql::learning::types::Enrollment;
use crate::graphql::refusal::{answered, user_errors};

/// Mutations of logged time.
#[derive(Default)]
pub(crate) struct LearningTimeMutations;

#[Object]
impl LearningTimeMutations {
    /// Logs minutes of learning, in working time or the person's own, or takes some back with a negative number. For the
    /// person and `HR_ADMIN`.
    async fn log_learning_time(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The enrollment, the day and the minutes.")] input: LogLearningTimeInput,
    ) -> Isolated<LogLearningTimePayload> {
        isolated(async {
            let outcome = ctx.app()?.learning().log_learning_time(ctx.actor()?, input.try_into()?).await;
            let (logged, user_errors) = answered(outcome)?;
            let (enrollment, learning_time) = logged.unzip();
            Ok(Some(LogLearningTimePayload {
                enrollment: enrollment.map(Enrollment::from),
                learning_time: learning_time.map(LearningTime::from),
                user_errors,
            }))
        })
        .await
    }
}

/// What became of `logLearningTime`.
#[derive(SimpleObject)]
pub(crate) struct LogLearningTimePayload {
    /// The enrollment; null when refused.
    enrollment: Option<Enrollment>,
    /// What was logged; null when refused.
    learning_time: Option<LearningTime>,
    /// Why it was refused; empty when it was done.
    user_errors: Vec<LogLearningTimeError>,
}

user_errors! {
    /// Why time was not logged.
    LogLearningTimeError, LogLearningTimeErrorCode for LogTimeRefusal {
        /// The enrollment was not started.
        NotStarted <= LogTimeRefusal::NotStarted(_),
        /// Nothing, or more than a day.
        WrongAmount <= LogTimeRefusal::WrongAmount(_),
        /// The day is still to come.
        InFuture <= LogTimeRefusal::InFuture { .. },
        /// The day is before the enrollment was started.
        BeforeStart <= LogTimeRefusal::BeforeStart { .. },
        /// The day is after the enrollment ended.
        AfterEnd <= LogTimeRefusal::AfterEnd { .. },
        /// More would be taken back than is logged for the day.
        BelowZero <= LogTimeRefusal::BelowZero { .. },
        /// The day would hold more than a day.
        DayOverfull <= LogTimeRefusal::DayOverfull { .. },
        /// The note is empty, too long or has control characters.
        InvalidNote <= LogTimeRefusal::InvalidNote(_),
        /// The idempotency key was used with another input.
        IdempotencyKeyReused <= LogTimeRefusal::KeyReused(_),
    }
}
