//! Enrollments on every path.

use proptest::prelude::*;

use super::fixture::{active, at, day, part, place, planned};
use super::*;
use crate::learning::ReachMilestoneRefusal;

#[test]
fn names_read_back() {
    let mut all = EnrollmentStatus::ALL.into_iter();
    assert!(all.all(|status| EnrollmentStatus::named(status.name()) == Some(status)));
    let mut all = WithdrawalReason::ALL.into_iter();
    assert!(all.all(|reason| WithdrawalReason::named(reason.name()) == Some(reason)));
}

#[test]
fn a_course_does_not_end_before_it_starts() {
    let days = (day("2026-03-02"), day("2026-03-01"));
    let refused = EnrollRefusal::EndsBeforeStart { starts_on: days.0, ends_on: days.1 };
    assert_eq!(Enrollment::planned(place(Some("2026-03-01")), at(0)), Err(refused));
    let one_day = Enrollment::planned(place(Some("2026-03-02")), at(0));
    assert_eq!(one_day.map(|enrollment| enrollment.ends_on), Ok(Some(days.0)));
}

#[test]
fn nobody_starts_before_the_first_day() {
    let mut enrollment = planned();
    let (starts_on, today) = (day("2026-03-02"), day("2026-03-01"));
    assert_eq!(enrollment.start(today, at(1)), Err(StartRefusal::TooEarly { starts_on, today }));
    assert_eq!(enrollment, planned());
}

#[test]
fn l1_what_takes_a_result_is_not_reached_by_saying_so() {
    for kind in [MilestoneKind::Assessment, MilestoneKind::Certificate] {
        assert_eq!(active().reach(&part(kind), at(2)), Err(ReachMilestoneRefusal::TakesResult(kind)));
    }
    let not_running = ReachMilestoneRefusal::NotRunning(EnrollmentStatus::Planned);
    assert_eq!(planned().reach(&part(MilestoneKind::Tasks), at(2)), Err(not_running));
}

#[test]
fn l3_a_milestone_keeps_the_instant_at_which_it_was_reached_first() {
    let mut enrollment = active();
    assert_eq!(enrollment.reach(&part(MilestoneKind::SelfStudy), at(2)), Ok(true));
    let reached = enrollment.clone();
    assert_eq!(enrollment.reach(&part(MilestoneKind::SelfStudy), at(9)), Ok(false));
    assert_eq!(enrollment, reached);
    assert_eq!(reached.milestones.first().map(|part| part.reached_at), Some(Some(at(2))));
    // Nor is it an error to say it once more when everything is over.
    assert_eq!(enrollment.withdraw(WithdrawalReason::NoTime, at(10)), Ok(()));
    assert_eq!(enrollment.reach(&part(MilestoneKind::SelfStudy), at(11)), Ok(false));
}

#[test]
fn a_pause_goes_on_where_it_stood() {
    let mut enrollment = active();
    assert_eq!(enrollment.submit_for_assessment(at(2)), Ok(()));
    assert_eq!(enrollment.pause(at(3)), Ok(()));
    assert_eq!(enrollment.pause(at(4)), Err(PauseRefusal::NotRunning(EnrollmentStatus::Paused)));
    assert_eq!(enrollment.resume(), Ok(()));
    assert_eq!(enrollment.status, EnrollmentStatus::InAssessment);
    assert_eq!(enrollment.resume(), Err(ResumeRefusal::NotPaused(EnrollmentStatus::InAssessment)));
}

/// One step of somebody, allowed or not; whether it was taken.
fn step(enrollment: &mut Enrollment, step: u8, second: i64) -> bool {
    let at = at(second);
    match step {
        0 => enrollment.start(day("2026-03-02"), at).is_ok(),
        1 => enrollment.submit_for_assessment(at).is_ok(),
        2 => enrollment.pause(at).is_ok(),
        3 => enrollment.resume().is_ok(),
        4 => enrollment.reach(&part(MilestoneKind::SelfStudy), at).is_ok_and(|news| news),
        5 => enrollment.reach(&part(MilestoneKind::Tasks), at).is_ok_and(|news| news),
        _ => enrollment.withdraw(WithdrawalReason::Other, at).is_ok(),
    }
}

proptest! {
    /// On any path: a step that is not taken changes nothing, one that is counts; what has ended stays; the instants and
    /// the status agree; no milestone is lost or moved; nothing completes by itself (L1).
    #[test]
    fn the_instants_tell_the_status(steps in proptest::collection::vec(0_u8..7, 0..24)) {
        let mut enrollment = planned();
        for (which, second) in steps.into_iter().zip(1..) {
            let before = enrollment.clone();
            let taken = step(&mut enrollment, which, second);
            prop_assert!(taken || enrollment == before);
            prop_assert_eq!(enrollment.version, before.version + i32::from(taken));
            prop_assert!(!taken || before.status.is_live());
            let Enrollment { status, resumes_as, paused_at, ended_at, withdrawn_for, .. } = &enrollment;
            let paused = *status == EnrollmentStatus::Paused;
            prop_assert_eq!((resumes_as.is_some(), paused_at.is_some()), (paused, paused));
            prop_assert_eq!(ended_at.is_some(), !status.is_live());
            prop_assert_eq!(withdrawn_for.is_some(), *status == EnrollmentStatus::Withdrawn);
            prop_assert!(enrollment.started_at.is_some() || !status.is_running());
            prop_assert!(!matches!(status, EnrollmentStatus::Completed | EnrollmentStatus::Failed));
            let kept = before.milestones.iter().zip(&enrollment.milestones);
            prop_assert!(kept.into_iter().all(|(was, is)| was.reached_at.is_none() || was == is));
        }
    }
}
