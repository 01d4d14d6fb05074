//! Reports, read together.

use upskill_domain::reports::{Report, ReportOf, ReportPeriod};

use crate::graphql::loader::loader;

loader! {
    /// Reports of things in periods.
    Reports: (ReportOf, ReportPeriod) => one Report, reports.reports, |report| ((report.of, report.period), report)
}
