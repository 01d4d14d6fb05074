//! What is measured: documents, whose variables they are sent with, and the JSON that answers them.

mod people;
mod requests;

use anyhow::Context as _;
use serde::Serialize;
use serde_json::{Value, json};
use sqlx::PgPool;
use sqlx::postgres::PgRow;
use uuid::Uuid;

/// Writes the answer of an operation from the rows of each of its statements.
pub(crate) type Write = fn(&[Vec<PgRow>], Uuid) -> anyhow::Result<Vec<u8>>;

/// One operation.
pub(crate) struct Operation {
    /// A word for paths and files.
    pub(crate) name: &'static str,
    /// A line for the report.
    pub(crate) title: &'static str,
    /// A document whose only variable, if it has one, is `$id`.
    pub(crate) document: &'static str,
    /// Finds the external id of the person who asks.
    caller: &'static str,
    /// Finds the ids to ask about, one per request.
    subjects: &'static str,
    /// What the subjects are the ids of.
    prefix: &'static str,
    /// The share of the bare handler's throughput that the server has to reach.
    pub(crate) target: f64,
    pub(crate) write: Write,
}

/// Somebody of whom no role is asked.
const ANYBODY: &str = "SELECT external_id FROM employee WHERE manager_id IS NOT NULL AND status = 'ACTIVE' \
    ORDER BY external_id LIMIT 1";
/// Somebody who may see every request.
const HR: &str = "SELECT e.external_id FROM employee e JOIN role_grant g ON g.employer_id = e.employer_id \
    AND g.employee_id = e.id JOIN employer o ON o.id = e.employer_id \
    WHERE o.slug = 'northwind' AND g.role = 'HR_ADMIN' ORDER BY e.external_id LIMIT 1";
/// Whoever has the fullest inbox.
const APPROVER: &str = "SELECT max(e.external_id) FROM employee e JOIN approval_step s \
    ON s.employer_id = e.employer_id AND s.assignee_id = e.id JOIN employer o ON o.id = e.employer_id \
    WHERE o.slug = 'northwind' AND s.status = 'WAITING' GROUP BY e.id ORDER BY count(*) DESC, e.id LIMIT 1";

/// In the order of the report.
pub(crate) const ALL: &[Operation] = &[
    Operation {
        name: "employee",
        title: "one employee by id, with department and manager",
        document: "query Employee($id: ID!) { employee(id: $id) { id name email jobTitle \
            department { id code name } manager { id name email } } }",
        caller: ANYBODY,
        subjects: "SELECT e.id FROM employee e JOIN employer o ON o.id = e.employer_id WHERE o.slug = 'northwind' \
            AND e.manager_id IS NOT NULL AND e.department_id IS NOT NULL ORDER BY md5(e.id::text) LIMIT 400",
        prefix: "employee",
        target: 0.6,
        write: people::employee,
    },
    Operation {
        name: "requests",
        title: "the first 50 requests of a department, with employee, manager, course and budget",
        document: "query Requests($id: ID!) { fundingRequests(first: 50, filter: { department: { in: [$id] } }) { \
            nodes { id status submittedAt amount { amount currency } offer { courseId title providerName } \
            employee { id name manager { id name } } \
            budget { id name balance { available { amount currency } } } } } }",
        caller: HR,
        subjects: "SELECT e.department_id FROM employee e JOIN funding_request r ON r.employer_id = e.employer_id \
            AND r.employee_id = e.id JOIN employer o ON o.id = e.employer_id WHERE o.slug = 'northwind' \
            AND e.department_id IS NOT NULL GROUP BY e.department_id HAVING count(*) >= 50 \
            ORDER BY md5(e.department_id::text) LIMIT 50",
        prefix: "department",
        target: 0.5,
        write: requests::list,
    },
    Operation {
        name: "approvals",
        title: "the approvals inbox: what waits for a manager, with price, budget left and requester",
        document: "{ viewer { approvals(first: 20) { nodes { step { id waitingSince } request { id purpose \
            amount { amount currency } offer { title } employee { id name } \
            budget { id name balance { available { amount currency } } } } } } } }",
        caller: APPROVER,
        subjects: "SELECT id FROM employer WHERE slug = 'northwind'",
        prefix: "employer",
        target: 0.5,
        write: requests::inbox,
    },
];

impl Operation {
    /// The bodies of its requests.
    pub(crate) async fn bodies(&self, pool: &PgPool) -> anyhow::Result<Vec<Value>> {
        let ids: Vec<Uuid> = sqlx::query_scalar(self.subjects).fetch_all(pool).await?;
        anyhow::ensure!(!ids.is_empty(), "{}: the seed has nothing to ask about", self.name);
        let body = |id| {
            let id = upskill_domain::kernel::format_id(self.prefix, id);
            let variables = if self.document.contains("$id") { json!({ "id": id }) } else { json!({}) };
            json!({ "query": self.document, "variables": variables })
        };
        Ok(ids.into_iter().map(body).collect())
    }

    /// The external id of the person who asks.
    pub(crate) async fn caller(&self, pool: &PgPool) -> anyhow::Result<String> {
        let found: Option<String> = sqlx::query_scalar(self.caller).fetch_optional(pool).await?;
        found.with_context(|| format!("{}: the seed has nobody to ask it", self.name))
    }
}

#[derive(Serialize)]
struct Data<T> {
    data: T,
}

fn written(data: impl Serialize) -> anyhow::Result<Vec<u8>> {
    Ok(serde_json::to_vec(&Data { data })?)
}
