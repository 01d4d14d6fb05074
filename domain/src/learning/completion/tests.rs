//! Completions from the text to the enrollment.

use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::kernel::TypedId;
use crate::learning::enrollment::fixture::{active, at, day, part, planned};

fn line() -> CompletionLine {
    let cell = |text: &str| Some(text.to_owned());
    CompletionLine {
        line: 2,
        external_id: cell(" lms-7 "),
        employee: cell("E1"),
        course: cell("C-1"),
        completed_on: cell("2026-03-05"),
        ..CompletionLine::default()
    }
}

fn told() -> ToldCompletion {
    line().told().unwrap_or_else(|problem| panic!("{problem}"))
}

/// A row with one of its cells changed.
fn with(change: impl FnOnce(&mut CompletionLine)) -> CompletionLine {
    let mut line = line();
    change(&mut line);
    line
}

#[test]
fn a_row_is_read() {
    let expected = ToldCompletion {
        external_id: "lms-7".to_owned(),
        employee: "E1".to_owned(),
        course: "C-1".to_owned(),
        started_on: None,
        completed_on: day("2026-03-05"),
        score: None,
        certificate: None,
    };
    assert_eq!(line().told(), Ok(expected));
    for (text, points) in [("0", 0), ("87.5", 8_750), ("99.99", 9_999), ("100", 10_000), ("100.0", 10_000)] {
        assert_eq!(
            with(|row| row.score = Some(text.to_owned())).told().map(|told| told.score),
            Ok(Some(points))
        );
    }
}

#[test]
fn what_cannot_be_read_is_told() {
    for (line, problem) in [
        (with(|row| row.employee = Some(" ".to_owned())), CompletionRowProblem::Missing("employee")),
        (with(|row| row.completed_on = None), CompletionRowProblem::Missing("completed_on")),
        (
            with(|row| row.started_on = Some("yesterday".to_owned())),
            CompletionRowProblem::Day { column: "started_on", value: "yesterday".to_owned() },
        ),
        (with(|row| row.score = Some("101".to_owned())), CompletionRowProblem::Score("101".to_owned())),
        (with(|row| row.score = Some("87,5".to_owned())), CompletionRowProblem::Score("87,5".to_owned())),
        (with(|row| row.score = Some("-1".to_owned())), CompletionRowProblem::Score("-1".to_owned())),
    ] {
        assert_eq!(line.told(), Err(problem));
    }
    let script = with(|row| row.certificate_url = Some("javascript:x".to_owned())).told();
    assert!(matches!(script, Err(CompletionRowProblem::CertificateUrl(_))));
}

#[test]
fn a_report_completes_whatever_is_live_and_resets_nothing() {
    let span = Span { started: at(10), ended: at(20) };
    let mut paused = active();
    assert_eq!(paused.reach(&part(MilestoneKind::SelfStudy), at(5)), Ok(true));
    paused.mark(MilestoneKind::Assessment, at(6));
    assert_eq!(paused.pause(at(7)), Ok(()));
    for mut enrollment in [planned(), active(), paused] {
        let before = enrollment.clone();
        enrollment.complete_by_report(&told(), span);
        assert_eq!(enrollment.status, EnrollmentStatus::Completed);
        assert_eq!((enrollment.resumes_as, enrollment.paused_at), (None, None));
        assert_eq!(enrollment.started_at, Some(before.started_at.unwrap_or(at(10))));
        assert_eq!(enrollment.ended_at, Some(at(20)));
        assert!(enrollment.is_passed());
        let kept = before.milestones.iter().zip(&enrollment.milestones);
        assert!(kept.into_iter().all(|(was, is)| was.reached_at.is_none() || was == is));
    }
    // Somebody who pressed "start" here after they had completed there did not end before they began.
    let mut late = active();
    late.complete_by_report(&told(), Span { started: at(-9), ended: at(-5) });
    assert_eq!((late.started_at, late.ended_at), (Some(at(1)), Some(at(1))));
}

#[test]
fn a_certificate_shows_it_and_a_score_as_well() {
    let certificate = with(|row| row.certificate_url = Some("https://example.org/7".to_owned()));
    let mut both = certificate.clone();
    both.score = Some("90".to_owned());
    for (line, assessed, certified) in [(line(), true, false), (certificate, false, true), (both, true, true)]
    {
        let told = line.told().unwrap_or_else(|problem| panic!("{problem}"));
        let mut enrollment = active();
        enrollment.complete_by_report(&told, Span { started: at(1), ended: at(2) });
        let reached = |kind| enrollment.has_reached(kind);
        assert_eq!(
            (reached(MilestoneKind::Assessment), reached(MilestoneKind::Certificate)),
            (assessed, certified)
        );
    }
}

#[test]
fn what_nobody_knew_is_there_from_its_first_day_on() {
    let (id, employee) = (Uuid::from_u128(8), Uuid::from_u128(9));
    let who = (EnrollmentId::from_uuid(id), EmployeeId::from_uuid(employee));
    let span = Span { started: at(3), ended: at(4) };
    let mut enrollment = Enrollment::of_the_past(who, planned().taken, (day("2026-03-01"), span));
    enrollment.complete_by_report(&told(), span);
    assert_eq!((enrollment.enrolled_at, enrollment.started_at), (at(3), Some(at(3))));
    assert_eq!((enrollment.ended_at, enrollment.version), (Some(at(4)), 2));
}

proptest! {
    /// Any text is read or refused; what is read lies within the full score.
    #[test]
    fn any_score_is_read_or_refused(text in "[-0-9., %]{0,8}") {
        if let Ok(told) = (CompletionLine { score: Some(text), ..line() }).told() {
            prop_assert!(told.score.is_none_or(|points| (0..=10_000).contains(&points)));
        }
    }
}
