//! From the wire to the schema: who is asking, and what they get.

use std::any::TypeId;
use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration as Patience;

use async_graphql::parser::types::{OperationDefinition, OperationType, Selection, SelectionSet};
use async_graphql::{Name, Pos, Request, Response, ServerError, ValidationMode};
use async_trait::async_trait;
use chrono::Duration;
use futures_util::StreamExt as _;
use upskill_domain::access::{Actor, Person};
use upskill_domain::kernel::Fault;

use crate::accounts;
use crate::actions::ActionLinks;
use crate::auth::{Authenticator, PersonKey, TokenRefused};
use crate::config::Config;
use crate::downloads;
use crate::graphql::{ApiError, Batches, Opening, Schema, Session, build, lists};
use crate::http::{
    ActionDone, ActionRefused, ActionShown, ActionWords, AuthFailure, Caller, Credentials, Download,
    Executor, Interrupted, Next, NoDownload, Occurrence, RequestInfo, Source, TokenDenied, TokenGranted,
    TokenRequest, Validation, Wanted,
};
use crate::installation::Installation;
use crate::live::{self, Following, Hub};
use crate::redeem;

/// How long events may wait for their seal before the installation says that its worker does not keep up.
const SEALING_MAY_LAG: Duration = Duration::seconds(30);

const NO_INTROSPECTION: &str =
    "this server does not answer __schema and __type; its schema is `schema.graphql` of its release";

const ONE_FIELD: &str = "a subscription has exactly one field at its root, and no fragment there";

/// Runs operations against the schema on behalf of whoever the token names.
pub(crate) struct SchemaExecutor {
    installation: Installation,
    authenticator: Authenticator,
    links: Arc<ActionLinks>,
    schema: Schema,
    hub: Arc<Hub>,
    /// For what changes nothing and whose document has passed every rule before; the rules that look at values still run.
    seen_before: Schema,
    introspection: bool,
}

impl SchemaExecutor {
    pub(crate) fn new(
        installation: Installation,
        authenticator: Authenticator,
        links: Arc<ActionLinks>,
        config: &Config,
    ) -> Self {
        let schema =
            |mode| build(installation.app.clone(), Arc::clone(&links), config.graphql.introspection, mode);
        let (schema, seen_before) = (schema(ValidationMode::Strict), schema(ValidationMode::Fast));
        let patience = Patience::from_millis(config.live.poll_interval_ms);
        let hub = Arc::new(Hub::new(installation.app.clone(), Arc::clone(&installation.db), patience));
        let introspection = config.graphql.introspection;
        Self { installation, authenticator, links, schema, hub, seen_before, introspection }
    }

    async fn database(&self) -> Result<(), &'static str> {
        self.installation.db.ping().await.map_err(|fault| {
            tracing::warn!(%fault, "the database does not answer");
            "does not answer"
        })
    }

    async fn migrations(&self) -> Result<(), &'static str> {
        match self.installation.pending_migrations().await {
            Ok(pending) if pending.is_empty() => Ok(()),
            Ok(pending) => {
                tracing::warn!(?pending, "the database lacks migrations");
                Err("some are missing; run `upskill migrate`")
            }
            Err(error) => {
                tracing::warn!(error = format!("{error:#}"), "the migrations cannot be listed");
                Err("cannot be listed")
            }
        }
    }

    async fn sealing(&self) -> Result<(), &'static str> {
        match self.installation.app.journal().lag().await {
            Ok(lag) if lag <= SEALING_MAY_LAG => Ok(()),
            Ok(lag) => {
                tracing::warn!(seconds = lag.num_seconds(), "the oldest event waits for its seal");
                Err("events have waited too long for their seal; is a worker running?")
            }
            Err(fault) => {
                tracing::warn!(%fault, "how far the journal is sealed cannot be told");
                Err("cannot be told")
            }
        }
    }
}

