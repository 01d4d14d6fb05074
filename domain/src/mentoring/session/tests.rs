use chrono::NaiveDate;
use uuid::Uuid;

use super::*;
use crate::kernel::{MentorId, TextError, TypedId};
use crate::mentoring::{HealthSignal, PairingHealth};

fn at(second: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(second, 0).unwrap_or_default()
}

/// Agreed at 100 seconds.
fn pairing() -> Pairing {
    Pairing {
        id: PairingId::from_uuid(Uuid::from_u128(1)),
        mentor: MentorId::from_uuid(Uuid::from_u128(2)),
        mentored_by: EmployeeId::from_uuid(Uuid::from_u128(3)),
        mentee: EmployeeId::from_uuid(Uuid::from_u128(4)),
        enrollment: None,
        replaces: None,
        status: PairingStatus::Accepted,
        proposed_by: None,
        proposed_at: at(0),
        answer_by: NaiveDate::MAX,
        message: None,
        mentor_agreed_at: Some(at(50)),
        mentee_agreed_at: Some(at(100)),
        started_at: None,
        paused_at: None,
        ended_at: None,
        declined_for: None,
        ended_for: None,
        closing_note: None,
        sessions: 0,
        minutes: 0,
        last_session_at: None,
    }
}

fn goal(number: u128) -> MentoringGoalId {
    MentoringGoalId::from_uuid(Uuid::from_u128(number))
}

fn told(second: i64, minutes: i32) -> ToldSession {
    let (topics, goals) = (vec!["  reviews ".to_owned()], vec![goal(2), goal(1), goal(2)]);
    ToldSession { starts_at: at(second), minutes, attendance: Attendance::Both, topics, goals }
}

fn checked(pairing: &Pairing, told: ToldSession) -> Result<ToldSession, SessionRefusal> {
    told.checked(pairing, &[goal(1), goal(2)], at(10_000))
}

fn session(number: u128, told: ToldSession) -> MentoringSession {
    let id = MentoringSessionId::from_uuid(Uuid::from_u128(number));
    MentoringSession::recorded((id, pairing().id), told, (None, at(10_000)))
}

#[test]
fn m5_sessions_have_happened_and_last_a_minute_to_a_working_day() {
    let fine = checked(&pairing(), told(100, 480)).unwrap();
    assert_eq!((fine.topics, fine.goals), (vec!["reviews".to_owned()], vec![goal(1), goal(2)]));
    for minutes in [0, -1, 481] {
        let refused = checked(&pairing(), told(100, minutes));
        assert_eq!(refused, Err(SessionRefusal::WrongLength(minutes)));
    }
    let future = SessionRefusal::InFuture { starts_at: at(10_001), now: at(10_000) };
    assert_eq!(checked(&pairing(), told(10_001, 30)), Err(future));
    let before = SessionRefusal::BeforeAgreed { starts_at: at(99), agreed_at: at(100) };
    assert_eq!(checked(&pairing(), told(99, 30)), Err(before));
    let ended = Pairing { status: PairingStatus::Ended, ended_at: Some(at(500)), ..pairing() };
    assert!(checked(&ended, told(500, 30)).is_ok());
    let after = SessionRefusal::AfterEnd { starts_at: at(501), ended_at: at(500) };
    assert_eq!(checked(&ended, told(501, 30)), Err(after));
    for status in [PairingStatus::Proposed, PairingStatus::Paused, PairingStatus::Declined] {
        let refused = checked(&Pairing { status, ..pairing() }, told(200, 30));
        assert_eq!(refused, Err(SessionRefusal::NotRunning(status)));
    }
}

#[test]
fn a_session_names_topics_in_lines_and_goals_of_the_pairing() {
    let topics = vec!["a\nb".to_owned()];
    let refused = checked(&pairing(), ToldSession { topics, ..told(100, 30) });
    assert_eq!(refused, Err(SessionRefusal::InvalidTopic(TextError::Control { position: 2 })));
    let refused = checked(&pairing(), ToldSession { goals: vec![goal(3)], ..told(100, 30) });
    assert_eq!(refused, Err(SessionRefusal::UnknownGoal(goal(3))));
    let topics = vec!["x".to_owned(); MOST_NAMED + 1];
    let refused = checked(&pairing(), ToldSession { topics, ..told(100, 30) });
    assert_eq!(refused, Err(SessionRefusal::TooManyTopics(MOST_NAMED + 1)));
}

#[test]
fn m5_two_sessions_do_not_overlap() {
    let known = session(1, told(1_000, 10));
    let overlaps = [(400, 10), (401, 10), (1_599, 1), (1_600, 1), (900, 60)];
    let overlaps = overlaps.map(|(second, minutes)| known.overlaps(told(second, minutes).span()));
    assert_eq!(overlaps, [false, true, true, false, true]);
}

#[test]
fn m7_only_sessions_to_which_both_came_count() {
    let absent = ToldSession { attendance: Attendance::MenteeAbsent, ..told(100, 60) };
    let mut pairing = pairing();
    assert!(!pairing.count(&[session(1, absent.clone())]));
    assert_eq!((pairing.status, pairing.sessions), (PairingStatus::Accepted, 0));
    let mut last = session(3, told(9_000, 45));
    assert!(pairing.count(&[session(1, absent), session(2, told(500, 30)), last.clone()]));
    assert_eq!((pairing.status, pairing.sessions, pairing.minutes), (PairingStatus::Active, 2, 75));
    assert_eq!((pairing.started_at, pairing.last_session_at), (Some(at(500)), Some(at(9_000))));
    assert!(last.correct(told(9_000, 50)) && !last.correct(told(9_000, 50)));
    assert_eq!(last.version, 2);
    assert!(pairing.count(&[session(2, told(500, 30)), last]));
    assert_eq!((pairing.sessions, pairing.minutes), (2, 80));
}

#[test]
fn two_who_do_not_meet_are_quiet_and_interrupted_ones_are_not() {
    const DAY: i64 = 86_400;
    let health = |pairing: &Pairing, day: i64, overdue| {
        let health = PairingHealth::of(pairing, overdue, (at(100 + day * DAY), 30));
        (health.days_without_session, health.signals)
    };
    let mut pairing = pairing();
    assert_eq!(health(&pairing, 30, 0), (Some(30), Vec::new()));
    assert_eq!(health(&pairing, 31, 0), (Some(31), vec![HealthSignal::NotStarted]));
    assert!(pairing.count(&[session(1, told(100, 30))]));
    let both = vec![HealthSignal::Quiet, HealthSignal::GoalsOverdue];
    assert_eq!(health(&pairing, 31, 2), (Some(31), both));
    assert_eq!(pairing.pause(at(200)), Ok(()));
    assert_eq!(health(&pairing, 31, 0), (Some(31), Vec::new()));
    assert_eq!(pairing.complete(None, at(300)), Ok(()));
    assert_eq!(health(&pairing, 31, 1), (None, Vec::new()));
}
