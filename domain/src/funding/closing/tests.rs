use super::*;
use crate::funding::fixture::{Counter, budget, day, eur, id, request, stamp};
use crate::funding::{Balance, LimitMode};
use crate::kernel::Period;

/// The budget of 2025 and its successor.
fn years(balance: Balance) -> [Budget; 2] {
    let period = Period::fiscal_year(day("2025-05-05"), 1);
    let old = Budget { name: "Learning 2025".to_owned(), period, balance, ..budget(0) };
    [old, Budget { id: id(2), ..budget(0) }]
}

fn promised(n: u128, status: RequestStatus, minor: i64) -> FundingRequest {
    FundingRequest { id: id(n), status, ..request(minor) }
}

/// Closes the first budget for the second, without any above.
fn close(
    budgets: &mut [Budget],
    requests: &[FundingRequest],
    choice: (PromisesOnClose, MoneyOnClose),
) -> Result<(BudgetClosing, Vec<LedgerEntry>), CloseBudgetRefusal> {
    let carries = choice != (PromisesOnClose::Stay, MoneyOnClose::Lapse);
    let successor_line: &[BudgetId] = if carries { &[id(2)] } else { &[] };
    let mut books = Books { budgets, line: &[id(1)], successor_line, requests };
    let ids = Counter::default();
    books.close(choice, None, &stamp(&ids)).map_err(|failure| match failure {
        Failure::Refused(refusal) => refusal,
        Failure::Fault(fault) => panic!("{fault}"),
    })
}

fn entries(closed: &(BudgetClosing, Vec<LedgerEntry>)) -> Vec<(u128, &'static str)> {
    use crate::kernel::TypedId as _;
    closed.1.iter().map(|entry| (entry.budget.uuid().as_u128(), entry.kind.name())).collect()
}

const BALANCE: Balance =
    Balance { allocated: 1_000, distributed: 0, reserved: 200, committed: 300, spent: 100 };

fn two() -> [FundingRequest; 2] {
    [promised(11, RequestStatus::Approved, 200), promised(12, RequestStatus::Committed, 300)]
}

#[test]
fn promises_and_money_go_to_the_successor() {
    let mut budgets = years(BALANCE);
    let closed = close(&mut budgets, &two(), (PromisesOnClose::CarryOver, MoneyOnClose::CarryOver));
    let closed = closed.unwrap_or_else(|refusal| panic!("{refusal}"));
    assert_eq!(
        entries(&closed),
        [
            (1, "RELEASE"),
            (1, "RELEASE"),
            (1, "TRANSFER_OUT"),
            (2, "TRANSFER_IN"),
            (2, "RESERVE"),
            (2, "RESERVE"),
            (2, "COMMIT"),
        ]
    );
    assert_eq!(budgets[0].balance, Balance { allocated: 100, spent: 100, ..Balance::ZERO });
    assert_eq!(
        budgets[1].balance,
        Balance { allocated: 900, reserved: 200, committed: 300, ..Balance::ZERO }
    );
    assert_eq!((budgets[0].status, closed.0.moved_requests), (BudgetStatus::ClosedToSpend, 2));
    assert_eq!(
        (closed.0.carried_promises, closed.0.carried_money, closed.0.lapsed),
        (eur(500), eur(900), eur(0))
    );
}

#[test]
fn what_is_left_lapses_and_promises_may_stay() {
    let mut budgets = years(BALANCE);
    let closed = close(&mut budgets, &two(), (PromisesOnClose::CarryOver, MoneyOnClose::Lapse));
    let closing = closed.map(|closed| (closed.0.carried_money, closed.0.lapsed, closed.0.kept_promises));
    assert_eq!(closing, Ok((eur(500), eur(400), eur(0))));
    assert_eq!((budgets[0].balance.allocated, budgets[1].available()), (100, eur(0)));

    let mut budgets = years(BALANCE);
    let closed = close(&mut budgets, &two(), (PromisesOnClose::Stay, MoneyOnClose::Lapse));
    let closed = closed.unwrap_or_else(|refusal| panic!("{refusal}"));
    assert_eq!(entries(&closed), [(1, "ADJUST")]);
    assert_eq!(closed.1[0].reason, Some(ReasonCode::Lapsed));
    assert_eq!((closed.0.lapsed, closed.0.kept_promises), (eur(400), eur(500)));
    assert_eq!((budgets[0].available(), budgets[1].balance), (eur(0), Balance::ZERO));
}

#[test]
fn an_overdrawn_budget_takes_along_no_more_than_it_has() {
    let short = Balance { allocated: 450, ..BALANCE };
    let mut budgets = years(short);
    budgets[0].limit_mode = LimitMode::Warn;
    let choice = (PromisesOnClose::CarryOver, MoneyOnClose::CarryOver);
    let refused = close(&mut budgets.clone(), &two(), choice);
    assert!(matches!(refused, Err(CloseBudgetRefusal::Posting(_))), "a HARD successor would be overspent");
    budgets[1].limit_mode = LimitMode::Warn;
    let closed = close(&mut budgets, &two(), choice).map(|closed| (closed.0.carried_money, closed.0.lapsed));
    assert_eq!(closed, Ok((eur(350), eur(0))));
    assert_eq!((budgets[0].available(), budgets[1].available()), (eur(0), eur(-150)));
}

#[test]
fn a_budget_is_closed_after_its_days_and_after_those_below_it() {
    let choice = (PromisesOnClose::CarryOver, MoneyOnClose::CarryOver);
    let refusal = |budgets: &mut [Budget], requests: &[FundingRequest], choice| {
        close(budgets, requests, choice).map_err(|refusal| refusal.to_string()).err().unwrap_or_default()
    };
    let mut early = years(BALANCE);
    early[0].period = Period::fiscal_year(day("2026-11-22"), 1);
    assert_eq!(
        refusal(&mut early, &[], choice),
        "the budget's last day is 2026-12-31 and today is 2026-11-22; it can be closed from the day after its last"
    );
    let child = |n, name: &str, status, allocated| Budget {
        id: id(n),
        name: name.to_owned(),
        parent: Some(id(1)),
        status,
        ..budget(allocated)
    };
    let mut above = years(BALANCE).to_vec();
    above.extend([
        child(5, "Open", BudgetStatus::Open, 0),
        child(6, "Done", BudgetStatus::ClosedToSpend, 0),
        child(7, "Left", BudgetStatus::ClosedToSpend, 1),
    ]);
    assert_eq!(
        refusal(&mut above, &[], choice),
        "budgets below it are open or have money available; close them first: Left, Open"
    );
    let waiting = [promised(11, RequestStatus::Submitted, 1)];
    assert_eq!(
        refusal(&mut years(BALANCE), &waiting, (PromisesOnClose::Stay, MoneyOnClose::Lapse)),
        "requests to it that still wait for a decision: 1; decide them first, or carry promises over"
    );
    let mut draft = years(BALANCE);
    draft[1].status = BudgetStatus::Draft;
    assert_eq!(refusal(&mut draft, &[], choice), "the successor 'Learning 2026' is DRAFT; open it first");
}
