//! What people learn with what was granted: places taken, time logged, results, completions, and what they say of it.

use anyhow::Context as _;
use chrono::{DateTime, TimeDelta, Utc};
use upskill_domain::kernel::{Clock as _, EnrollmentId, FundingRequestId};
use upskill_domain::learning::{
    AssessmentOutcome, ChangeEnrollment, CompleteEnrollment, Enroll, EnrollIn, GiveCourseFeedback,
    LogLearningTime, RecordAssessment, TimeKind, WithdrawEnrollment, WithdrawalReason,
};

use super::teller::{Teller, done};
use super::time::on_a_working_day;

/// When somebody whose place was booked begins.
pub(super) fn begins(booked: DateTime<Utc>) -> DateTime<Utc> {
    booked + TimeDelta::minutes(30)
}

/// When they are through with a course that was paid.
pub(super) fn ends(paid: DateTime<Utc>) -> DateTime<Utc> {
    on_a_working_day(paid + TimeDelta::days(7))
}

/// How a course ends. It follows from the number of the wish, so that no other chance of the story moves.
enum End {
    GivenUp,
    Failed,
    Passed,
}

fn end(number: usize) -> End {
    match number % 12 {
        3 => End::GivenUp,
        7 => End::Failed,
        _ => End::Passed,
    }
}

/// Somebody takes the place that was booked, and begins.
pub(super) async fn enroll(
    teller: &Teller,
    person: usize,
    request: FundingRequestId,
) -> anyhow::Result<EnrollmentId> {
    let (learning, actor) = (teller.app.learning(), teller.actor(person));
    let command = Enroll {
        key: None,
        employee: None,
        what: EnrollIn::Request(request),
        program: None,
        starts_on: teller.clock.now().date_naive(),
        ends_on: None,
    };
    let id = done("enroll somebody", learning.enroll(&actor, command).await)?.id;
    let asked = ChangeEnrollment { id, expected_version: None };
    done("start an enrollment", learning.start_enrollment(&actor, asked).await)?;
    Ok(id)
}

/// Somebody gets to the end of a course, one way or another.
pub(super) async fn finish(
    teller: &Teller,
    (number, person): (usize, usize),
    id: EnrollmentId,
) -> anyhow::Result<()> {
    let (learning, actor) = (teller.app.learning(), teller.actor(person));
    let asked = ChangeEnrollment { id, expected_version: None };
    log(teller, (number, person), id).await?;
    match end(number) {
        End::GivenUp => {
            let command = WithdrawEnrollment { asked, reason: WithdrawalReason::NoTime };
            done("give a course up", learning.withdraw_enrollment(&actor, command).await)?;
            return Ok(());
        }
        End::Failed => {
            assess(teller, (id, AssessmentOutcome::Failed), 4_000).await?;
            done("fail a course", learning.fail_enrollment(&teller.hr, asked).await)?;
        }
        End::Passed => {
            let score = 6_000 + i32::try_from(number % 40).context("a share of the score")? * 100;
            assess(teller, (id, AssessmentOutcome::Passed), score).await?;
            let command = CompleteEnrollment {
                key: None,
                id,
                price: None,
                invoice_number: None,
                proof: None,
                expected_version: None,
            };
            done("complete a course", learning.complete_enrollment(&teller.hr, command).await)?;
        }
    }
    if number % 3 == 0 {
        let rating = 2 + i32::try_from(number % 4).context("a rating")?;
        let command = GiveCourseFeedback { id, rating, recommended: rating > 3, comment: None };
        done("say something of a course", learning.give_feedback(&actor, command).await)?;
    }
    Ok(())
}

/// The last day's work: some of it in working time, some not.
async fn log(teller: &Teller, (number, person): (usize, usize), id: EnrollmentId) -> anyhow::Result<()> {
    let kind = if number % 4 == 1 { TimeKind::Own } else { TimeKind::Working };
    let minutes = 60 + i32::try_from(number % 5).context("some minutes")? * 30;
    let day = teller.clock.now().date_naive();
    let command = LogLearningTime { key: None, id, day, minutes, kind, note: None };
    let outcome = teller.app.learning().log_learning_time(&teller.actor(person), command).await;
    done("log time", outcome).map(|_| ())
}

async fn assess(
    teller: &Teller,
    (id, outcome): (EnrollmentId, AssessmentOutcome),
    score: i32,
) -> anyhow::Result<()> {
    let assessed_on = teller.clock.now().date_naive();
    let command = RecordAssessment { key: None, id, outcome, score: Some(score), assessed_on };
    let outcome = teller.app.learning().record_assessment(&teller.hr, command).await;
    done("record a result", outcome).map(|_| ())
}
