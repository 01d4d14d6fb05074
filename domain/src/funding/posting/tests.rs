use proptest::prelude::*;

use super::*;
use crate::funding::fixture::{Counter, at, budget, day, eur, id, request, stamp};
use crate::funding::movement::{grant, route};
use crate::funding::verify::Audit;
use crate::funding::{Balance, FundingRequest, RequestStatus, RequestedOffer, SetLearningHoursRefusal};
use crate::kernel::BudgetId;

fn reserve(minor: i64) -> Posting {
    Posting::new(EntryKind::Reserve, Change { reserved: minor, ..Change::default() })
}

fn adjust(minor: i64) -> Posting {
    Posting::new(EntryKind::Adjust, Change { allocated: minor, ..Change::default() })
}

#[test]
fn an_entry_notes_everything_a_statement_needs() {
    let ids = Counter::default();
    let mut budget = Budget { entries: 4, ..budget(1_000) };
    let entry = budget.post(reserve(300).about(&request(1)), &stamp(&ids));
    let balance = Balance { allocated: 1_000, reserved: 300, ..Balance::ZERO };
    let expected = LedgerEntry {
        id: id(1_000),
        budget: id(1),
        sequence: 5,
        kind: EntryKind::Reserve,
        change: Change { reserved: 300, ..Change::default() },
        currency: crate::funding::fixture::currency("EUR"),
        balance,
        request: Some(id(9)),
        transfer: None,
        reason: None,
        note: None,
        document: None,
        effective_on: day("2026-11-22"),
        by: Some(id(2)),
        at: at(60),
        hours: HoursChange::default(),
        hours_after: Hours::default(),
    };
    assert_eq!(entry, Ok(expected));
    assert_eq!((budget.balance, budget.entries, budget.version), (balance, 5, 1));
}

#[test]
fn f1_a_hard_budget_promises_no_more_than_it_has() {
    let ids = Counter::default();
    let mut hard = budget(1_000);
    let before = hard.clone();
    let refusal = hard.post(reserve(1_001), &stamp(&ids)).map_err(|refusal| refusal.to_string());
    let message = "the budget 'Learning 2026' has 10.00 EUR available, but 10.01 EUR is needed";
    assert_eq!(refusal.map(|_| ()), Err(message.to_owned()));
    assert_eq!(hard, before);
    assert!(hard.post(reserve(1_000), &stamp(&ids)).is_ok());
    assert!(hard.post(reserve(0), &stamp(&ids)).is_ok());
}

#[test]
fn f1_a_warning_budget_promises_more_but_money_is_not_taken_from_under_promises() {
    let ids = Counter::default();
    let mut warn = Budget { limit_mode: LimitMode::Warn, ..budget(1_000) };
    assert!(warn.post(reserve(1_500), &stamp(&ids)).is_ok());
    assert_eq!(warn.available(), eur(-500));
    assert_eq!(
        warn.post(adjust(-1), &stamp(&ids)),
        Err(PostingRefusal::BelowPromised {
            budget: "Learning 2026".to_owned(),
            lowerable: eur(0),
            bound: eur(1_500),
            release: eur(501)
        })
    );
    assert!(warn.post(adjust(100), &stamp(&ids)).is_ok());
}

/// A request for a course with hours of paid release.
fn releasing(hours: i32) -> FundingRequest {
    let request = request(1);
    let offer = RequestedOffer { release_hours: Some(hours), ..request.offer };
    FundingRequest { offer, ..request }
}

