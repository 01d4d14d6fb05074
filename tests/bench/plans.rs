//! How the database comes to the rows of a statement. What reads the whole of a table that grows with the employer gets
//! slower with every year, however fast it is today.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Context as _;
use serde_json::Value;
use sqlx::{AssertSqlSafe, Connection as _, PgConnection};

use crate::capture::Statement;
use crate::operations::Subjects;
use crate::pgbench::quoted;
use crate::prepared::Prepared;
use crate::seed::Seeded;

/// Tables of fewer rows may be read from one end to the other: that is cheaper than an index, and stays so.
const SMALL: f64 = 1_000.0;
/// With the values that were seen, and for any values: the server's statements are prepared, and PostgreSQL chooses
/// between the two.
const MODES: [&str; 2] = ["force_custom_plan", "force_generic_plan"];

/// Looks at the plans of what an operation reads, if nothing else. Prints every large table that is read as a whole, and
/// answers how many there are.
pub(crate) async fn check(seeded: &Seeded, prepared: &Prepared) -> anyhow::Result<usize> {
    let (Subjects::Found(_), Some(statements)) = (&prepared.operation.subjects, prepared.statements.first())
    else {
        return Ok(0);
    };
    let mut connection = PgConnection::connect_with(&seeded.options).await?;
    let sizes = sqlx::query_as("SELECT relname::text, reltuples::float8 FROM pg_class WHERE relkind = 'r'");
    let sizes: BTreeMap<String, f64> = sizes.fetch_all(&mut connection).await?.into_iter().collect();
    let reads: Vec<&Statement> =
        statements.iter().filter(|statement| !statement.parameters.is_empty()).collect();
    let mut scanned = BTreeSet::new();
    for (at, statement) in reads.iter().enumerate() {
        for mode in MODES {
            let plan = explain(&mut connection, mode, statement).await?;
            let tables = whole_tables(&plan).into_iter();
            let large = tables.filter(|table| sizes.get(table).is_none_or(|rows| *rows >= SMALL));
            scanned.extend(large.map(|table| (at, table)));
        }
    }
    println!(
        "plans of {} statements: {} read a whole table of {SMALL} rows or more",
        reads.len(),
        if scanned.is_empty() { "none".to_owned() } else { format!("MISSED, {}", scanned.len()) }
    );
    for (at, table) in &scanned {
        let rows = sizes.get(table).copied().unwrap_or_default();
        println!("  {table}, {rows} rows: {}", reads[*at].sql);
    }
    Ok(scanned.len())
}

/// The plan of a statement as the database describes it.
async fn explain(connection: &mut PgConnection, mode: &str, statement: &Statement) -> anyhow::Result<Value> {
    let values = statement
        .parameters
        .iter()
        .map(|parameter| Ok(parameter.text()?.map_or("NULL".to_owned(), |text| quoted(&text))));
    let values = values.collect::<anyhow::Result<Vec<_>>>()?.join(", ");
    let prepare = format!("SET plan_cache_mode = {mode}; PREPARE looked_at AS {}", statement.sql);
    sqlx::raw_sql(AssertSqlSafe(prepare)).execute(&mut *connection).await?;
    let explain = AssertSqlSafe(format!("EXPLAIN (FORMAT JSON) EXECUTE looked_at ({values})"));
    let plan: Value = sqlx::query_scalar(explain).persistent(false).fetch_one(&mut *connection).await?;
    sqlx::raw_sql("DEALLOCATE looked_at").execute(connection).await?;
    plan.pointer("/0/Plan").cloned().context("a plan")
}

/// The tables that a plan reads from one end to the other.
fn whole_tables(plan: &Value) -> Vec<String> {
    let own = (plan["Node Type"] == "Seq Scan").then(|| plan["Relation Name"].as_str()).flatten();
    let below = plan["Plans"].as_array().into_iter().flatten().flat_map(whole_tables);
    own.map(ToOwned::to_owned).into_iter().chain(below).collect()
}
