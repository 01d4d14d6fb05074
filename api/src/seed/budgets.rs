//! The money: a budget of the employer for every year, and below it one for each department and program.

use std::collections::HashMap;

use upskill_domain::funding::{
    AdjustBudget, Budget, ChangeBudgetStatus, CreateBudget, LimitMode, OwnedBy, ReasonCode, TransferBudget,
};
use upskill_domain::kernel::{BudgetId, EmployeeId, Period, ProgramId};

use super::people::Workforce;
use super::requests::Demand;
use super::teller::{Teller, done};
use super::time::working;

/// What the employer keeps beside what departments and programs get, in minor units.
const RESERVE: i64 = 6_000_000;

/// The budgets of one year.
#[derive(Debug)]
pub(super) struct Year {
    year: i32,
    /// The employer's.
    pub root: BudgetId,
    /// The departments', by place.
    pub places: HashMap<usize, BudgetId>,
    order: Vec<BudgetId>,
}

/// What covers a demand, in whole thousands.
fn enough(demand: i64) -> i64 {
    const THOUSAND: i64 = 100_000;
    ((demand * 115 / 100 + 400_000) / THOUSAND + 1) * THOUSAND
}

/// Writes the budgets of a year as drafts, with their money.
pub(super) async fn plan(
    teller: &Teller,
    workforce: &Workforce,
    year: i32,
    demand: &Demand,
) -> anyhow::Result<Year> {
    let places: Vec<usize> =
        (0..workforce.places.len()).filter(|place| workforce.places[*place].budget).collect();
    let below: i64 = places.iter().map(|place| enough(demand.of_place(year, *place))).sum();
    let whole = below + enough(demand.of_place(year, 0)) + enough(demand.of_program(year)) + RESERVE;
    let finance = teller.finance.employee();
    let chief = workforce.places[0].head.map(|head| teller.people[head]);
    let owners: Vec<EmployeeId> = chief.into_iter().chain(finance).collect();
    let root =
        Wanted { name: format!("Upskilling {year}"), owned_by: OwnedBy::Employer, parent: None, owners };
    let root = create(teller, year, root, whole).await?;
    let mut made = Year { year, root, places: HashMap::new(), order: vec![root] };
    for place in places {
        let owners = workforce.places[place].head.into_iter().map(|head| teller.people[head]);
        let wanted = Wanted {
            name: format!("{} {year}", workforce.places[place].name),
            owned_by: OwnedBy::Department(teller.places[place]),
            parent: Some(root),
            owners: owners.chain(finance).collect(),
        };
        let budget = create(teller, year, wanted, enough(demand.of_place(year, place))).await?;
        made.places.insert(place, budget);
        made.order.push(budget);
    }
    Ok(made)
}

/// Writes the budget of a program, below the employer's.
pub(super) async fn for_program(
    teller: &Teller,
    year: &mut Year,
    program: ProgramId,
    owner: EmployeeId,
    demand: &Demand,
) -> anyhow::Result<BudgetId> {
    let wanted = Wanted {
        name: format!("Program {}", year.year),
        owned_by: OwnedBy::Program(program),
        parent: Some(year.root),
        owners: vec![owner],
    };
    let budget = create(teller, year.year, wanted, enough(demand.of_program(year.year))).await?;
    year.order.push(budget);
    Ok(budget)
}

struct Wanted {
    name: String,
    owned_by: OwnedBy,
    parent: Option<BudgetId>,
    owners: Vec<EmployeeId>,
}

async fn create(teller: &Teller, year: i32, wanted: Wanted, minor: i64) -> anyhow::Result<BudgetId> {
    let first = chrono::NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or_default();
    let command = CreateBudget {
        key: None,
        name: wanted.name,
        owned_by: wanted.owned_by,
        period: Period::fiscal_year(first, 1),
        currency: None,
        parent: wanted.parent,
        limit_mode: LimitMode::Hard,
        owners: wanted.owners,
        allocation: Some(teller.money(minor)?),
    };
    Ok(done("create a budget", teller.app.funding().create_budget(&teller.finance, command).await)?.id)
}

/// Opens the budgets of a year.
pub(super) async fn open(teller: &Teller, year: &Year) -> anyhow::Result<()> {
    for id in &year.order {
        open_one(teller, *id).await?;
    }
    Ok(())
}

/// Opens one budget.
pub(super) async fn open_one(teller: &Teller, id: BudgetId) -> anyhow::Result<()> {
    let command = ChangeBudgetStatus { id, expected_version: None };
    let opened = teller.app.funding().open_budget(&teller.finance, command).await;
    done("open a budget", opened).map(|_| ())
}

/// The year is over: nothing new is promised out of its budgets.
pub(super) async fn close(teller: &Teller, year: &Year) -> anyhow::Result<()> {
    for id in &year.order {
        let command = ChangeBudgetStatus { id: *id, expected_version: None };
        let closed = teller.app.funding().close_budget_to_spend(&teller.finance, command).await;
        done("close a budget", closed)?;
    }
    Ok(())
}

/// Plans change in autumn: the employer's reserve shrinks, and one department helps another out.
pub(super) async fn replan(teller: &Teller, year: &Year, from: usize, to: usize) -> anyhow::Result<()> {
    let cut = AdjustBudget {
        key: None,
        id: year.root,
        amount: teller.money(-1_000_000)?,
        reason: ReasonCode::BudgetCut,
        note: "The second half of the year is weaker than planned.".to_owned(),
        effective_on: None,
    };
    done("adjust a budget", teller.app.funding().adjust_budget(&teller.finance, cut).await)?;
    transfer(teller, (year.places[&from], year.places[&to]), 150_000, "Left over here, needed there.")
        .await?;
    Ok(())
}

/// Brings money from one budget to another; answers with the one that takes it.
pub(super) async fn transfer(
    teller: &Teller,
    (from, to): (BudgetId, BudgetId),
    minor: i64,
    note: &str,
) -> anyhow::Result<(Budget, Budget)> {
    let (amount, note) = (teller.money(minor)?, Some(note.to_owned()));
    let command = TransferBudget { key: None, from, to, amount, note, effective_on: None };
    done("transfer money", teller.app.funding().transfer_budget(&teller.finance, command).await)
}

/// When the budgets of a year are replanned.
pub(super) fn replanned(year: i32) -> chrono::DateTime<chrono::Utc> {
    working(year, 9, 15)
}
