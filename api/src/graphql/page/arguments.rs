//! Which page is asked for.
//!
//! A cursor holds a row's place in an order and is bound to that order and filter: with another one it is refused
//! instead of silently starting somewhere else.

use std::fmt::Debug;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};
use upskill_domain::kernel::{PageRequest, Position};

use crate::graphql::error::ApiError;

/// Rows of a page when the caller does not say.
const DEFAULT_SIZE: u32 = 20;
/// Rows of a page at most.
const MAX_SIZE: u32 = 100;

/// The four arguments of a connection field, not yet checked.
#[derive(Default)]
pub(crate) struct PageArguments {
    pub(crate) first: Option<i32>,
    pub(crate) after: Option<String>,
    pub(crate) last: Option<i32>,
    pub(crate) before: Option<String>,
}

impl PageArguments {
    /// The page that the arguments ask for, in the list with this stamp.
    pub(crate) fn request(self, stamp: Stamp) -> Result<PageRequest, ApiError> {
        let Self { first, after, last, before } = self;
        match (first, after, last, before) {
            (Some(_), _, Some(_), _) => Err(ApiError::bad_input("last", "give first or last, not both")),
            (_, Some(_), _, Some(_)) => Err(ApiError::bad_input("before", "give after or before, not both")),
            (Some(_), _, None, Some(_)) => {
                Err(ApiError::bad_input("before", "before goes with last; with first, give after"))
            }
            (None, Some(_), Some(_), _) => {
                Err(ApiError::bad_input("after", "after goes with first; with last, give before"))
            }
            (None, _, Some(last), before) => page("last", last, "before", before, stamp, true),
            (None, None, None, Some(before)) => {
                page("last", DEFAULT_SIZE.cast_signed(), "before", Some(before), stamp, true)
            }
            (first, after, None, None) => {
                page("first", first.unwrap_or(DEFAULT_SIZE.cast_signed()), "after", after, stamp, false)
            }
        }
    }
}

fn page(
    size_name: &'static str,
    size: i32,
    cursor_name: &'static str,
    cursor: Option<String>,
    stamp: Stamp,
    backward: bool,
) -> Result<PageRequest, ApiError> {
    let fits = u32::try_from(size).ok().filter(|size| (1..=MAX_SIZE).contains(size));
    let size = fits.ok_or_else(|| {
        ApiError::bad_input(size_name, format!("{size_name} is {size}; it must be from 1 to {MAX_SIZE}"))
    })?;
    let beyond = cursor.map(|cursor| stamp.read(cursor_name, &cursor)).transpose()?;
    Ok(PageRequest { size, beyond, backward })
}

/// What a cursor is bound to: the list, its order and its filter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Stamp([u8; 6]);

impl Stamp {
    /// The stamp of a list.
    pub(crate) fn of(list: &str, order: &impl Debug, filter: &impl Debug) -> Self {
        let digest = Sha256::digest(format!("{list}\0{order:?}\0{filter:?}"));
        let mut stamp = [0; 6];
        stamp.iter_mut().zip(digest.iter()).for_each(|(to, from)| *to = *from);
        Self(stamp)
    }

    pub(super) fn write(self, position: &Position) -> String {
        let body = serde_json::to_vec(position).unwrap_or_default();
        URL_SAFE_NO_PAD.encode([self.0.as_slice(), &body].concat())
    }

    fn read(self, argument: &'static str, cursor: &str) -> Result<Position, ApiError> {
        let unknown =
            || ApiError::bad_input(argument, format!("{argument} is not a cursor that this API gave out"));
        let bytes = URL_SAFE_NO_PAD.decode(cursor).map_err(|_| unknown())?;
        let (stamp, body) = bytes.split_at_checked(self.0.len()).ok_or_else(unknown)?;
        let position = serde_json::from_slice(body).map_err(|_| unknown())?;
        if stamp == self.0 {
            Ok(position)
        } else {
            let message =
                format!("{argument} belongs to a list with another filter or order; start without it");
            Err(ApiError::bad_input(argument, message))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use upskill_domain::kernel::Key;

    fn message(error: ApiError) -> String {
        async_graphql::Error::from(error).message
    }

    fn ask(
        first: Option<i32>,
        after: Option<&str>,
        last: Option<i32>,
        before: Option<&str>,
    ) -> Result<PageRequest, String> {
        let arguments =
            PageArguments { first, after: after.map(str::to_owned), last, before: before.map(str::to_owned) };
        arguments.request(Stamp::of("list", &"name", &"all")).map_err(message)
    }

    #[test]
    fn a_cursor_leads_back_to_its_place() {
        let position = Position { key: Key::Text("ä\"b".to_owned()), id: uuid::Uuid::from_u128(7) };
        let cursor = Stamp::of("list", &"name", &"all").write(&position);
        let request = ask(Some(5), Some(&cursor), None, None);
        assert_eq!(request, Ok(PageRequest { size: 5, beyond: Some(position), backward: false }));
    }

    #[test]
    fn a_cursor_of_another_list_is_refused() {
        let position = Position { key: Key::Number(1), id: uuid::Uuid::from_u128(7) };
        let cursor = Stamp::of("list", &"hired", &"all").write(&position);
        let other = "after belongs to a list with another filter or order; start without it";
        assert_eq!(ask(None, Some(&cursor), None, None), Err(other.to_owned()));
        for nonsense in ["", "x", "AAAAAAAAAAAA", "not base64!"] {
            let unknown = "after is not a cursor that this API gave out";
            assert_eq!(ask(None, Some(nonsense), None, None), Err(unknown.to_owned()), "{nonsense}");
        }
    }

    #[test]
    fn sizes_and_directions_are_checked() {
        assert_eq!(ask(None, None, None, None), Ok(PageRequest::first(20)));
        assert_eq!(ask(Some(0), None, None, None), Err("first is 0; it must be from 1 to 100".to_owned()));
        assert_eq!(ask(None, None, Some(101), None), Err("last is 101; it must be from 1 to 100".to_owned()));
        assert_eq!(ask(Some(-1), None, None, None), Err("first is -1; it must be from 1 to 100".to_owned()));
        assert_eq!(ask(Some(1), None, Some(1), None), Err("give first or last, not both".to_owned()));
        assert_eq!(ask(None, None, Some(3), None), Ok(PageRequest { size: 3, beyond: None, backward: true }));
    }
}
