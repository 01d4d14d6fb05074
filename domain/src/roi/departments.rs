//! Departments: what a program took for their people, and what it brought there.
//!
//! * Somebody counts in the department where they work when the report is made.
//! * R7: departments with few people are one *part*, with as many of their neighbors as it takes, and nothing is kept of each.
//!   Whatever is added to or subtracted from what is told is made of whole parts again.
//! * R7: what few people of a department took of a line of costs is not kept of it. Such departments are charged what they
//!   took together, by how many of their people took some; what few people of the program took is divided by participants.
//! * What nobody knows by person is divided by participants: costs that were stated, and benefits.
//! * What is rounded is divided to the last minor unit, so the parts add up to the report.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::calculation::roi_percent;
use super::exact::{divided, part, total};
use super::{Basis, Fixed, Outcomes, Range, Share};
use crate::kernel::{Blocks, Currency, DepartmentId, MinimumGroupSize, Money, Suppression, half_even};

/// Where somebody works: a department, or none.
pub type Workplace = Option<DepartmentId>;

/// Whose a part of a report is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Whose {
    /// That of the people of one department, who are enough to be told about.
    One(Workplace),
    /// That of the people of several, which can only be told together, each with the reason.
    Together(Vec<(Workplace, Suppression)>),
}

/// What a report keeps of the people of a department, or of several that can only be told together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DepartmentPart {
    /// Whose it is.
    pub whose: Whose,
    /// How many of them had joined the program.
    pub participants: u64,
    /// What they took of each of the costs, in their order: minor units of a ledger, minutes times what an hour costs, and
    /// of what was stated one for each participant.
    pub taken: Vec<i64>,
}

/// What came out for the people of a department, or of several that can only be told together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DepartmentFigures {
    /// Whose it is.
    pub whose: Whose,
    /// What it came to.
    pub returns: Returns,
}

/// What some people's part in programs took, and what it brought.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Returns {
    /// How many had joined; whoever joined two programs counts in each.
    pub participants: u64,
    /// What it took.
    pub cost: Money,
    /// What it brought, over the horizons of the benefits; none where no benefit counts.
    pub benefit: Option<Range>,
}

/// What some people took of a line of costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Taken {
    pub(super) amount: i64,
    pub(super) people: u64,
}

/// What people took of a line of costs, by where they work.
pub(super) type TakenBy = BTreeMap<Workplace, Taken>;

impl Taken {
    /// A part of what nobody knows by person: as much of it as of the people.
    pub(super) fn by_heads(people: u64) -> Self {
        Self { amount: i64::try_from(people).unwrap_or(i64::MAX), people }
    }

    /// Counts what others took.
    pub(super) fn add(&mut self, other: Self) {
        self.amount = self.amount.saturating_add(other.amount);
        self.people = self.people.saturating_add(other.people);
    }
}

impl DepartmentPart {
    /// The parts of a cohort, and of what was taken of each line of costs; the one that holds several departments last.
    pub(super) fn of(
        minimum: MinimumGroupSize,
        cohort: &BTreeMap<Workplace, u64>,
        costs: &[TakenBy],
    ) -> Vec<Self> {
        // Somebody may cost without having joined, so neither may be few.
        let mut people = cohort.clone();
        for (workplace, taken) in costs.iter().flatten() {
            let known = people.entry(*workplace).or_default();
            *known = taken.people.max(*known);
        }
        let [joined, counted] = [cohort, &people].map(|people| Blocks::of(minimum, people.clone()));
        let taken: Vec<_> = costs.iter().map(|line| kept(minimum, cohort, line)).collect();
        let part = |whose: Whose| {
            let joined = |workplace: &Workplace| cohort.get(workplace).copied().unwrap_or(0);
            let of_line = |line: &BTreeMap<Workplace, i64>| {
                let theirs = whose.workplaces().filter_map(|workplace| line.get(workplace));
                theirs.fold(0_i64, |sum, taken| sum.saturating_add(*taken))
            };
            let participants = whose.workplaces().map(joined).fold(0, u64::saturating_add);
            let taken = taken.iter().map(of_line).collect();
            Self { whose, participants, taken }
        };
        let (mut parts, mut together) = (Vec::new(), Vec::new());
        for workplace in people.into_keys() {
            match joined.group(&workplace).and(counted.group(&workplace)) {
                Ok(_) => parts.push(part(Whose::One(workplace))),
                Err(reason) => together.push((workplace, reason)),
            }
        }
        parts.extend((!together.is_empty()).then(|| part(Whose::Together(together))));
        parts
    }
}

/// What is kept of a line of costs: of departments of which enough people took some, what they took. The others share what all
/// of those took together, by how many of their people did; where those are too few even so, it is known of the program only,
/// and everybody who joined shares it.
fn kept(
    minimum: MinimumGroupSize,
    cohort: &BTreeMap<Workplace, u64>,
    line: &TakenBy,
) -> BTreeMap<Workplace, i64> {
    let blocks = Blocks::of(minimum, line.iter().map(|(workplace, taken)| (*workplace, taken.people)));
    let (enough, few): (Vec<_>, Vec<_>) =
        line.iter().partition(|(workplace, _)| blocks.group(workplace).is_ok());
    let mut all = Taken::default();
    for (_, taken) in &few {
        all.add(**taken);
    }
    let sharing: BTreeMap<Workplace, u64> = if minimum.permits(all.people) {
        few.iter().map(|(workplace, taken)| (**workplace, taken.people)).collect()
    } else {
        cohort.clone()
    };
    let heads = sharing.values().fold(0_u64, |all, people| all.saturating_add(*people));
    let share = |people: i64| {
        let share = i128::from(all.amount).saturating_mul(people.into());
        i64::try_from(half_even(share, i128::from(heads).max(1))).unwrap_or(i64::MAX)
    };
    let shares = divided(sharing.values().map(|people| i64::try_from(*people).unwrap_or(i64::MAX)), share);
    let enough = enough.into_iter().map(|(workplace, taken)| (*workplace, taken.amount));
    enough.chain(sharing.into_keys().zip(shares)).collect()
}

