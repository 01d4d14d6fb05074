//! Reading lists: the same page of several lists takes one statement.

use std::collections::HashMap;
use std::fmt::Debug;
use std::future::Future;
use std::hash::Hash;
use std::marker::PhantomData;
use std::sync::Arc;

use async_graphql::Context;
use async_graphql::dataloader::Loader;
use upskill_domain::access::Actor;
use upskill_domain::app::App;
use upskill_domain::kernel::{Fault, Page, PageRequest};

use crate::graphql::context::{RequestContext, RequestLoader};
use crate::graphql::error::ApiError;
use crate::graphql::look_ahead::Selection;
use crate::graphql::plain::Known;

/// What tells one list from another, or what is asked of it.
pub(crate) trait Said: Clone + Debug + Eq + Hash + Send + Sync + 'static {}

impl<T: Clone + Debug + Eq + Hash + Send + Sync + 'static> Said for T {}

/// A type that is listed in connections.
pub(crate) trait Listed: Known + Sized + 'static {
    /// The type's name; the connection's is `<name>Connection`, the edge's `<name>Edge`.
    const NAME: &'static str;
    /// Which rows a list has.
    type Filter: Said;
    /// How a list is sorted.
    type Order: Said + Copy;
    /// Which neighbors of the rows are read along.
    type With: Said + Copy;

    /// Which neighbors the selection below the nodes asks for.
    fn with(nodes: &Selection<'_>) -> Self::With;

    /// The same page of several lists, in their order.
    fn pages(
        app: &App,
        actor: &Actor,
        lists: &[Self::Filter],
        order: Self::Order,
        request: &PageRequest,
        with: Self::With,
    ) -> impl Future<Output = Result<Vec<Page<Self>>, Fault>> + Send;

    /// How many rows each of several lists has, in their order.
    fn counts(
        app: &App,
        actor: &Actor,
        lists: &[Self::Filter],
    ) -> impl Future<Output = Result<Vec<u64>, Fault>> + Send;
}

/// One page of one list, as asked for.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct List<F, O, W> {
    pub(super) filter: F,
    pub(super) order: O,
    pub(super) request: PageRequest,
    pub(super) with: W,
}

impl<F: Said, O: Said, W: Said> List<F, O, W> {
    /// Reads the page, together with those of other lists that the request asks for meanwhile.
    pub(super) async fn read<T>(self, ctx: &Context<'_>) -> Result<Arc<Page<T>>, ApiError>
    where
        T: Listed<Filter = F, Order = O, With = W>,
    {
        let page = ctx.load::<Lists<T>, _>(self).await?;
        page.ok_or_else(|| ApiError::internal("a list was not read"))
    }
}

/// The first rows of a list that is no connection, with what the selection asks of them.
pub(crate) async fn first_of<T: Listed + Clone>(
    ctx: &Context<'_>,
    filter: T::Filter,
    order: T::Order,
    size: u32,
) -> Result<Vec<T>, ApiError> {
    let with = T::with(&Selection::of(ctx));
    let page = List { filter, order, request: PageRequest::first(size), with }.read::<T>(ctx).await?;
    Ok(page.rows.iter().map(|placed| placed.row.clone()).collect())
}

/// Reads pages for a request.
pub(super) struct Lists<T> {
    app: App,
    actor: Arc<Actor>,
    of: PhantomData<fn() -> T>,
}

impl<T: Listed> RequestLoader for Lists<T> {
    fn new(app: App, actor: Arc<Actor>) -> Self {
        Self { app, actor, of: PhantomData }
    }
}

impl<T: Listed> Loader<List<T::Filter, T::Order, T::With>> for Lists<T> {
    type Value = Arc<Page<T>>;
    type Error = Arc<Fault>;

