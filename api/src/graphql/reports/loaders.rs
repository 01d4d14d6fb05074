//! Reports, read together.

use upskill_domain::kernel::{BudgetId, DepartmentId};
use upskill_domain::reports::{
    BudgetReport, DepartmentReturns, Report, ReportOf, ReportPeriod, SkillsOf, SkillsReport,
};

use crate::graphql::loader::loader;

loader! {
    /// Reports of things in periods.
    Reports: (ReportOf, ReportPeriod) => one Report, reports.reports, |report| ((report.of, report.period), report)
}

loader! {
    /// What some people lack.
    SkillsReports: SkillsOf => one SkillsReport, reports.skills_reports, |report| (report.of, report)
}

loader! {
    /// What happened to budgets in periods.
    BudgetReports: (BudgetId, ReportPeriod) => one BudgetReport, reports.budget_reports,
        |report| ((report.budget, report.period), report)
}

loader! {
    /// What programs took for the people of departments, and what they brought there.
    Returns: DepartmentId => one DepartmentReturns, reports.department_returns, |returns| (returns.department, returns)
}
