//! One listener for the whole process.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::Duration;

use tokio::time::sleep;
use upskill_domain::app::App;
use upskill_domain::kernel::{EmployerId, Fault};
use upskill_persistence::{Db, Notice, Notices};

use super::feed::Feed;
use super::{Followed, Following};

/// How long to wait before a listener that could not be set up is tried again.
const REPAIR_PAUSE: Duration = Duration::from_secs(1);

/// Wakes those who follow the journal. It listens only while somebody does.
pub(crate) struct Hub {
    app: App,
    db: Arc<Db>,
    patience: Duration,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    /// A feed lives as long as somebody follows it.
    feeds: HashMap<EmployerId, Weak<Feed>>,
    listens: bool,
}

impl Hub {
    /// A hub over a database. It looks into the journals by itself whenever the patience is over, where the
    /// database cannot tell what other processes do.
    pub(crate) fn new(app: App, db: Arc<Db>, patience: Duration) -> Self {
        Self { app, db, patience, state: Mutex::default() }
    }

    /// Follows a journal from a position on.
    pub(crate) async fn follow(self: &Arc<Self>, followed: Followed) -> Result<Following, Fault> {
        let employer = followed.employer;
        let feed = match self.feed(employer) {
            Some(feed) => feed,
            None => self.begin_feed(employer).await?,
        };
        Ok(Following::new(self.app.clone(), feed, followed))
    }

    async fn begin_feed(self: &Arc<Self>, employer: EmployerId) -> Result<Arc<Feed>, Fault> {
        let end = self.app.journal().position(employer).await?;
        let feed = self.add(employer, end);
        // What was sealed before the feed was known was announced to nobody.
        feed.read_on(&self.app).await?;
        Ok(feed)
    }

    fn feed(&self, employer: EmployerId) -> Option<Arc<Feed>> {
        let state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.feeds.get(&employer).and_then(Weak::upgrade)
    }

    /// Adds a feed, unless somebody has done so meanwhile, and sees to it that somebody listens.
    fn add(self: &Arc<Self>, employer: EmployerId, end: i64) -> Arc<Feed> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let there = state.feeds.get(&employer).and_then(Weak::upgrade);
        let feed = there.unwrap_or_else(|| Arc::new(Feed::after(employer, end)));
        state.feeds.insert(employer, Arc::downgrade(&feed));
        if !state.listens {
            state.listens = true;
            tokio::spawn(Arc::clone(self).listen());
        }
        feed
    }

    /// Listens until nobody follows any journal.
    async fn listen(self: Arc<Self>) {
        let mut notices = None;
        loop {
            let notice = match &mut notices {
                None => self.begin(&mut notices).await,
                Some(listening) => self.heard(listening).await,
            };
            let Some(notice) = notice else {
                notices = None;
                continue;
            };
            let Some(feeds) = self.concerned(notice) else { return };
            for feed in feeds {
                if let Err(fault) = feed.read_on(&self.app).await {
                    tracing::warn!(employer = %feed.employer, %fault, "the journal cannot be followed at the moment");
                }
            }
        }
    }

    /// Begins to listen. What was sealed before that is found by a look at everything.
    async fn begin(&self, notices: &mut Option<Notices>) -> Option<Notice> {
        match self.db.notices(self.patience).await {
            Ok(listening) => *notices = Some(listening),
            Err(fault) => {
                tracing::warn!(%fault, "nobody tells what is sealed; looking for it instead");
                sleep(REPAIR_PAUSE).await;
            }
        }
        Some(Notice::Perhaps)
    }

    async fn heard(&self, notices: &mut Notices) -> Option<Notice> {
        match notices.next().await {
            Ok(notice) => Some(notice),
            Err(fault) => {
                tracing::warn!(%fault, "the connection that tells what is sealed broke; making a new one");
                None
            }
        }
    }

    /// The feeds that a notice is about; `None` when nobody follows any, and listening has ended.
    fn concerned(&self, notice: Notice) -> Option<Vec<Arc<Feed>>> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.feeds.retain(|_, feed| feed.strong_count() > 0);
        state.listens = !state.feeds.is_empty();
        state.listens.then(|| match notice {
            Notice::Sealed(employer) => {
                state.feeds.get(&employer).and_then(Weak::upgrade).into_iter().collect()
            }
            Notice::Perhaps => state.feeds.values().filter_map(Weak::upgrade).collect(),
        })
    }
}
