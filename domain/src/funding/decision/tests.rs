use std::sync::LazyLock;

use super::*;
use crate::funding::fixture::{Counter, at, budget, currency, employee, eur, id, request, stamp};
use crate::funding::posting::Remarks;
use crate::funding::{
    BudgetStatus, LearningLoad, LimitMode, NotTheirTurn, ReasonCode, StepNotice, StepStatus,
};
use crate::kernel::CourseId;
use crate::organization::EmploymentStatus;

fn step(position: i32, assignee: u128) -> ApprovalStep {
    let first = position == 1;
    ApprovalStep {
        id: id(u128::from(position.unsigned_abs())),
        request: id(9),
        position,
        assignee: id(assignee),
        capacity: Capacity::Manager,
        status: if first { StepStatus::Waiting } else { StepStatus::Pending },
        rule: 0,
        due_within_days: (position == 2).then_some(7),
        remind_days_before: 1,
        waiting_since: first.then(|| at(0)),
        due_at: None,
        stranded_at: None,
        notice: StepNotice::Nothing,
        escalated_at: None,
        escalated_from: None,
    }
}

fn turns(steps: &[ApprovalStep]) -> Vec<StepStatus> {
    steps.iter().map(|step| step.status).collect()
}

/// Employee 2, under rules without limits.
fn second() -> Decider<'static> {
    static SECOND: LazyLock<(Employee, PolicyRules)> =
        LazyLock::new(|| (employee(2), PolicyRules::manager_decides(currency("EUR"))));
    Decider {
        person: &SECOND.0,
        delegators: &[],
        earlier: &[],
        rules: &SECOND.1,
        relation_lost: false,
        tax: &[],
        load: LearningLoad::default(),
    }
}

/// Approves a request of employee 1 as somebody, on a budget of 10.00 EUR.
fn approve(request: &mut FundingRequest, steps: &mut [ApprovalStep], by: &Employee) -> Result<(), String> {
    let ids = Counter::default();
    let rules = PolicyRules::manager_decides(currency("EUR"));
    let decider = Decider {
        person: by,
        delegators: &[],
        earlier: &[],
        rules: &rules,
        relation_lost: false,
        tax: &[],
        load: LearningLoad::default(),
    };
    let done = request.approve(steps, &mut budget(1_000), decider, Assent::default(), &stamp(&ids));
    done.map(|_| ()).map_err(|refusal| refusal.to_string())
}

#[test]
fn f4_approving_reserves_and_notes_what_was_shown() {
    let ids = Counter::default();
    let (mut request, mut steps, mut budget) = (request(400), [step(1, 2)], budget(1_000));
    let note = Some("good choice".to_owned());
    let outcome = request.approve(
        &mut steps,
        &mut budget,
        second(),
        Assent { note: note.clone(), conditions: None },
        &stamp(&ids),
    );
    let (decision, entry) = outcome.unwrap_or_else(|refusal| panic!("{refusal}"));
    let shown = Shown {
        price: eur(400),
        amount: eur(400),
        budget: id(1),
        budget_name: "Learning 2026".to_owned(),
        available: eur(1_000),
        findings: Vec::new(),
    };
    assert_eq!(decision.shown, shown);
    assert_eq!(
        (decision.by, decision.capacity, decision.policy_version),
        (Some(id(2)), Capacity::Manager, 1)
    );
    assert_eq!((decision.verdict, decision.note, decision.at), (Verdict::Approve, note, at(60)));
    assert_eq!(entry.map(|entry| (entry.kind, entry.request)), Some((EntryKind::Reserve, Some(id(9)))));
    assert_eq!((budget.balance.reserved, budget.available()), (400, eur(600)));
    assert_eq!(
        (request.status, request.decided_at, request.version),
        (RequestStatus::Approved, Some(at(60)), 2)
    );
    assert_eq!(turns(&steps), [StepStatus::Decided]);
}

#[test]
fn a_chain_reserves_with_its_last_yes() {
    let (mut request, mut steps) = (request(400), [step(1, 2), step(2, 3)]);
    assert_eq!(
        approve(&mut request, &mut steps, &employee(3)),
        Err("the request waits for somebody else now".to_owned())
    );
    assert_eq!(approve(&mut request, &mut steps, &employee(2)), Ok(()));
    assert_eq!((request.status, request.version), (RequestStatus::Submitted, 2));
    assert_eq!(turns(&steps), [StepStatus::Decided, StepStatus::Waiting]);
    assert_eq!(steps[1].waiting_since, Some(at(60)));
    assert_eq!(steps[1].due_at, Some(at(60 + 7 * 86_400)));
    assert_eq!(
        approve(&mut request, &mut steps, &employee(2)),
        Err("the request waits for somebody else now".to_owned())
    );
    assert_eq!(approve(&mut request, &mut steps, &employee(3)), Ok(()));
    assert_eq!(request.status, RequestStatus::Approved);
    assert_eq!(
        approve(&mut request, &mut steps, &employee(3)),
        Err("the request is APPROVED; only one that is SUBMITTED can be decided".to_owned())
    );
}

