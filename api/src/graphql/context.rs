//! What a resolver finds in its context: the use cases, the actor, and this request's loaders.

use std::any::{Any, TypeId};
use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, Mutex, PoisonError};

use async_graphql::Context;
use async_graphql::dataloader::{DataLoader, Loader};
use upskill_domain::access::Actor;
use upskill_domain::app::App;
use upskill_domain::kernel::Fault;

use super::batches::{AtOnce, Batches};
use super::error::ApiError;

/// What belongs to one request.
///
/// Loaders live here and not in the schema, because they remember rows, and the rows of one actor are not another's.
#[derive(Default)]
pub struct Session {
    actor: Option<Arc<Actor>>,
    loaders: Mutex<HashMap<TypeId, Arc<dyn Any + Send + Sync>>>,
}

impl Session {
    /// A request of somebody, or of nobody in particular.
    pub fn new(actor: Option<Actor>) -> Self {
        Self { actor: actor.map(Arc::new), loaders: Mutex::default() }
    }
}

impl Session {
    /// Who asks, if somebody does.
    pub(crate) fn actor(&self) -> Option<&Arc<Actor>> {
        self.actor.as_ref()
    }
}

/// A loader that works on behalf of the request's actor.
pub(crate) trait RequestLoader: Send + Sync + 'static {
    /// A loader for this request.
    fn new(app: App, actor: Arc<Actor>) -> Self;
}

/// What resolvers ask of their context.
pub(crate) trait RequestContext {
    /// The use cases.
    fn app(&self) -> Result<&App, ApiError>;
    /// Who asks.
    fn actor(&self) -> Result<&Arc<Actor>, ApiError>;
    /// One value by id, batched with every other look-up of this kind in the request.
    async fn load<L, K>(&self, key: K) -> Result<Option<<L as Loader<K>>::Value>, ApiError>
    where
        L: RequestLoader + Loader<K, Error = Arc<Fault>>,
        K: Send + Sync + Hash + Eq + Clone + 'static;
}

impl RequestContext for Context<'_> {
    fn app(&self) -> Result<&App, ApiError> {
        self.data_opt::<App>().ok_or_else(|| ApiError::internal("the schema has no use cases"))
    }

    fn actor(&self) -> Result<&Arc<Actor>, ApiError> {
        let session = self.data_opt::<Session>();
        session.and_then(|session| session.actor.as_ref()).ok_or_else(ApiError::unauthenticated)
    }

    async fn load<L, K>(&self, key: K) -> Result<Option<<L as Loader<K>>::Value>, ApiError>
    where
        L: RequestLoader + Loader<K, Error = Arc<Fault>>,
        K: Send + Sync + Hash + Eq + Clone + 'static,
    {
        let session = self.data_opt::<Session>().ok_or_else(ApiError::unauthenticated)?;
        let batches = self.data_opt::<Batches>().ok_or_else(|| ApiError::internal("nobody runs batches"))?;
        let (app, actor) = (self.app()?, self.actor()?);
        let loader = {
            let mut loaders = session.loaders.lock().unwrap_or_else(PoisonError::into_inner);
            let slot = loaders.entry(TypeId::of::<L>()).or_insert_with(|| {
                let loader = L::new(app.clone(), Arc::clone(actor));
                Arc::new(DataLoader::new(loader, batches.clone(), AtOnce))
            });
            Arc::clone(slot)
        };
        let loader =
            loader.downcast::<DataLoader<L>>().map_err(|_| ApiError::internal("a loader of another type"))?;
        Box::pin(loader.load_one(key)).await.map_err(ApiError::from)
    }
}
