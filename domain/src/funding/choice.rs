//! Which budget pays for a request.
//!
//! The money nearest to the purpose comes first: the program's, then the department's and those above it, then the
//! employer's. Among budgets of one source, one in the price's currency, then the one that ends soonest.

use std::fmt;

use chrono::NaiveDate;

use crate::kernel::{BudgetId, Currency, DepartmentId, ProgramId};
use crate::organization::Department;

use super::{Budget, OwnedBy};

/// Where a request may find its money, the nearest source first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct FundingSources {
    program: Option<ProgramId>,
    departments: Vec<(DepartmentId, String)>,
    day: NaiveDate,
}

/// Nobody has money for a request.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct NoBudget {
    program: Option<ProgramId>,
    departments: Vec<String>,
    day: NaiveDate,
    named: Option<BudgetId>,
}

impl fmt::Display for NoBudget {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.named {
            Some(id) => write!(f, "{id} is no open budget for {} that this request may use", self.day),
            None => write!(f, "there is no open budget for {}", self.day),
        }?;
        f.write_str("; it takes one of ")?;
        if let Some(program) = self.program {
            write!(f, "the program {program}, ")?;
        }
        if !self.departments.is_empty() {
            write!(f, "the departments {}, ", self.departments.join(", "))?;
        }
        let alone = self.program.is_none() && self.departments.is_empty();
        f.write_str(if alone { "the employer" } else { "or the employer" })
    }
}

impl FundingSources {
    /// The sources for somebody who works in a department, which comes first with those above it behind, on a day.
    pub(super) fn new(program: Option<ProgramId>, line: &[Department], day: NaiveDate) -> Self {
        let departments = line.iter().map(|department| (department.id, department.name.clone())).collect();
        Self { program, departments, day }
    }

    /// Whose budgets come into question, the nearest first.
    pub(super) fn owners(&self) -> Vec<OwnedBy> {
        let program = self.program.map(OwnedBy::Program);
        let departments = self.departments.iter().map(|(id, _)| OwnedBy::Department(*id));
        program.into_iter().chain(departments).chain([OwnedBy::Employer]).collect()
    }

    /// The day on which the money is needed.
    pub(super) fn day(&self) -> NaiveDate {
        self.day
    }

    /// Those of the open budgets that are of these sources, the one that pays first. Without a currency all count as one.
    pub(super) fn ranked<'b>(&self, open: &'b [Budget], currency: Option<Currency>) -> Vec<&'b Budget> {
        let owners = self.owners();
        let distance = |budget: &Budget| owners.iter().position(|owner| *owner == budget.owned_by);
        let foreign = |budget: &Budget| currency.is_some_and(|currency| currency != budget.currency);
        let mut usable: Vec<_> = open.iter().filter(|budget| distance(budget).is_some()).collect();
        usable.sort_by_key(|budget| (foreign(budget), distance(budget), budget.period.to(), budget.id));
        usable
    }

    /// Chooses among the open budgets of these sources, or takes the one that was named if it is among them.
    pub(super) fn choose<'b>(
        &self,
        open: &'b [Budget],
        named: Option<BudgetId>,
        currency: Option<Currency>,
    ) -> Result<&'b Budget, NoBudget> {
        let fits = |budget: &&Budget| named.is_none_or(|named| named == budget.id);
        self.ranked(open, currency).into_iter().find(fits).ok_or_else(|| NoBudget {
            program: self.program,
            departments: self.departments.iter().map(|(_, name)| name.clone()).collect(),
            day: self.day,
            named,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::funding::fixture::{budget, day};
    use crate::kernel::{EmployeeId, TypedId};
    use uuid::Uuid;

    fn id<I: TypedId>(n: u128) -> I {
        I::from_uuid(Uuid::from_u128(n))
    }

    fn department(n: u128, parent: Option<u128>) -> Department {
        let head: Option<EmployeeId> = None;
        let code = n.to_string();
        Department { id: id(n), code, name: format!("D{n}"), parent: parent.map(id), head, version: 1 }
    }

    fn sources(program: Option<u128>) -> FundingSources {
        let line = [department(3, Some(2)), department(2, Some(1)), department(1, None)];
        FundingSources::new(program.map(id), &line, day("2026-11-22"))
    }

    fn of(n: u128, owned_by: OwnedBy) -> Budget {
        Budget { id: id(n), owned_by, ..budget(0) }
    }

    fn chosen(
        sources: &FundingSources,
        open: &[Budget],
        named: Option<u128>,
        currency: &str,
    ) -> Result<u128, String> {
        let currency = Currency::parse(currency).unwrap_or_else(|error| panic!("{error}"));
        let chosen = sources.choose(open, named.map(id), Some(currency));
        chosen.map(|budget| budget.id.uuid().as_u128()).map_err(|none| none.to_string())
    }

    #[test]
    fn the_nearest_money_comes_first() {
        let employer = of(1, OwnedBy::Employer);
        let above = of(2, OwnedBy::Department(id(1)));
        let program = of(3, OwnedBy::Program(id(7)));
        let elsewhere = of(4, OwnedBy::Department(id(9)));
        let open = vec![employer, above, program, elsewhere];
        assert_eq!(chosen(&sources(Some(7)), &open, None, "EUR"), Ok(3));
        assert_eq!(chosen(&sources(None), &open, None, "EUR"), Ok(2));
        assert_eq!(chosen(&sources(None), &open[..1], None, "EUR"), Ok(1));
        assert_eq!(chosen(&sources(None), &open, Some(1), "EUR"), Ok(1));
    }

    #[test]
    fn the_currency_of_the_price_counts_before_the_distance() {
        let usd = Currency::parse("USD").unwrap_or_else(|error| panic!("{error}"));
        let near = of(1, OwnedBy::Department(id(3)));
        let far = Budget { currency: usd, ..of(2, OwnedBy::Employer) };
        assert_eq!(chosen(&sources(None), &[near.clone(), far.clone()], None, "USD"), Ok(2));
        assert_eq!(chosen(&sources(None), &[near, far], None, "JPY"), Ok(1));
    }

    #[test]
    fn a_refusal_says_what_was_looked_for() {
        let elsewhere = of(4, OwnedBy::Department(id(9)));
        assert_eq!(
            chosen(&sources(None), std::slice::from_ref(&elsewhere), None, "EUR"),
            Err("there is no open budget for 2026-11-22; it takes one of the departments D3, D2, D1, or the employer"
                .to_owned())
        );
        let named: BudgetId = id(4);
        assert_eq!(
            chosen(&sources(None), &[elsewhere], Some(4), "EUR"),
            Err(format!(
                "{named} is no open budget for 2026-11-22 that this request may use; it takes one of the departments \
                 D3, D2, D1, or the employer"
            ))
        );
    }
}
