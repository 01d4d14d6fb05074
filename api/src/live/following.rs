//! One subscription's place in a feed.

use std::collections::VecDeque;
use std::sync::Arc;

use tokio::sync::watch;
use upskill_domain::app::App;
use upskill_domain::journal::{Occasion, Subject};
use upskill_domain::kernel::Fault;

use super::Followed;
use super::feed::Feed;

/// What comes next for a subscription.
#[derive(Debug, Clone)]
pub(crate) enum Next {
    /// Something that concerns it.
    Occasion(Arc<Occasion>),
    /// Something that does not, but happened to the subscriber: what they may see has to be asked again.
    Doubt,
}

/// Reads on from the subscriber's position, as often as it is asked to.
pub(crate) struct Following {
    app: App,
    feed: Arc<Feed>,
    growth: watch::Receiver<i64>,
    followed: Followed,
    ahead: VecDeque<Arc<Occasion>>,
}

impl Following {
    pub(super) fn new(app: App, feed: Arc<Feed>, followed: Followed) -> Self {
        let growth = feed.growth();
        Self { app, feed, growth, followed, ahead: VecDeque::new() }
    }

    /// Waits for what comes next. Giving up waiting loses nothing.
    pub(crate) async fn next(&mut self) -> Result<Next, Fault> {
        loop {
            while let Some(occasion) = self.ahead.pop_front() {
                self.followed.position = occasion.sealed.seal.position;
                if self.followed.interest.concerns(&occasion) {
                    return Ok(Next::Occasion(occasion));
                }
                if self.happened_to_the_subscriber(&occasion) {
                    return Ok(Next::Doubt);
                }
            }
            self.growth.borrow_and_update();
            self.ahead = self.feed.entries_after(&self.app, self.followed.position).await?.into();
            if self.ahead.is_empty() && self.growth.changed().await.is_err() {
                // The feed lives as long as its followers do.
                return Err(Fault::Unavailable("the journal is no longer followed".to_owned()));
            }
        }
    }

    fn happened_to_the_subscriber(&self, occasion: &Occasion) -> bool {
        let Followed { person, account, .. } = &self.followed;
        let mut oneself = person.map(Subject::of).into_iter().chain(account.map(Subject::of));
        oneself.any(|oneself| occasion.sealed.entry.names(&oneself))
    }
}