#[test]
fn f1_a_hard_budget_promises_no_more_hours_than_it_has() {
    let ids = Counter::default();
    let mut hard = Budget { hours: Hours { allowance: Some(30), ..Hours::default() }, ..budget(1_000) };
    let entry = hard.post(reserve(1).about(&releasing(20)), &stamp(&ids));
    let after = Hours { allowance: Some(30), reserved: 20, ..Hours::default() };
    assert_eq!(
        entry.map(|entry| (entry.hours, entry.hours_after)),
        Ok((HoursChange { reserved: 20, ..HoursChange::default() }, after))
    );
    let before = hard.clone();
    let refusal = hard.post(reserve(1).about(&releasing(11)), &stamp(&ids));
    let message = "the budget 'Learning 2026' has 10 learning hours left, but 11 are needed";
    assert_eq!(refusal.map(|_| ()).map_err(|refusal| refusal.to_string()), Err(message.to_owned()));
    assert_eq!(hard, before);
    assert!(hard.post(reserve(1).about(&releasing(10)), &stamp(&ids)).is_ok());
    let mut warn = Budget { limit_mode: LimitMode::Warn, ..before };
    assert!(warn.post(reserve(1).about(&releasing(11)), &stamp(&ids)).is_ok());
    assert_eq!(warn.hours.available(), Some(-1));
}

#[test]
fn hours_are_allowed_with_a_reason_and_never_below_what_is_promised() {
    let ids = Counter::default();
    let mut budget = Budget { hours: Hours { reserved: 20, ..Hours::default() }, ..budget(1_000) };
    let mut set = |hours, reason| {
        let remarks = Remarks { reason, ..Remarks::default() };
        let entry = budget.set_learning_hours(hours, remarks, &stamp(&ids));
        entry.map(|entry| entry.hours.allowance)
    };
    let low = SetLearningHoursRefusal::Posting(PostingRefusal::HoursBelowPromised {
        budget: "Learning 2026".to_owned(),
        bound: 20,
    });
    assert_eq!(set(0, None), Err(SetLearningHoursRefusal::OutOfRange(0)));
    assert_eq!(set(19, None), Err(low.clone()));
    assert_eq!(set(40, None), Ok(40));
    assert_eq!(set(40, None), Err(SetLearningHoursRefusal::Unchanged(40)));
    assert_eq!(set(30, None), Err(SetLearningHoursRefusal::ReasonNeeded));
    assert_eq!(set(19, Some(ReasonCode::BudgetCut)), Err(low));
    assert_eq!(set(20, Some(ReasonCode::BudgetCut)), Ok(-20));
}

#[test]
fn f6_lowering_below_promises_names_what_would_have_to_be_released() {
    let ids = Counter::default();
    let mut budget = budget(1_000);
    assert!(budget.post(reserve(600), &stamp(&ids)).is_ok());
    let refusal = budget.post(adjust(-500), &stamp(&ids)).map_err(|refusal| refusal.to_string());
    let message = "the allocation of the budget 'Learning 2026' can be lowered by 4.00 EUR at most; 6.00 EUR is handed \
                   on, promised or spent, of which 1.00 EUR would have to be released first";
    assert_eq!(refusal.map(|_| ()), Err(message.to_owned()));
    assert!(budget.post(adjust(-400), &stamp(&ids)).is_ok());
    assert_eq!(budget.available(), eur(0));
}

#[test]
fn a_status_takes_what_fits_it() {
    use EntryKind::{Adjust, Allocate, Commit, Distribute, Refund, Release, Reserve, Spend};
    let takes = |status: BudgetStatus| EntryKind::ALL.map(|kind| status.takes(kind));
    assert_eq!(
        takes(BudgetStatus::Draft),
        [true, true, true, true, true, false, false, false, false, false, false, false, true]
    );
    assert_eq!(takes(BudgetStatus::Open), [true; 13]);
    for kind in [Allocate, Adjust, Distribute, Commit, Spend, Release, Refund] {
        assert!(BudgetStatus::ClosedToSpend.takes(kind), "{kind:?}");
    }
    assert!(!BudgetStatus::ClosedToSpend.takes(Reserve));
    assert_eq!(EntryKind::ALL.into_iter().filter(|kind| BudgetStatus::Archived.takes(*kind)).count(), 4);
    let ids = Counter::default();
    let refusal = Budget { status: BudgetStatus::Draft, ..budget(9) }.post(reserve(1), &stamp(&ids));
    assert_eq!(
        refusal.map(|_| ()).map_err(|refusal| refusal.to_string()),
        Err("the budget 'Learning 2026' is DRAFT, so it takes no RESERVE".to_owned())
    );
}

