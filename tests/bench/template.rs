//! From two repetitions of a mutation to statements that anybody can send for a third.
//!
//! What is the same in both stays as it is. Ids that differ were made by the server, or they are the subject; a number
//! that an INSERT counted up is a place in a series. Everything else that differs (instants, balances, the text of a
//! journal entry) depends on nothing, and stays as it was in the second.

use std::collections::HashMap;

use anyhow::ensure;
use uuid::Uuid;

use crate::capture::{Parameter, Statement, Value};
use crate::subject::Repetition;

const BIGINT: u32 = 20;
const TEXT: u32 = 25;
const UUID: u32 = 2950;

/// Statements for a repetition whose subject is not known yet. The ids that it makes are counted from `made` on, so that
/// no two operations make the same.
pub(crate) fn of(first: Repetition, second: Repetition, made: usize) -> anyhow::Result<Vec<Statement>> {
    ensure!(
        first.statements.len() == second.statements.len(),
        "two repetitions took different statements:\n{}\n\n{}",
        texts(&first.statements),
        texts(&second.statements)
    );
    let subjects = (first.subject, second.subject);
    let mut fresh = HashMap::new();
    let statements = first.statements.into_iter().zip(second.statements).map(|(first, second)| {
        ensure!(first.sql == second.sql, "two repetitions differ:\n{}\n{}", first.sql, second.sql);
        let inserts = second.sql.starts_with("INSERT");
        let parameters = first.parameters.into_iter().zip(second.parameters);
        let parameters =
            parameters.map(|(first, second)| parameter(first, second, subjects, inserts, made, &mut fresh));
        Ok(Statement { parameters: parameters.collect(), sql: second.sql })
    });
    statements.collect()
}

fn texts(statements: &[Statement]) -> String {
    statements.iter().map(|statement| statement.sql.as_str()).collect::<Vec<_>>().join("\n")
}

fn parameter(
    first: Parameter,
    second: Parameter,
    (one, other): (Uuid, Uuid),
    inserts: bool,
    made: usize,
    fresh: &mut HashMap<Vec<u8>, usize>,
) -> Parameter {
    let oid = second.oid;
    let value = match (first.value, second.value) {
        (Value::Fixed(first), Value::Fixed(second)) if first != second => match oid {
            UUID if first == one.as_bytes() && second == other.as_bytes() => Value::Subject,
            UUID => {
                let number = made + fresh.len();
                Value::Fresh(*fresh.entry(second).or_insert(number))
            }
            TEXT => around(&second, other).unwrap_or(Value::Fixed(second)),
            BIGINT if inserts && follows(&first, &second) => Value::Next,
            _ => Value::Fixed(second),
        },
        (_, same) => same,
    };
    Parameter { oid, value }
}

fn around(text: &[u8], subject: Uuid) -> Option<Value> {
    let text = std::str::from_utf8(text).ok()?;
    let (before, after) = text.split_once(&subject.to_string())?;
    Some(Value::Around(before.to_owned(), after.to_owned()))
}

fn follows(first: &[u8], second: &[u8]) -> bool {
    let number = |bytes: &[u8]| bytes.try_into().map(i64::from_be_bytes).ok();
    matches!((number(first), number(second)), (Some(first), Some(second)) if second == first + 1)
}
