use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::kernel::{BenefitId, Currency, Period, Rate, TypedId};
use crate::roi::{
    BandUsed, BenefitKind, BenefitTaken, CostKind, CostSource, Estimate, EstimateSource, Figures, Isolation,
    IsolationMethod, MissingData, PricedHours, RateUsed,
};

const FIVE: MinimumGroupSize = MinimumGroupSize::DEFAULT;

fn department(number: u128) -> DepartmentId {
    DepartmentId::from_uuid(Uuid::from_u128(number))
}

fn currency(code: &str) -> Currency {
    Currency::parse(code).unwrap_or_else(|error| panic!("{error}"))
}

fn euros(minor: i64) -> Money {
    Money::sum(minor, currency("EUR"))
}

fn taken(line: &[(u128, i64, u64)]) -> TakenBy {
    let taken = |(number, amount, people): &(u128, i64, u64)| {
        (Some(department(*number)), Taken { amount: *amount, people: *people })
    };
    line.iter().map(taken).collect()
}

/// A benefit that counts with everything that it is worth.
fn benefit(minor: i64) -> BenefitTaken {
    BenefitTaken {
        benefit: BenefitId::from_uuid(Uuid::from_u128(1)),
        kind: BenefitKind::Quality,
        title: "Less scrap".to_owned(),
        estimates: vec![Estimate {
            source: EstimateSource::BusinessRecords,
            grounds: "Counted".to_owned(),
            annual_value: euros(minor),
            isolation: Some(Isolation { method: IsolationMethod::TrendLine, share: Share::ALL }),
            confidence: Share::ALL,
        }],
        horizon_months: 12,
        respondents: None,
        validated: true,
    }
}

/// The basis of a report about some people, of lines of costs with what was taken where.
fn basis(cohort: &[(u128, u64)], lines: Vec<(CostSource, TakenBy)>, administration: i32) -> Basis {
    let day = chrono::NaiveDate::default();
    let cohort: BTreeMap<Workplace, u64> =
        cohort.iter().map(|(number, people)| (Some(department(*number)), *people)).collect();
    let (costs, taken): (Vec<_>, Vec<_>) = lines.into_iter().unzip();
    Basis {
        currency: currency("EUR"),
        window: Period::new(day, day).unwrap_or_else(|error| panic!("{error}")),
        cohort: cohort.values().sum(),
        minimum_group_size: FIVE,
        discount_rate: Share::NONE,
        administration: Share::new(administration).unwrap_or(Share::NONE),
        missing_data: MissingData::ALL.to_vec(),
        places_without_hours: 0,
        costs,
        benefits: vec![benefit(2_500_000)],
        intangibles: Vec::new(),
        departments: Some(DepartmentPart::of(FIVE, &cohort, &taken)),
    }
}

fn ledger(spent: i64) -> CostSource {
    CostSource::Ledger { spent: euros(spent), entries: 1, converted_at: None }
}

fn stated(minor: i64, cohort: &[(u128, u64)]) -> (CostSource, TakenBy) {
    let source = "A book".to_owned();
    let heads = |(number, people): &(u128, u64)| (Some(department(*number)), Taken::by_heads(*people));
    let source = CostSource::Stated { kind: CostKind::Materials, amount: euros(minor), source };
    (source, cohort.iter().map(heads).collect())
}

/// Engineering, operations, people and the laboratory: the last two are few.
const COHORT: [(u128, u64); 4] = [(1, 12), (2, 8), (3, 2), (4, 3)];

fn example() -> Basis {
    let spent = taken(&[(1, 600_000, 6), (2, 300_000, 5), (3, 100_000, 1)]);
    basis(&COHORT, vec![(ledger(1_000_000), spent), stated(25_000, &COHORT)], 1_000)
}

