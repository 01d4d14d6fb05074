//! From a database error to a fault: what repeating can heal is `Unavailable`, everything else is a defect.

use sea_orm::sqlx;
use sea_orm::{DbErr, RuntimeErr};
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

pub(crate) fn fault(error: DbErr) -> Fault {
    match passing(&error) {
        Some(what) => Fault::Unavailable(what),
        None => Fault::Internal { context: "a statement failed".to_owned(), source: Some(Box::new(error)) },
    }
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