#[test]
fn an_entry_does_not_count_from_a_day_to_come() {
    let ids = Counter::default();
    let on = |text: &str| Remarks { effective_on: Some(day(text)), ..Remarks::default() };
    let mut budget = budget(1_000);
    let tomorrow = budget.post(reserve(1).remarking(on("2026-11-23")), &stamp(&ids));
    let refusal = PostingRefusal::InFuture { given: day("2026-11-23"), today: day("2026-11-22") };
    assert_eq!(tomorrow, Err(refusal));
    let earlier = budget.post(reserve(1).remarking(on("2026-11-01")), &stamp(&ids));
    assert_eq!(earlier.map(|entry| entry.effective_on), Ok(day("2026-11-01")));
}

/// A root (0) with two children (1, 2), and a grandchild (3) below the first.
const PARENTS: [Option<usize>; 4] = [None, Some(0), Some(0), Some(1)];

fn tree(modes: [bool; 4]) -> Vec<Budget> {
    let of = |place: usize| id(u128::try_from(place).unwrap_or(0) + 1);
    let tree = PARENTS.iter().zip(modes).enumerate().map(|(place, (parent, warn))| Budget {
        id: of(place),
        parent: parent.map(of),
        limit_mode: if warn { LimitMode::Warn } else { LimitMode::Hard },
        ..budget(0)
    });
    tree.collect()
}

fn line(tree: &[Budget], place: usize) -> Vec<BudgetId> {
    std::iter::successors(Some(place), |place| PARENTS[*place]).map(|place| tree[place].id).collect()
}

/// What random people do to a tree of budgets and to requests. What is refused changes nothing.
#[derive(Debug, Clone)]
enum Deed {
    Allocate(usize, i64),
    Adjust(usize, i64),
    Transfer(usize, usize, i64),
    Promise(usize, i64),
    Commit(usize),
    Settle(usize, i64),
    Cancel(usize),
    Refund(usize, i64),
}

fn deed() -> impl Strategy<Value = Deed> {
    let (place, amount, which) = (0_usize..4, 1_i64..2_000, 0_usize..20);
    prop_oneof![
        (place.clone(), amount.clone()).prop_map(|(at, n)| Deed::Allocate(at, n)),
        (place.clone(), -1_500_i64..1_500).prop_map(|(at, n)| Deed::Adjust(at, n)),
        (place.clone(), place.clone(), amount.clone()).prop_map(|(a, b, n)| Deed::Transfer(a, b, n)),
        (place, 0_i64..1_500).prop_map(|(at, n)| Deed::Promise(at, n)),
        which.clone().prop_map(Deed::Commit),
        (which.clone(), amount.clone()).prop_map(|(which, n)| Deed::Settle(which, n)),
        which.clone().prop_map(Deed::Cancel),
        (which, amount).prop_map(|(which, n)| Deed::Refund(which, n)),
    ]
}

#[derive(Default)]
struct World {
    tree: Vec<Budget>,
    requests: Vec<FundingRequest>,
    ledger: Vec<LedgerEntry>,
    ids: Counter,
}

impl World {
    fn carry_out(&mut self, deed: &Deed) {
        let before = self.tree.clone();
        if let Some(entries) = self.attempt(deed) {
            self.ledger.extend(entries);
        } else {
            // A transaction that is refused is undone.
            self.tree = before;
        }
    }

