use std::collections::BTreeSet;

use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::kernel::{SkillId, TypedId};
use crate::reports::shortage::MONTHS_BACK;
use crate::skills::{JobRequirement, SkillGap, SkillLevel};

fn department(n: u32) -> DepartmentId {
    DepartmentId::from_uuid(Uuid::from_u128(u128::from(n)))
}

fn job_profile(n: u32) -> JobProfileId {
    JobProfileId::from_uuid(Uuid::from_u128(u128::from(n)))
}

/// Somebody who lacks so many of the five levels of a skill that their job asks for.
fn lacking(skill: u32, missing: u32) -> Lacking {
    let skill = SkillId::from_uuid(Uuid::from_u128(u128::from(skill)));
    let level = |number: u32| SkillLevel::new(i32::try_from(number).unwrap_or(0));
    let Ok(five) = level(5) else { unreachable!("five is a level") };
    let required = JobRequirement { skill, level: five, must_have: true, weight: 1 };
    let held = level(5_u32.saturating_sub(missing)).ok();
    let held = held.map(|level| crate::skills::HeldSkill {
        skill,
        level,
        evidence: crate::skills::SkillEvidence::Manager,
        records: Vec::new(),
    });
    Lacking { gaps: vec![SkillGap { required, held }], before: [0; MONTHS_BACK] }
}

/// 1 above 2 and 3, 3 above 4; 5 beside 1.
fn tree() -> Tree {
    let above = [(1, None), (2, Some(1)), (3, Some(1)), (4, Some(3)), (5, None)];
    Tree::of(above.into_iter().map(|(id, above)| (department(id), above.map(department))).collect())
}

/// People by department and job; each lacks one level.
fn stock(cells: &[(u32, u32, u32)]) -> Stock {
    let mut stock = Stock::default();
    for (at, job, people) in cells {
        for _ in 0..*people {
            stock.add_employee(Some(department(*at)), job_profile(*job), &lacking(*job, 1));
        }
    }
    stock
}

fn told(stock: &Stock, of: SkillsOf) -> (Result<u32, Suppression>, bool) {
    let all = stock.told(MinimumGroupSize::DEFAULT, &tree(), &[]);
    let told = all.into_iter().find(|told| told.of == of).unwrap_or_else(|| panic!("{of:?} is not told of"));
    (told.shortages.map(|shortages| shortages.people), told.partial)
}

fn at(n: u32) -> SkillsOf {
    SkillsOf::Department(department(n))
}

#[test]
fn a_department_is_told_with_those_below_it() {
    let stock = stock(&[(1, 1, 10), (2, 1, 11), (3, 1, 12), (4, 1, 13), (5, 2, 14)]);
    assert_eq!(told(&stock, SkillsOf::Employer), (Ok(60), false));
    assert_eq!([1, 2, 3, 4, 5].map(|n| told(&stock, at(n)).0), [Ok(46), Ok(11), Ok(25), Ok(13), Ok(14)]);
}

#[test]
fn a_job_that_few_have_is_left_out_of_the_sum_and_of_nothing_else() {
    let stock = stock(&[(1, 1, 20), (2, 1, 20), (5, 1, 20), (2, 2, 3), (5, 2, 30)]);
    assert_eq!(told(&stock, at(2)), (Ok(20), true));
    // The three are not told by taking those of department 5 from everybody.
    assert_eq!(told(&stock, at(5)), (Ok(20), true));
    assert_eq!(told(&stock, SkillsOf::Employer), (Ok(93), false));
}

#[test]
fn where_only_few_have_a_job_nothing_is_told_and_where_nobody_has_that_is_told() {
    let stock = stock(&[(2, 1, 9), (5, 2, 40)]);
    assert_eq!(told(&stock, at(2)), (Err(Suppression::BelowMinimum), false));
    assert_eq!(told(&stock, at(4)), (Ok(0), false));
    assert_eq!(told(&stock, SkillsOf::Employer), (Ok(40), true));
}

