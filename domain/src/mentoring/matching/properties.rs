//! What holds of every matching, whoever seeks and whoever mentors.

use std::collections::BTreeMap;

use proptest::collection::vec;
use proptest::prelude::*;

use super::lot::lot;
use super::people::{
    employee_id, ended_before, mentee, mentor, mentor_id, mentoring_in, speaking, teaching, wanting,
    with_places,
};
use super::proposal::worth;
use super::{
    Conflicts, Matching, MatchingProblem, MatchingRules, OpenMentor, SeekingMentee, WhyLeftOut, WorkingHours,
    judge,
};

const LANGUAGES: [&[&str]; 3] = [&["en"], &["de", "en"], &["de"]];

/// Somebody of few skills and languages, so that many pairs are possible and many score the same. Managers, departments
/// and mentors are numbered among the same few people.
fn a_mentee() -> impl Strategy<Value = SeekingMentee> {
    let skills = vec((1_u32..4, 0_i32..4, 1_i32..=4), 0..3);
    (skills, 0_usize..3, -3_i32..4, vec(1_u32..9, 0..3), 0_u32..9).prop_map(
        |(skills, languages, zone, line, ended)| {
            let mentee = speaking(wanting(mentee(0), &skills), LANGUAGES[languages]);
            let mentee = ended_before(mentee, mentor_id(ended));
            let department = mentor(ended % 3).department;
            let line = line.into_iter().map(employee_id).collect();
            SeekingMentee { hours: WorkingHours::office(zone * 120), line, department, ..mentee }
        },
    )
}

fn a_mentor() -> impl Strategy<Value = OpenMentor> {
    let skills = vec((1_u32..4, 1_i32..=4), 1..3);
    (skills, 0_usize..3, -3_i32..4, 0_i32..4, 0_i32..3).prop_map(
        |(skills, languages, zone, capacity, taken)| {
            let mentor = mentoring_in(teaching(mentor(0), &skills), LANGUAGES[languages]);
            OpenMentor { hours: WorkingHours::office(zone * 120), ..with_places(mentor, capacity, taken) }
        },
    )
}

/// Mentees and mentors in an order that says nothing. Some are both.
fn people(
    mentees: std::ops::Range<usize>,
    mentors: std::ops::Range<usize>,
) -> impl Strategy<Value = (Vec<SeekingMentee>, Vec<OpenMentor>)> {
    let mentees = vec(a_mentee(), mentees).prop_map(|mentees| {
        let numbered = (1..).zip(mentees);
        numbered
            .map(|(number, mentee)| SeekingMentee { employee: employee_id(number), ..mentee })
            .collect::<Vec<_>>()
    });
    let mentors = vec(a_mentor(), mentors).prop_map(|mentors| {
        let named = |(number, other): (u32, OpenMentor)| {
            let named = mentor(number);
            OpenMentor {
                mentor: named.mentor,
                employee: named.employee,
                department: mentor(number % 3).department,
                ..other
            }
        };
        (1..).zip(mentors).map(named).collect::<Vec<_>>()
    });
    (mentees.prop_shuffle(), mentors.prop_shuffle())
}

fn rules() -> impl Strategy<Value = MatchingRules> {
    (1_i32..8_000, any::<bool>(), any::<bool>(), any::<bool>()).prop_map(
        |(least_score, manager_allowed, line_allowed, same_department_allowed)| {
            let conflicts = Conflicts { manager_allowed, line_allowed, same_department_allowed };
            MatchingRules { least_score, conflicts, ..MatchingRules::default() }
        },
    )
}

type Pairs = Vec<(usize, usize)>;

/// The best choice of pairs, by trying every one: its worth, and who goes with whom.
fn by_trying(worths: &[Vec<Option<i64>>], free: &mut [i32]) -> (i64, Pairs) {
    let Some((row, rest)) = worths.split_last() else { return (0, Vec::new()) };
    let mut best = by_trying(rest, free);
    for (mentor, worth) in row.iter().enumerate() {
        let Some(worth) = worth.filter(|_| free[mentor] > 0) else { continue };
        free[mentor] -= 1;
        let (others, mut pairs) = by_trying(rest, free);
        free[mentor] += 1;
        if others + worth > best.0 {
            pairs.push((rest.len(), mentor));
            best = (others + worth, pairs);
        }
    }
    best
}

/// What each pair is worth, the lot included, if it may be made at all.
fn worths(mentees: &[SeekingMentee], mentors: &[OpenMentor], rules: &MatchingRules) -> Vec<Vec<Option<i64>>> {
    let of_pair = |mentee: &SeekingMentee, mentor: &OpenMentor| {
        let score = judge(mentee, mentor, rules).ok()?.total;
        (score >= rules.least_score).then(|| worth(score, lot(mentee.employee, mentor.mentor)))
    };
    mentees.iter().map(|mentee| mentors.iter().map(|mentor| of_pair(mentee, mentor)).collect()).collect()
}

