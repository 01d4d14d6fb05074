//! The method by its own examples: Phillips' formulas with round numbers that can be followed on paper.

use chrono::NaiveDate;
use uuid::Uuid;

use super::*;
use crate::kernel::{BenefitId, Currency, MinimumGroupSize, Money, Period, TypedId};

fn currency() -> Currency {
    Currency::parse("EUR").unwrap_or_else(|error| panic!("{error}"))
}

fn euros(amount: &str) -> Money {
    Money::parse(amount, currency()).unwrap_or_else(|error| panic!("{error}"))
}

fn share(points: i32) -> Share {
    Share::new(points).unwrap_or_else(|error| panic!("{error}"))
}

fn estimate(value: &str, isolation: Option<i32>, confidence: i32) -> Estimate {
    Estimate {
        source: EstimateSource::Managers,
        grounds: "Asked after 60 days".to_owned(),
        annual_value: euros(value),
        isolation: isolation
            .map(|points| Isolation { method: IsolationMethod::ManagerEstimate, share: share(points) }),
        confidence: share(confidence),
    }
}

fn taken(number: u128, estimates: Vec<Estimate>) -> BenefitTaken {
    BenefitTaken {
        benefit: BenefitId::from_uuid(Uuid::from_u128(number)),
        kind: BenefitKind::Productivity,
        title: "Fewer tickets".to_owned(),
        estimates,
        horizon_months: 12,
        respondents: None,
        validated: true,
    }
}

fn stated(amount: &str) -> CostSource {
    CostSource::Stated { kind: CostKind::Travel, amount: euros(amount), source: "Travel desk".to_owned() }
}

fn basis(costs: Vec<CostSource>, benefits: Vec<BenefitTaken>) -> Basis {
    let day = |text: &str| text.parse::<NaiveDate>().unwrap_or_default();
    Basis {
        currency: currency(),
        window: Period::new(day("2025-01-01"), day("2025-12-31")).unwrap_or_else(|error| panic!("{error}")),
        cohort: 20,
        minimum_group_size: MinimumGroupSize::DEFAULT,
        discount_rate: Share::NONE,
        administration: Share::NONE,
        missing_data: MissingData::ALL.to_vec(),
        places_without_hours: 0,
        costs,
        benefits,
        intangibles: Vec::new(),
        departments: None,
    }
}

fn expected(basis: &Basis) -> Outcome {
    let outcomes = Figures::of(basis).outcomes.unwrap_or_else(|| panic!("no benefit counts"));
    outcomes.expected
}

#[test]
fn r1_ten_thousand_at_forty_percent_and_seventy_percent_sure_are_two_thousand_eight_hundred() {
    let figures = Figures::of(&basis(
        vec![stated("1000")],
        vec![taken(1, vec![estimate("10000", Some(4_000), 7_000)])],
    ));
    let counted = figures.benefits.first().and_then(|line| line.counted);
    assert_eq!(counted.map(|counted| counted.annual.expected), Some(euros("2800")));
}

#[test]
fn r1_roi_is_the_benefit_cost_ratio_less_one() {
    let outcome = expected(&basis(
        vec![stated("80000")],
        vec![taken(1, vec![estimate("240000", Some(10_000), 10_000)])],
    ));
    assert_eq!(outcome.benefit_cost_ratio.map(|ratio| ratio.to_string()), Some("3.0000".to_owned()));
    assert_eq!(outcome.roi_percent.map(|percent| percent.to_string()), Some("200.00".to_owned()));
    assert_eq!(outcome.payback_months.map(|months| months.to_string()), Some("4.00".to_owned()));
    assert_eq!(outcome.net, euros("160000"));
}

#[test]
fn r1_a_program_that_brought_less_than_it_took_has_a_roi_below_zero() {
    let outcome =
        expected(&basis(vec![stated("10000")], vec![taken(1, vec![estimate("3600", Some(10_000), 10_000)])]));
    assert_eq!(outcome.roi_percent.map(|percent| percent.to_string()), Some("-64.00".to_owned()));
    assert_eq!(outcome.benefit_cost_ratio.map(|ratio| ratio.to_string()), Some("0.3600".to_owned()));
    assert_eq!(outcome.payback_months.map(|months| months.to_string()), Some("33.33".to_owned()));
    assert_eq!(outcome.net, euros("-6400"));
}

#[test]
fn r1_later_money_is_worth_less() {
    // 1,200 a month for a year at 8 % a year: the monthly rate is 0.6434 %.
    let mut basis =
        basis(vec![stated("10000")], vec![taken(1, vec![estimate("14400", Some(10_000), 10_000)])]);
    basis.discount_rate = share(800);
    assert_eq!(expected(&basis).net_present_value, euros("3815.43"));
    basis.discount_rate = Share::NONE;
    assert_eq!(expected(&basis).net_present_value, euros("4400"));
}

