use super::*;
use crate::funding::fixture::{Counter, budget, eur, id, request, stamp};
use crate::funding::ledger::EntryKind;
use crate::funding::posting::Posting;
use crate::funding::{Change, RequestedOffer, months_of};

/// A budget whose ledger has three entries.
fn ledger() -> (Budget, Vec<LedgerEntry>) {
    let ids = Counter::default();
    let mut budget = budget(0);
    let postings = [
        Posting::new(EntryKind::Allocate, Change { allocated: 1_000, ..Change::default() }),
        Posting::new(EntryKind::Reserve, Change { reserved: 400, ..Change::default() }),
        Posting::new(EntryKind::Release, Change { reserved: -400, ..Change::default() }),
    ];
    let entries = postings
        .into_iter()
        .map(|posting| budget.post(posting, &stamp(&ids)).unwrap_or_else(|refusal| panic!("{refusal}")));
    let entries = entries.collect();
    (budget, entries)
}

fn audit(budget: &Budget, entries: &[LedgerEntry]) -> Result<(), LedgerBreak> {
    let mut audit = Audit::of(budget);
    entries.iter().try_for_each(|entry| audit.follow(entry))?;
    audit.finish()
}

#[test]
fn the_first_row_that_disagrees_is_named() {
    let (good, entries) = ledger();
    assert_eq!(audit(&good, &entries), Ok(()));

    let missing = [entries[0].clone(), entries[2].clone()];
    assert_eq!(audit(&good, &missing), Err(LedgerBreak::Gap { budget: good.id, expected: 2, found: 3 }));
    assert_eq!(audit(&good, &entries[..2]), Err(LedgerBreak::WrongSum { budget: good.id, entries: 3 }));

    let mut altered = entries.clone();
    altered[1].change.reserved = 300;
    assert_eq!(
        audit(&good, &altered),
        Err(LedgerBreak::WrongBalance { budget: good.id, entry: altered[1].id })
    );

    let mut misshapen = entries.clone();
    misshapen[1].kind = EntryKind::Commit;
    let entry = misshapen[1].id;
    let expected = LedgerBreak::Misshapen { budget: good.id, entry, kind: "COMMIT" };
    assert_eq!(audit(&good, &misshapen), Err(expected));

    let mut richer = good.clone();
    richer.balance.allocated += 1;
    assert_eq!(audit(&richer, &entries), Err(LedgerBreak::WrongSum { budget: good.id, entries: 3 }));
}

#[test]
fn f2_a_month_is_the_sum_of_its_entries() {
    let (budget, entries) = ledger();
    let months = months_of(&entries);
    let compare = |kept: &[(i64, BudgetMonth)]| {
        let mut audit = Audit::of(&budget);
        entries.iter().try_for_each(|entry| audit.follow(entry))?;
        audit.compare(kept)
    };
    let kept: Vec<_> = months.iter().map(|month| (3, *month)).collect();
    assert_eq!(compare(&kept), Ok(()));
    let mut more = kept.clone();
    more[0].1.returned += 1;
    let differs = LedgerBreak::MonthDiffers { budget: budget.id, month: months[0].month };
    assert_eq!(compare(&more), Err(differs.clone()));
    assert_eq!(compare(&[]), Err(differs));
    more[0].0 = 4;
    assert_eq!(compare(&more), Ok(()), "an entry has come in between");
}

#[test]
fn f2_children_and_parent_agree() {
    let totals =
        |children| BudgetTotals { budget: id(1), entries: 4, found: 4, last: 4, distributed: 500, children };
    assert_eq!(totals(500).check(), Ok(()));
    let differ = LedgerBreak::ChildrenDiffer { budget: id(1), distributed: 500, children: 499 };
    assert_eq!(totals(499).check(), Err(differ));
}

#[test]
fn f4_a_request_and_its_entries_agree() {
    let totals = |status, entries, (reserved, committed, spent)| {
        let request = FundingRequest { status, settled: Some(eur(300)), ..request(400) };
        let hours = HoursChange::default();
        RequestTotals { request, entries, stays: 0, elsewhere: 0, reserved, committed, spent, hours }.check()
    };
    let good = [
        (RequestStatus::Submitted, 0, (0, 0, 0)),
        (RequestStatus::Approved, 1, (400, 0, 0)),
        (RequestStatus::Committed, 2, (0, 400, 0)),
        (RequestStatus::Settled, 3, (0, 0, 300)),
        (RequestStatus::Canceled, 2, (0, 0, 0)),
        (RequestStatus::Canceled, 3, (0, 0, 0)),
        (RequestStatus::Expired, 2, (0, 0, 0)),
    ];
    for (status, entries, layers) in good {
        assert_eq!(totals(status, entries, layers), Ok(()), "{status:?}");
    }
    let bad = [
        (RequestStatus::Submitted, 1, (400, 0, 0)),
        (RequestStatus::Approved, 0, (0, 0, 0)),
        (RequestStatus::Approved, 1, (399, 0, 0)),
        (RequestStatus::Settled, 3, (0, 100, 300)),
        (RequestStatus::Withdrawn, 1, (400, 0, 0)),
        (RequestStatus::Expired, 1, (400, 0, 0)),
    ];
    for (status, entries, layers) in bad {
        assert!(totals(status, entries, layers).is_err(), "{status:?}");
    }
    assert_eq!(
        totals(RequestStatus::Approved, 0, (0, 0, 0)).map_err(|broken| broken.to_string()),
        Err(format!("{} is APPROVED, but its entries leave 0 reserved, 0 committed, 0 spent", request(0).id))
    );
}

#[test]
fn hours_go_with_the_status_of_their_request() {
    let totals = |hours| {
        let request = FundingRequest { status: RequestStatus::Approved, ..request(400) };
        let offer = RequestedOffer { release_hours: Some(20), ..request.offer };
        let request = FundingRequest { offer, ..request };
        let (entries, reserved) = (1, 400);
        RequestTotals { request, entries, stays: 0, elsewhere: 0, reserved, committed: 0, spent: 0, hours }
            .check()
    };
    assert_eq!(totals(HoursChange { reserved: 20, ..HoursChange::default() }), Ok(()));
    let broken = totals(HoursChange { reserved: 19, ..HoursChange::default() });
    assert_eq!(
        broken.map_err(|broken| broken.to_string()),
        Err(format!(
            "{} is APPROVED and releases for 20 hours, but its entries leave 19 hours reserved, 0 committed, 0 spent",
            request(0).id
        ))
    );
}