#[test]
fn f8_nobody_decides_their_own_request_even_when_a_step_says_so() {
    let (mut request, mut steps) = (request(400), [step(1, 1)]);
    let refusal = Err("nobody decides their own request".to_owned());
    assert_eq!(approve(&mut request, &mut steps, &employee(1)), refusal);
    assert_eq!((request.status, turns(&steps)), (RequestStatus::Submitted, vec![StepStatus::Waiting]));
}

#[test]
fn f8_who_is_not_at_work_does_not_decide() {
    let mut away = employee(2);
    away.employment.status = EmploymentStatus::OnLeave;
    let (mut request, mut steps) = (request(400), [step(1, 2)]);
    let refusal = "you are ON_LEAVE; the employee can withdraw the request and submit it again to reach the next \
                   approver";
    assert_eq!(approve(&mut request, &mut steps, &away), Err(refusal.to_owned()));
}

#[test]
fn f1_a_refused_approval_changes_nothing() {
    let ids = Counter::default();
    let (mut asked, mut steps, mut closed) = (request(400), [step(1, 2)], budget(1_000));
    closed.status = BudgetStatus::ClosedToSpend;
    let refusal = asked.approve(&mut steps, &mut closed, second(), Assent::default(), &stamp(&ids));
    let message = "the budget 'Learning 2026' is CLOSED_TO_SPEND, so it takes no RESERVE";
    assert_eq!(refusal.map(|_| ()).map_err(|refusal| refusal.to_string()), Err(message.to_owned()));
    assert_eq!((asked, turns(&steps)), (request(400), vec![StepStatus::Waiting]));
    assert_eq!(closed.balance.reserved, 0);
}

#[test]
fn a_warning_is_part_of_what_was_shown() {
    let ids = Counter::default();
    let mut warn = crate::funding::Budget { limit_mode: LimitMode::Warn, ..budget(300) };
    let (mut request, mut steps) = (request(400), [step(1, 2)]);
    let outcome = request.approve(&mut steps, &mut warn, second(), Assent::default(), &stamp(&ids));
    let findings = outcome.map(|(decision, _)| decision.shown.findings);
    assert_eq!(findings, Ok(vec![Finding::BudgetExceeded { available: eur(300), needed: eur(400) }]));
    assert_eq!(warn.available(), eur(-100));
    let written = serde_json::to_string(&findings.unwrap_or_default()).unwrap_or_default();
    assert_eq!(
        written,
        r#"[{"code":"BUDGET_EXCEEDED","available":{"minor":300,"currency":"EUR"},"needed":{"minor":400,"currency":"EUR"}}]"#
    );
}

#[test]
fn rejecting_ends_the_chain() {
    let ids = Counter::default();
    let (mut request, mut steps) = (request(400), [step(1, 2), step(2, 3)]);
    let why = (RejectionReason::WrongTime, "after the launch".to_owned());
    let decision = request.reject(&mut steps, &budget(1_000), second(), why, &stamp(&ids));
    let verdict = decision.map(|decision| (decision.verdict, decision.note));
    assert_eq!(
        verdict,
        Ok((Verdict::Reject(RejectionReason::WrongTime), Some("after the launch".to_owned())))
    );
    assert_eq!(turns(&steps), [StepStatus::Decided, StepStatus::Skipped]);
    assert_eq!((request.status, request.decided_at), (RequestStatus::Rejected, Some(at(60))));
}

#[test]
fn withdrawing_is_for_what_is_not_decided() {
    let (mut waiting, mut steps) = (request(400), [step(1, 2)]);
    assert_eq!(waiting.withdraw(&mut steps, at(70)), Ok(()));
    assert_eq!((waiting.status, waiting.ended_at), (RequestStatus::Withdrawn, Some(at(70))));
    assert_eq!(turns(&steps), [StepStatus::Skipped]);
    let mut approved = FundingRequest { status: RequestStatus::Approved, ..request(400) };
    assert_eq!(
        approved.withdraw(&mut steps, at(80)).map_err(|refusal| refusal.to_string()),
        Err("the request is APPROVED; only one that is SUBMITTED or CHANGES_REQUESTED can be withdrawn, ask HR or finance to cancel it"
            .to_owned())
    );
}

