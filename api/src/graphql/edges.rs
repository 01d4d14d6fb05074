//! What capabilities know of the things of others below them.
//!
//! A capability may not know those above it, but a client expects to walk from a person to their requests. So the types
//! of the lower capability take up, without naming them, the fields that stand here.

use async_graphql::MergedObject;
use upskill_domain::kernel::EmployeeId;

use super::funding::EmployeeFunding;
use super::learning::EmployeeLearning;
use super::roi::EmployeeRoi;

/// What capabilities know of a person.
#[derive(MergedObject)]
pub(crate) struct EmployeeEdges(EmployeeFunding, EmployeeLearning, EmployeeRoi);

impl EmployeeEdges {
    pub(crate) fn of(person: EmployeeId) -> Self {
        Self(EmployeeFunding(person), EmployeeLearning(person), EmployeeRoi(person))
    }
}