#[test]
fn r1_without_cost_there_is_no_ratio_but_a_reason() {
    let figures =
        Figures::of(&basis(Vec::new(), vec![taken(1, vec![estimate("10000", Some(4_000), 7_000)])]));
    assert_eq!(figures.no_ratio, Some(NoRatio::NoCost));
    let outcome = figures.outcomes.map(|outcomes| outcomes.expected);
    let ratios =
        outcome.map(|outcome| (outcome.roi_percent, outcome.benefit_cost_ratio, outcome.payback_months));
    assert_eq!(ratios, Some((None, None, None)));
    assert_eq!(outcome.map(|outcome| outcome.net), Some(euros("2800")));
}

#[test]
fn r2_without_isolation_or_validation_there_is_no_figure() {
    let unconfirmed =
        BenefitTaken { validated: false, ..taken(2, vec![estimate("10000", Some(4_000), 7_000)]) };
    let crowd =
        BenefitTaken { respondents: Some(21), ..taken(3, vec![estimate("10000", Some(4_000), 7_000)]) };
    let benefits = vec![taken(1, vec![estimate("10000", None, 7_000)]), unconfirmed, crowd];
    let figures = Figures::of(&basis(vec![stated("1000")], benefits));
    let left_out: Vec<_> = figures.benefits.iter().map(|line| line.left_out).collect();
    let reasons = [LeftOut::NoIsolation, LeftOut::NotValidated, LeftOut::MoreThanTheCohort];
    assert_eq!(left_out, reasons.map(Some));
    assert_eq!((figures.outcomes, figures.no_ratio), (None, Some(NoRatio::NoBenefit)));
}

#[test]
fn r2_of_estimates_that_differ_the_lower_one_counts() {
    let estimates = vec![
        estimate("9000", None, 10_000),
        estimate("10000", Some(4_000), 7_000),
        estimate("20000", Some(1_000), 9_000),
    ];
    let figures = Figures::of(&basis(vec![stated("1000")], vec![taken(1, estimates)]));
    let counted = figures.benefits.first().and_then(|line| line.counted);
    assert_eq!(counted.map(|counted| (counted.estimate, counted.annual.expected)), Some((2, euros("1800"))));
}

#[test]
fn r4_doubt_is_taken_off_twice_once_or_not_at_all() {
    let figures = Figures::of(&basis(
        vec![stated("1000")],
        vec![taken(1, vec![estimate("10000", Some(4_000), 7_000)])],
    ));
    let annual = figures.benefits.first().and_then(|line| line.counted).map(|counted| counted.annual);
    assert_eq!(annual, Some(Range { low: euros("1960"), expected: euros("2800"), high: euros("4000") }));
    let percents = figures.outcomes.map(|outcomes| {
        [outcomes.low, outcomes.expected, outcomes.high]
            .map(|outcome| outcome.roi_percent.map(|percent| percent.to_string()).unwrap_or_default())
    });
    assert_eq!(percents, Some(["96.00", "180.00", "300.00"].map(str::to_owned)));
}

#[test]
fn a_longer_horizon_counts_more_months_and_pays_back_no_sooner() {
    let long = BenefitTaken { horizon_months: 30, ..taken(1, vec![estimate("1200", Some(10_000), 10_000)]) };
    let outcome = expected(&basis(vec![stated("2400")], vec![long]));
    assert_eq!(outcome.benefit, euros("3000"));
    assert_eq!(outcome.payback_months.map(|months| months.to_string()), Some("24.00".to_owned()));
}

#[test]
fn costs_are_spend_and_hours_and_a_share_of_both() {
    let band = |hourly: &str, assumed| BandUsed { code: "B".to_owned(), hourly_cost: euros(hourly), assumed };
    let hours = |people, parts| CostSource::Hours { kind: CostKind::ReleasedTime, people, parts };
    let rate = crate::kernel::Rate::parse("0.92").unwrap_or_else(|error| panic!("{error}"));
    let day = NaiveDate::from_ymd_opt(2025, 12, 31).unwrap_or_default();
    let dollars = Currency::parse("USD").and_then(|usd| Money::parse("100", usd));
    let costs = vec![
        CostSource::Ledger { spent: euros("1500"), entries: 3, converted_at: None },
        CostSource::Ledger {
            spent: dollars.unwrap_or_else(|error| panic!("{error}")),
            entries: 1,
            converted_at: Some(RateUsed { rate, day, source: "A bank".to_owned() }),
        },
        hours(6, vec![PricedHours { minutes: 2_430, band: band("62.00", false) }]),
        hours(1, vec![PricedHours { minutes: 1, band: band("90.30", true) }]),
        // Of two bands that are told together the sum is rounded, not each of them.
        hours(
            2,
            vec![
                PricedHours { minutes: 1, band: band("90.30", true) },
                PricedHours { minutes: 1, band: band("90.30", false) },
            ],
        ),
    ];
    let mut basis = basis(costs, Vec::new());
    basis.administration = share(500);
    let figures = Figures::of(&basis);
    let lines: Vec<_> = figures.costs.iter().map(|line| (line.kind, line.amount)).collect();
    assert_eq!(
        lines,
        [
            (CostKind::Funding, euros("1500")),
            (CostKind::Funding, euros("92")),
            (CostKind::ReleasedTime, euros("2511")),
            // 1.505 is the middle between two cents, and 1.50 the even one.
            (CostKind::ReleasedTime, euros("1.50")),
            (CostKind::ReleasedTime, euros("3.01")),
            // A twentieth of 4107.51, which is 205.3755.
            (CostKind::Administration, euros("205.38")),
        ]
    );
    assert_eq!(figures.cost, euros("4312.89"));
}

