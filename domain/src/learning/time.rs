//! How much time somebody spent learning.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::journal::Reused;
use crate::kernel::{EmployeeId, EnrollmentId, LearningTimeId, Refusal, TextError};

use super::{Enrollment, EnrollmentStatus};

/// Some minutes of learning on a day, or a correction of what was logged before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LearningTime {
    /// Its id.
    pub id: LearningTimeId,
    /// In which enrollment.
    pub enrollment: EnrollmentId,
    /// On which day.
    pub day: NaiveDate,
    /// How many minutes; below 0 it takes some back.
    pub minutes: i32,
    /// Whose time it was.
    pub kind: TimeKind,
    /// What was done, in the learner's words.
    pub note: Option<String>,
    /// Who logged it, when it was a person.
    pub by: Option<EmployeeId>,
    /// When it was logged.
    pub at: DateTime<Utc>,
}

/// Whose time somebody learned in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum TimeKind {
    /// The employer's: paid working time.
    Working,
    /// The person's own.
    Own,
}

impl TimeKind {
    /// Every kind.
    pub const ALL: [Self; 2] = [Self::Working, Self::Own];

    /// The name in the schema and the database.
    pub fn name(self) -> &'static str {
        match self {
            Self::Working => "WORKING",
            Self::Own => "OWN",
        }
    }

    /// The kind with this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// What was logged, in minutes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct TimeTotals {
    /// In working time.
    pub working: i64,
    /// In the person's own time.
    pub own: i64,
}

impl TimeTotals {
    /// What was logged of one kind.
    pub fn of(self, kind: TimeKind) -> i64 {
        match kind {
            TimeKind::Working => self.working,
            TimeKind::Own => self.own,
        }
    }
}

/// Why time was not logged.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[expect(missing_docs, reason = "the message says what each field is")]
pub enum LogTimeRefusal {
    /// Nobody has started to learn.
    #[error("the enrollment is {}; time is logged once it was started", .0.name())]
    NotStarted(EnrollmentStatus),
    /// Nothing, or more than a day.
    #[error("{0} minutes cannot be logged; give 1 to {MOST} minutes, or as many below 0 to take some back")]
    WrongAmount(i32),
    /// A day to come.
    #[error("{given} is still to come; today is {today}")]
    InFuture { given: NaiveDate, today: NaiveDate },
    /// A day before the course.
    #[error("the enrollment was started on {started}; time before that day is not part of it")]
    BeforeStart { started: NaiveDate },
    /// A day after the course.
    #[error("the enrollment ended on {ended}; time after that day is not part of it")]
    AfterEnd { ended: NaiveDate },
    /// More would be taken back than was logged.
    #[error("only {logged} minutes of {} time are logged for {day}, so {taken} cannot be taken back", kind.name())]
    BelowZero { kind: TimeKind, day: NaiveDate, logged: i64, taken: i64 },
    /// More would be logged than a day has.
    #[error(
        "{logged} minutes are logged for {day} already; with {given} more it would be above the {MOST} of a day"
    )]
    DayOverfull { day: NaiveDate, logged: i64, given: i64 },
    /// The note cannot be taken.
    #[error("the note {0}")]
    InvalidNote(TextError),
    /// The key belongs to another request.
    #[error(transparent)]
    KeyReused(#[from] Reused),
}

impl Refusal for LogTimeRefusal {
    fn field(&self) -> &'static [&'static str] {
        match self {
            Self::NotStarted(_) => &["input", "id"],
            Self::InFuture { .. } | Self::BeforeStart { .. } | Self::AfterEnd { .. } => &["input", "day"],
            Self::WrongAmount(_) | Self::BelowZero { .. } | Self::DayOverfull { .. } => &["input", "minutes"],
            Self::InvalidNote(_) => &["input", "note"],
            Self::KeyReused(_) => &["input", "idempotencyKey"],
        }
    }
}

/// The minutes of a day.
const MOST: i32 = 1_440;

/// The days on which something is logged: when it was done, and which day it is.
#[derive(Debug, Clone, Copy)]
pub(super) struct LoggedOn {
    /// The day of the learning.
    pub day: NaiveDate,
    /// The day it is at the employer.
    pub today: NaiveDate,
    /// The day on which the enrollment was started, and the one on which it ended.
    pub span: (Option<NaiveDate>, Option<NaiveDate>),
}

