//! Reading what programs took for the people of departments, and what they brought there.

use std::collections::BTreeSet;

use crate::access::{Action, Actor, policy};
use crate::kernel::{Currency, DepartmentId, Fault, Suppression};
use crate::reports::Reports;
use crate::reports::departments::Tree;
use crate::roi::{DepartmentFigures, Figures, Returns};

/// What programs took for the people of a department and of those below it, and what they brought there, by the newest
/// report of each program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DepartmentReturns {
    /// Which department.
    pub department: DepartmentId,
    /// What the reports that tell of it come to.
    pub told: Returns,
    /// How many those are.
    pub programs: u32,
    /// How many must not tell of it.
    pub suppressed: u32,
    /// How many were made before departments were told.
    pub not_kept: u32,
    /// Why something is suppressed, where something is.
    reason: Option<Suppression>,
}

impl Reports<'_> {
    /// What programs took for the people of departments, and what they brought there.
    pub async fn department_returns(
        self,
        actor: &Actor,
        asked: &[DepartmentId],
    ) -> Result<Vec<DepartmentReturns>, Fault> {
        let scope = policy::require_scope(actor, Action::ReadRoi)?;
        let currency = self.core.employer(actor).await?.currency;
        let reads = self.core.store.reads();
        let tree = Tree::of(reads.department_tree(scope).await?);
        let newest = reads.newest_roi_figures(scope).await?;
        let returns = |department: &DepartmentId| {
            let within = tree.within(*department).into_iter().collect();
            DepartmentReturns::of(*department, &within, &newest, currency)
        };
        Ok(asked.iter().map(returns).collect())
    }
}

impl DepartmentReturns {
    /// What the newest report of every program tells of a department with those below it.
    fn of(
        department: DepartmentId,
        within: &BTreeSet<DepartmentId>,
        newest: &[Figures],
        currency: Currency,
    ) -> Self {
        let told = Returns::none(currency);
        let mut sum = Self { department, told, programs: 0, suppressed: 0, not_kept: 0, reason: None };
        for figures in newest {
            let Some(parts) = &figures.departments else {
                sum.not_kept = sum.not_kept.saturating_add(1);
                continue;
            };
            match DepartmentFigures::together(parts, within) {
                Ok(None) => {}
                Ok(Some(returns)) => {
                    sum.told = sum.told.plus(returns);
                    sum.programs = sum.programs.saturating_add(1);
                }
                Err(reason) => {
                    sum.suppressed = sum.suppressed.saturating_add(1);
                    sum.reason = sum.reason.or(Some(reason));
                }
            }
        }
        sum
    }

    /// What is told; nothing where no report tells anything of those that there are.
    pub fn returns(&self) -> Option<Returns> {
        let unknown = self.suppressed > 0 || self.not_kept > 0;
        (self.programs > 0 || !unknown).then_some(self.told)
    }

    /// Why nothing is told, where that is because it would tell about a few people.
    pub fn suppression(&self) -> Option<Suppression> {
        self.reason.filter(|_| self.returns().is_none())
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::kernel::{Money, TypedId};
    use crate::roi::{Range, Whose};

    fn department(number: u128) -> DepartmentId {
        DepartmentId::from_uuid(Uuid::from_u128(number))
    }

    fn euro() -> Currency {
        Currency::parse("EUR").unwrap_or_else(|error| panic!("{error}"))
    }

    fn money(minor: i64) -> Money {
        Money::sum(minor, euro())
    }

    /// A report in which every part has ten participants and cost a thousand; which of them brought something.
    fn report(parts: Option<Vec<(Whose, Option<i64>)>>) -> Figures {
        let part = |(whose, benefit): (Whose, Option<i64>)| {
            let range = |minor| Range { low: money(minor), expected: money(minor), high: money(minor) };
            let benefit = benefit.map(range);
            DepartmentFigures { whose, returns: Returns { participants: 10, cost: money(1_000), benefit } }
        };
        let departments = parts.map(|parts| parts.into_iter().map(part).collect());
        Figures {
            costs: Vec::new(),
            cost: money(0),
            benefits: Vec::new(),
            outcomes: None,
            no_ratio: None,
            departments,
        }
    }

    #[test]
    fn a_department_sums_what_the_reports_tell_that_may() {
        let one = |number| Whose::One(Some(department(number)));
        let hidden = || {
            let few = |number| (Some(department(number)), Suppression::BelowMinimum);
            Whose::Together(vec![few(2), few(3)])
        };
        let newest = [
            report(Some(vec![(one(1), Some(1_500)), (hidden(), Some(500))])),
            report(Some(vec![(one(1), None), (one(2), None)])),
            report(None),
        ];
        let of = |number: u128, within: &[u128]| {
            let within = within.iter().map(|number| department(*number)).collect();
            let sum = DepartmentReturns::of(department(number), &within, &newest, euro());
            let told = sum.returns().map(|told| {
                let benefit = told.benefit.map(|range| range.expected.minor());
                (told.participants, told.cost.minor(), benefit)
            });
            (told, sum.suppression(), [sum.programs, sum.suppressed, sum.not_kept])
        };
        assert_eq!(of(1, &[1]), (Some((20, 2_000, Some(1_500))), None, [2, 0, 1]));
        assert_eq!(of(2, &[2]), (Some((10, 1_000, None)), None, [1, 1, 1]));
        assert_eq!(of(3, &[3]), (None, Some(Suppression::BelowMinimum), [0, 1, 1]));
        assert_eq!(of(9, &[2, 3]), (Some((20, 2_000, Some(500))), None, [2, 0, 1]));
        assert_eq!(of(8, &[8]), (None, None, [0, 0, 1]), "the third report may know of them");
    }
}
