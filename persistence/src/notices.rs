//! Being told that something was sealed.
//!
//! A notice is a knock, not a message: what happened stands in the journal, and is read there by position. So a notice
//! may come twice, or not at all where a connection broke; whoever waits looks by themselves now and then.

use std::time::Duration;

use sea_orm::sqlx::postgres::{PgListener, PgNotification, PgPoolOptions};
use sea_orm::{ConnectionTrait, DbBackend, DbErr, RuntimeErr};
use tokio::sync::broadcast;
use tokio::time::sleep;
use upskill_domain::kernel::{EmployerId, Fault, TypedId};

use crate::fault::OrFault;
use crate::store::Db;

/// The channel on which PostgreSQL passes the employer's id on when its entries were sealed.
pub(crate) const SEALED_CHANNEL: &str = "upskill_sealed";

/// Notices that wait to be heard within a process. Whoever falls behind is told to look everywhere.
pub(crate) const WAITING_NOTICES: usize = 256;

/// How long to rely on a server that tells everything, but whose word a proxy in between may lose.
const TRUST: Duration = Duration::from_mins(1);

/// How long to wait before the server is asked again to pass notices on.
const REPAIR_PAUSE: Duration = Duration::from_secs(1);

/// Why to look into the journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Notice {
    /// Entries of this employer were sealed.
    Sealed(EmployerId),
    /// Nobody said so, but it may be; for everybody.
    Perhaps,
}

/// Notices as they come.
pub struct Notices {
    source: Source,
    patience: Duration,
}

enum Source {
    /// SQLite tells nobody outside of the process that wrote.
    Process(broadcast::Receiver<EmployerId>),
    Server(Box<PgListener>),
}

impl Db {
    /// Begins to listen. What is sealed from now on is noticed at once where the database or this process can tell. What
    /// another process seals on SQLite is noticed when the patience is over.
    pub async fn notices(&self, patience: Duration) -> Result<Notices, Fault> {
        Ok(match self.pool.get_database_backend() {
            DbBackend::Postgres => {
                let listener = self.listener().await.or_fault()?;
                Notices { source: Source::Server(Box::new(listener)), patience: TRUST }
            }
            _ => Notices { source: Source::Process(self.sealed.subscribe()), patience },
        })
    }

    /// A connection of its own: one of the pool's would be missing for as long as somebody listens.
    async fn listener(&self) -> Result<PgListener, DbErr> {
        let options = self.pool.connect_options();
        let pool = PgPoolOptions::new().max_connections(1).max_lifetime(None).idle_timeout(None);
        let pool = pool.connect_lazy_with(options.as_ref().clone());
        let mut listener = PgListener::connect_with(&pool).await.map_err(failed)?;
        listener.ignore_pool_close_event(true);
        listener.listen(SEALED_CHANNEL).await.map_err(failed)?;
        Ok(listener)
    }
}

impl Notices {
    /// The next notice. A connection that broke is made anew, with a look everywhere for what was missed meanwhile.
    pub async fn next(&mut self) -> Result<Notice, Fault> {
        let patience = sleep(self.patience);
        match &mut self.source {
            Source::Process(sealed) => tokio::select! {
                employer = sealed.recv() => Ok(employer.map_or(Notice::Perhaps, Notice::Sealed)),
                () = patience => Ok(Notice::Perhaps),
            },
            Source::Server(listener) => tokio::select! {
                notified = listener.try_recv() => match notified {
                    Ok(notification) => Ok(notification.as_ref().and_then(employer).map_or(Notice::Perhaps, Notice::Sealed)),
                    Err(error) => {
                        sleep(REPAIR_PAUSE).await;
                        Err(failed(error)).or_fault()
                    }
                },
                () = patience => Ok(Notice::Perhaps),
            },
        }
    }
}

fn employer(notification: &PgNotification) -> Option<EmployerId> {
    EmployerId::parse(notification.payload()).ok()
}

fn failed(error: sea_orm::sqlx::Error) -> DbErr {
    DbErr::Conn(RuntimeErr::SqlxError(error.into()))
}
