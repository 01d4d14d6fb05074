//! What is measured: documents, whose variables they are sent with, and the JSON that answers them.

mod dashboard;
mod json;
mod mutations;
mod people;
mod requests;

use anyhow::ensure;
use chrono::{Datelike as _, Utc};
use serde::Serialize;
use serde_json::json;
use sqlx::PgPool;
use upskill_domain::kernel::{DepartmentId, EmployeeId, EmployerId, FundingRequestId, TypedId};
use uuid::Uuid;

use crate::bare::Replayed;
pub(crate) use dashboard::DASHBOARD;

use crate::report::Contender;

/// Writes the answer of an operation as the bare handler would.
pub(crate) type Write = fn(&Replayed<'_>) -> anyhow::Result<Vec<u8>>;

/// What the requests of an operation are about.
pub(crate) enum Subjects {
    /// Ids that the seed holds, by a query. Asking about one leaves it as it was, so everybody asks about the same.
    Found(&'static str),
    /// An id of its own for every repetition, because it cannot be done twice.
    Made(Made),
}

/// What the server's throughput has to be, as a share of somebody else's.
#[derive(Clone, Copy)]
pub(crate) struct Target {
    pub(crate) of: Contender,
    pub(crate) share: f64,
}

const fn of_bare(share: f64) -> Target {
    Target { of: Contender::Bare, share }
}

/// Subjects that are made for the measurement.
pub(crate) struct Made {
    /// Puts rows under them where the request needs some: for up to `$1` budgets, of which every contender gets a
    /// third, `$4` requests each, with `$2` repetitions of each of them, which wait for the people with the external ids
    /// `$3` in turn; `$5` is where the numbers of requests begin. Answers with the number of requests.
    pub(crate) stock: Option<fn() -> String>,
    /// Requests that each contender has.
    pub(crate) requests: usize,
    /// On how many of them share a budget.
    pub(crate) to_a_budget: usize,
    /// Counts what was done.
    pub(crate) done: &'static str,
}

/// One operation.
pub(crate) struct Operation {
    /// A word for paths and files.
    pub(crate) name: &'static str,
    /// A line for the report.
    pub(crate) title: &'static str,
    /// A document whose only variable, if it has one, is `$id`.
    pub(crate) document: &'static str,
    /// Finds the external ids of the people who ask, in turn.
    callers: &'static str,
    pub(crate) subjects: Subjects,
    /// What the document gets to see of a subject.
    variable: fn(Uuid) -> String,
    /// The share of a yardstick's throughput that the server has to reach.
    pub(crate) target: Target,
    pub(crate) write: Write,
}

/// Somebody of whom no role is asked.
pub(crate) const ANYBODY: &str = "SELECT external_id FROM employee WHERE manager_id IS NOT NULL AND status = 'ACTIVE' \
    ORDER BY external_id LIMIT 1";
/// Somebody who may see every request.
const HR: &str = "SELECT e.external_id FROM employee e JOIN role_grant g ON g.employer_id = e.employer_id \
    AND g.employee_id = e.id JOIN employer o ON o.id = e.employer_id \
    WHERE o.slug = 'northwind' AND g.role = 'HR_ADMIN' ORDER BY e.external_id LIMIT 1";
/// Somebody who may see everything of money, and what groups learn.
pub(crate) const FINANCE: &str = "SELECT e.external_id FROM employee e JOIN role_grant g ON g.employer_id = e.employer_id \
    AND g.employee_id = e.id JOIN employer o ON o.id = e.employer_id \
    WHERE o.slug = 'northwind' AND g.role = 'FINANCE' ORDER BY e.external_id LIMIT 1";
/// Whoever has the fullest inbox.
pub(crate) const APPROVER: &str = "SELECT max(e.external_id) FROM employee e JOIN approval_step s \
    ON s.employer_id = e.employer_id AND s.assignee_id = e.id JOIN employer o ON o.id = e.employer_id \
    WHERE o.slug = 'northwind' AND s.status = 'WAITING' GROUP BY e.id ORDER BY count(*) DESC, e.id LIMIT 1";

/// Whoever leads somebody with a request outside of programs.
macro_rules! leaders {
    ($count:literal) => {
        concat!(
            "SELECT DISTINCT m.external_id FROM employee m JOIN employee e ON e.employer_id = m.employer_id \
            AND e.manager_id = m.id JOIN funding_request r ON r.employer_id = e.employer_id AND r.employee_id = e.id \
            JOIN employer o ON o.id = m.employer_id WHERE o.slug = 'northwind' AND m.status = 'ACTIVE' \
            AND r.program_id IS NULL ORDER BY m.external_id LIMIT ",
            $count
        )
    };
}

/// What waits for a manager.
pub(crate) const INBOX: &str = "{ viewer { approvals(first: 20) { nodes { step { id waitingSince } request { id purpose \
            amount { amount currency } offer { title } employee { id name } \
            budget { id name balance { available { amount currency } } } } } } } }";
/// A yes to a request.
const APPROVE: &str = "mutation Approve($id: ID!) { approveFundingRequest(input: { id: $id, note: \"Good timing.\" }) { \
    fundingRequest { id status version amount { amount currency } offer { title } } \
    userErrors { code message } } }";

/// In the order of the report.
pub(crate) const ALL: &[Operation] = &[
    Operation {
        name: "employee",
        title: "one employee by id, with department and manager",
        document: "query Employee($id: ID!) { employee(id: $id) { id name email jobTitle \
            department { id code name } manager { id name email } } }",
        callers: ANYBODY,
        subjects: Subjects::Found(
            "SELECT e.id FROM employee e JOIN employer o ON o.id = e.employer_id WHERE o.slug = 'northwind' \
            AND e.manager_id IS NOT NULL AND e.department_id IS NOT NULL AND e.status <> 'LEFT' ORDER BY md5(e.id::text) LIMIT 400",
        ),
        variable: id::<EmployeeId>,
        target: of_bare(0.6),
        write: people::employee,
    },
    Operation {
        name: "requests",
        title: "the first 50 requests of a department, with employee, manager, course and budget",
        document: "query Requests($id: ID!) { fundingRequests(first: 50, filter: { department: { in: [$id] } }) { \
            nodes { id status submittedAt amount { amount currency } offer { courseId title providerName } \
            employee { id name manager { id name } } \
            budget { id name balance { available { amount currency } } } } } }",
        callers: HR,
        subjects: Subjects::Found(
            "SELECT e.department_id FROM employee e JOIN funding_request r ON r.employer_id = e.employer_id \
            AND r.employee_id = e.id JOIN employer o ON o.id = e.employer_id WHERE o.slug = 'northwind' \
            AND e.department_id IS NOT NULL GROUP BY e.department_id HAVING count(*) >= 50 \
            ORDER BY md5(e.department_id::text) LIMIT 50",
        ),
        variable: id::<DepartmentId>,
        target: of_bare(0.5),
        write: requests::list,
    },
    Operation {
        name: "people",
        title: "20 employees of a department, each with their first 10 requests",
        document: "query People($id: ID!) { employees(first: 20, filter: { department: { in: [$id] } }) { nodes { \
            id name fundingRequests(first: 10) { nodes { id status submittedAt amount { amount currency } \
            offer { courseId title providerName } } } } } }",
        callers: HR,
        subjects: Subjects::Found(
            "SELECT e.department_id FROM employee e JOIN employer o ON o.id = e.employer_id \
            WHERE o.slug = 'northwind' AND e.status <> 'LEFT' AND e.department_id IS NOT NULL \
            GROUP BY e.department_id HAVING count(*) >= 20 ORDER BY md5(e.department_id::text) LIMIT 50",
        ),
        variable: id::<DepartmentId>,
        target: of_bare(0.5),
        write: requests::by_person,
    },
    Operation {
        name: "approvals",
        title: "the approvals inbox: what waits for a manager, with price, budget left and requester",
        document: INBOX,
        callers: APPROVER,
        subjects: Subjects::Found("SELECT id FROM employer WHERE slug = 'northwind'"),
        variable: id::<EmployerId>,
        target: of_bare(0.5),
        write: requests::inbox,
    },
    Operation {
        name: "dashboard",
        title: "a dashboard of ten tiles",
        document: DASHBOARD,
        callers: FINANCE,
        subjects: Subjects::Found("SELECT id FROM employer WHERE slug = 'northwind'"),
        variable: id::<EmployerId>,
        target: of_bare(0.6),
        write: dashboard::write,
    },
    Operation {
        name: "submit",
        title: "submit a request for a course outside of the catalog",
        document: "mutation Submit($id: String!) { submitFundingRequest(input: { course: { outside: { \
            title: \"Thermography\", providerName: \"Infrared Training\", url: $id } }, \
            quote: { amount: \"120.00\", currency: \"EUR\" }, purpose: \"The audit found that we lack it.\" }) { \
            fundingRequest { id status round amount { amount currency } offer { title url } } \
            userErrors { code message } } }",
        callers: ANYBODY,
        subjects: Subjects::Made(Made {
            stock: None,
            requests: 16,
            to_a_budget: 1,
            done: "SELECT count(*) FROM funding_request",
        }),
        variable: address,
        target: of_bare(0.7),
        write: mutations::submit,
    },
    Operation {
        name: "approve",
        title: "approve a request by its only step, which reserves the money",
        document: APPROVE,
        callers: leaders!(1),
        subjects: Subjects::Made(Made {
            stock: Some(mutations::waiting),
            requests: 8,
            to_a_budget: 1,
            done: "SELECT count(*) FROM decision",
        }),
        variable: id::<FundingRequestId>,
        target: of_bare(0.7),
        write: mutations::approve,
    },
    Operation {
        name: "hot",
        title: "32 managers approve requests on one and the same budget",
        document: APPROVE,
        callers: leaders!(32),
        subjects: Subjects::Made(Made {
            stock: Some(mutations::waiting),
            requests: 32,
            to_a_budget: 32,
            done: "SELECT count(*) FROM decision",
        }),
        variable: id::<FundingRequestId>,
        target: Target { of: Contender::Pgbench, share: 0.8 },
        write: mutations::approve,
    },
];

impl Operation {
    /// The body of a request about a subject.
    pub(crate) fn body(&self, subject: Uuid) -> String {
        let seen = (self.variable)(subject);
        let variables = if self.document.contains("$id") { json!({ "id": seen }) } else { json!({}) };
        json!({ "query": dated(self.document), "variables": variables }).to_string()
    }

    /// The external ids of the people who ask.
    pub(crate) async fn callers(&self, pool: &PgPool) -> anyhow::Result<Vec<String>> {
        let found: Vec<String> = sqlx::query_scalar(self.callers).fetch_all(pool).await?;
        ensure!(!found.is_empty(), "{}: the seed has nobody to ask it", self.name);
        Ok(found)
    }
}

/// The year in which the seed ends.
#[expect(clippy::disallowed_methods, reason = "the seed ends today, too")]
fn this_year() -> i32 {
    Utc::now().year()
}

/// A document about the years that the seed tells of: `THIS_YEAR` and `LAST_YEAR` stand for them.
pub(crate) fn dated(document: &str) -> String {
    let year = this_year();
    document.replace("THIS_YEAR", &year.to_string()).replace("LAST_YEAR", &(year - 1).to_string())
}

fn id<I: TypedId>(subject: Uuid) -> String {
    I::from_uuid(subject).to_string()
}

fn address(subject: Uuid) -> String {
    format!("https://courses.example/{subject}")
}

#[derive(Serialize)]
struct Data<T> {
    data: T,
}

fn written(data: impl Serialize) -> anyhow::Result<Vec<u8>> {
    Ok(serde_json::to_vec(&Data { data })?)
}
