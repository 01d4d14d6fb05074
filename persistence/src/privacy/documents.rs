//! Words within documents, and addresses that rows are told apart by.

use sea_orm::ConnectionTrait;
use sea_orm::sea_query::{Expr, ExprTrait, Query};
use serde_json::Value;
use upskill_domain::kernel::{EmployeeId, Fault, TypedId};
use uuid::Uuid;

use super::source::Tie;
use super::steps::ERASED_WORDS;
use crate::fault::OrFault;
use crate::row::{self, Cells, document};
use crate::store::Tx;

/// Documents with words of or about a person: the table, what ties its rows to them, the column, and which members of it
/// are words.
const DOCUMENTS: [(&str, Tie, &str, &[&str]); 3] = [
    ("funding_request", Tie::Is("employee_id"), "conditions", &["text"]),
    ("funding_request", Tie::Is("employee_id"), "co_funding", &["name", "reference"]),
    ("decision", Tie::Of("request_id", "funding_request"), "conditions", &["text"]),
];

/// The tables whose rows are told apart by the address of a course that is in no catalog.
const ADDRESSED: [&str; 2] = ["funding_request", "enrollment"];

impl Tx {
    /// Takes the words out of documents. They are read and written one by one: somebody has few of them, and neither
    /// database can look into them in the way of the other.
    pub(super) async fn silence_documents(&mut self, person: EmployeeId) -> Result<(), Fault> {
        for (table, tie, column, words) in DOCUMENTS {
            let select = Query::select()
                .columns(["id", column])
                .from(table)
                .and_where(Expr::col("employer_id").eq(self.tenant()))
                .and_where(tie.holds(self.tenant(), person))
                .and_where(Expr::col(column).is_not_null())
                .to_owned();
            let found = row::all_as(&self.tx, &select, |cells| {
                Ok((cells.take::<Uuid>()?, cells.read(|text| serde_json::from_str::<Value>(text))?))
            });
            for (id, mut told) in found.await? {
                silence(&mut told, words);
                let update = Query::update()
                    .table(table)
                    .value(column, document(&told)?)
                    .and_where(Expr::col("employer_id").eq(self.tenant()))
                    .and_where(Expr::col("id").eq(id))
                    .to_owned();
                self.tx.execute(&update).await.or_fault()?;
            }
        }
        Ok(())
    }

    /// Forgets the addresses of courses in no catalog, so that what was told apart by them still is.
    pub(super) async fn forget_addresses(&mut self, person: EmployeeId) -> Result<(), Fault> {
        for table in ADDRESSED {
            let select = Query::select()
                .distinct()
                .column("subject")
                .from(table)
                .and_where(Expr::col("employer_id").eq(self.tenant()))
                .and_where(Expr::col("employee_id").eq(person.uuid()))
                .and_where(Expr::col("course_id").is_null())
                .to_owned();
            let subjects = row::all_as(&self.tx, &select, subject).await?;
            for (number, subject) in (1..).zip(subjects) {
                let update = Query::update()
                    .table(table)
                    .value("subject", format!("erased:{number}"))
                    .value("url", Option::<String>::None)
                    .and_where(Expr::col("employer_id").eq(self.tenant()))
                    .and_where(Expr::col("employee_id").eq(person.uuid()))
                    .and_where(Expr::col("subject").eq(subject))
                    .to_owned();
                self.tx.execute(&update).await.or_fault()?;
            }
        }
        Ok(())
    }
}

fn subject(cells: &mut Cells<'_>) -> Result<String, Fault> {
    cells.take()
}

/// Replaces the texts of some members, however deep they lie.
fn silence(value: &mut Value, words: &[&str]) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| silence(item, words)),
        Value::Object(members) => {
            for (name, member) in members.iter_mut() {
                match member {
                    Value::String(text) if words.contains(&name.as_str()) => ERASED_WORDS.clone_into(text),
                    _ => silence(member, words),
                }
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn words_go_and_everything_else_stays() {
        let mut conditions =
            json!({ "amount": { "minor": 1 }, "proofs": [{ "kind": "GRADE", "text": "Eva's grade" }] });
        silence(&mut conditions, &["text"]);
        let left = json!({ "amount": { "minor": 1 }, "proofs": [{ "kind": "GRADE", "text": "(erased)" }] });
        assert_eq!(conditions, left);
        let mut parts = json!([{ "source": "GRANT", "name": null, "reference": "B-7" }]);
        silence(&mut parts, &["name", "reference"]);
        assert_eq!(parts, json!([{ "source": "GRANT", "name": null, "reference": "(erased)" }]));
    }
}