#[async_trait]
impl Executor for SchemaExecutor {
    async fn authenticate(
        &self,
        credentials: Option<Credentials<'_>>,
        request: &RequestInfo,
    ) -> Result<Caller, AuthFailure> {
        // Without a token the schema can still be asked what it is, where introspection is on; every field that
        // touches data asks for the actor.
        let Some(credentials) = credentials else {
            return Ok(Caller::new("anonymous").with(Session::default()));
        };
        if accounts::is_of_account(credentials.token) {
            let actor = accounts::identify(&self.installation.app, credentials, request).await?;
            return Ok(Caller::new("service_account").with(Session::new(Some(actor))));
        }
        accounts::refuse_acting(credentials)?;
        let identity = self.authenticator.identify(credentials.token).await.map_err(AuthFailure::from)?;
        let person = match &identity.person {
            PersonKey::ExternalId(id) => Person::ExternalId(id.clone()),
            PersonKey::Email(address) => Person::Email(address.clone()),
        };
        let access = self.installation.app.access();
        let actor = access.identify(&identity.employer, &person, &request.request_id).await?;
        Ok(Caller::new("employee").with(Session::new(Some(actor))))
    }

    async fn verify(&self, credentials: Credentials<'_>, request: &RequestInfo) -> Result<(), AuthFailure> {
        // What a service account may is kept here, so there is nothing cheaper than to ask for it.
        if accounts::is_of_account(credentials.token) {
            return accounts::identify(&self.installation.app, credentials, request).await.map(drop);
        }
        self.authenticator.identify(credentials.token).await.map(drop).map_err(AuthFailure::from)
    }

    async fn grant_token(&self, asked: TokenRequest) -> Result<TokenGranted, TokenDenied> {
        accounts::grant(&self.installation.app, asked).await
    }

    async fn execute(&self, caller: Caller, mut request: Request, validation: Validation) -> Response {
        request.data = caller.data;
        // A document that was refused is never one that has passed, so only new ones are looked through.
        if !self.introspection && validation == Validation::Required && asks_about_the_schema(&mut request) {
            return Response::from_errors(vec![ServerError::new(NO_INTROSPECTION, None)]);
        }
        let fast = validation == Validation::Passed && changes_nothing(&mut request);
        let schema = if fast { &self.seen_before } else { &self.schema };
        let batches = Batches::default();
        request.data.insert(batches.clone());
        // In a box, since an operation's future is too large to be copied from hand to hand.
        let operation = Box::pin(batches.drive(once(schema, request)));
        let (response, statements) = upskill_persistence::counted(operation).await;
        tracing::Span::current().record("statements", statements);
        response
    }

    async fn subscribe(
        &self,
        caller: Caller,
        mut request: Request,
        validation: Validation,
    ) -> Result<Box<dyn Source>, Response> {
        if !has_one_field(&mut request) {
            return Err(Response::from_errors(vec![ServerError::new(ONE_FIELD, None)]));
        }
        let opening = Opening::default();
        let opened = self.execute(caller.with(opening.clone()), request, validation).await;
        let Some(followed) = opening.found().filter(|_| opened.errors.is_empty()) else {
            // A field that was skipped has neither failed nor found anything.
            let skipped = || Response::from_errors(vec![ServerError::new(ONE_FIELD, None)]);
            return Err(if opened.errors.is_empty() { skipped() } else { opened });
        };
        match self.hub.follow(followed).await {
            Ok(following) => Ok(Box::new(Followed(following))),
            Err(fault) => Err(unreadable(&fault)),
        }
    }

    async fn download(&self, caller: Caller, wanted: Wanted) -> Result<Download, NoDownload> {
        downloads::open(self.installation.app.clone(), actor_of(&caller)?, wanted).await
    }

    async fn show_action(&self, token: &str) -> Result<ActionShown, ActionRefused> {
        redeem::show(&self.installation.app, &self.links, token).await
    }

    async fn act(
        &self,
        token: &str,
        words: ActionWords,
        request: &RequestInfo,
    ) -> Result<ActionDone, ActionRefused> {
        redeem::act(&self.installation.app, &self.links, (token, words), request).await
    }

    fn lists(&self) -> BTreeSet<String> {
        lists()
    }