    fn attempt(&mut self, deed: &Deed) -> Option<Vec<LedgerEntry>> {
        let stamp = stamp(&self.ids);
        let movements = match *deed {
            Deed::Allocate(at, n) => grant(self.tree[at].id, self.tree[at].parent, EntryKind::Allocate, n),
            Deed::Adjust(at, n) => grant(self.tree[at].id, self.tree[at].parent, EntryKind::Adjust, n),
            Deed::Transfer(a, b, n) if a != b => route(&line(&self.tree, a), &line(&self.tree, b), n),
            Deed::Transfer(..) => return None,
            Deed::Promise(at, n) => {
                let asked = FundingRequest {
                    id: id(u128::try_from(self.requests.len()).ok()? + 1),
                    budget: self.tree[at].id,
                    status: RequestStatus::Approved,
                    ..request(n)
                };
                let entry = self.tree[at].post(reserve(n).about(&asked), &stamp).ok()?;
                self.requests.push(asked);
                return Some(vec![entry]);
            }
            Deed::Commit(which) | Deed::Settle(which, _) | Deed::Cancel(which) | Deed::Refund(which, _) => {
                let request = self.requests.get_mut(which)?;
                let budget = self.tree.iter_mut().find(|budget| budget.id == request.budget)?;
                assert!(request.check_held(budget).is_ok());
                let (remarks, one) = (Remarks::default(), |entry| vec![entry]);
                return match *deed {
                    Deed::Commit(_) => request.commit(budget, (None, 0), (None, None), &stamp).ok(),
                    Deed::Settle(_, n) => request.settle(budget, (eur(n), 2_500), remarks, &stamp).ok(),
                    Deed::Refund(_, n) => request.refund(budget, eur(n), remarks, &stamp).ok().map(one),
                    _ => request.cancel(budget, remarks, &stamp).ok().map(one),
                };
            }
        };
        post_movements(&mut self.tree, &movements, &Remarks::default(), &stamp).ok()?.ok()
    }
}

proptest! {
    /// F1, F2 and trap 20: whatever is done, every ledger adds up to its balance, nothing hard is overspent, no parent
    /// hands on what it has not got, and the requests account for every promise.
    #[test]
    fn f1_f2_the_ledger_holds_after_any_sequence(
        modes in any::<[bool; 4]>(),
        deeds in proptest::collection::vec(deed(), 1..80),
    ) {
        let mut world = World { tree: tree(modes), ..World::default() };
        for deed in &deeds {
            world.carry_out(deed);
            for budget in &world.tree {
                prop_assert!(budget.balance.available() >= 0 || budget.limit_mode == LimitMode::Warn);
                prop_assert!(budget.balance.distributed <= budget.balance.allocated);
                let children = world.tree.iter().filter(|child| child.parent == Some(budget.id));
                let given: i64 = children.map(|child| child.balance.allocated).sum();
                prop_assert_eq!(given, budget.balance.distributed);
            }
        }
        for budget in &world.tree {
            let mut audit = Audit::of(budget);
            for entry in world.ledger.iter().filter(|entry| entry.budget == budget.id) {
                prop_assert_eq!(audit.follow(entry), Ok(()));
            }
            prop_assert_eq!(audit.finish(), Ok(()));
            let held = |layer: fn(&FundingRequest) -> i64| -> i64 {
                world.requests.iter().filter(|request| request.budget == budget.id).map(layer).sum()
            };
            let amount_in = |status| move |request: &FundingRequest| {
                if request.status == status { request.amount.minor() } else { 0 }
            };
            let sum = |status| -> i64 {
                let mine = world.requests.iter().filter(|request| request.budget == budget.id);
                mine.map(amount_in(status)).sum()
            };
            prop_assert_eq!(sum(RequestStatus::Approved), budget.balance.reserved);
            prop_assert_eq!(sum(RequestStatus::Committed), budget.balance.committed);
            prop_assert_eq!(held(FundingRequest::spent), budget.balance.spent);
        }
    }

    /// Trap 4: siblings can together promise no more than their parent was given.
    #[test]
    fn f2_siblings_share_what_the_parent_has(deeds in proptest::collection::vec(deed(), 1..80)) {
        let mut world = World { tree: tree([false; 4]), ..World::default() };
        for deed in &deeds {
            world.carry_out(deed);
        }
        let promised: i64 = world.tree.iter().map(|budget| {
            budget.balance.reserved + budget.balance.committed + budget.balance.spent
        }).sum();
        prop_assert!(promised <= world.tree[0].balance.allocated);
    }
}

#[test]
fn money_that_cannot_arrive_does_not_leave() {
    let ids = Counter::default();
    let movements = grant(id(1), Some(id(99)), EntryKind::Allocate, 10);
    let outcome = post_movements(&mut [budget(0)], &movements, &Remarks::default(), &stamp(&ids));
    assert!(matches!(outcome, Err(Fault::Internal { .. })), "{outcome:?}");
}
