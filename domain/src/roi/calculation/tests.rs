use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::kernel::{MinimumGroupSize, Period, TypedId};
use crate::roi::{BenefitKind, CostKind, EstimateSource, Isolation, IsolationMethod, MissingData};

fn share() -> impl Strategy<Value = Share> {
    (1_i32..=10_000).prop_map(|points| Share::new(points).unwrap_or(Share::ALL))
}

fn currency() -> Currency {
    Currency::parse("EUR").unwrap_or_else(|error| panic!("{error}"))
}

fn money() -> impl Strategy<Value = Money> {
    (1_i64..=Money::MAX_MINOR).prop_map(|minor| Money::sum(minor, currency()))
}

fn estimates() -> impl Strategy<Value = Vec<Estimate>> {
    let estimate = (money(), proptest::option::weighted(0.8, share()), share());
    let estimate = estimate.prop_map(|(annual_value, isolated, confidence)| Estimate {
        source: EstimateSource::Experts,
        grounds: "A guess".to_owned(),
        annual_value,
        isolation: isolated.map(|share| Isolation { method: IsolationMethod::ExpertEstimate, share }),
        confidence,
    });
    prop::collection::vec(estimate, 1..4)
}

fn benefit() -> impl Strategy<Value = BenefitTaken> {
    let respondents = proptest::option::of(1_i32..30);
    (any::<u128>(), estimates(), 1_i32..=60, respondents, any::<bool>()).prop_map(
        |(id, estimates, horizon_months, respondents, validated)| BenefitTaken {
            benefit: BenefitId::from_uuid(Uuid::from_u128(id)),
            kind: BenefitKind::Quality,
            title: "Something".to_owned(),
            estimates,
            horizon_months,
            respondents,
            validated,
        },
    )
}

fn basis() -> impl Strategy<Value = Basis> {
    let cost = money().prop_map(|amount| CostSource::Stated {
        kind: CostKind::Materials,
        amount,
        source: "A book".to_owned(),
    });
    let lists = (prop::collection::vec(cost, 0..4), prop::collection::vec(benefit(), 0..4));
    (lists, share(), 0_i32..=10_000, 5_u64..30).prop_map(
        |((costs, benefits), rate, administration, cohort)| {
            let day = chrono::NaiveDate::default();
            Basis {
                currency: currency(),
                window: Period::new(day, day).unwrap_or_else(|error| panic!("{error}")),
                cohort,
                minimum_group_size: MinimumGroupSize::DEFAULT,
                discount_rate: rate,
                administration: Share::new(administration).unwrap_or(Share::NONE),
                missing_data: MissingData::ALL.to_vec(),
                places_without_hours: 0,
                costs,
                benefits,
                intangibles: Vec::new(),
                departments: None,
            }
        },
    )
}

proptest! {
    #[test]
    fn a_report_adds_up_to_the_cent_and_comes_out_again(basis in basis()) {
        let figures = Figures::of(&basis);
        prop_assert_eq!(&Figures::of(&basis), &figures);
        let lines: i64 = figures.costs.iter().map(|line| line.amount.minor()).sum();
        prop_assert_eq!(lines, figures.cost.minor());
        prop_assert_eq!(figures.benefits.len(), basis.benefits.len());
        let counted: Vec<_> = figures.benefits.iter().filter_map(|line| line.counted).collect();
        prop_assert_eq!(figures.outcomes.is_some(), !counted.is_empty());
        for line in &figures.benefits {
            prop_assert!(line.counted.is_some() != line.left_out.is_some());
        }
        if let Some(outcomes) = figures.outcomes {
            let benefit: i64 = counted.iter().map(|counted| counted.over_horizon.expected.minor()).sum();
            prop_assert_eq!(benefit, outcomes.expected.benefit.minor());
            prop_assert_eq!(outcomes.expected.net.minor(), benefit - figures.cost.minor());
        }
    }

    #[test]
    fn low_is_never_above_expected_nor_expected_above_high(basis in basis()) {
        if let Some(Outcomes { low, expected, high }) = Figures::of(&basis).outcomes {
            prop_assert!(low.benefit.minor() <= expected.benefit.minor());
            prop_assert!(expected.benefit.minor() <= high.benefit.minor());
            prop_assert!(low.net_present_value.minor() <= expected.net_present_value.minor());
            prop_assert!(expected.net_present_value.minor() <= high.net_present_value.minor());
            prop_assert!(low.roi_percent <= expected.roi_percent && expected.roi_percent <= high.roi_percent);
        }
    }

    #[test]
    fn another_estimate_never_makes_a_benefit_larger(taken in benefit(), more in estimates(), basis in basis()) {
        let basis = Basis { cohort: 30, ..basis };
        let mut with_more = BenefitTaken { validated: true, ..taken };
        let before = with_more.counted(&basis);
        with_more.estimates.extend(more);
        if let (Ok(before), Ok(after)) = (before, with_more.counted(&basis)) {
            prop_assert!(after.annual.expected.minor() <= before.annual.expected.minor());
        }
    }

    #[test]
    fn more_cost_never_makes_a_program_look_better(basis in basis(), more in money()) {
        let mut dearer = basis.clone();
        let source = "One more".to_owned();
        dearer.costs.push(CostSource::Stated { kind: CostKind::Travel, amount: more, source });
        let (before, after) = (Figures::of(&basis), Figures::of(&dearer));
        prop_assert!(after.cost.minor() > before.cost.minor());
        if let (Some(before), Some(after)) = (before.outcomes, after.outcomes) {
            prop_assert!(after.expected.net.minor() < before.expected.net.minor());
            if before.expected.roi_percent.is_some() {
                prop_assert!(after.expected.roi_percent <= before.expected.roi_percent);
            }
        }
    }
}