#[test]
fn what_a_program_took_is_divided_to_the_cent() {
    let figures = Figures::of(&example());
    let parts = figures.departments.unwrap_or_default();
    let one = |number| Whose::One(Some(department(number)));
    let few = |number| (Some(department(number)), Suppression::BelowMinimum);
    let expected = [
        (one(1), 12, 673_200, 1_200_000),
        // One of the people of the third took a course: what five of the second and this one took is theirs by heads.
        (one(2), 8, 375_466, 800_000),
        (Whose::Together(vec![few(3), few(4)]), 5, 78_834, 500_000),
    ];
    let expected = expected.map(|(whose, participants, cost, benefit)| {
        let benefit = euros(benefit);
        let benefit = Some(Range { low: benefit, expected: benefit, high: benefit });
        DepartmentFigures { whose, returns: Returns { participants, cost: euros(cost), benefit } }
    });
    assert_eq!(parts, expected);
    assert_eq!(figures.cost, euros(1_127_500));
    let percent = |part: &DepartmentFigures| {
        let (net, percent) =
            part.returns.net_of(part.returns.benefit.map_or(euros(0), |range| range.expected));
        (net.minor(), percent.map(|percent| percent.to_string()))
    };
    assert_eq!(percent(&parts[0]), (526_800, Some("78.25".to_owned())));
}

#[test]
fn r7_departments_that_are_hidden_are_told_together_or_not_at_all() {
    let parts = Figures::of(&example()).departments.unwrap_or_default();
    let told = |numbers: &[u128]| {
        let chosen = numbers.iter().map(|number| department(*number)).collect();
        let told = DepartmentFigures::together(&parts, &chosen);
        told.map(|told| told.map(|returns| (returns.participants, returns.cost.minor())))
    };
    assert_eq!(told(&[1]), Ok(Some((12, 673_200))));
    assert_eq!(told(&[3, 4]), Ok(Some((5, 78_834))));
    assert_eq!(told(&[1, 2, 3, 4]), Ok(Some((25, 1_127_500))));
    assert_eq!(told(&[9]), Ok(None));
    assert_eq!(told(&[3]), Err(Suppression::BelowMinimum));
    assert_eq!(told(&[1, 3]), Err(Suppression::Complementary));
}

#[test]
fn r7_who_costs_without_having_joined_is_not_told_alone() {
    let spent = taken(&[(1, 600_000, 6), (9, 100_000, 1)]);
    let parts = basis(&[(1, 12), (2, 8)], vec![(ledger(700_000), spent)], 0).departments.unwrap_or_default();
    let hidden = vec![
        (Some(department(2)), Suppression::Complementary),
        (Some(department(9)), Suppression::BelowMinimum),
    ];
    assert_eq!(parts[1].whose, Whose::Together(hidden));
    assert_eq!((parts.len(), parts[1].participants), (2, 8));
}

#[test]
fn r7_a_line_that_few_people_are_in_is_everybodys() {
    let of_one = taken(&[(1, 20_000, 1)]);
    let parts = basis(&[(1, 12), (2, 8)], vec![(ledger(20_000), of_one)], 0).departments.unwrap_or_default();
    let taken: Vec<_> = parts.iter().map(|part| part.taken.as_slice()).collect();
    assert_eq!(taken, [[12_000], [8_000]]);
}

#[test]
fn r3_a_report_from_before_departments_were_kept_still_comes_out() {
    let old = Basis { departments: None, ..example() };
    let kept = serde_json::to_string(&old).unwrap_or_default();
    assert!(!kept.contains("departments"), "{kept}");
    assert_eq!(serde_json::from_str::<Basis>(&kept).ok().as_ref(), Some(&old));
    let figures = Figures::of(&old);
    assert_eq!(figures.departments, None);
    let kept = serde_json::to_string(&figures).unwrap_or_default();
    assert!(!kept.contains("departments"), "{kept}");
    assert_eq!(serde_json::from_str::<Figures>(&kept).ok(), Some(figures));
    // And one that keeps them is read as it was written.
    let new = example();
    let kept = serde_json::to_string(&new).unwrap_or_default();
    assert_eq!(serde_json::from_str::<Basis>(&kept).ok(), Some(new));
}

/// A department: how many have joined, and what how many of its people took in euros, in dollars and of hours.
type Group = (u64, [(i64, u64); 3]);

fn groups() -> impl Strategy<Value = Vec<Group>> {
    let took = || (-50_000_i64..900_000, 0_u64..12);
    prop::collection::vec((0_u64..14, [took(), took(), took()]), 1..7)
}

