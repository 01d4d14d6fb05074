use super::*;
use crate::funding::decision::{Assent, Decider};
use crate::funding::fixture::{Counter, budget, currency, day, employee, eur, id, request, stamp};
use crate::funding::posting::Remarks;
use crate::funding::{
    ApprovalStep, ApproveRefusal, Budget, Capacity, Decision, LearningLoad, LedgerEntry, PolicyRules,
    PriceRefusal, RequestStatus, StepNotice, StepStatus, Verdict,
};

fn amount(minor: i64) -> ApprovalConditions {
    ApprovalConditions { amount: Some(eur(minor)), ..ApprovalConditions::default() }
}

fn from(text: &str) -> ApprovalConditions {
    ApprovalConditions { starts_from: Some(day(text)), ..ApprovalConditions::default() }
}

fn proof(text: &str) -> ApprovalConditions {
    let proof = RequiredProof { kind: ProofKind::Grade, text: text.to_owned() };
    ApprovalConditions { proofs: vec![proof], ..ApprovalConditions::default() }
}

fn refused(conditions: ApprovalConditions) -> ConditionRefusal {
    conditions.on(&request(400), day("2026-11-22")).expect_err("it is refused")
}

fn steps(assignees: &[u128]) -> Vec<ApprovalStep> {
    let step = |(place, assignee): (i32, &u128)| ApprovalStep {
        id: id(u128::from(place.unsigned_abs())),
        request: id(9),
        position: place,
        rule: 0,
        assignee: id(*assignee),
        capacity: Capacity::Manager,
        status: if place == 1 { StepStatus::Waiting } else { StepStatus::Pending },
        due_within_days: None,
        waiting_since: None,
        due_at: None,
        stranded_at: None,
        remind_days_before: 1,
        notice: StepNotice::Nothing,
        escalated_at: None,
        escalated_from: None,
    };
    (1..).zip(assignees).map(step).collect()
}

/// A yes of somebody under conditions.
fn approve(
    request: &mut FundingRequest,
    (steps, budget): (&mut [ApprovalStep], &mut Budget),
    by: u128,
    conditions: Option<ApprovalConditions>,
) -> Result<(Decision, Option<LedgerEntry>), ApproveRefusal> {
    let (ids, person) = (Counter::default(), employee(by));
    let rules = PolicyRules::manager_decides(currency("EUR"));
    let decider = Decider {
        person: &person,
        delegators: &[],
        earlier: &[],
        rules: &rules,
        relation_lost: false,
        tax: &[],
        load: LearningLoad::default(),
    };
    request.approve(steps, budget, decider, Assent { note: None, conditions }, &stamp(&ids))
}

#[test]
fn a_condition_asks_for_something_and_only_for_less_or_later() {
    assert_eq!(refused(ApprovalConditions::default()), ConditionRefusal::Empty);
    let asked = eur(400);
    assert_eq!(refused(amount(400)), ConditionRefusal::NotSmaller { given: eur(400), asked });
    assert_eq!(refused(amount(401)), ConditionRefusal::NotSmaller { given: eur(401), asked });
    assert_eq!(refused(amount(0)), ConditionRefusal::NotPositive(eur(0)));
    assert_eq!(refused(amount(-1)), ConditionRefusal::NotPositive(eur(-1)));
    let francs = Money::new(300, currency("CHF")).unwrap_or_else(|error| panic!("{error}"));
    let other = ApprovalConditions { amount: Some(francs), ..ApprovalConditions::default() };
    let mismatch = ConditionRefusal::CurrencyMismatch { given: currency("CHF"), expected: currency("EUR") };
    assert_eq!(refused(other), mismatch);
    let today = day("2026-11-22");
    assert_eq!(refused(from("2026-11-22")), ConditionRefusal::NotLater { given: today, after: today });
    let (given, last) = (day("2028-11-22"), day("2028-11-21"));
    assert_eq!(refused(from("2028-11-22")), ConditionRefusal::TooFar { given, last });
    let proofs = vec![RequiredProof { kind: ProofKind::Other, text: "x".to_owned() }; 6];
    let many = ApprovalConditions { proofs, ..ApprovalConditions::default() };
    assert_eq!(refused(many), ConditionRefusal::TooManyProofs(6));
    assert_eq!(refused(proof(" ")), ConditionRefusal::InvalidProof { at: 0, why: TextError::Empty });
    let long = ConditionRefusal::InvalidProof { at: 0, why: TextError::TooLong { length: 501, limit: 500 } };
    assert_eq!(refused(proof(&"x".repeat(501))), long);
    let kept = proof(" at least B ").on(&request(400), today);
    assert_eq!(kept, Ok(proof("at least B")));
}