#[test]
fn what_is_missing_is_told_by_skill_the_worst_first() {
    let mut stock = Stock::default();
    for n in 0..10 {
        stock.add_employee(None, job_profile(1), &lacking(1, u32::from(n < 3)));
        stock.add_employee(None, job_profile(2), &lacking(2, 5));
    }
    let all = stock.told(MinimumGroupSize::DEFAULT, &tree(), &[]);
    let everybody =
        all.iter().find(|told| told.of == SkillsOf::Employer).and_then(|told| told.shortages.clone().ok());
    let everybody = everybody.unwrap_or_default();
    let skills = everybody.skills().into_iter().map(|(_, shortage)| shortage).collect::<Vec<_>>();
    let shortage =
        |short, missing_levels| super::super::shortage::Shortage { asked: 10, short, missing_levels };
    assert_eq!(skills, [shortage(10, 50), shortage(3, 3)]);
    assert_eq!((everybody.ready, everybody.coverage()), (7, Some(4_700)));
}

#[test]
fn programs_that_share_people_are_told_beside_each_other_only_if_both_are_enough() {
    let program = |n| ProgramId::from_uuid(Uuid::from_u128(n));
    let mut stock = Stock::default();
    for (of, people) in [(1, 12), (2, 10), (3, 4)] {
        for _ in 0..people {
            stock.add_participant(program(of), &lacking(1, 1));
        }
    }
    let all = stock.told(MinimumGroupSize::DEFAULT, &tree(), &[1, 2, 3, 4].map(program));
    let people = |n| {
        let told = all.iter().find(|told| told.of == SkillsOf::Program(program(n)));
        told.map(|told| told.shortages.clone().map(|shortages| shortages.people))
    };
    assert_eq!(people(3), Some(Err(Suppression::BelowMinimum)));
    assert_eq!(people(2), Some(Err(Suppression::Complementary)), "the smallest neighbor hides the small one");
    assert_eq!((people(1), people(4)), (Some(Ok(12)), Some(Ok(0))));
}

/// Of which cells each answer is the sum: those of the jobs that are told of a department, there and below it.
fn answers(stock: &Stock, minimum: MinimumGroupSize) -> Vec<BTreeSet<(u32, u32)>> {
    let within = |of: u32| -> &[u32] {
        match of {
            1 => &[1, 2, 3, 4],
            3 => &[3, 4],
            2 => &[2],
            4 => &[4],
            _ => &[5],
        }
    };
    let mut answers = Vec::new();
    for told in stock.told(minimum, &tree(), &[]) {
        let Ok(shortages) = told.shortages else { continue };
        // Each job asks for the skill of its own number, so the skills that are told say which jobs are.
        for (skill, _) in shortages.skills() {
            let job = u32::try_from(skill.uuid().as_u128()).unwrap_or(0);
            let departments: Vec<u32> = match told.of {
                SkillsOf::Department(id) => within(u32::try_from(id.uuid().as_u128()).unwrap_or(0)).to_vec(),
                _ => vec![1, 2, 3, 4, 5],
            };
            answers.push(departments.into_iter().map(|department| (department, job)).collect());
        }
    }
    answers
}

proptest! {
    /// R7: whatever is told is cut into parts that no answer tells apart; each of them is nobody or enough people.
    #[test]
    fn r7_no_sums_of_departments_and_jobs_expose_a_few(
        people in prop::collection::vec(0_u32..16, 15), minimum in 3_u32..6
    ) {
        let minimum = MinimumGroupSize::new(minimum)?;
        let cells: Vec<_> =
            people.iter().zip(0_u32..).map(|(people, n)| (n % 5 + 1, n / 5 + 1, *people)).collect();
        let stock = stock(&cells);
        let answers = answers(&stock, minimum);
        let mut parts = BTreeMap::<Vec<bool>, u32>::new();
        for (department, job, people) in cells {
            let seen: Vec<bool> = answers.iter().map(|answer| answer.contains(&(department, job))).collect();
            if seen.contains(&true) {
                *parts.entry(seen).or_default() += people;
            }
        }
        for (_, people) in parts {
            prop_assert!(people == 0 || people >= minimum.people() * 2, "{people} of {answers:?}");
        }
    }
}