    async fn load(
        &self,
        lists: &[List<T::Filter, T::Order, T::With>],
    ) -> Result<HashMap<List<T::Filter, T::Order, T::With>, Arc<Page<T>>>, Arc<Fault>> {
        // Only lists that differ in nothing but their filter can be read together.
        let mut alike: HashMap<_, Vec<&T::Filter>> = HashMap::new();
        for List { filter, order, request, with } in lists {
            alike.entry((order, request, with)).or_default().push(filter);
        }
        let mut read = HashMap::with_capacity(lists.len());
        for ((order, request, with), filters) in alike {
            let filters: Vec<_> = filters.into_iter().cloned().collect();
            let pages = T::pages(&self.app, &self.actor, &filters, *order, request, *with).await?;
            read.extend(filters.into_iter().zip(pages).map(|(filter, page)| {
                (List { filter, order: *order, request: request.clone(), with: *with }, Arc::new(page))
            }));
        }
        Ok(read)
    }
}

/// Counts lists for a request.
pub(super) struct Counts<T> {
    app: App,
    actor: Arc<Actor>,
    of: PhantomData<fn() -> T>,
}

impl<T: Listed> RequestLoader for Counts<T> {
    fn new(app: App, actor: Arc<Actor>) -> Self {
        Self { app, actor, of: PhantomData }
    }
}

impl<T: Listed> Loader<T::Filter> for Counts<T> {
    type Value = u64;
    type Error = Arc<Fault>;

    async fn load(&self, lists: &[T::Filter]) -> Result<HashMap<T::Filter, u64>, Arc<Fault>> {
        let counts = T::counts(&self.app, &self.actor, lists).await?;
        Ok(lists.iter().cloned().zip(counts).collect())
    }
}

/// How the lists of a type are read: by which use cases, what says which rows a list has, how it is sorted, and which
/// neighbors are read along.
macro_rules! listed {
    ($type:ident: $of:ident.$pages:ident, $counts:ident, $filter:ty) => {
        listed!(@impl $type: $of.$pages, $counts, $filter; () as () => []; () as () => []; fn with(_));
    };
    ($type:ident: $of:ident.$pages:ident, $counts:ident, $filter:ty, by $order:ty) => {
        listed!(@impl $type: $of.$pages, $counts, $filter; $order as order => [order,]; () as () => []; fn with(_));
    };
    ($type:ident: $of:ident.$pages:ident, $counts:ident, $filter:ty, by $order:ty, with $with:ty = $asked:expr) => {
        listed!(
            @impl $type: $of.$pages, $counts, $filter;
            $order as order => [order,]; $with as with => [with]; fn with(nodes) $asked(nodes)
        );
    };
    (
        @impl $type:ident: $of:ident.$pages:ident, $counts:ident, $filter:ty;
        $order:ty as $given_order:pat => [$($order_argument:tt)*];
        $with:ty as $given_with:pat => [$($with_argument:tt)*];
        fn with($nodes:pat) $($asked:expr)?
    ) => {
        impl $crate::graphql::page::Listed for $type {
            const NAME: &'static str = stringify!($type);
            type Filter = $filter;
            type Order = $order;
            type With = $with;

            fn with($nodes: &$crate::graphql::look_ahead::Selection<'_>) -> $with {
                $($asked)?
            }

            async fn pages(
                app: &::upskill_domain::app::App,
                actor: &::upskill_domain::access::Actor,
                lists: &[$filter],
                $given_order: $order,
                request: &::upskill_domain::kernel::PageRequest,
                $given_with: $with,
            ) -> Result<Vec<::upskill_domain::kernel::Page<Self>>, ::upskill_domain::kernel::Fault> {
                let pages =
                    app.$of().$pages(actor, lists, $($order_argument)* request, $($with_argument)*).await?;
                Ok(pages.into_iter().map(|page| page.map(Into::into)).collect())
            }

            async fn counts(
                app: &::upskill_domain::app::App,
                actor: &::upskill_domain::access::Actor,
                lists: &[$filter],
            ) -> Result<Vec<u64>, ::upskill_domain::kernel::Fault> {
                app.$of().$counts(actor, lists).await
            }
        }
    };
}

pub(crate) use listed;
