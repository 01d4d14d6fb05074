use uuid::Uuid;

use super::*;
use crate::kernel::TypedId;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap_or_default()
}

fn skill(number: u128, level: i32) -> MentoredSkill {
    let level = SkillLevel::new(level).unwrap();
    MentoredSkill { skill: SkillId::from_uuid(Uuid::from_u128(number)), level }
}

fn tag(text: &str) -> LanguageTag {
    LanguageTag::parse(text).unwrap()
}

fn profile() -> MentorProfile {
    MentorProfile {
        about: None,
        expertise: Expertise { skills: vec![skill(1, 4)], languages: vec![tag("en")] },
        time_zone: None,
        capacity: 2,
        active_from: None,
        active_to: None,
    }
}

fn made(profile: MentorProfile) -> Result<(Mentor, Expertise), MentorRefusal> {
    let ids = (MentorId::from_uuid(Uuid::from_u128(1)), EmployeeId::from_uuid(Uuid::from_u128(2)));
    Mentor::new(ids, profile, (Tz::UTC, day("2026-03-02")))
}

#[test]
fn a_profile_names_skills_and_languages_once() {
    let skills = vec![skill(2, 3), skill(1, 2), skill(2, 5), skill(1, 1)];
    let languages = vec![tag("en"), tag("de"), tag("en")];
    let (mentor, expertise) =
        made(MentorProfile { expertise: Expertise { skills, languages }, ..profile() }).unwrap();
    let tidy = Expertise { skills: vec![skill(1, 2), skill(2, 5)], languages: vec![tag("de"), tag("en")] };
    assert_eq!((mentor.version, mentor.active_from, expertise), (1, day("2026-03-02"), tidy));
}

#[test]
fn a_profile_makes_sense() {
    let refused = |profile| made(profile).unwrap_err();
    for capacity in [0, -1, MOST_PLACES + 1] {
        assert_eq!(refused(MentorProfile { capacity, ..profile() }), MentorRefusal::WrongCapacity(capacity));
    }
    let none = Expertise { skills: Vec::new(), languages: vec![tag("en")] };
    assert_eq!(refused(MentorProfile { expertise: none, ..profile() }), MentorRefusal::WrongSkills(0));
    let silent = Expertise { skills: vec![skill(1, 1)], languages: Vec::new() };
    assert_eq!(refused(MentorProfile { expertise: silent, ..profile() }), MentorRefusal::WrongLanguages(0));
    let (active_from, active_to) = (day("2026-04-02"), day("2026-04-01"));
    let days = MentorProfile { active_from: Some(active_from), active_to: Some(active_to), ..profile() };
    assert_eq!(refused(days), MentorRefusal::EndsBeforeStart { active_from, active_to });
}

#[test]
fn m1_places_are_taken_and_freed_and_not_lowered_below_what_is_taken() {
    let (mut mentor, _) = made(profile()).unwrap();
    assert_eq!((mentor.take_place(), mentor.take_place(), mentor.take_place()), (true, true, false));
    let refused = MentorRefusal::PlacesTaken { capacity: 1, taken: 2 };
    assert_eq!(mentor.change(MentorProfile { capacity: 1, ..profile() }), Err(refused));
    assert_eq!((mentor.places_taken, mentor.places_free(), mentor.version), (2, 0, 1));
    mentor.free_place();
    assert!(mentor.change(MentorProfile { capacity: 1, ..profile() }).is_ok());
    assert_eq!((mentor.places_taken, mentor.places_free(), mentor.version), (1, 0, 2));
}

#[test]
fn somebody_is_taken_on_between_the_first_day_and_the_last() {
    let days = MentorProfile {
        active_from: Some(day("2026-03-05")),
        active_to: Some(day("2026-03-06")),
        ..profile()
    };
    let (mentor, _) = made(days).unwrap();
    let takes_on: Vec<_> =
        ["2026-03-04", "2026-03-05", "2026-03-06", "2026-03-07"].map(|on| mentor.takes_on(day(on))).into();
    assert_eq!(takes_on, [false, true, true, false]);
}
