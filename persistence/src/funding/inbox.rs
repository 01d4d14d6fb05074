//! What waits for somebody, with the requests it is about.

use sea_orm::sea_query::{Expr, ExprTrait, Query, SelectStatement, UnionType};
use upskill_domain::funding::{Approval, ApprovalStep, FundingRequest, RequestWith, StepStatus};
use upskill_domain::kernel::{EmployeeId, EmployerId, Fault, TypedId};

use super::delegations::delegators;
use crate::row::{self, Cells, Record};
use crate::shape::Shape;

/// A step with the request that it decides.
pub(super) struct AskedBy(pub(super) RequestWith);

impl Shape for AskedBy {
    type First = ApprovalStep;
    type Row = Approval;

    fn join(&self, select: &mut SelectStatement) {
        row::join::<FundingRequest>(select, ("s", "request_id"), "r");
        self.0.join(select);
    }

    fn read(&self, cells: &mut Cells<'_>) -> Result<Approval, Fault> {
        Ok(Approval { step: ApprovalStep::read(cells)?, card: self.0.read(cells)? })
    }
}

/// The steps that wait for somebody, or for those in whose name they decide; never about themself.
pub(super) fn waiting(employer: EmployerId, approver: EmployeeId) -> SelectStatement {
    let (employer, approver) = (employer.uuid(), approver.uuid());
    let own = Query::select()
        .column("id")
        .from("funding_request")
        .and_where(Expr::col("employer_id").eq(employer))
        .and_where(Expr::col("employee_id").eq(approver))
        .to_owned();
    let mut decides_for = Query::select();
    decides_for.column("id").from("employee");
    decides_for.and_where(Expr::col("employer_id").eq(employer)).and_where(Expr::col("id").eq(approver));
    decides_for.union(UnionType::All, delegators(employer, approver));
    let mut select = row::select::<ApprovalStep>("s", employer);
    select
        .and_where(Expr::col(("s", "assignee_id")).in_subquery(decides_for))
        .and_where(Expr::col(("s", "request_id")).not_in_subquery(own))
        .and_where(Expr::col(("s", "status")).eq(StepStatus::Waiting.name()));
    select
}
