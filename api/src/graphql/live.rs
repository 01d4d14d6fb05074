//! What the fields of subscriptions share: where they begin, and what an event says of itself.
//!
//! A field is resolved once when its subscription is opened, and once for each event. Both times it looks at the thing
//! that it is about with the eyes of the caller, so an event is authorized like a query of its moment. Then it asks
//! [`happened`], which notes at the opening what the subscription follows, and brings what happened at an event.

use std::pin::Pin;
use std::sync::{Arc, OnceLock};

use async_graphql::{Context, SimpleObject};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use futures_util::stream::{self, Stream};
use upskill_domain::journal::{Interest, Occasion};
use upskill_domain::kernel::{EmployerId, TypedId};
use uuid::Uuid;

use super::context::RequestContext;
use super::error::{ApiError, Isolated};
use super::scalars::DateTime;
use crate::http::Occurrence;
use crate::live::Followed;

/// Where the field of a subscription that is being opened puts what it follows.
#[derive(Clone, Default)]
pub(crate) struct Opening(Arc<OnceLock<Followed>>);

impl Opening {
    /// What was found, if the field got that far.
    pub(crate) fn found(&self) -> Option<Followed> {
        self.0.get().cloned()
    }
}

/// What the field of a subscription answers with: one event, an error, or nothing when it is only being opened.
pub(crate) type Told<T> = Pin<Box<dyn Stream<Item = Isolated<T>> + Send>>;

/// The answer of a subscription's field.
pub(crate) async fn told<T: Send + 'static>(
    event: impl Future<Output = Result<Option<T>, ApiError>>,
) -> Told<T> {
    Box::pin(stream::iter(Box::pin(event).await.transpose().map(Some)))
}

/// What happened, in an event; nothing when the subscription is only being opened.
pub(crate) async fn happened(
    ctx: &Context<'_>,
    interest: Interest,
    after: Option<String>,
) -> Result<Option<Arc<Occasion>>, ApiError> {
    if let Some(Occurrence(occurrence)) = ctx.data_opt::<Occurrence>() {
        let occasion = Arc::clone(occurrence).downcast::<Occasion>();
        return occasion.map(Some).map_err(|_| ApiError::internal("an event of another kind"));
    }
    let opening = ctx.data_opt::<Opening>();
    let opening = opening.ok_or_else(|| ApiError::internal("a subscription that nobody opens"))?;
    let actor = ctx.actor()?;
    let employer = actor.employer;
    let end = ctx.app()?.journal().position(employer).await?;
    let position = match after {
        Some(cursor) => Cursor::read(&cursor, employer, end)?,
        None => end,
    };
    // A subscription has one field, so nobody was here before.
    let account = actor.account().map(|account| account.id);
    let _ = opening.0.set(Followed { employer, person: actor.employee(), account, interest, position });
    Ok(None)
}

/// A place in an employer's journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Cursor {
    pub(crate) employer: EmployerId,
    pub(crate) position: i64,
}

impl Cursor {
    /// The text that clients keep.
    pub(crate) fn written(self) -> String {
        let place = [self.employer.uuid().as_bytes().as_slice(), &self.position.to_be_bytes()].concat();
        URL_SAFE_NO_PAD.encode(place)
    }

    /// The position, where it is one of this journal.
    fn read(cursor: &str, employer: EmployerId, end: i64) -> Result<i64, ApiError> {
        let unknown = || ApiError::bad_input("after", "after is not a cursor that a subscription gave out");
        let bytes = URL_SAFE_NO_PAD.decode(cursor).map_err(|_| unknown())?;
        let (whose, position) = bytes.split_first_chunk::<16>().ok_or_else(unknown)?;
        let position = position.try_into().map(i64::from_be_bytes).map_err(|_| unknown())?;
        // One beyond the end comes from another installation, or from before its database was restored.
        let is_ours = Uuid::from_bytes(*whose) == employer.uuid() && (0..=end).contains(&position);
        if is_ours { Ok(position) } else { Err(unknown()) }
    }
}

/// When and how something happened.
#[derive(SimpleObject)]
pub(crate) struct Moment {
    /// The place of the event. A subscription with this in `after` goes on behind it.
    cursor: String,
    /// When it happened.
    at: DateTime,
    /// What happened, in the past tense, after the capability: `funding.request_approved`.
    kind: String,
}

impl From<&Occasion> for Moment {
    fn from(occasion: &Occasion) -> Self {
        let (entry, seal) = (&occasion.sealed.entry, &occasion.sealed.seal);
        let cursor = Cursor { employer: entry.employer, position: seal.position };
        Self { cursor: cursor.written(), at: DateTime(entry.at), kind: entry.kind.clone() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_is_read_by_its_own_journal_as_far_as_that_goes() {
        let employer = |number| EmployerId::from_uuid(Uuid::from_u128(number));
        let cursor = Cursor { employer: employer(1), position: 7 }.written();
        let read = |cursor: &str, whose, end| Cursor::read(cursor, employer(whose), end).ok();
        assert_eq!(read(&cursor, 1, 7), Some(7));
        assert_eq!(read(&cursor, 1, 900), Some(7));
        assert_eq!(read(&cursor, 1, 6), None, "beyond the end");
        assert_eq!(read(&cursor, 2, 7), None, "of another employer");
        let negative = Cursor { employer: employer(1), position: -1 }.written();
        for nonsense in ["", "x", "AAAA", &negative, &format!("{cursor}AAAA")] {
            assert_eq!(read(nonsense, 1, 7), None, "{nonsense}");
        }
    }
}