proptest! {
    /// Not the sum alone, but the very pairs: the lot leaves no two answers.
    #[test]
    fn m4_trying_every_choice_finds_nothing_better(((mentees, mentors), rules) in (people(0..6, 0..5), rules())) {
        let matching = Matching::of(&mentees, &mentors, &rules)?;
        let mut free: Vec<_> = mentors.iter().map(OpenMentor::free_places).collect();
        let (_, pairs) = by_trying(&worths(&mentees, &mentors, &rules), &mut free);
        let mut pairs: Vec<_> =
            pairs.into_iter().map(|(mentee, mentor)| (mentees[mentee].employee, mentors[mentor].mentor)).collect();
        pairs.sort();
        let proposed: Vec<_> = matching.proposals.iter().map(|pair| (pair.mentee, pair.mentor)).collect();
        prop_assert_eq!(proposed, pairs);
    }

    #[test]
    fn the_order_of_what_is_given_changes_nothing(
        ((mentees, mentors), (other_mentees, other_mentors), rules) in (people(0..25, 0..9), rules())
            .prop_flat_map(|(people, rules)| {
                let (mentees, mentors) = people.clone();
                (Just(people), (Just(mentees).prop_shuffle(), Just(mentors).prop_shuffle()), Just(rules))
            })
    ) {
        let matching = Matching::of(&mentees, &mentors, &rules)?;
        prop_assert_eq!(Matching::of(&other_mentees, &other_mentors, &rules)?, matching);
    }

    #[test]
    fn every_mentee_is_answered_and_no_mentor_gets_more_than_they_have_places_for(
        ((mentees, mentors), rules) in (people(0..25, 0..9), rules())
    ) {
        let matching = Matching::of(&mentees, &mentors, &rules)?;
        let mentees: BTreeMap<_, _> = mentees.iter().map(|mentee| (mentee.employee, mentee)).collect();
        let proposed = matching.proposals.iter().map(|proposal| proposal.mentee);
        let mut answered: Vec<_> = proposed.chain(matching.left_out.iter().map(|left| left.mentee)).collect();
        answered.sort();
        prop_assert_eq!(answered, mentees.keys().copied().collect::<Vec<_>>());
        for mentor in &mentors {
            let of_mentor: Vec<_> =
                matching.proposals.iter().filter(|proposal| proposal.mentor == mentor.mentor).collect();
            let count = i32::try_from(of_mentor.len())?;
            let places = matching.places.iter().find(|places| places.mentor == mentor.mentor);
            prop_assert_eq!(places.map(|places| (places.proposed, places.left)), Some((count, mentor.free_places() - count)));
            prop_assert!(count <= mentor.free_places());
            for proposal in of_mentor {
                let score = judge(mentees[&proposal.mentee], mentor, &rules);
                prop_assert!(proposal.score.total >= rules.least_score);
                prop_assert_eq!(score.as_ref(), Ok(&proposal.score));
            }
        }
        let total: i64 = matching.proposals.iter().map(|proposal| i64::from(proposal.score.total)).sum();
        prop_assert_eq!(total, matching.total_score);
    }

    /// Whoever is left out because of places would find none anywhere, and whoever is proposed to somebody worse than
    /// their alternative finds none there.
    #[test]
    fn nobody_is_passed_by_while_a_place_is_free((people, rules) in (people(0..25, 0..9), rules())) {
        let (mentees, mentors) = people;
        let matching = Matching::of(&mentees, &mentors, &rules)?;
        let full = |mentor: &OpenMentor| matching.places.iter().any(|places| places.mentor == mentor.mentor && places.left == 0);
        for left in &matching.left_out {
            let mentee = mentees.iter().find(|mentee| mentee.employee == left.mentee);
            let possible: Vec<_> = mentors
                .iter()
                .filter(|mentor| mentee.and_then(|mentee| judge(mentee, mentor, &rules).ok()).is_some_and(|score| score.total >= rules.least_score))
                .collect();
            prop_assert_eq!(matches!(left.why, WhyLeftOut::PlacesTaken { .. }), !possible.is_empty());
            prop_assert!(possible.into_iter().all(full));
        }
        for alternative in matching.proposals.iter().filter_map(|proposal| proposal.alternative) {
            prop_assert!(alternative.difference >= 0 || !alternative.has_place);
        }
    }

    /// A person may take any part of what is proposed: what is left is still the best for the others, as long as places
    /// that are taken do not change how well anybody fits.
    #[test]
    fn what_is_taken_in_part_leaves_the_rest_as_it_was(
        ((mentees, mentors), rules, taken) in (people(1..6, 1..5), rules(), 0_usize..6)
    ) {
        let weights = super::ScoreWeights { load: 0, skills: 6_000, ..super::ScoreWeights::default() };
        let rules = MatchingRules { weights, ..rules };
        let matching = Matching::of(&mentees, &mentors, &rules)?;
        let (taken, rest) = matching.proposals.split_at(taken.min(matching.proposals.len()));
        let still: Vec<_> = mentees
            .into_iter()
            .filter(|mentee| taken.iter().all(|proposal| proposal.mentee != mentee.employee))
            .collect();
        let mentors: Vec<_> = mentors
            .into_iter()
            .map(|mentor| {
                let now = taken.iter().filter(|proposal| proposal.mentor == mentor.mentor).count();
                let places_taken = mentor.places_taken + i32::try_from(now).unwrap_or(0);
                OpenMentor { places_taken, ..mentor }
            })
            .collect();
        let again = Matching::of(&still, &mentors, &rules)?;
        let pairs = |proposals: &[super::Proposal]| -> Vec<_> {
            proposals.iter().map(|proposal| (proposal.mentee, proposal.mentor)).collect()
        };
        prop_assert_eq!(pairs(&again.proposals), pairs(rest));
    }
}

#[test]
fn rules_are_looked_at_before_anybody_is() {
    let rules = MatchingRules { least_score: 20_000, ..MatchingRules::default() };
    let twice = [mentee(1), mentee(1)];
    assert_eq!(Matching::of(&twice, &[], &rules).map(|_| ()), Err(MatchingProblem::LeastScore(20_000)));
}