fn of_groups(groups: &[Group], administration: i32) -> Basis {
    let line = |at: usize| -> TakenBy {
        let took = groups.iter().zip(1_u128..).map(|((_, took), number)| (number, took[at].0, took[at].1));
        taken(&took.filter(|(_, _, people)| *people > 0).collect::<Vec<_>>())
    };
    let lines = [0, 1, 2].map(line);
    let sum = |line: &TakenBy| line.values().map(|taken| taken.amount).sum::<i64>();
    let rate = Rate::parse("0.9173").unwrap_or_else(|error| panic!("{error}"));
    let day = chrono::NaiveDate::default();
    let dollars = CostSource::Ledger {
        spent: Money::sum(sum(&lines[1]), currency("USD")),
        entries: 1,
        converted_at: Some(RateUsed { rate, day, source: "A bank".to_owned() }),
    };
    let band = BandUsed { code: "B1".to_owned(), hourly_cost: euros(1), assumed: false };
    let hours = CostSource::Hours {
        kind: CostKind::ReleasedTime,
        people: lines[2].values().map(|taken| taken.people).sum(),
        parts: vec![PricedHours { minutes: sum(&lines[2]), band }],
    };
    let cohort: Vec<_> = groups.iter().zip(1_u128..).map(|((people, _), number)| (number, *people)).collect();
    let sources = [ledger(sum(&lines[0])), dollars, hours].into_iter().zip(lines);
    basis(&cohort, sources.chain([stated(77_777, &cohort)]).collect(), administration)
}

proptest! {
    #[test]
    fn the_parts_add_up_to_the_report_to_the_last_cent(groups in groups(), administration in 0_i32..=10_000) {
        let basis = of_groups(&groups, administration);
        prop_assume!(basis.cohort > 0);
        let figures = Figures::of(&basis);
        let parts = figures.departments.clone().unwrap_or_default();
        let sum = |of: &dyn Fn(&Returns) -> i64| parts.iter().map(|part| of(&part.returns)).sum::<i64>();
        prop_assert_eq!(sum(&|returns| returns.cost.minor()), figures.cost.minor());
        prop_assert_eq!(parts.iter().map(|part| part.returns.participants).sum::<u64>(), basis.cohort);
        if let Some(outcomes) = figures.outcomes {
            let benefit = sum(&|returns| returns.benefit.map_or(0, |range| range.expected.minor()));
            prop_assert_eq!(benefit, outcomes.expected.benefit.minor());
        }
        prop_assert_eq!(Figures::of(&basis), figures);
    }

    /// Whatever departments are put together: those that are told, and all others of the program, are nobody or enough
    /// people, and so are those of them who took any of a line.
    #[test]
    fn r7_no_sum_or_difference_is_about_a_few(groups in groups(), bits in 0_u32..128) {
        let basis = of_groups(&groups, 0);
        prop_assume!(basis.cohort >= 5);
        let parts = Figures::of(&basis).departments.unwrap_or_default();
        let chosen = |at: usize| bits & (1 << at) != 0;
        let ids = (1_u128..).zip(0..groups.len()).filter(|(_, at)| chosen(*at)).map(|(number, _)| department(number));
        if let Ok(Some(told)) = DepartmentFigures::together(&parts, &ids.collect()) {
            let count = |of: &dyn Fn(&Group) -> u64, inside: bool| {
                let some = groups.iter().enumerate().filter(|(at, _)| chosen(*at) == inside);
                some.map(|(_, group)| of(group)).sum::<u64>()
            };
            let joined = |group: &Group| group.0;
            let counted = |group: &Group| group.1.iter().map(|(_, people)| *people).fold(group.0, u64::max);
            prop_assert_eq!(told.participants, count(&joined, true));
            for inside in [true, false] {
                prop_assert!(FIVE.permits(count(&joined, inside)), "{:?} {:?}", groups, bits);
                prop_assert!(FIVE.permits(count(&counted, inside)), "{:?} {:?}", groups, bits);
            }
        }
    }

    /// What is kept does not depend on who of a few took how much.
    #[test]
    fn r7_what_few_people_took_is_not_kept_of_them(amounts in [0_i64..900_000, 0_i64..900_000], moved in 0_i64..900_000) {
        let [one, other] = amounts;
        let kept = |one: i64, other: i64| {
            let spent = taken(&[(1, one, 2), (2, other, 3), (3, 500_000, 9)]);
            basis(&[(1, 7), (2, 9), (3, 9)], vec![(ledger(one + other + 500_000), spent)], 0)
        };
        prop_assert_eq!(kept(one, other + moved), kept(one + moved, other));
    }
}
