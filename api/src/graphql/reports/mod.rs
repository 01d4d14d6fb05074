//! Reports about groups of people: fields of the things that they are about.

mod budgets;
mod loaders;
mod returns;
mod skills;
mod types;

pub(crate) use budgets::BudgetReported;
pub(crate) use returns::Returned;
pub(crate) use skills::Skilled;
pub(crate) use types::Reported;