#[test]
fn a_settled_price_frees_the_rest_and_may_come_back_in_parts() {
    let ids = Counter::default();
    let (stamp, remarks) = (stamp(&ids), Remarks::default);
    let (mut request, mut steps, mut budget) = (request(400), [step(1, 2)], budget(1_000));
    assert!(request.approve(&mut steps, &mut budget, second(), Assent::default(), &stamp).is_ok());
    assert!(request.commit(&mut budget, (None, 0), (Some("PO-7".to_owned()), None), &stamp).is_ok());
    assert_eq!(
        request.settle(&mut budget, (eur(401), 0), remarks(), &stamp).map_err(|refusal| refusal.to_string()),
        Err("the price is 4.01 EUR, but 4.00 EUR was approved and the price may be 4.00 EUR at most; cancel the request, and \
             let the employee submit it anew with this price".to_owned())
    );
    assert!(request.settle(&mut budget, (eur(350), 0), remarks(), &stamp).is_ok());
    assert_eq!((budget.balance.committed, budget.balance.spent, budget.available()), (0, 350, eur(650)));
    let part = Remarks { reason: Some(ReasonCode::PriceCorrected), ..Remarks::default() };
    assert!(request.refund(&mut budget, eur(100), part.clone(), &stamp).is_ok());
    assert_eq!(
        request.refund(&mut budget, eur(251), part.clone(), &stamp),
        Err(crate::funding::RefundRefusal::AboveSpent { given: eur(251), left: eur(250) })
    );
    assert!(request.refund(&mut budget, eur(250), part, &stamp).is_ok());
    assert_eq!((request.status, request.refunded, request.spent()), (RequestStatus::Settled, eur(350), 0));
    assert_eq!((budget.balance.spent, budget.available(), budget.entries), (0, eur(1_000), 5));
}

#[test]
fn c3_a_price_of_zero_goes_all_the_way() {
    let ids = Counter::default();
    let (stamp, mut budget) = (stamp(&ids), budget(0));
    let (mut request, mut steps) = (request(0), [step(1, 2)]);
    assert!(request.approve(&mut steps, &mut budget, second(), Assent::default(), &stamp).is_ok());
    assert!(request.commit(&mut budget, (None, 0), (None, None), &stamp).is_ok());
    assert!(request.settle(&mut budget, (eur(0), 0), Remarks::default(), &stamp).is_ok());
    assert_eq!((request.status, budget.entries), (RequestStatus::Settled, 3));
}

#[test]
fn a_request_is_not_booked_against_a_ledger_that_does_not_hold_it() {
    let approved = FundingRequest { status: RequestStatus::Approved, ..request(400) };
    let told = approved.check_held(&budget(1_000)).map_err(|fault| fault.to_string());
    let [budget, request] = [approved.budget.to_string(), approved.id.to_string()];
    let message =
        format!("{budget} has 0 reserved, but {request} alone stands for 400; run the verification");
    assert_eq!(told, Err(message));
}

#[test]
fn c1_the_offer_stays_as_it_was() {
    let (mut request, mut steps) = (request(400), [step(1, 2)]);
    let before = request.offer.clone();
    assert_eq!(approve(&mut request, &mut steps, &employee(2)), Ok(()));
    assert_eq!(request.offer, before);
    assert_eq!(request.offer.subject(), CourseId::from_uuid(uuid::Uuid::from_u128(7)).to_string());
}

#[test]
fn f10_somebody_decides_in_the_name_of_another_and_is_recorded_with_both() {
    let ids = Counter::default();
    let (mut request, mut steps, mut budget) = (request(400), [step(1, 3)], budget(1_000));
    let refusal = request.open_step(&steps, second());
    assert_eq!(refusal, Err(NotTheirTurn::NotYours));
    let stands_in = Decider { delegators: &[id(3)], ..second() };
    let outcome = request.approve(&mut steps, &mut budget, stands_in, Assent::default(), &stamp(&ids));
    let (decision, _) = outcome.unwrap_or_else(|refusal| panic!("{refusal}"));
    assert_eq!((decision.by, decision.on_behalf_of), (Some(id(2)), Some(id(3))));
}

#[test]
fn f8_nobody_decides_their_own_request_in_the_name_of_another() {
    let own = FundingRequest { employee: id(2), ..request(400) };
    let stands_in = Decider { delegators: &[id(3)], ..second() };
    assert_eq!(own.open_step(&[step(1, 3)], stands_in), Err(NotTheirTurn::OwnRequest));
}

#[test]
fn f9_nobody_decides_twice_under_two_names() {
    let mut rules = PolicyRules::manager_decides(currency("EUR"));
    let steps = [step(1, 3)];
    let twice = Decider { delegators: &[id(3)], earlier: &[id(2)], ..second() };
    assert_eq!(request(400).open_step(&steps, twice), Err(NotTheirTurn::DecidedBefore));
    rules.one_person_may_decide_twice = true;
    assert!(request(400).open_step(&steps, Decider { rules: &rules, ..twice }).is_ok());
}

#[test]
fn f11_who_has_lost_the_relation_decides_no_longer() {
    let (mut request, steps) = (request(400), [step(1, 2)]);
    let lost = Decider { relation_lost: true, ..second() };
    assert_eq!(request.open_step(&steps, lost), Err(NotTheirTurn::NoLongerApprover));
    request.employee = id(2);
    assert_eq!(request.open_step(&steps, lost), Err(NotTheirTurn::OwnRequest));
}