#[test]
fn the_smaller_amount_is_reserved_and_the_decision_says_what_was_asked() {
    let (mut asked, mut chain, mut budget) = (request(400), steps(&[2]), budget(300));
    let outcome = approve(&mut asked, (&mut chain, &mut budget), 2, Some(amount(250)));
    let (decision, entry) = outcome.unwrap_or_else(|refusal| panic!("{refusal}"));
    assert_eq!((decision.verdict, decision.shown.amount), (Verdict::ApproveWithConditions, eur(400)));
    assert_eq!(decision.conditions, amount(250));
    assert_eq!(entry.map(|entry| entry.change.reserved), Some(250));
    assert_eq!((asked.status, asked.amount, asked.requested), (RequestStatus::Approved, eur(250), eur(400)));
    assert_eq!((asked.offer.price, budget.available()), (eur(400), eur(50)));
}

#[test]
fn later_steps_only_tighten_what_earlier_ones_asked_for() {
    let (mut asked, mut chain, mut budget) = (request(400), steps(&[2, 3]), budget(1_000));
    let first = ApprovalConditions { starts_from: Some(day("2027-01-01")), ..amount(300) };
    assert!(approve(&mut asked, (&mut chain, &mut budget), 2, Some(first)).is_ok());
    assert_eq!(
        (asked.status, asked.amount, budget.available()),
        (RequestStatus::Submitted, eur(300), eur(1_000))
    );
    let before = asked.clone();
    for (looser, refusal) in [
        (amount(350), ConditionRefusal::NotSmaller { given: eur(350), asked: eur(300) }),
        (
            from("2026-12-24"),
            ConditionRefusal::NotLater { given: day("2026-12-24"), after: day("2027-01-01") },
        ),
    ] {
        let outcome = approve(&mut asked, (&mut chain, &mut budget), 3, Some(looser));
        assert_eq!(outcome.map(|_| ()), Err(ApproveRefusal::Conditions(refusal)));
        assert_eq!(asked, before);
    }
    let outcome = approve(&mut asked, (&mut chain, &mut budget), 3, Some(proof("passed")));
    assert!(outcome.is_ok_and(|(decision, _)| decision.shown.amount == eur(300)));
    let both = ApprovalConditions { proofs: proof("passed").proofs, ..before.conditions };
    assert_eq!((asked.amount, asked.conditions, budget.available()), (eur(300), both, eur(700)));
}

#[test]
fn a_condition_that_the_budget_does_not_carry_changes_nothing() {
    let (mut asked, mut chain, mut budget) = (request(400), steps(&[2]), budget(100));
    let outcome = approve(&mut asked, (&mut chain, &mut budget), 2, Some(amount(200)));
    assert!(matches!(outcome, Err(ApproveRefusal::Posting(_))), "{outcome:?}");
    assert_eq!((asked, chain), (request(400), steps(&[2])));
}

#[test]
fn booking_and_settling_obey_the_conditions() {
    let ids = Counter::default();
    let (mut asked, mut chain, mut budget) = (request(400), steps(&[2]), budget(1_000));
    let all = ApprovalConditions { proofs: proof("at least B").proofs, ..from("2027-01-01") };
    let all = ApprovalConditions { amount: Some(eur(300)), ..all };
    assert!(approve(&mut asked, (&mut chain, &mut budget), 2, Some(all)).is_ok());
    let from = day("2027-01-01");
    let mut book =
        |starts_on| asked.commit(&mut budget, (None, 0), (None, starts_on), &stamp(&ids)).map(|_| ());
    assert_eq!(book(None), Err(CommitRefusal::StartNeeded { from }));
    let given = day("2026-12-31");
    assert_eq!(book(Some(given)), Err(CommitRefusal::StartsTooEarly { given, from }));
    assert_eq!(book(Some(from)), Ok(()));
    assert_eq!((asked.committed, asked.starts_on), (Some(eur(300)), Some(from)));
    let unproven = asked.settle(&mut budget, (eur(300), 0), Remarks::default(), &stamp(&ids));
    assert_eq!(unproven, Err(SettleRefusal::ProofNeeded { required: "at least B".to_owned() }));
    asked.proof = Some("A minus".to_owned());
    // What was approved is the measure, not what was asked for.
    let above = PriceRefusal::AboveTolerance { price: eur(331), approved: eur(300), highest: eur(330) };
    let dear = asked.settle(&mut budget, (eur(331), 30), Remarks::default(), &stamp(&ids));
    assert_eq!(dear, Err(SettleRefusal::Price(above)));
    assert!(asked.settle(&mut budget, (eur(330), 30), Remarks::default(), &stamp(&ids)).is_ok());
}
