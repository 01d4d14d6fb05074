//! Reports: what people of a department, a course, a provider, a program or the whole employer learned in a period, and
//! what it took.
//!
//! * Reports are *counted*, not computed: a worker reads the journal, adds what it tells to the figures of each group and
//!   month, and writes them with its place in the journal. So a report costs as much as the rows it shows, however much
//!   happened, and says up to when it is counted. `verify` counts everything again, and `rebuild` puts the outcome
//!   in the place of what was counted.
//! * A *group* counts in calendar years, quarters and months. A person counts, in each year, in the department where they
//!   first learned in it, and a course under the provider it had then, so that the groups of a year stay disjoint.
//! * *Stock* of what people lack for their jobs is taken once a day, person by person, and only what may be told of it is
//!   kept. It is never corrected: the next day it is taken anew.
//! * *Returns* of departments are summed from the newest report on every program (see `roi`), which keeps what of it is whose.
//! * R7: nothing is told of fewer people than the employer's minimum group size, nor can it be had by adding or subtracting
//!   what is told; the rules stand in `telling.rs`.
//!
//! Locks: the place in the journal; nothing else is written.

mod commands;
mod departments;
mod figures;
mod fold;
mod group;
mod happening;
mod period;
mod ports;
mod queries;
mod recount;
mod shortage;
mod stock;
mod telling;
mod verify;

pub use commands::Reports;
pub use figures::{Figures, Size, Sizes};
pub use fold::Learned;
pub use group::{Group, GroupKind, GroupYear, PersonYear};
pub use period::{Grain, ReportPeriod, ReportPeriodError};
pub use ports::{
    CountedUpTo, Logged, ReportReads, ReportWrites, SizedGroup, StockReads, StockTaken, StockWrites,
};
pub use queries::{BudgetMove, BudgetReport, Counted, DepartmentReturns, Report, ReportOf, SkillsReport};
pub use shortage::{Shortage, Shortages};
pub use stock::{SkillsOf, ToldSkills};
pub use telling::Told;
pub use verify::ReportBreak;
