use chrono_tz::Tz;
use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::kernel::TypedId;

fn at(second: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(second, 0).unwrap_or_default()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap_or_default()
}

fn employee(number: u128) -> EmployeeId {
    EmployeeId::from_uuid(Uuid::from_u128(number))
}

fn pairing_id(number: u128) -> PairingId {
    PairingId::from_uuid(Uuid::from_u128(number))
}

fn today() -> NaiveDate {
    day("2026-03-02")
}

const MENTEE: u128 = 7;

/// A mentor with places for some, as the person with the same number.
fn mentor(number: u128, capacity: i32) -> Mentor {
    Mentor {
        id: MentorId::from_uuid(Uuid::from_u128(number)),
        employee: employee(number),
        about: None,
        time_zone: Tz::UTC,
        capacity,
        places_taken: 0,
        active_from: today(),
        active_to: Some(day("2026-12-31")),
        version: 1,
    }
}

fn proposal(number: u128) -> Proposal {
    Proposal {
        id: pairing_id(number),
        mentee: employee(MENTEE),
        manager: Some(employee(1)),
        manager_allowed: false,
        enrollment: None,
        replaces: None,
        days: 14,
        message: None,
    }
}

fn propose(
    proposal: Proposal,
    (mentor, known): (&mut Mentor, &[Pairing]),
    by: u128,
) -> Result<Pairing, ProposePairingRefusal> {
    Pairing::proposed(proposal, (mentor, known), Some(employee(by)), (at(0), today()))
}

fn accept(
    pairing: &mut Pairing,
    person: u128,
    (mentor, known): (&mut Mentor, &[Pairing]),
) -> Result<bool, AcceptPairingRefusal> {
    pairing.accept(employee(person), (mentor, known), (at(1), today()))
}

/// A pairing to which both have agreed.
fn accepted(number: u128, mentor: &mut Mentor) -> Pairing {
    let mut pairing = propose(proposal(number), (mentor, &[]), MENTEE).unwrap();
    let person = pairing.mentored_by;
    assert_eq!(pairing.accept(person, (mentor, &[]), (at(1), today())), Ok(true));
    pairing
}

#[test]
fn names_read_back() {
    assert!(PairingStatus::ALL.iter().all(|status| PairingStatus::named(status.name()) == Some(*status)));
    assert!(DeclineReason::ALL.iter().all(|reason| DeclineReason::named(reason.name()) == Some(*reason)));
    assert!(EndReason::ALL.iter().all(|reason| EndReason::named(reason.name()) == Some(*reason)));
}

#[test]
fn m2_nobody_mentors_themself_or_by_default_who_reports_to_them() {
    let refused = propose(proposal(1), (&mut mentor(MENTEE, 1), &[]), MENTEE);
    assert_eq!(refused, Err(ProposePairingRefusal::Oneself));
    let mut manager = mentor(1, 1);
    let refused = propose(proposal(1), (&mut manager, &[]), MENTEE);
    assert_eq!(refused, Err(ProposePairingRefusal::OwnManager));
    let exception = Proposal { manager_allowed: true, ..proposal(1) };
    assert!(propose(exception, (&mut manager, &[]), MENTEE).is_ok());
}

#[test]
fn a_proposal_is_to_somebody_who_takes_people_on() {
    let mut over = Mentor { active_to: Some(day("2026-03-01")), ..mentor(2, 1) };
    let refused = propose(proposal(1), (&mut over, &[]), MENTEE).unwrap_err();
    let message = "the mentor takes nobody on today, 2026-03-02; they do from 2026-03-02 to 2026-03-01";
    assert_eq!(refused.to_string(), message);
    for days in [0, MOST_DAYS + 1] {
        let refused = propose(Proposal { days, ..proposal(1) }, (&mut mentor(2, 1), &[]), MENTEE);
        assert_eq!(refused, Err(ProposePairingRefusal::WrongDays(days)));
    }
    let proposed = propose(proposal(1), (&mut mentor(2, 1), &[]), MENTEE).unwrap();
    assert_eq!(proposed.answer_by, day("2026-03-16"));
}

