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

/// Makes a database anew on a server and fills it.
pub(crate) async fn seed(
    server: &str,
    upskill: &Upskill,
    (database, people): (&'static str, usize),
) -> anyhow::Result<Seeded> {
    println!("seeding {people} people");
    let mut connection = PgConnection::connect(server).await.context("PostgreSQL does not answer")?;
    for statement in
        [format!("DROP DATABASE IF EXISTS {database} WITH (FORCE)"), format!("CREATE DATABASE {database}")]
    {
        sqlx::raw_sql(sqlx::AssertSqlSafe(statement)).execute(&mut connection).await?;
    }
    connection.close().await?;
    let url = url_of_database(server, database).context("UPSKILL_TEST_POSTGRES is no URL")?;
    upskill.run(&url, &["seed", "--employees", &people.to_string()])?;
    let options: PgConnectOptions = url.parse()?;
    let pool = PgPoolOptions::new().max_connections(2).connect_with(options.clone()).await?;
    sqlx::raw_sql("VACUUM ANALYZE").execute(&pool).await?;
    sqlx::raw_sql("CHECKPOINT").execute(&pool).await?;
    Ok(Seeded { url, options, pool })
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
