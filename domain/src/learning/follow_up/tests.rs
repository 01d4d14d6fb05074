//! Follow-ups from the completion to the answer.

use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::kernel::TypedId;
use crate::learning::enrollment::fixture::{at, day};

fn id<I: TypedId>(number: u128) -> I {
    I::from_uuid(Uuid::from_u128(number))
}

fn forms(has_manager: bool) -> Vec<FollowUp> {
    let mut numbers = 10_u128..;
    let mut next = || id(numbers.next().unwrap_or_default());
    let beside = Beside { manager: has_manager, mentor: None };
    scheduled((id(1), id(2)), (day("2026-03-02"), beside), &mut next)
}

fn first() -> FollowUp {
    forms(true).remove(0)
}

fn said(application: Application, obstacle: Option<Obstacle>) -> FollowUpAnswer {
    FollowUpAnswer { application, obstacle, note: None, by: id(2), at: at(5) }
}

#[test]
fn names_read_back() {
    assert!(Respondent::ALL.into_iter().all(|who| Respondent::named(who.name()) == Some(who)));
    assert!(Application::ALL.into_iter().all(|given| Application::named(given.name()) == Some(given)));
    assert!(Obstacle::ALL.into_iter().all(|given| Obstacle::named(given.name()) == Some(given)));
}

#[test]
fn l2_learner_and_manager_are_asked_after_30_60_and_90_days() {
    let days = |form: &FollowUp| (form.after_days, form.respondent, form.opens_on, form.closes_on);
    let expected: Vec<_> = [
        (30, "2026-04-01", "2026-04-30"),
        (60, "2026-05-01", "2026-05-30"),
        (90, "2026-05-31", "2026-06-29"),
    ]
    .into_iter()
    .flat_map(|(after, opens, closes)| {
        [Respondent::Learner, Respondent::Manager]
            .map(|respondent| (after, respondent, day(opens), day(closes)))
    })
    .collect();
    assert_eq!(forms(true).iter().map(days).collect::<Vec<_>>(), expected);
    let alone = forms(false);
    assert_eq!(alone.len(), 3);
    assert!(alone.iter().all(|form| form.respondent == Respondent::Learner));
}

#[test]
fn l3_an_answer_stays() {
    let (mut form, today) = (first(), day("2026-04-01"));
    assert_eq!(form.take(said(Application::Applied, None), today), Ok(true));
    let answered = form.clone();
    let later = FollowUpAnswer { at: at(9), ..said(Application::Applied, None) };
    assert_eq!(form.take(later, day("2026-09-01")), Ok(false));
    let other = form.take(said(Application::Partly, None), today);
    assert_eq!(other, Err(AnswerFollowUpRefusal::Answered(Application::Applied)));
    assert_eq!(form, answered);
}

#[test]
fn a_form_is_answered_while_it_is_open() {
    let take = |today: &str| first().take(said(Application::Applied, None), day(today));
    let (opens_on, closes_on) = (day("2026-04-01"), day("2026-04-30"));
    let early = AnswerFollowUpRefusal::NotOpen { opens_on, today: day("2026-03-31") };
    assert_eq!(take("2026-03-31"), Err(early));
    let late = AnswerFollowUpRefusal::Closed { closes_on, today: day("2026-05-01") };
    assert_eq!(take("2026-05-01"), Err(late));
    assert_eq!((take("2026-04-01"), take("2026-04-30")), (Ok(true), Ok(true)));
}

#[test]
fn what_is_not_applied_has_an_obstacle_and_what_is_has_none() {
    let take = |application, obstacle| first().take(said(application, obstacle), day("2026-04-01"));
    assert_eq!(take(Application::NotApplied, None), Err(AnswerFollowUpRefusal::ObstacleNeeded));
    let unneeded = take(Application::Applied, Some(Obstacle::NoTime));
    assert_eq!(unneeded, Err(AnswerFollowUpRefusal::ObstacleUnneeded));
    assert_eq!(take(Application::NotApplied, Some(Obstacle::NoTime)), Ok(true));
    assert_eq!(take(Application::Partly, None), Ok(true));
    assert_eq!(take(Application::Partly, Some(Obstacle::MorePractice)), Ok(true));
}

proptest! {
    /// However often somebody looks, each thing is told once, the opening first, and only of what is open.
    #[test]
    fn each_thing_is_told_once(looks in proptest::collection::vec(0_u64..90, 0..40), answered in proptest::option::of(0_u64..90)) {
        let mut looks = looks;
        looks.sort_unstable();
        let (mut form, mut told) = (first(), Vec::new());
        for look in looks {
            let today = day("2026-03-15") + Days::new(look);
            if answered == Some(look) {
                form.take(said(Application::Applied, None), today).ok();
            }
            if let Some(notice) = form.notice(today) {
                prop_assert_eq!(form.status(today), FollowUpStatus::Open);
                form.tell(notice, at(1));
                told.push(notice);
            }
        }
        prop_assert!([&[][..], &[Notice::Opened], &[Notice::Opened, Notice::ClosesSoon]].contains(&told.as_slice()));
    }
}

#[test]
fn l2_who_mentored_them_is_asked_too() {
    let mut numbers = 10_u128..;
    let beside = Beside { manager: false, mentor: Some(id(9)) };
    let forms =
        scheduled((id(1), id(2)), (day("2026-03-02"), beside), || id(numbers.next().unwrap_or_default()));
    let asked: Vec<_> = forms.iter().map(|form| (form.after_days, form.respondent, form.mentor)).collect();
    let expected = [30, 60, 90]
        .into_iter()
        .flat_map(|days| [(days, Respondent::Learner, None), (days, Respondent::Mentor, Some(id(9)))]);
    assert_eq!(asked, expected.collect::<Vec<_>>());
}
