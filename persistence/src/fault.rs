//! From a database error to a fault: what repeating can heal is `Unavailable`, what somebody else
//! was quicker to take is a `Conflict`, everything else is a defect.

use sea_orm::sqlx;
use sea_orm::{DbErr, RuntimeErr, SqlErr};
use upskill_domain::kernel::Fault;

/// `?` on a database error inside this crate.
pub(crate) trait OrFault<T> {
    /// The value, or the fault that the error is.
    fn or_fault(self) -> Result<T, Fault>;
}

impl<T> OrFault<T> for Result<T, DbErr> {
    fn or_fault(self) -> Result<T, Fault> {
        self.map_err(fault)
    }
}

/// An error of the driver, where it is asked directly.
pub(crate) fn failed(error: sqlx::Error) -> DbErr {
    DbErr::Query(RuntimeErr::SqlxError(error.into()))
}

pub(crate) fn fault(error: DbErr) -> Fault {
    if let Some(what) = passing(&error) {
        return Fault::Unavailable(what);
    }
    if takes_twice(&error) {
        return Fault::Conflict(
            "somebody else took the same name or place a moment before; read again".to_owned(),
        );
    }
    Fault::Internal { context: "a statement failed".to_owned(), source: Some(Box::new(error)) }
}

/// Whether something that must be unique is there already. Commands look first, so only who is a moment too late comes
/// here.
fn takes_twice(error: &DbErr) -> bool {
    matches!(error.sql_err(), Some(SqlErr::UniqueConstraintViolation(_)))
}

/// What is wrong for the moment only, if it is that.
fn passing(error: &DbErr) -> Option<String> {
    let source = match error {
        DbErr::ConnectionAcquire(error) => return Some(error.to_string()),
        DbErr::Conn(RuntimeErr::SqlxError(error))
        | DbErr::Exec(RuntimeErr::SqlxError(error))
        | DbErr::Query(RuntimeErr::SqlxError(error)) => error,
        DbErr::Conn(_) => return Some(error.to_string()),
        _ => return None,
    };
    match source.as_ref() {
        sqlx::Error::Io(error) => Some(error.to_string()),
        sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed | sqlx::Error::WorkerCrashed => {
            Some(source.to_string())
        }
        sqlx::Error::Database(error) => {
            let code = error.code()?;
            // PostgreSQL: serialization, deadlock, timeouts and shutdowns. SQLite: busy and locked.
            let passes = [
                "40001", "40P01", "55P03", "57014", "57P01", "57P02", "57P03", "53300", "5", "6", "261",
                "517",
            ];
            passes.contains(&code.as_ref()).then(|| error.message().to_owned())
        }
        _ => None,
    }
}
