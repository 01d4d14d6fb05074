//! How long matching takes for a large employer: 5,000 mentees and 1,000 mentors, made up but always the same.
//!
//! `cargo bench -p upskill-domain --bench matching` prints a line for each employer. They differ in how many skills there
//! are to want, so in how many pairs are possible, and in how many places there are. It measures and asserts nothing.

use std::time::Instant;

use proptest::prelude::*;
use proptest::sample::subsequence;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use upskill_domain::kernel::{EmployeeId, LanguageTag, SkillId, TypedId};
use upskill_domain::mentoring::{
    Matching, MatchingRules, OpenMentor, SeekingMentee, WantedSkill, WorkingHours, judge,
};
use upskill_domain::skills::SkillLevel;
use uuid::Uuid;

const MENTEES: u32 = 5_000;
const MENTORS: u32 = 1_000;
const DEPARTMENTS: u32 = 60;
const LANGUAGES: [&str; 5] = ["de", "en", "es", "fr", "ja"];
/// Offices, by the minutes that their clocks are ahead of UTC.
const OFFICES: [i32; 6] = [-480, -300, 0, 60, 330, 540];

fn main() {
    println!("skills  places  possible pairs  proposals  left out  total score  seconds");
    for skills in [200, 60, 15] {
        for places in [1..=3, 1..=5, 4..=6, 5..=10] {
            measure(skills, places);
        }
    }
}

fn measure(skills: u32, places: std::ops::RangeInclusive<i32>) {
    let (mentees, mentors) = employer(skills, places);
    let rules = MatchingRules::default();
    let started = Instant::now();
    let matching = Matching::of(&mentees, &mentors, &rules).expect("the rules make sense");
    let seconds = started.elapsed().as_secs_f64();
    let possible = |mentee: &SeekingMentee| {
        let scores = mentors.iter().filter_map(|mentor| judge(mentee, mentor, &rules).ok());
        scores.filter(|score| score.total >= rules.least_score).count()
    };
    let pairs: usize = mentees.iter().map(possible).sum();
    let free: i32 = mentors.iter().map(OpenMentor::free_places).sum();
    let (proposals, left_out) = (matching.proposals.len(), matching.left_out.len());
    let total = matching.total_score;
    println!(
        "{skills:>6}  {free:>6}  {pairs:>14}  {proposals:>9}  {left_out:>8}  {total:>11}  {seconds:>7.2}"
    );
}

/// Everybody reports to a head of department, who reports to one of five directors, who report to one person.
fn employer(skills: u32, places: std::ops::RangeInclusive<i32>) -> (Vec<SeekingMentee>, Vec<OpenMentor>) {
    let mut runner = TestRunner::deterministic();
    let mentee = |number| {
        let traits = (person(), proptest::collection::vec((skill(skills), 0_i32..4, 1_i32..3), 1..4));
        traits.prop_map(move |(person, skills)| SeekingMentee {
            employee: id(number),
            skills: skills.into_iter().map(wanted).collect(),
            languages: person.languages,
            hours: person.hours,
            department: id(person.department),
            line: line(person.department),
            ended_before: [].into(),
        })
    };
    let mentees = (1..=MENTEES).map(|number| drawn(&mentee(number), &mut runner)).collect();
    let mentor = |number| {
        let skills = proptest::collection::vec((skill(skills), 3_i32..=5), 2..6);
        let traits = (person(), skills, places.clone(), 0_i32..4);
        traits.prop_map(move |(person, skills, free, places_taken)| OpenMentor {
            mentor: id(number),
            employee: id(MENTEES + number),
            skills: skills.into_iter().map(|(skill, up_to)| (skill, level(up_to))).collect(),
            languages: person.languages,
            hours: person.hours,
            department: id(person.department),
            line: line(person.department),
            capacity: free + places_taken,
            places_taken,
        })
    };
    let mentors = (1..=MENTORS).map(|number| drawn(&mentor(number), &mut runner)).collect();
    (mentees, mentors)
}

#[derive(Debug, Clone)]
struct Person {
    languages: std::collections::BTreeSet<LanguageTag>,
    hours: WorkingHours,
    department: u32,
}

fn person() -> impl Strategy<Value = Person> {
    let languages = subsequence(LANGUAGES.as_slice(), 1..=2);
    (languages, 0..OFFICES.len(), 0..DEPARTMENTS).prop_map(|(languages, office, department)| Person {
        languages: languages.into_iter().filter_map(|tag| LanguageTag::parse(tag).ok()).collect(),
        hours: WorkingHours::office(OFFICES[office]),
        department,
    })
}

/// A skill of so many; the lower its number, the more people have to do with it.
fn skill(skills: u32) -> impl Strategy<Value = SkillId> {
    (0..skills, 0..skills).prop_map(|(one, other)| id(one.min(other)))
}

fn wanted((skill, held, more): (SkillId, i32, i32)) -> (SkillId, WantedSkill) {
    (skill, WantedSkill { held: SkillLevel::new(held).ok(), wanted: level(held + more) })
}

fn line(department: u32) -> Vec<EmployeeId> {
    [20_000 + department, 30_000 + department % 5, 40_000].map(id).to_vec()
}

fn level(number: i32) -> SkillLevel {
    SkillLevel::new(number).expect("a level from 1 to 5")
}

fn id<I: TypedId>(number: u32) -> I {
    I::from_uuid(Uuid::from_u128(number.into()))
}

fn drawn<S: Strategy>(of: &S, runner: &mut TestRunner) -> S::Value {
    of.new_tree(runner).expect("a value").current()
}
