//! The employer that is measured: a database of its own, filled by `upskill seed`.

use anyhow::Context as _;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::{Connection as _, PgConnection, PgPool};

use crate::server::Upskill;

/// The short name of the large employer of the seed.
pub(crate) const EMPLOYER: &str = "northwind";

/// A database with the employer in it.
#[derive(Clone)]
pub(crate) struct Seeded {
    pub(crate) url: String,
    pub(crate) options: PgConnectOptions,
    pub(crate) pool: PgPool,
}

/// How large an employer is.
#[derive(Clone, Copy)]
pub(crate) struct Size {
    pub(crate) people: usize,
    /// What each of them asks for, on average.
    pub(crate) requests: usize,
}

/// Makes a database anew on a server and fills it, unless it is there and may be used again.
pub(crate) async fn seed(
    server: &str,
    upskill: &Upskill,
    (database, size): (&'static str, Size),
    reuse: bool,
) -> anyhow::Result<Seeded> {
    let mut connection = PgConnection::connect(server).await.context("PostgreSQL does not answer")?;
    let known = "SELECT count(*) = 1 FROM pg_database WHERE datname = $1";
    let known: bool = sqlx::query_scalar(known).bind(database).fetch_one(&mut connection).await?;
    let url = url_of_database(server, database).context("UPSKILL_TEST_POSTGRES is no URL")?;
    let options: PgConnectOptions = url.parse()?;
    let pool = PgPoolOptions::new().max_connections(2).connect_lazy_with(options.clone());
    let seeded = Seeded { url, options, pool };
    if known && reuse {
        println!("using {database} as it is");
        return Ok(seeded);
    }
    let Size { people, requests } = size;
    println!("seeding {people} people with {requests} requests for each");
    for statement in
        [format!("DROP DATABASE IF EXISTS {database} WITH (FORCE)"), format!("CREATE DATABASE {database}")]
    {
        sqlx::raw_sql(sqlx::AssertSqlSafe(statement)).execute(&mut connection).await?;
    }
    connection.close().await?;
    let (people, requests) = (people.to_string(), requests.to_string());
    let told =
        upskill.run(&seeded.url, &["seed", "--employees", &people, "--requests-per-employee", &requests])?;
    println!("  {}", told.lines().last().unwrap_or_default());
    sqlx::raw_sql("VACUUM ANALYZE").execute(&seeded.pool).await?;
    sqlx::raw_sql("CHECKPOINT").execute(&seeded.pool).await?;
    Ok(seeded)
}

/// The same server's URL with a database in it.
fn url_of_database(server: &str, database: &str) -> Option<String> {
    let (address, query) =
        server.split_once('?').map_or((server, None), |(address, query)| (address, Some(query)));
    let (scheme, rest) = address.split_once("://")?;
    let host = rest.split('/').next()?;
    let query = query.map_or(String::new(), |query| format!("?{query}"));
    Some(format!("{scheme}://{host}/{database}{query}"))
}