#[test]
fn m1_a_place_is_taken_when_the_mentor_agrees_and_not_before() {
    let mut one = mentor(2, 1);
    let mut asked = propose(proposal(1), (&mut one, &[]), MENTEE).unwrap();
    assert_eq!((asked.takes_place(), one.places_taken), (false, 0));
    let offered = propose(Proposal { mentee: employee(8), ..proposal(2) }, (&mut one, &[]), 2).unwrap();
    assert_eq!((offered.takes_place(), one.places_taken), (true, 1));
    let refused = accept(&mut asked, 2, (&mut one, &[]));
    assert_eq!(refused, Err(AcceptPairingRefusal::NoPlace { capacity: 1 }));
    assert_eq!((asked.status, one.places_taken), (PairingStatus::Proposed, 1));
    let third = propose(Proposal { mentee: employee(9), ..proposal(3) }, (&mut one, &[]), 9);
    assert_eq!(third, Err(ProposePairingRefusal::NoPlace { capacity: 1 }));
}

#[test]
fn it_is_accepted_once_both_have_agreed_in_time() {
    let mut one = mentor(2, 1);
    let mut pairing = propose(proposal(1), (&mut one, &[]), 5).unwrap();
    assert_eq!(accept(&mut pairing, MENTEE, (&mut one, &[])), Ok(true));
    assert_eq!((pairing.status, one.places_taken), (PairingStatus::Proposed, 0));
    assert_eq!(accept(&mut pairing, MENTEE, (&mut one, &[])), Ok(false));
    let late = pairing.accept(employee(2), (&mut one, &[]), (at(1), day("2026-03-17")));
    let answer_by = day("2026-03-16");
    assert_eq!(late, Err(AcceptPairingRefusal::Late { answer_by, today: day("2026-03-17") }));
    assert_eq!(pairing.accept(employee(2), (&mut one, &[]), (at(1), answer_by)), Ok(true));
    assert_eq!((pairing.status, one.places_taken), (PairingStatus::Accepted, 1));
    assert_eq!(accept(&mut pairing, 2, (&mut one, &[])), Ok(false));
    let declined = pairing.decline((DeclineReason::NoTime, None), at(2));
    assert_eq!(declined, Err(DeclinePairingRefusal::NotProposed(PairingStatus::Accepted)));
}

#[test]
fn m3_accepting_supersedes_what_is_about_the_same() {
    let (mut one, mut two) = (mentor(2, 1), mentor(3, 1));
    let mut offered = propose(proposal(1), (&mut one, &[]), 2).unwrap();
    let enrollment = Some(EnrollmentId::from_uuid(Uuid::from_u128(1)));
    let mut elsewhere =
        propose(Proposal { enrollment, ..proposal(2) }, (&mut mentor(5, 1), &[]), MENTEE).unwrap();
    let taken = accepted(3, &mut two);
    assert!(offered.give_way_to(&taken, at(2)));
    assert_eq!((offered.status, offered.takes_place()), (PairingStatus::Superseded, false));
    assert!(!elsewhere.give_way_to(&taken, at(2)));
    assert_eq!(elsewhere.status, PairingStatus::Proposed);
    let other = propose(proposal(4), (&mut one, std::slice::from_ref(&taken)), MENTEE);
    assert_eq!(other, Err(ProposePairingRefusal::AlreadyMentored { pairing: taken.id }));
    let again = propose(proposal(4), (&mut two, std::slice::from_ref(&taken)), MENTEE);
    let status = PairingStatus::Accepted;
    assert_eq!(again, Err(ProposePairingRefusal::AlreadyPaired { pairing: taken.id, status }));
}

#[test]
fn m3_another_mentor_takes_over_when_they_are_accepted() {
    let (mut one, mut two) = (mentor(2, 1), mentor(3, 1));
    let mut running = accepted(1, &mut one);
    let known = [running.clone()];
    let nothing = Proposal { replaces: Some(pairing_id(9)), ..proposal(2) };
    let refused = propose(nothing, (&mut two, &known), MENTEE);
    assert_eq!(refused, Err(ProposePairingRefusal::NothingToReplace(pairing_id(9))));
    let change = Proposal { replaces: Some(running.id), ..proposal(2) };
    let mut next = propose(change, (&mut two, &known), MENTEE).unwrap();
    assert_eq!(accept(&mut next, 3, (&mut two, &known)), Ok(true));
    assert_eq!(next.status, PairingStatus::Accepted);
    assert!(running.give_way_to(&next, at(2)));
    assert_eq!((running.status, running.ended_for), (PairingStatus::Ended, Some(EndReason::Rematched)));
}