impl Whose {
    /// Every department that it is about.
    pub fn workplaces(&self) -> impl Iterator<Item = &Workplace> {
        let (one, several) = match self {
            Self::One(workplace) => (Some(workplace), [].as_slice()),
            Self::Together(several) => (None, several.as_slice()),
        };
        one.into_iter().chain(several.iter().map(|(workplace, _)| workplace))
    }
}

impl DepartmentFigures {
    /// What comes of a report for each part of its people.
    pub(super) fn of(basis: &Basis, parts: &[DepartmentPart], outcomes: Option<&Outcomes>) -> Vec<Self> {
        let cost = cost(basis, parts);
        let heads = || parts.iter().map(|part| i64::try_from(part.participants).unwrap_or(i64::MAX));
        let by_heads = |whole: Money| {
            divided(heads(), |heads| part(whole, heads.into(), basis.cohort.into()).minor()).into_iter()
        };
        let amount = |minor: i64| Money::sum(minor, basis.currency);
        let ends = outcomes.map(|all| [all.low, all.expected, all.high].map(|end| by_heads(end.benefit)));
        let ranges = ends.map(|[low, expected, high]| {
            let ranges = low.zip(expected).zip(high);
            ranges.map(|((low, expected), high)| [low, expected, high].map(amount))
        });
        let ranges = ranges.into_iter().flatten();
        let mut ranges = ranges.map(|[low, expected, high]| Range { low, expected, high });
        let figures = |(part, cost): (&DepartmentPart, i64)| {
            let (cost, benefit) = (amount(cost), ranges.next());
            let returns = Returns { participants: part.participants, cost, benefit };
            Self { whose: part.whose.clone(), returns }
        };
        parts.iter().zip(cost).map(figures).collect()
    }

    /// What some departments have of a report together: nothing where nobody of theirs is in it, and a reason where only some
    /// of those are among them that can only be told together.
    pub fn together(parts: &[Self], chosen: &BTreeSet<DepartmentId>) -> Result<Option<Returns>, Suppression> {
        let is_chosen =
            |workplace: &Workplace| workplace.is_some_and(|department| chosen.contains(&department));
        let (mut told, mut withheld) = (None::<Returns>, Vec::new());
        for part in parts {
            let several = match &part.whose {
                Whose::One(_) => [].as_slice(),
                Whose::Together(several) => several.as_slice(),
            };
            if part.whose.workplaces().all(is_chosen) {
                told = Some(told.map_or(part.returns, |told| told.plus(part.returns)));
            } else {
                let hidden = several.iter().filter(|(workplace, _)| is_chosen(workplace));
                withheld.extend(hidden.map(|(_, reason)| *reason));
            }
        }
        match (withheld.as_slice(), told) {
            ([], told) => Ok(told),
            ([reason], None) => Err(*reason),
            _ => Err(Suppression::Complementary),
        }
    }
}

/// What each part took, with its part of what runs beside. The parts add up to the cost of the report.
fn cost(basis: &Basis, parts: &[DepartmentPart]) -> Vec<i64> {
    let mut before = vec![0_i64; parts.len()];
    for (at, source) in basis.costs.iter().enumerate() {
        let taken = parts.iter().map(|part| part.taken.get(at).copied().unwrap_or(0));
        let line = divided(taken, |taken| source.of_it(taken, basis.cohort, basis.currency).minor());
        for (sum, line) in before.iter_mut().zip(line) {
            *sum = sum.saturating_add(line);
        }
    }
    let all = before.iter().fold(0_i64, |sum, part| sum.saturating_add(*part));
    let beside = if all > 0 { basis.administration } else { Share::NONE };
    divided(before, |sum| {
        let share = part(Money::sum(sum, basis.currency), beside.basis_points().into(), 10_000);
        sum.saturating_add(share.minor())
    })
}

impl Returns {
    /// Nothing for nobody.
    pub fn none(currency: Currency) -> Self {
        Self { participants: 0, cost: Money::sum(0, currency), benefit: None }
    }

    /// With those of others, or of another program. Where no benefit counts there is none.
    pub fn plus(self, other: Self) -> Self {
        let sum = |one: Money, other: Money| total([one, other].into_iter(), one.currency());
        let benefit = match (self.benefit, other.benefit) {
            (Some(one), Some(other)) => Some(Range {
                low: sum(one.low, other.low),
                expected: sum(one.expected, other.expected),
                high: sum(one.high, other.high),
            }),
            (one, other) => one.or(other),
        };
        Self {
            participants: self.participants.saturating_add(other.participants),
            cost: sum(self.cost, other.cost),
            benefit,
        }
    }

    /// What is left of a benefit after the cost, and that as a percentage of the cost where something was spent.
    pub fn net_of(&self, benefit: Money) -> (Money, Option<Fixed<2>>) {
        let net = Money::sum(benefit.minor().saturating_sub(self.cost.minor()), self.cost.currency());
        (net, roi_percent(net, self.cost))
    }
}

#[cfg(test)]
mod tests;
