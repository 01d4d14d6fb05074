//! Reports about groups of people: fields of the things that they are about.

mod budgets;
mod loaders;
mod skills;
mod types;

pub(crate) use budgets::BudgetReported;
pub(crate) use skills::Skilled;
pub(crate) use types::Reported;
