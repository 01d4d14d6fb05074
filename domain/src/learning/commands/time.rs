//! Logging time.

use chrono::NaiveDate;
use serde::Serialize;

use crate::access::{Action, Actor};
use crate::app::Keyed;
use crate::journal::IdempotencyKey;
use crate::kernel::{EnrollmentId, Failure, Fault, LearningTimeId, Text};
use crate::learning::time::LoggedOn;
use crate::learning::{Enrollment, Learning, LearningEvent, LearningTime, LogTimeRefusal, TimeKind};

/// Some minutes of learning to log, or to take back.
#[derive(Debug, Clone, Serialize)]
pub struct LogLearningTime {
    /// Makes a retry safe.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// In which enrollment.
    pub id: EnrollmentId,
    /// On which day.
    pub day: NaiveDate,
    /// How many minutes; below 0 to take some back.
    pub minutes: i32,
    /// Whose time it was.
    pub kind: TimeKind,
    /// What was done.
    pub note: Option<String>,
}

impl Learning<'_> {
    /// Logs time, or corrects what was logged. The enrollment itself does not change by that.
    pub async fn log_learning_time(
        self,
        actor: &Actor,
        command: LogLearningTime,
    ) -> Result<(Enrollment, LearningTime), Failure<LogTimeRefusal>> {
        let id = self.core.id::<LearningTimeId>();
        let mut tx = self.core.store.begin(actor.employer).await?;
        let keyed = Keyed { key: command.key.as_ref(), command: "logLearningTime", input: &command };
        let earlier = self.core.claim::<_, LogTimeRefusal>(&mut *tx, actor, keyed, id).await?;
        let enrollment = self.open(&mut *tx, actor, Action::ManageEnrollments, command.id).await?;
        if let Some(earlier) = earlier {
            let time = tx.learning_time(earlier).await?.ok_or_else(|| Fault::not_found(earlier))?;
            return Ok((enrollment, time));
        }
        let note = Text::optional(command.note.as_deref(), Text::note);
        let note = note.map_err(LogTimeRefusal::InvalidNote)?;
        let LogLearningTime { day, minutes, kind, .. } = command;
        let employer = tx.employer().await?;
        let at = self.core.clock.now();
        let today = employer.day_of(at);
        let on_day = |instant| employer.day_of(instant);
        let span = (enrollment.started_at.map(on_day), enrollment.ended_at.map(on_day));
        let logged = tx.time_on(enrollment.id, day).await?;
        enrollment.check_time(LoggedOn { day, today, span }, (minutes, kind), logged)?;
        let by = actor.employee();
        let time = LearningTime { id, enrollment: enrollment.id, day, minutes, kind, note, by, at };
        tx.append_learning_times(std::slice::from_ref(&time)).await?;
        let (enrollment_id, employee) = (enrollment.id, enrollment.employee);
        let event = LearningEvent::TimeLogged { enrollment: enrollment_id, employee, learning_time: id };
        self.core.record(&mut *tx, actor, &[event]).await?;
        tx.commit().await?;
        Ok((enrollment, time))
    }
}