impl Enrollment {
    /// Whether some minutes may be logged for a day, of which so many are logged already.
    pub(super) fn check_time(
        &self,
        on: LoggedOn,
        (minutes, kind): (i32, TimeKind),
        logged: TimeTotals,
    ) -> Result<(), LogTimeRefusal> {
        let LoggedOn { day, today, span: (started, ended) } = on;
        let started = started.ok_or(LogTimeRefusal::NotStarted(self.status))?;
        if minutes == 0 || !(-MOST..=MOST).contains(&minutes) {
            return Err(LogTimeRefusal::WrongAmount(minutes));
        }
        if day > today {
            return Err(LogTimeRefusal::InFuture { given: day, today });
        }
        if day < started {
            return Err(LogTimeRefusal::BeforeStart { started });
        }
        if let Some(ended) = ended.filter(|ended| day > *ended) {
            return Err(LogTimeRefusal::AfterEnd { ended });
        }
        let (given, of_kind) = (i64::from(minutes), logged.of(kind));
        if of_kind.saturating_add(given) < 0 {
            let taken = given.saturating_neg();
            return Err(LogTimeRefusal::BelowZero { kind, day, logged: of_kind, taken });
        }
        let logged = logged.working.saturating_add(logged.own);
        if logged.saturating_add(given) > i64::from(MOST) {
            return Err(LogTimeRefusal::DayOverfull { day, logged, given });
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::learning::enrollment::fixture::{active, day, planned};
    use proptest::prelude::*;

    fn on(learned: NaiveDate) -> LoggedOn {
        LoggedOn { day: learned, today: day("2026-03-10"), span: (Some(day("2026-03-02")), None) }
    }

    #[test]
    fn names_read_back() {
        assert!(TimeKind::ALL.into_iter().all(|kind| TimeKind::named(kind.name()) == Some(kind)));
    }

    #[test]
    fn time_is_logged_between_the_start_and_the_end() {
        let check = |on, minutes| active().check_time(on, (minutes, TimeKind::Own), TimeTotals::default());
        let [before, first, last, after] =
            ["2026-03-01", "2026-03-02", "2026-03-10", "2026-03-11"].map(|text| on(day(text)));
        assert_eq!(check(first, 1_440), Ok(()));
        assert_eq!(check(last, 1), Ok(()));
        assert_eq!(check(before, 1), Err(LogTimeRefusal::BeforeStart { started: first.day }));
        assert_eq!(check(after, 1), Err(LogTimeRefusal::InFuture { given: after.day, today: last.day }));
        let ended = LoggedOn { span: (Some(first.day), Some(first.day)), ..last };
        assert_eq!(check(ended, 1), Err(LogTimeRefusal::AfterEnd { ended: first.day }));
        for minutes in [0, 1_441, -1_441, i32::MIN] {
            assert_eq!(check(first, minutes), Err(LogTimeRefusal::WrongAmount(minutes)));
        }
        let waiting = LoggedOn { span: (None, None), ..first };
        let refused = planned().check_time(waiting, (1, TimeKind::Own), TimeTotals::default());
        assert_eq!(refused, Err(LogTimeRefusal::NotStarted(EnrollmentStatus::Planned)));
    }

    proptest! {
        /// Whatever is logged and taken back, a day holds between nothing and a day, of either kind.
        #[test]
        fn a_day_holds_no_more_than_a_day(
            entries in proptest::collection::vec((-2_000_i32..2_000, any::<bool>()), 0..40),
        ) {
            let (enrollment, mut logged) = (active(), TimeTotals::default());
            for (minutes, own) in entries {
                let kind = if own { TimeKind::Own } else { TimeKind::Working };
                if enrollment.check_time(on(day("2026-03-05")), (minutes, kind), logged).is_ok() {
                    match kind {
                        TimeKind::Working => logged.working += i64::from(minutes),
                        TimeKind::Own => logged.own += i64::from(minutes),
                    }
                }
                prop_assert!(logged.working >= 0 && logged.own >= 0 && logged.working + logged.own <= 1_440);
            }
        }
    }
}
