//! Relay connections over keyset pages.
//!
//! A cursor holds a row's place in an order and is bound to that order and filter: with another one it is refused
//! instead of silently starting somewhere else.

use std::borrow::Cow;
use std::fmt::Debug;
use std::future::Future;

use async_graphql::{
    Context, InputObject, InputType, Object, ObjectType, OutputType, SimpleObject, TypeName,
};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};
use upskill_domain::access::Actor;
use upskill_domain::app::App;
use upskill_domain::kernel::{Direction, Fault, Page, PageRequest, Placed, Position};

use super::context::RequestContext;
use super::error::ApiError;

/// Rows of a page when the caller does not say.
const DEFAULT_SIZE: u32 = 20;
/// Rows of a page at most.
const MAX_SIZE: u32 = 100;

/// A type that is listed in connections.
pub(crate) trait Listed: OutputType {
    /// The type's name; the connection's is `<name>Connection`, the edge's `<name>Edge`.
    const NAME: &'static str;
    /// Which rows a list of it has, kept to count them when asked.
    type Filter: Debug + Send + Sync;

    /// How many rows the filter leaves.
    fn count(
        app: &App,
        actor: &Actor,
        filter: &Self::Filter,
    ) -> impl Future<Output = Result<u64, Fault>> + Send;
}

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

    fn write(self, position: &Position) -> String {
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

/// How a list is sorted.
#[derive(InputObject)]
#[graphql(name_type)]
pub(crate) struct OrderBy<F: InputType> {
    /// By what.
    field: F,
    /// Which way; ascending when not given.
    #[graphql(default)]
    direction: OrderDirection,
}

/// `EmployeeOrder` for a list that is sorted by an `EmployeeOrderField`.
impl<F: InputType> TypeName for OrderBy<F> {
    fn type_name() -> Cow<'static, str> {
        F::type_name().trim_end_matches("Field").to_owned().into()
    }
}

impl<F: InputType + Default> OrderBy<F> {
    /// The order asked for, or the default one.
    pub(crate) fn read(order: Option<Self>) -> (F, Direction) {
        order.map_or_else(Default::default, |order| (order.field, order.direction.into()))
    }
}

/// Which way a list is sorted.
#[derive(async_graphql::Enum, Debug, Copy, Clone, PartialEq, Eq, Default)]
pub(crate) enum OrderDirection {
    /// Smallest first.
    #[default]
    Asc,
    /// Largest first.
    Desc,
}

impl From<OrderDirection> for Direction {
    fn from(direction: OrderDirection) -> Self {
        match direction {
            OrderDirection::Asc => Self::Ascending,
            OrderDirection::Desc => Self::Descending,
        }
    }
}

/// Where a page stands in its list.
#[derive(SimpleObject)]
pub(crate) struct PageInfo {
    /// Whether there are rows after the last one of this page. When paging backwards (`last`) it says whether the page
    /// was reached from a later one, that is, whether `before` was given.
    has_next_page: bool,
    /// Whether there are rows before the first one of this page. When paging forwards (`first`) it says whether the page
    /// was reached from an earlier one, that is, whether `after` was given.
    has_previous_page: bool,
    /// The cursor of the first row; null on an empty page.
    start_cursor: Option<String>,
    /// The cursor of the last row; null on an empty page.
    end_cursor: Option<String>,
}

/// One page of a list.
pub(crate) struct Connection<T: Listed> {
    rows: Vec<Placed<T>>,
    more: bool,
    request: PageRequest,
    stamp: Stamp,
    filter: T::Filter,
}

impl<T: Listed> Connection<T> {
    /// The page that was read for a request.
    pub(crate) fn new<R: Into<T>>(
        page: Page<R>,
        request: PageRequest,
        stamp: Stamp,
        filter: T::Filter,
    ) -> Self {
        let Page { rows, more } = page.map(Into::into);
        Self { rows, more, request, stamp, filter }
    }
}

impl<T: Listed> TypeName for Connection<T> {
    fn type_name() -> Cow<'static, str> {
        format!("{}Connection", T::NAME).into()
    }
}

/// One page of a list, with the means to go on.
#[Object(name_type)]
impl<T: Listed + ObjectType> Connection<T> {
    /// The rows with their cursors, in the order of the list.
    async fn edges(&self) -> Vec<Edge<'_, T>> {
        self.rows.iter().map(|placed| Edge { placed, stamp: self.stamp }).collect()
    }

    /// The rows without cursors, in the order of the list.
    async fn nodes(&self) -> Vec<&T> {
        self.rows.iter().map(|placed| &placed.row).collect()
    }

    /// Where this page stands in the list.
    async fn page_info(&self) -> PageInfo {
        let from_elsewhere = self.request.beyond.is_some();
        let (has_next_page, has_previous_page) =
            if self.request.backward { (from_elsewhere, self.more) } else { (self.more, from_elsewhere) };
        let cursor = |placed: Option<&Placed<T>>| placed.map(|placed| self.stamp.write(&placed.position));
        let (start_cursor, end_cursor) = (cursor(self.rows.first()), cursor(self.rows.last()));
        PageInfo { has_next_page, has_previous_page, start_cursor, end_cursor }
    }

    /// How many rows the whole list has. Counting costs a statement of its own; leave it out where it is not shown.
    async fn total_count(&self, ctx: &Context<'_>) -> Result<u64, ApiError> {
        Ok(T::count(ctx.app()?, ctx.actor()?, &self.filter).await?)
    }
}

/// One row of a list with its cursor.
pub(crate) struct Edge<'a, T: Listed> {
    placed: &'a Placed<T>,
    stamp: Stamp,
}

impl<T: Listed> TypeName for Edge<'_, T> {
    fn type_name() -> Cow<'static, str> {
        format!("{}Edge", T::NAME).into()
    }
}

/// One row of a list with its cursor.
#[Object(name_type)]
impl<T: Listed + ObjectType> Edge<'_, T> {
    /// The row.
    async fn node(&self) -> &T {
        &self.placed.row
    }

    /// The row's place, to go on from. Valid only with the same filter and order.
    async fn cursor(&self) -> String {
        self.stamp.write(&self.placed.position)
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
