//! What is measured: documents, whose variables they are sent with, and the JSON that answers them.

use serde::Serialize;
use serde_json::{Value, json};
use sqlx::postgres::PgRow;
use sqlx::{PgPool, Row as _};
use upskill_domain::kernel::{DepartmentId, EmployeeId, TypedId};
use uuid::Uuid;

/// Writes the answer of an operation from the rows of each of its statements.
pub(crate) type Write = fn(&[Vec<PgRow>], Uuid) -> anyhow::Result<Vec<u8>>;

/// One operation.
pub(crate) struct Operation {
    /// A word for paths and files.
    pub(crate) name: &'static str,
    /// A line for the report.
    pub(crate) title: &'static str,
    pub(crate) document: &'static str,
    /// By whom it is asked: the external id.
    pub(crate) caller: &'static str,
    /// The share of the bare handler's throughput that the server has to reach.
    pub(crate) target: f64,
    /// Gives one text per request: the value of the document's only variable.
    pub(crate) subjects: &'static str,
    /// What the subjects are the ids of.
    pub(crate) prefix: &'static str,
    pub(crate) write: Write,
}

/// In the order of the report.
pub(crate) const ALL: &[Operation] = &[Operation {
    name: "employee",
    title: "one employee by id, with department and manager",
    document: "query Employee($id: ID!) { employee(id: $id) { id name email jobTitle \
        department { id code name } manager { id name email } } }",
    caller: "E777",
    target: 0.6,
    subjects: "SELECT id FROM employee WHERE manager_id IS NOT NULL ORDER BY md5(id::text) LIMIT 400",
    prefix: "employee",
    write: employee,
}];

impl Operation {
    /// The bodies of its requests.
    pub(crate) async fn bodies(&self, pool: &PgPool) -> anyhow::Result<Vec<Value>> {
        let ids: Vec<Uuid> = sqlx::query_scalar(self.subjects).fetch_all(pool).await?;
        anyhow::ensure!(!ids.is_empty(), "{}: the seed has nothing to ask about", self.name);
        let body = |id| {
            let id = upskill_domain::kernel::format_id(self.prefix, id);
            json!({ "query": self.document, "variables": { "id": id } })
        };
        Ok(ids.into_iter().map(body).collect())
    }
}

#[derive(Serialize)]
struct Data<T> {
    data: T,
}

fn written(data: impl Serialize) -> anyhow::Result<Vec<u8>> {
    Ok(serde_json::to_vec(&Data { data })?)
}

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

/// The second statement's columns: seven of the person, six of the department, seven of the manager.
fn employee(results: &[Vec<PgRow>], _: Uuid) -> anyhow::Result<Vec<u8>> {
    let row = &results[1][0];
    let employee = Employee {
        id: EmployeeId::from_uuid(row.try_get(0)?).to_string(),
        name: row.try_get(2)?,
        email: row.try_get(3)?,
        job_title: row.try_get(6)?,
        department: Neighbor {
            id: DepartmentId::from_uuid(row.try_get(7)?).to_string(),
            code: Some(row.try_get(8)?),
            name: row.try_get(9)?,
            email: None,
        },
        manager: Neighbor {
            id: EmployeeId::from_uuid(row.try_get(13)?).to_string(),
            code: None,
            name: row.try_get(15)?,
            email: row.try_get(16)?,
        },
    };
    written(EmployeeAnswer { employee })
}