    async fn readiness(&self) -> Vec<(&'static str, Result<(), &'static str>)> {
        // Each look needs what the one before it found: without a database there is nothing to be said of the rest.
        let mut checks = vec![("database", self.database().await)];
        if checks.iter().all(|(_, check)| check.is_ok()) {
            checks.push(("migrations", self.migrations().await));
        }
        if checks.iter().all(|(_, check)| check.is_ok()) {
            checks.push(("sealing", self.sealing().await));
        }
        checks
    }
}

/// Who asks for a file.
fn actor_of(caller: &Caller) -> Result<Arc<Actor>, NoDownload> {
    let session = caller.data.get(&TypeId::of::<Session>()).and_then(|it| it.downcast_ref::<Session>());
    let actor = session.and_then(Session::actor).cloned();
    actor.ok_or_else(|| {
        let unknown = ApiError::unauthenticated();
        NoDownload { code: unknown.code(), message: unknown.into_message() }
    })
}

impl From<TokenRefused> for AuthFailure {
    fn from(refused: TokenRefused) -> Self {
        let text = refused.to_string();
        if refused.is_temporary() { Self::Unavailable(text) } else { Self::Rejected(text) }
    }
}

/// A subscription's place in the journal, as the wire asks for it.
struct Followed(Following);

#[async_trait]
impl Source for Followed {
    async fn next(&mut self) -> Result<Next, Interrupted> {
        match self.0.next().await {
            Ok(live::Next::Occasion(occasion)) => Ok(Next::Event(Occurrence(occasion))),
            Ok(live::Next::Doubt) => Ok(Next::Doubt),
            Err(fault) => {
                tracing::warn!(%fault, "a subscription cannot read the journal");
                Err(Interrupted)
            }
        }
    }
}

fn unreadable(fault: &Fault) -> Response {
    let error = async_graphql::Error::from(ApiError::from(fault));
    Response::from_errors(vec![error.into_server_error(Pos::default())])
}

/// Runs an operation once. Of a subscription that is one event, or its opening, which answers with nothing.
async fn once(schema: &Schema, mut request: Request) -> Response {
    if operation(&mut request).is_some_and(|operation| operation.ty == OperationType::Subscription) {
        schema.execute_stream(request).next().await.unwrap_or_default()
    } else {
        schema.execute(request).await
    }
}

/// The operation that a request means.
fn operation(request: &mut Request) -> Option<&OperationDefinition> {
    let name = request.operation_name.clone();
    let document = request.parsed_query().ok()?;
    let mut operations = document.operations.iter();
    let found = operations.find(|(own, _)| name.is_none() || own.map(Name::as_str) == name.as_deref());
    found.map(|(_, operation)| &operation.node)
}

fn has_one_field(request: &mut Request) -> bool {
    let selected = operation(request).map(|operation| operation.selection_set.node.items.as_slice());
    matches!(selected, Some([only]) if matches!(only.node, Selection::Field(_)))
}

/// Whether a document changes nothing. Mutations always go through every rule: without them a bad value in the second
/// field would be found only after the first had been carried out.
fn changes_nothing(request: &mut Request) -> bool {
    let Ok(document) = request.parsed_query() else { return false };
    document.operations.iter().all(|(_, operation)| operation.node.ty != OperationType::Mutation)
}

/// Whether a document has a field of introspection. The library would answer null to it, as if there were no schema.
fn asks_about_the_schema(request: &mut Request) -> bool {
    let Ok(document) = request.parsed_query() else { return false };
    let operations = document.operations.iter().map(|(_, operation)| &operation.node.selection_set.node);
    let fragments = document.fragments.values().map(|fragment| &fragment.node.selection_set.node);
    let mut open: Vec<&SelectionSet> = operations.chain(fragments).collect();
    while let Some(set) = open.pop() {
        for selection in &set.items {
            match &selection.node {
                Selection::Field(field) if matches!(field.node.name.node.as_str(), "__schema" | "__type") => {
                    return true;
                }
                Selection::Field(field) => open.push(&field.node.selection_set.node),
                Selection::InlineFragment(fragment) => open.push(&fragment.node.selection_set.node),
                Selection::FragmentSpread(_) => {}
            }
        }
    }
    false
}
