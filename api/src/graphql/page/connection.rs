//! One page of a list, as Relay has it.

use std::borrow::Cow;
use std::sync::Arc;

use async_graphql::{Context, Object, ObjectType, SimpleObject, TypeName};
use upskill_domain::kernel::{Page, PageRequest, Placed};

use super::arguments::{PageArguments, Stamp};
use super::listed::{Counts, List, Listed};
use crate::graphql::context::RequestContext;
use crate::graphql::error::ApiError;
use crate::graphql::look_ahead::Selection;
use crate::graphql::plain::{Partly, Plain, Rows};

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
    page: Arc<Page<T>>,
    request: PageRequest,
    stamp: Stamp,
    filter: T::Filter,
}

impl<T: Listed> Connection<T> {
    /// The page of a list that the arguments ask for, with what the selection below the field asks of its rows.
    ///
    /// Lists of the same kind that a request asks for side by side, such as the reports of each person on a page, are
    /// read together.
    pub(crate) async fn read(
        ctx: &Context<'_>,
        filter: T::Filter,
        order: T::Order,
        arguments: PageArguments,
    ) -> Result<Self, ApiError> {
        let stamp = Stamp::of(T::NAME, &order, &filter);
        let request = arguments.request(stamp)?;
        let with = T::with(&Selection::of_nodes(ctx));
        let list = List { filter: filter.clone(), order, request: request.clone(), with };
        let page = Box::pin(list.read::<T>(ctx)).await?;
        Ok(Self { page, request, stamp, filter })
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
        self.page.rows.iter().map(|placed| Edge { placed, stamp: self.stamp }).collect()
    }

    /// The rows without cursors, in the order of the list.
    async fn nodes(&self) -> Rows<'_, Placed<T>, T> {
        Rows::of(&self.page.rows, |placed| &placed.row)
    }

    /// Where this page stands in the list.
    async fn page_info(&self) -> Plain<PageInfo> {
        let from_elsewhere = self.request.beyond.is_some();
        let (has_next_page, has_previous_page) = if self.request.backward {
            (from_elsewhere, self.page.more)
        } else {
            (self.page.more, from_elsewhere)
        };
        let cursor = |placed: Option<&Placed<T>>| placed.map(|placed| self.stamp.write(&placed.position));
        let (start_cursor, end_cursor) = (cursor(self.page.rows.first()), cursor(self.page.rows.last()));
        Plain(PageInfo { has_next_page, has_previous_page, start_cursor, end_cursor })
    }

    /// How many rows the whole list has. Counting costs a statement of its own; leave it out where it is not shown.
    async fn total_count(&self, ctx: &Context<'_>) -> Result<u64, ApiError> {
        let counted = ctx.load::<Counts<T>, _>(self.filter.clone()).await?;
        counted.ok_or_else(|| ApiError::internal("a list was not counted"))
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
    async fn node(&self) -> Partly<&T> {
        Partly(&self.placed.row)
    }

    /// The row's place, to go on from. Valid only with the same filter and order.
    async fn cursor(&self) -> String {
        self.stamp.write(&self.placed.position)
    }
}
