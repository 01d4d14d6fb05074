//! Who is proposed to whom, in small examples with names.

use super::people::{
    employee_id, ended_before, mentee, mentor, mentor_id, mentoring_in, reports_to, speaking, teaching,
    wanting, with_places,
};
use super::{
    Alternative, LeftOut, Matching, MatchingProblem, MatchingRules, Obstacle, OpenMentor, SeekingMentee,
    WhyLeftOut,
};

#[track_caller]
fn matched(mentees: &[SeekingMentee], mentors: &[OpenMentor]) -> Matching {
    let matching = Matching::of(mentees, mentors, &MatchingRules::default());
    matching.unwrap_or_else(|problem| panic!("{problem}"))
}

/// Rows of mentee, mentor and score.
fn pairs(matching: &Matching) -> Vec<(u32, u32, i32)> {
    let number = |uuid: uuid::Uuid| u32::try_from(uuid.as_u128()).unwrap_or(0);
    let pair = |proposal: &super::Proposal| {
        use crate::kernel::TypedId;
        (number(proposal.mentee.uuid()), number(proposal.mentor.uuid()), proposal.score.total)
    };
    matching.proposals.iter().map(pair).collect()
}

fn why(matching: &Matching, mentee: u32) -> Option<&WhyLeftOut> {
    let left_out = matching.left_out.iter().find(|left_out| left_out.mentee == employee_id(mentee));
    left_out.map(|left_out| &left_out.why)
}

#[test]
fn m4_the_best_for_all_is_proposed_though_it_is_not_the_best_for_each() {
    // Both would do best with mentor 11, and mentee 1 can go nowhere else.
    let (one, two) = (wanting(mentee(1), &[(1, 3, 4)]), wanting(mentee(2), &[(1, 2, 4), (2, 3, 4)]));
    let first = with_places(teaching(mentor(11), &[(1, 4), (2, 4)]), 1, 0);
    let second = teaching(mentor(12), &[(2, 4)]);
    let matching = matched(&[two, one], &[second, first]);
    assert_eq!(pairs(&matching), [(1, 11, 10_000), (2, 12, 6_666)]);
    assert_eq!((matching.total_score, matching.left_out.len()), (16_666, 0));
    let alternative =
        Alternative { mentor: mentor_id(11), score: 10_000, difference: -3_334, has_place: false };
    assert_eq!(
        matching.proposals.iter().map(|proposal| proposal.alternative).collect::<Vec<_>>(),
        [None, Some(alternative)]
    );
    assert_eq!(
        matching.places.iter().map(|place| (place.proposed, place.left)).collect::<Vec<_>>(),
        [(1, 0), (1, 1)]
    );
}

#[test]
fn an_alternative_tells_by_how_much_it_fits_worse() {
    let matching =
        matched(&[mentee(1)], &[with_places(mentor(11), 4, 1), mentor(12), with_places(mentor(13), 4, 3)]);
    assert_eq!(pairs(&matching), [(1, 12, 10_000)]);
    let alternative = matching.proposals[0].alternative;
    let next = Alternative { mentor: mentor_id(11), score: 9_750, difference: 250, has_place: true };
    assert_eq!(alternative, Some(next));
}

#[test]
fn m1_places_that_are_taken_are_not_given_away_again() {
    let matching = matched(&[mentee(1), mentee(2), mentee(3)], &[with_places(mentor(11), 5, 3)]);
    assert_eq!(matching.proposals.len(), 2);
    let best = Alternative { mentor: mentor_id(11), score: 9_400, difference: -9_400, has_place: false };
    assert_eq!(
        matching.left_out.iter().map(|left| &left.why).collect::<Vec<_>>(),
        [&WhyLeftOut::PlacesTaken { best }]
    );
    assert_eq!(matching.places[0].left, 0);
}

#[test]
fn everybody_who_is_left_out_is_told_why() {
    let mentees = [
        wanting(mentee(1), &[(1, 4, 4)]),
        wanting(mentee(2), &[(7, 0, 1)]),
        speaking(ended_before(mentee(3), mentor_id(11)), &["fr"]),
        reports_to(mentee(4), &[11]),
        wanting(mentee(5), &[(2, 0, 5), (3, 0, 5), (7, 0, 5)]),
    ];
    let far = super::WorkingHours::office(-600);
    let lonely = mentoring_in(teaching(with_places(mentor(12), 9, 8), &[(2, 1)]), &["en"]);
    let matching = matched(&mentees, &[mentor(11), OpenMentor { hours: far, ..lonely }]);
    assert_eq!(pairs(&matching), []);
    assert_eq!(why(&matching, 1), Some(&WhyLeftOut::NothingWanted));
    assert_eq!(why(&matching, 2), Some(&WhyLeftOut::NobodyTeaches));
    let obstacles = [(Obstacle::EndedBefore, 1), (Obstacle::NoLanguage, 1)].into();
    assert_eq!(why(&matching, 3), Some(&WhyLeftOut::RuledOut { obstacles }));
    let obstacles = [(Obstacle::DirectManager, 1)].into();
    assert_eq!(why(&matching, 4), Some(&WhyLeftOut::RuledOut { obstacles }));
    // 666 of 10,000 of the skills, no hour, one place of nine; but the language and nobody above both.
    assert_eq!(why(&matching, 5), Some(&WhyLeftOut::ScoresTooLow { best: 2_444 }));
}

#[test]
fn a_pair_below_the_least_score_is_not_made() {
    let at = |least_score| {
        let rules = MatchingRules { least_score, ..MatchingRules::default() };
        let mentor = with_places(mentor(11), 4, 3);
        Matching::of(&[mentee(1)], &[mentor], &rules).map(|matching| pairs(&matching))
    };
    assert_eq!(at(9_250), Ok(vec![(1, 11, 9_250)]));
    assert_eq!(at(9_251), Ok(Vec::new()));
}

#[test]
fn without_anybody_nothing_is_proposed() {
    assert_eq!(matched(&[], &[]).total_score, 0);
    assert_eq!(matched(&[], &[mentor(11)]).places.len(), 1);
    let nobody = matched(&[mentee(1)], &[]).left_out;
    assert_eq!(nobody, [LeftOut { mentee: employee_id(1), why: WhyLeftOut::NobodyTeaches }]);
}

#[test]
fn what_makes_no_sense_is_refused() {
    let of = |mentees: &[SeekingMentee], mentors: &[OpenMentor]| {
        Matching::of(mentees, mentors, &MatchingRules::default()).map(|_| ())
    };
    let twice = of(&[mentee(1), mentee(2), mentee(1)], &[]);
    assert_eq!(twice, Err(MatchingProblem::MenteeTwice(employee_id(1))));
    let twice = of(&[], &[mentor(3), mentor(3)]);
    assert_eq!(twice, Err(MatchingProblem::MentorTwice(mentor_id(3))));
    let many: Vec<_> = (0..20_001).map(mentee).collect();
    assert_eq!(of(&many, &[]), Err(MatchingProblem::TooMany { given: 20_001, most: 20_000 }));
    let rules = MatchingRules { least_score: 0, ..MatchingRules::default() };
    assert_eq!(Matching::of(&[], &[], &rules).map(|_| ()), Err(MatchingProblem::LeastScore(0)));
}
