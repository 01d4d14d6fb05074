//! What pairs score, part by part.

use super::people::{
    level, mentee, mentor, mentoring_in, reports_to, skill_id, speaking, teaching, under, wanting,
    with_places,
};
use super::{
    LineDistance, Load, MatchingRules, OpenMentor, PairScore, SeekingMentee, SkillDelta, WantedSkill,
    WorkingHours, judge,
};

#[track_caller]
fn score(mentee: &SeekingMentee, mentor: &OpenMentor) -> PairScore {
    judge(mentee, mentor, &MatchingRules::default()).unwrap_or_else(|obstacles| panic!("{obstacles:?}"))
}

#[test]
fn a_score_is_the_sum_of_its_parts_by_their_weights() {
    let mentee = speaking(wanting(mentee(1), &[(1, 2, 4), (2, 0, 1)]), &["de", "en"]);
    let mentee = reports_to(SeekingMentee { hours: WorkingHours::office(60), ..mentee }, &[7, 9]);
    let mentor = OpenMentor { hours: WorkingHours::office(-300), ..mentor(2) };
    let mentor = with_places(under(mentor, &[8, 9]), 4, 3);
    let score = score(&mentee, &mentor);
    assert_eq!((score.skills.value, score.skills.weight), (6_666, 5_000));
    assert_eq!((score.languages.value, score.languages.weight), (5_000, 1_000));
    assert_eq!((score.hours.value, score.hours.weight, score.hours.facts), (5_000, 2_000, 120));
    assert_eq!((score.load.value, score.load.weight), (2_500, 1_000));
    assert_eq!((score.distance.value, score.distance.weight), (6_000, 1_000));
    assert_eq!(score.load.facts, Load { free: 1, capacity: 4 });
    assert_eq!(score.distance.facts, LineDistance::Steps(4));
    // 3,333 + 500 + 1,000 + 250 + 600
    assert_eq!(score.total, 5_683);
}

#[test]
fn a_pair_that_fits_in_every_respect_scores_everything() {
    let score = score(&mentee(1), &mentor(2));
    assert_eq!(score.total, 10_000);
    assert!(score.parts().into_iter().all(|(_, value, _)| value == 10_000));
}

#[test]
fn skills_count_by_the_levels_that_the_mentor_can_close() {
    let values = |skills: &[(u32, i32)]| {
        let wanted = wanting(mentee(1), &[(1, 1, 4), (2, 0, 2), (3, 5, 3)]);
        score(&wanted, &teaching(mentor(2), skills)).skills.value
    };
    // Three levels of skill 1 and two of skill 2 are missing; of skill 3 nothing is.
    assert_eq!(values(&[(1, 4), (2, 2)]), 10_000);
    assert_eq!(values(&[(1, 4)]), 6_000);
    assert_eq!(values(&[(2, 2)]), 4_000);
    assert_eq!(values(&[(1, 2), (2, 1)]), 4_000);
    // Knowing more than is wanted closes no more, and a skill that nobody wants counts for nothing.
    assert_eq!(values(&[(1, 5)]), 6_000);
    assert_eq!(values(&[(1, 4), (3, 5), (4, 5)]), 6_000);
}

#[test]
fn every_skill_that_is_missing_is_told_with_what_the_mentor_can_do_about_it() {
    let wanted = wanting(mentee(1), &[(1, 2, 4), (2, 0, 3), (3, 3, 3)]);
    let deltas = score(&wanted, &teaching(mentor(2), &[(1, 3)])).skills.facts;
    let first = SkillDelta {
        skill: skill_id(1),
        wanted: WantedSkill { held: Some(level(2)), wanted: level(4) },
        mentored: Some(level(3)),
    };
    let second = SkillDelta {
        skill: skill_id(2),
        wanted: WantedSkill { held: None, wanted: level(3) },
        mentored: None,
    };
    assert_eq!(deltas, [first, second]);
    assert_eq!(deltas.iter().map(SkillDelta::closed).collect::<Vec<_>>(), [1, 0]);
}

#[test]
fn languages_count_by_those_of_the_mentee_whatever_the_region() {
    let common = |own: &[&str], mentors: &[&str]| {
        let score = score(&speaking(mentee(1), own), &mentoring_in(mentor(2), mentors));
        let facts: Vec<_> = score.languages.facts.iter().map(|tag| tag.as_str().to_owned()).collect();
        (score.languages.value, facts.join(" "))
    };
    assert_eq!(common(&["en"], &["de", "en", "fr"]), (10_000, "en".to_owned()));
    assert_eq!(common(&["de", "en", "fr"], &["en"]), (3_333, "en".to_owned()));
    assert_eq!(common(&["de-AT", "en"], &["de", "en-US"]), (10_000, "de-AT en".to_owned()));
}

#[test]
fn four_hours_of_a_day_are_as_good_as_more() {
    let value = |minutes_ahead| {
        let far = OpenMentor { hours: WorkingHours::office(minutes_ahead), ..mentor(2) };
        let hours = score(&mentee(1), &far).hours;
        (hours.facts, hours.value)
    };
    assert_eq!(value(0), (480, 10_000));
    assert_eq!(value(240), (240, 10_000));
    assert_eq!(value(300), (180, 7_500));
    assert_eq!(value(480), (0, 0));
}

#[test]
fn who_has_more_room_scores_more() {
    let value = |capacity, taken| score(&mentee(1), &with_places(mentor(2), capacity, taken)).load.value;
    assert_eq!([value(1, 0), value(4, 1), value(4, 3), value(3, 2)], [10_000, 7_500, 2_500, 3_333]);
}

#[test]
fn who_is_far_away_in_the_line_scores_more() {
    let rules = MatchingRules {
        conflicts: super::Conflicts { manager_allowed: true, ..super::Conflicts::default() },
        ..MatchingRules::default()
    };
    let distance = |line: &[u32], mentor: OpenMentor| {
        let distance = judge(&reports_to(mentee(1), line), &mentor, &rules).map(|score| score.distance);
        distance.map(|part| (part.facts, part.value))
    };
    let steps = |steps, value| Ok((LineDistance::Steps(steps), value));
    assert_eq!(distance(&[2, 3], mentor(2)), steps(1, 0));
    assert_eq!(distance(&[9, 2], mentor(2)), steps(2, 2_000));
    assert_eq!(distance(&[9], under(mentor(2), &[1, 9])), steps(1, 0));
    assert_eq!(distance(&[9], under(mentor(2), &[9])), steps(2, 2_000));
    assert_eq!(distance(&[8, 9], under(mentor(2), &[7, 9])), steps(4, 6_000));
    assert_eq!(distance(&[8, 5, 9], under(mentor(2), &[7, 6, 9])), steps(6, 10_000));
    assert_eq!(distance(&[8, 5, 4, 9], under(mentor(2), &[7, 6, 9])), steps(7, 10_000));
    assert_eq!(distance(&[8], under(mentor(2), &[7])), Ok((LineDistance::Apart, 10_000)));
}