#[test]
fn what_nobody_accepts_expires_and_what_somebody_left_ends() {
    let mut one = mentor(2, 2);
    let proposed = propose(proposal(1), (&mut one, &[]), MENTEE).unwrap();
    let (mut in_time, mut late, mut left) = (proposed.clone(), proposed.clone(), proposed);
    assert!(!in_time.settle(false, (at(3), day("2026-03-16"))));
    assert!(late.settle(false, (at(3), day("2026-03-17"))));
    assert!(left.settle(true, (at(3), today())));
    assert_eq!((late.status, left.status), (PairingStatus::Expired, PairingStatus::Expired));
    let mut running = accepted(2, &mut one);
    assert!(!running.settle(false, (at(3), day("2027-03-17"))));
    assert!(running.settle(true, (at(3), today())));
    assert_eq!((running.status, running.ended_for), (PairingStatus::Ended, Some(EndReason::Left)));
    assert!(!running.settle(true, (at(4), today())));
}

#[test]
fn what_was_never_begun_is_ended_and_not_completed() {
    let mut pairing = accepted(1, &mut mentor(2, 1));
    let refused = pairing.complete(None, at(2));
    assert_eq!(refused, Err(EndPairingRefusal::NotStarted(PairingStatus::Accepted)));
    assert_eq!(pairing.pause(at(2)), Err(GuidePairingRefusal::NotActive(PairingStatus::Accepted)));
    assert_eq!(pairing.end((EndReason::NotAFit, Some("no".to_owned())), at(2)), Ok(()));
    assert_eq!((pairing.closing_note.as_deref(), pairing.ended_at), (Some("no"), Some(at(2))));
    let over = EndPairingRefusal::NotRunning(PairingStatus::Ended);
    assert_eq!(pairing.end((EndReason::NotAFit, None), at(3)), Err(over));
}

proptest! {
    /// On any path the mentor's count is the places that pairings take, never more than there are; dates tell the status, and
    /// a refused step changes nothing.
    #[test]
    fn m1_the_count_is_what_pairings_take(
        steps in proptest::collection::vec((0_u8..8, 0_usize..4), 0..40),
        capacity in 1_i32..3,
    ) {
        let mut one = mentor(2, capacity);
        let mut pairings: Vec<Pairing> = Vec::new();
        for (number, (step, which)) in (0_u128..).zip(steps) {
            let before = (one.clone(), pairings.clone());
            if step == 0 {
                let mentee = employee(10 + number);
                let by = if which % 2 == 0 { one.employee } else { mentee };
                let wish = Proposal { mentee, ..proposal(number) };
                if let Ok(pairing) = Pairing::proposed(wish, (&mut one, &[]), Some(by), (at(0), today())) {
                    pairings.push(pairing);
                } else {
                    prop_assert_eq!(&before, &(one.clone(), pairings.clone()));
                }
                continue;
            }
            let Some(pairing) = pairings.get_mut(which) else { continue };
            let took_place = pairing.takes_place();
            let (mentee, mentored_by) = (pairing.mentee, pairing.mentored_by);
            let done = match step {
                1 => pairing.accept(mentee, (&mut one, &[]), (at(1), today())).is_ok(),
                2 => pairing.accept(mentored_by, (&mut one, &[]), (at(1), today())).is_ok(),
                3 => pairing.decline((DeclineReason::Other, None), at(2)).is_ok(),
                4 => pairing.end((EndReason::Other, None), at(2)).is_ok(),
                5 => pairing.settle(true, (at(2), today())),
                6 => pairing.pause(at(2)).is_ok(),
                _ => pairing.complete(None, at(2)).is_ok(),
            };
            if took_place && !pairing.takes_place() {
                one.free_place();
            }
            prop_assert_eq!(pairing.ended_at.is_some(), !pairing.status.is_open());
            prop_assert!(done || before == (one.clone(), pairings.clone()));
            let taken = pairings.iter().filter(|pairing| pairing.takes_place()).count();
            prop_assert_eq!(usize::try_from(one.places_taken).unwrap(), taken);
            prop_assert!(one.places_taken <= one.capacity);
        }
    }
}
