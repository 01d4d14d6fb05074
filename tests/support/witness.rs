//! Whether anything was written, asked of the database itself and in one statement.
//!
//! Counting rows would miss a row that was changed, and reading all of them after every refusal takes minutes.

use sqlx::{AssertSqlSafe, Connection as _, PgConnection, SqliteConnection};

use crate::database::{Engine, TestDb, tables};

/// Somebody who looks at a database and can tell whether it has been written to since the last look.
pub struct Witness {
    connection: Connection,
    seen: String,
}

enum Connection {
    /// `PRAGMA data_version` differs on a connection after another one has committed a change, and only then.
    Sqlite(SqliteConnection),
    /// A row carries the number of the transaction that wrote it, and those only grow. So a table without changes has
    /// as many rows and the same sum of these numbers, and one with a change has not: either rows are more or fewer,
    /// or some were replaced by later ones.
    Postgres(PgConnection, String),
}

impl Witness {
    /// A first look.
    pub async fn of(database: &TestDb) -> Self {
        let url = database.url();
        let connection = match database.engine() {
            Engine::Sqlite => {
                Connection::Sqlite(SqliteConnection::connect(url).await.expect("the file opens"))
            }
            Engine::Postgres => {
                let connection = PgConnection::connect(url).await.expect("the server answers");
                Connection::Postgres(connection, versions_of_all_rows(&tables(database).await))
            }
        };
        let mut witness = Self { connection, seen: String::new() };
        witness.wrote().await;
        witness
    }

    /// Whether anything was written since the last look.
    pub async fn wrote(&mut self) -> bool {
        let now = match &mut self.connection {
            Connection::Sqlite(connection) => {
                let version: i64 = sqlx::query_scalar("PRAGMA data_version")
                    .fetch_one(connection)
                    .await
                    .expect("the version of the file");
                version.to_string()
            }
            Connection::Postgres(connection, statement) => {
                sqlx::query_scalar(AssertSqlSafe(statement.clone()))
                    .fetch_one(connection)
                    .await
                    .expect("the versions of all rows")
            }
        };
        let wrote = now != self.seen;
        self.seen = now;
        wrote
    }
}

/// The statement that asks PostgreSQL for every table's rows and the transactions that wrote them.
fn versions_of_all_rows(tables: &[String]) -> String {
    let tables = tables.iter().map(|table| {
        format!("(SELECT COUNT(*) || ':' || COALESCE(SUM(xmin::text::bigint), 0) FROM \"{table}\")")
    });
    format!("SELECT concat_ws(' ', {})", tables.collect::<Vec<_>>().join(", "))
}

#[cfg(test)]
mod tests {
    use super::Witness;
    use crate::database::{TestDb, execute};

    crate::both_databases! {
        async fn a_witness_sees_rows_come_change_and_go_and_nothing_else(database: TestDb) {
            execute(&database, "CREATE TABLE thing (name TEXT)").await;
            let mut witness = Witness::of(&database).await;
            assert!(!witness.wrote().await);
            for statement in [
                "INSERT INTO thing (name) VALUES ('one')",
                "UPDATE thing SET name = 'two'",
                "DELETE FROM thing",
            ] {
                execute(&database, statement).await;
                assert!(witness.wrote().await, "{statement}");
                assert!(!witness.wrote().await, "nothing since");
            }
            execute(&database, "UPDATE thing SET name = 'three'").await;
            assert!(!witness.wrote().await, "there was nothing to change");
        }
    }
}
