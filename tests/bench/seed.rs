//! The employer that is measured: a database of its own, filled through the program itself.

use std::fmt::Write as _;
use std::path::Path;

use anyhow::Context as _;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::{Connection as _, PgConnection, PgPool};

use crate::server::Upskill;

/// The employer's short name.
pub(crate) const EMPLOYER: &str = "bench";
/// The database's name.
const DATABASE: &str = "upskill_bench";
/// Rows that one import may have.
const ROWS_PER_FILE: usize = 50_000;
const DEPARTMENTS: usize = 50;
/// Direct reports of everybody who has any.
const REPORTS: usize = 10;

/// A database with the employer in it.
pub(crate) struct Seeded {
    pub(crate) url: String,
    pub(crate) options: PgConnectOptions,
    pub(crate) pool: PgPool,
}

/// Makes the database anew on a server and fills it.
pub(crate) async fn seed(
    server: &str,
    upskill: &Upskill,
    folder: &Path,
    people: usize,
) -> anyhow::Result<Seeded> {
    let mut connection = PgConnection::connect(server).await.context("PostgreSQL does not answer")?;
    sqlx::raw_sql("DROP DATABASE IF EXISTS upskill_bench WITH (FORCE)").execute(&mut connection).await?;
    sqlx::raw_sql("CREATE DATABASE upskill_bench").execute(&mut connection).await?;
    connection.close().await?;
    let url = url_of_database(server).context("UPSKILL_TEST_POSTGRES is no URL")?;
    let admin = ["--admin", "ADMIN", "--admin-name", "Ada Admin", "--admin-hired-on", "2020-01-01"];
    let found = ["import", "employer", "--slug", EMPLOYER, "--name", "Bench", "--currency", "EUR"];
    upskill.run(&url, &[found.as_slice(), &admin].concat())?;
    for first in (0..people).step_by(ROWS_PER_FILE) {
        let file = folder.join(format!("roster-{first}.csv"));
        std::fs::write(&file, roster(first..people.min(first + ROWS_PER_FILE))?)?;
        let file = file.to_str().context("a path in UTF-8")?;
        upskill.run(&url, &["import", "roster", file, "--employer", EMPLOYER, "--create-departments"])?;
    }
    let options: PgConnectOptions = url.parse()?;
    let pool = PgPoolOptions::new().max_connections(2).connect_with(options.clone()).await?;
    sqlx::raw_sql("VACUUM ANALYZE").execute(&pool).await?;
    sqlx::raw_sql("CHECKPOINT").execute(&pool).await?;
    Ok(Seeded { url, options, pool })
}

/// A part of the roster: a tree of reporting lines, across departments.
fn roster(people: std::ops::Range<usize>) -> anyhow::Result<String> {
    let mut text = "external_id,name,email,department,manager,job_title,hired_on\n".to_owned();
    for number in people {
        let manager = number.checked_sub(1).map(|below| format!("E{}", below / REPORTS)).unwrap_or_default();
        let department = number % DEPARTMENTS;
        writeln!(
            text,
            "E{number},Person {number} of Bench,e{number}@example.org,D{department:02},{manager},Engineer,2020-01-01"
        )?;
    }
    Ok(text)
}

/// The same server's URL with our database in it.
fn url_of_database(server: &str) -> Option<String> {
    let (address, query) =
        server.split_once('?').map_or((server, None), |(address, query)| (address, Some(query)));
    let (scheme, rest) = address.split_once("://")?;
    let host = rest.split('/').next()?;
    let query = query.map_or(String::new(), |query| format!("?{query}"));
    Some(format!("{scheme}://{host}/{DATABASE}{query}"))
}
