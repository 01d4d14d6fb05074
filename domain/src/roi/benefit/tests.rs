use super::*;
use crate::kernel::TypedId;
use uuid::Uuid;

fn currency(code: &str) -> Currency {
    Currency::parse(code).unwrap_or_else(|error| panic!("{error}"))
}

fn euros(minor: i64) -> Money {
    Money::new(minor, currency("EUR")).unwrap_or_else(|error| panic!("{error}"))
}

fn person(number: u128) -> EmployeeId {
    EmployeeId::from_uuid(Uuid::from_u128(number))
}

fn at() -> DateTime<Utc> {
    DateTime::from_timestamp(0, 0).unwrap_or_default()
}

fn estimate() -> GivenEstimate {
    GivenEstimate {
        source: EstimateSource::Managers,
        grounds: "Fewer tickets".to_owned(),
        annual_value: euros(1_000_000),
        isolation: Some((IsolationMethod::ManagerEstimate, 4_000)),
        confidence: 7_000,
    }
}

fn given(estimates: Vec<GivenEstimate>) -> GivenBenefit {
    GivenBenefit {
        program: ProgramId::from_uuid(Uuid::from_u128(1)),
        kind: BenefitKind::Productivity,
        title: "Fewer tickets".to_owned(),
        estimates,
        horizon_months: Benefit::DEFAULT_HORIZON,
        respondents: Some(20),
    }
}

fn record(given: &GivenBenefit) -> Result<Benefit, Vec<RecordBenefitRefusal>> {
    let stamp = (BenefitId::from_uuid(Uuid::from_u128(2)), Some(person(1)), at());
    Benefit::record(given, currency("EUR"), stamp)
}

fn recorded(estimates: Vec<GivenEstimate>) -> Benefit {
    record(&given(estimates)).unwrap_or_else(|refusals| panic!("{refusals:?}"))
}

#[test]
fn a_benefit_is_recorded_as_it_was_given() {
    let benefit = recorded(vec![estimate(), estimate()]);
    assert_eq!((benefit.horizon_months, benefit.status, benefit.version), (12, BenefitStatus::Recorded, 1));
    assert_eq!((benefit.estimates.len(), benefit.recorded_by), (2, Some(person(1))));
}

#[test]
fn everything_that_is_wrong_is_told_with_its_place() {
    let franc = Money::new(1, currency("CHF")).unwrap_or_else(|error| panic!("{error}"));
    let wrong = |change: fn(&mut GivenEstimate)| {
        let mut estimate = estimate();
        change(&mut estimate);
        estimate
    };
    let mut foreign = estimate();
    foreign.annual_value = franc;
    let estimates = vec![
        foreign,
        wrong(|estimate| estimate.annual_value = Money::zero(estimate.annual_value.currency())),
        wrong(|estimate| estimate.isolation = Some((IsolationMethod::TrendLine, 0))),
        wrong(|estimate| estimate.confidence = 10_001),
        wrong(|estimate| estimate.grounds = " ".to_owned()),
    ];
    let input =
        GivenBenefit { title: String::new(), horizon_months: 61, respondents: Some(0), ..given(estimates) };
    let refusals = record(&input).err().unwrap_or_default();
    let paths: Vec<_> =
        refusals.iter().map(|refusal| crate::kernel::Refusal::path(refusal).join(".")).collect();
    assert_eq!(
        paths,
        [
            "input.title",
            "input.horizonMonths",
            "input.respondents",
            "input.estimates.0.annualValue",
            "input.estimates.1.annualValue",
            "input.estimates.2.isolation",
            "input.estimates.3.confidenceBasisPoints",
            "input.estimates.4.grounds",
        ]
    );
    assert_eq!(record(&given(Vec::new())), Err(vec![RecordBenefitRefusal::WrongNumber(0)]));
}

#[test]
fn whoever_estimated_it_does_not_validate_it() {
    let mut benefit = recorded(vec![estimate()]);
    assert_eq!(benefit.validate(Some(person(1)), at()), Err(ValidateBenefitRefusal::OwnEstimate));
    assert_eq!(benefit.version, 1);
    assert_eq!(benefit.validate(Some(person(2)), at()), Ok(()));
    assert_eq!(
        (benefit.status, benefit.validated_by, benefit.version),
        (BenefitStatus::Validated, Some(person(2)), 2)
    );
    let again = benefit.validate(Some(person(3)), at());
    assert_eq!(again, Err(ValidateBenefitRefusal::NotRecorded(BenefitStatus::Validated)));
}

#[test]
fn r2_without_isolation_nothing_is_validated() {
    let mut benefit = recorded(vec![GivenEstimate { isolation: None, ..estimate() }]);
    assert_eq!(benefit.validate(Some(person(2)), at()), Err(ValidateBenefitRefusal::NoIsolation));
}

#[test]
fn a_benefit_is_withdrawn_once() {
    let mut benefit = recorded(vec![estimate()]);
    assert_eq!(benefit.withdraw(at()), Ok(()));
    assert_eq!(benefit.withdraw(at()), Err(WithdrawBenefitRefusal::AlreadyWithdrawn));
    let late = benefit.validate(Some(person(2)), at());
    assert_eq!(late, Err(ValidateBenefitRefusal::NotRecorded(BenefitStatus::Withdrawn)));
}
