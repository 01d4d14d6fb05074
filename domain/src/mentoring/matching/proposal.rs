//! Who is proposed to whom.

use crate::kernel::{EmployeeId, MentorId};

use super::assignment::{Offer, assigned};
use super::lot::lot;
use super::prospects::{Candidate, Prospects, Teachers};
use super::{
    LeftOut, MatchingProblem, MatchingRules, OpenMentor, PairScore, SeekingMentee, WhyLeftOut, judge,
};

/// What is proposed for everybody who seeks a mentor. Nothing has happened yet: a person decides (M4).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Matching {
    /// One pair for every mentee who can be placed, in the order of the mentees' ids. Any part of them can be taken.
    pub proposals: Vec<Proposal>,
    /// Everybody else, in the same order.
    pub left_out: Vec<LeftOut>,
    /// The scores of all proposals together. No other choice of pairs comes to more.
    pub total_score: i64,
    /// What every mentor has left once all proposals are taken, in the order of the mentors' ids.
    pub places: Vec<PlacesLeft>,
}

/// A pair that is proposed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// Who seeks.
    pub mentee: EmployeeId,
    /// Who is proposed to them.
    pub mentor: MentorId,
    /// How well they fit.
    pub score: PairScore,
    /// Who else would suit the mentee best, if anybody could take them on.
    pub alternative: Option<Alternative>,
}

/// A mentor who could take a mentee on and is not proposed to them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Alternative {
    /// Who.
    pub mentor: MentorId,
    /// How well they fit.
    pub score: i32,
    /// By how much the proposed mentor fits better. Below 0 the alternative fits better, and others need the place more.
    /// For a mentee who is left out it is the score itself, with the opposite sign.
    pub difference: i32,
    /// Whether a place is free with them once all proposals are taken.
    pub has_place: bool,
}

/// What a mentor has left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PlacesLeft {
    /// Who.
    pub mentor: MentorId,
    /// How many mentees are proposed to them.
    pub proposed: i32,
    /// How many more they could take on once they have taken on all of these.
    pub left: i32,
}

/// The most mentees, and the most mentors, of one run. As lots are below 2 to the power of 32, those of so many pairs stay
/// below what a point of score is worth.
const MOST_PEOPLE: usize = 20_000;

/// What a point of score is worth in the currency in which places are given away: more than all lots together.
const POINT: i64 = 1 << 48;

impl Matching {
    /// Proposes a mentor for as many as possible without making it worse for others; see the module's own words.
    pub fn of(
        mentees: &[SeekingMentee],
        mentors: &[OpenMentor],
        rules: &MatchingRules,
    ) -> Result<Self, MatchingProblem> {
        rules.check()?;
        let mentees = in_order(mentees, |mentee| mentee.employee, MatchingProblem::MenteeTwice)?;
        let mentors = in_order(mentors, |mentor| mentor.mentor, MatchingProblem::MentorTwice)?;
        let teachers = Teachers::of(&mentors);
        let prospects: Vec<_> = mentees.iter().map(|mentee| teachers.prospects(mentee, rules)).collect();
        let hosts = assigned(offers(&mentees, &mentors, &prospects), &free_places(&mentors));
        let people = People { mentors: &mentors, places: places_left(&mentors, &hosts), rules };
        let (mut proposals, mut left_out) = (Vec::new(), Vec::new());
        for ((mentee, prospects), host) in mentees.iter().zip(prospects).zip(hosts) {
            match host.and_then(|host| people.proposal(mentee, &prospects, host)) {
                Some(proposal) => proposals.push(proposal),
                None => left_out.push(people.left_out(mentee, prospects)),
            }
        }
        let total_score = proposals.iter().map(|proposal| i64::from(proposal.score.total)).sum();
        Ok(Self { proposals, left_out, total_score, places: people.places })
    }
}

/// The mentors once places have been given away.
struct People<'a> {
    mentors: &'a [&'a OpenMentor],
    places: Vec<PlacesLeft>,
    rules: &'a MatchingRules,
}

impl People<'_> {
    fn proposal(&self, mentee: &SeekingMentee, prospects: &Prospects, host: usize) -> Option<Proposal> {
        let mentor = self.mentors.get(host)?;
        let score = judge(mentee, mentor, self.rules).ok()?;
        let beside = prospects.best_beside(Some(host));
        let alternative = beside.and_then(|candidate| self.alternative(candidate, score.total));
        Some(Proposal { mentee: mentee.employee, mentor: mentor.mentor, score, alternative })
    }

    fn left_out(&self, mentee: &SeekingMentee, prospects: Prospects) -> LeftOut {
        let best = prospects.best_beside(None).and_then(|candidate| self.alternative(candidate, 0));
        let why = best.map_or_else(|| prospects.why_nobody(mentee), |best| WhyLeftOut::PlacesTaken { best });
        LeftOut { mentee: mentee.employee, why }
    }

    fn alternative(&self, candidate: Candidate, taken: i32) -> Option<Alternative> {
        let Candidate { mentor, score } = candidate;
        let places = self.places.get(mentor)?;
        let difference = taken.saturating_sub(score);
        Some(Alternative { mentor: places.mentor, score, difference, has_place: places.left > 0 })
    }
}

/// People in the order of their ids, if nobody is there twice and they are not too many.
fn in_order<T, I: Ord>(
    people: &[T],
    id: impl Fn(&T) -> I,
    twice: impl Fn(I) -> MatchingProblem,
) -> Result<Vec<&T>, MatchingProblem> {
    if people.len() > MOST_PEOPLE {
        return Err(MatchingProblem::TooMany { given: people.len(), most: MOST_PEOPLE });
    }
    let mut people: Vec<_> = people.iter().collect();
    people.sort_by_key(|person| id(person));
    let same = people.iter().zip(people.iter().skip(1)).find(|(one, next)| id(one) == id(next));
    match same {
        Some((one, _)) => Err(twice(id(one))),
        None => Ok(people),
    }
}

/// Every candidate with what they are worth: points of score first, and the lot between equals.
fn offers(mentees: &[&SeekingMentee], mentors: &[&OpenMentor], prospects: &[Prospects]) -> Vec<Vec<Offer>> {
    let offer = |mentee: EmployeeId, candidate: &Candidate| {
        let mentor = mentors.get(candidate.mentor)?.mentor;
        let worth = worth(candidate.score, lot(mentee, mentor));
        Some(Offer { host: candidate.mentor, worth })
    };
    let offers = |(mentee, prospects): (&&SeekingMentee, &Prospects)| {
        prospects.candidates.iter().filter_map(|candidate| offer(mentee.employee, candidate)).collect()
    };
    mentees.iter().zip(prospects).map(offers).collect()
}

/// A score and a lot as one number.
pub(super) fn worth(score: i32, lot: u32) -> i64 {
    i64::from(score).saturating_mul(POINT).saturating_add(i64::from(lot))
}

fn free_places(mentors: &[&OpenMentor]) -> Vec<usize> {
    mentors.iter().map(|mentor| usize::try_from(mentor.free_places()).unwrap_or(0)).collect()
}

fn places_left(mentors: &[&OpenMentor], hosts: &[Option<usize>]) -> Vec<PlacesLeft> {
    let left =
        |mentor: &&OpenMentor| PlacesLeft { mentor: mentor.mentor, proposed: 0, left: mentor.free_places() };
    let mut places: Vec<_> = mentors.iter().map(left).collect();
    for host in hosts.iter().flatten() {
        if let Some(places) = places.get_mut(*host) {
            places.proposed = places.proposed.saturating_add(1);
            places.left = places.left.saturating_sub(1);
        }
    }
    places
}
