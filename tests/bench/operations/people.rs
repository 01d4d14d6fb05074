//! What the bare handler writes about people.

use serde::Serialize;
use sqlx::Row as _;
use upskill_domain::kernel::{DepartmentId, EmployeeId, TypedId as _};

use super::written;
use crate::bare::Replayed;

#[derive(Serialize)]
struct Neighbor<'r> {
    id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<&'r str>,
    name: &'r str,
    #[serde(skip_serializing_if = "Option::is_none")]
    email: Option<&'r str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Employee<'r> {
    id: String,
    name: &'r str,
    email: Option<&'r str>,
    job_title: Option<&'r str>,
    department: Neighbor<'r>,
    manager: Neighbor<'r>,
}

#[derive(Serialize)]
struct EmployeeAnswer<'r> {
    employee: Employee<'r>,
}

/// The second statement's columns: eight of the person, six of the department, eight of the manager.
pub(super) fn employee(replayed: &Replayed<'_>) -> anyhow::Result<Vec<u8>> {
    let row = &replayed.results[1][0];
    let employee = Employee {
        id: EmployeeId::from_uuid(row.try_get(0)?).to_string(),
        name: row.try_get(2)?,
        email: row.try_get(3)?,
        job_title: row.try_get(6)?,
        department: Neighbor {
            id: DepartmentId::from_uuid(row.try_get(8)?).to_string(),
            code: Some(row.try_get(9)?),
            name: row.try_get(10)?,
            email: None,
        },
        manager: Neighbor {
            id: EmployeeId::from_uuid(row.try_get(14)?).to_string(),
            code: None,
            name: row.try_get(16)?,
            email: row.try_get(17)?,
        },
    };
    written(EmployeeAnswer { employee })
}