#[test]
fn r3_what_was_kept_comes_out_again() {
    let basis = basis(vec![stated("1000")], vec![taken(1, vec![estimate("10000", Some(4_000), 7_000)])]);
    let figures = Figures::of(&basis);
    let written = serde_json::to_string(&(&basis, &figures)).unwrap_or_default();
    let (read, kept): (Basis, Figures) =
        serde_json::from_str(&written).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(Figures::of(&read), kept);
    assert_eq!(serde_json::to_string(&(&read, &kept)).unwrap_or_default(), written);
}

fn watched(earlier: (u32, u32), before: (u32, u32), after: (u32, u32)) -> Watched {
    let cell = |(people, exits)| Cell { people, exits };
    Watched { earlier: cell(earlier), before: cell(before), after: cell(after) }
}

#[test]
fn r6_the_effect_is_what_changed_here_less_what_changed_elsewhere() {
    // 20 % to 8 % among the upskilled, 20 % to 18 % among the others.
    let upskilled = watched((500, 100), (500, 100), (500, 40));
    let others = watched((2_000, 400), (2_000, 400), (2_000, 360));
    let effect = RetentionEffect::of(upskilled, others, MinimumGroupSize::DEFAULT);
    let RetentionEffect::Measured { effect: measured, people } = effect else { panic!("{effect:?}") };
    assert_eq!(people, [500, 500, 2_000, 2_000]);
    // The root of 0.16/500 + 0.0736/500 + 0.16/2000 + 0.1476/2000 is 0.024928, and 1.96 of that 0.048859.
    assert_eq!(
        [measured.low, measured.points, measured.high].map(|points| points.to_string()),
        ["-14.89", "-10.00", "-5.11"]
    );
    // 10 % of 500 people stay, each of whom would have cost 21 % of 60,000 to replace.
    let worth = effect.benefit(500, euros("60000"), share(2_100));
    assert_eq!(worth, Some([euros("321930"), euros("630000"), euros("938070")]));
}

#[test]
fn r6_not_enough_data_is_an_honest_answer() {
    let many = watched((500, 100), (500, 100), (500, 40));
    let few = watched((500, 100), (500, 100), (9, 1));
    let fewer = watched((500, 100), (4, 1), (500, 40));
    let of = |group, minimum| RetentionEffect::of(group, many, minimum);
    let default = MinimumGroupSize::DEFAULT;
    assert_eq!(of(few, default), RetentionEffect::NotEnoughData { smallest: Some(9), needed: 10 });
    // That there are four is not told.
    assert_eq!(of(fewer, default), RetentionEffect::NotEnoughData { smallest: None, needed: 10 });
    let fifty = MinimumGroupSize::new(50).unwrap_or_default();
    assert_eq!(of(few, fifty), RetentionEffect::NotEnoughData { smallest: None, needed: 100 });
    assert_eq!(of(few, default).benefit(9, euros("60000"), share(2_100)), None);
}

#[test]
fn r6_where_hardly_anybody_leaves_nothing_is_certain() {
    let many = watched((500, 100), (500, 100), (500, 40));
    let none = watched((500, 0), (500, 0), (500, 0));
    let few = watched((500, 100), (500, 100), (500, 4));
    let nearly_all = watched((500, 100), (500, 496), (500, 100));
    for group in [none, few, nearly_all] {
        let effect = RetentionEffect::of(group, many, MinimumGroupSize::DEFAULT);
        assert_eq!(effect, RetentionEffect::TooFewOfEach { needed: 5 });
    }
}

#[test]
fn r6_an_effect_that_may_be_none_is_worth_nothing() {
    let upskilled = watched((50, 10), (50, 10), (50, 9));
    let others = watched((200, 40), (200, 40), (200, 40));
    let effect = RetentionEffect::of(upskilled, others, MinimumGroupSize::DEFAULT);
    assert!(matches!(effect, RetentionEffect::Measured { .. }), "{effect:?}");
    assert_eq!(effect.benefit(50, euros("60000"), share(2_100)), None);
}

#[test]
fn r6_groups_that_went_different_ways_before_are_not_compared() {
    let upskilled = watched((500, 200), (500, 100), (500, 40));
    let others = watched((2_000, 400), (2_000, 400), (2_000, 360));
    let effect = RetentionEffect::of(upskilled, others, MinimumGroupSize::DEFAULT);
    let RetentionEffect::TrendsDiffer { before } = effect else { panic!("{effect:?}") };
    assert_eq!(before.points.to_string(), "-20.00");
}
