//! What a GraphQL request meets, whether it comes by HTTP or on a websocket: a bound on the requests in work, the question
//! who asks, the limits of the document, and an execution under observation.

use std::sync::Arc;

use async_graphql::{Request as Operation, Response as Executed, parser::types::OperationType};
use tokio::sync::{Semaphore, SemaphorePermit};
use tracing::Instrument;

use super::{
    answer,
    body::BodyReader,
    codes,
    credentials::Credentials,
    documents::{Document, DocumentCache},
    executor::{AuthFailure, Caller, Executor, Source as Events, Validation},
    health::Readiness,
    limits::{Limits, Measure},
    parameters::Parameters,
    persisted::{ManifestError, PersistedDocuments, Source},
    refusal::{self, Refusal},
    request_info::RequestInfo,
    socket::Sockets,
    telemetry::{InFlight, Telemetry},
};
use crate::config::{GraphqlConfig, HttpConfig, LiveConfig};

/// Errors shown of a document that does not fit the schema. Each takes more room than the field it is about, and
/// nobody reads the eleventh.
const MOST_REQUEST_ERRORS: usize = 10;

/// Everything that a GraphQL request meets on its way.
pub(super) struct Endpoint {
    pub executor: Arc<dyn Executor>,
    pub readiness: Readiness,
    pub sockets: Sockets,
    pub http: HttpConfig,
    limits: Limits,
    documents: DocumentCache,
    persisted: PersistedDocuments,
    telemetry: Telemetry,
    pub bodies: BodyReader,
    slots: Semaphore,
}

/// A request in work.
pub(super) struct Slot<'a> {
    _permit: SemaphorePermit<'a>,
    _in_flight: InFlight<'a>,
}

/// A request that is ready to run.
pub(super) struct Prepared {
    operation: Operation,
    pub kind: OperationType,
    document: Arc<Document>,
    /// Where to keep the document once it was executed; `None` where it is kept already.
    unkept: Option<Source>,
}

impl Prepared {
    /// The same request once more, after its document has passed every rule.
    pub(super) fn again(&self) -> Self {
        let mut request = Operation::new(String::new()).variables(self.operation.variables.clone());
        request.operation_name.clone_from(&self.operation.operation_name);
        request.extensions = self.operation.extensions.clone();
        request.set_parsed_query(self.document.parsed.clone());
        Self { operation: request, kind: self.kind, document: Arc::clone(&self.document), unkept: None }
    }
}

impl Endpoint {
    pub(super) fn new(
        executor: Arc<dyn Executor>,
        http: HttpConfig,
        graphql: &GraphqlConfig,
        live: &LiveConfig,
    ) -> Result<Self, ManifestError> {
        let limits = Limits { lists: executor.lists(), ..Limits::from(graphql) };
        Ok(Self {
            executor,
            readiness: Readiness::default(),
            documents: DocumentCache::new(graphql),
            persisted: PersistedDocuments::load(graphql, &limits)?,
            telemetry: Telemetry::new(),
            sockets: Sockets::new(live),
            bodies: BodyReader::new(&http),
            slots: Semaphore::new(http.max_concurrent_requests.min(Semaphore::MAX_PERMITS)),
            http,
            limits,
        })
    }

    /// A place among the requests in work, if there is one.
    pub(super) fn slot(&self) -> Result<Slot<'_>, Refusal> {
        let Ok(permit) = self.slots.try_acquire() else {
            self.telemetry.shed();
            return Err(Refusal::new(codes::UNAVAILABLE, "the server is busy; try again in a moment"));
        };
        Ok(Slot { _permit: permit, _in_flight: self.telemetry.in_flight() })
    }

    /// A place among the requests in work, as soon as there is one: for work that nobody waits for at this moment.
    pub(super) async fn next_slot(&self) -> Result<Slot<'_>, Refusal> {
        let Ok(permit) = self.slots.acquire().await else {
            return Err(Refusal::new(codes::UNAVAILABLE, "the server stops; try again in a moment"));
        };
        Ok(Slot { _permit: permit, _in_flight: self.telemetry.in_flight() })
    }

    /// Who sends a request, asked by whoever has a slot.
    pub(super) async fn identify(
        &self,
        credentials: Option<Credentials<'_>>,
        info: &RequestInfo,
    ) -> Result<Caller, Refusal> {
        self.executor
            .authenticate(credentials, info)
            .await
            .map_err(|failure| unidentified(failure, credentials.is_some()))
    }

    /// Refuses a token that no longer holds.
    pub(super) async fn verify(
        &self,
        credentials: Credentials<'_>,
        info: &RequestInfo,
    ) -> Result<(), Refusal> {
        self.executor.verify(credentials, info).await.map_err(|failure| unidentified(failure, true))
    }

    /// Finds or reads the document and checks it, with the variables, against every limit.
    pub(super) fn prepare(&self, mut parameters: Parameters) -> Result<Prepared, Refusal> {
        let limits = &self.limits;
        let source = self.persisted.resolve(&mut parameters)?;
        parameters.check_depth(limits.variable_depth)?;
        let known = self.documents.get(&source.text);
        let is_kept = known.is_some() && source.register.is_none();
        let document = match known {
            Some(document) => document,
            None => Arc::new(Document::read(&source.text, limits)?),
        };
        let operation = document
            .analysis
            .operation(parameters.operation_name())
            .map_err(|message| Refusal::new(codes::BAD_USER_INPUT, message))?;
        if let Some((name, of_type)) = operation.missing_variable(&parameters.variables) {
            let message =
                format!("the variable \"${name}\" of type \"{of_type}\" has to be given and not be null");
            return Err(Refusal::new(codes::BAD_USER_INPUT, message));
        }
        Measure::Complexity.check(operation.cost(&parameters.variables, limits), limits.complexity)?;
        // The text stays out: with a parsed document the executor has no use for a copy of it.
        let mut request = Operation::new(String::new()).variables(parameters.variables);
        request.operation_name = operation.name.as_deref().map(str::to_owned);
        request.extensions = parameters.extensions;
        request.set_parsed_query(document.parsed.clone());
        let kind = operation.kind;
        Ok(Prepared { operation: request, kind, document, unkept: (!is_kept).then_some(source) })
    }

    /// Runs an operation under observation. The errors of the result are classified.
    pub(super) async fn run(&self, prepared: Prepared, caller: Caller, info: &RequestInfo) -> Executed {
        let Prepared { operation, kind, document, unkept } = prepared;
        let observed = self.telemetry.observe(info, kind, operation.operation_name.as_deref(), caller.kind);
        let validation = if unkept.is_some() { Validation::Required } else { Validation::Passed };
        let running = self.executor.execute(caller, operation, validation);
        let mut executed = running.instrument(observed.span.clone()).await;
        if answer::is_request_error(&executed) {
            bound(&mut executed);
        } else if let Some(source) = unkept {
            self.keep(source, document);
        }
        let retry_after = self.http.retry_after_seconds;
        let code = observed.span.in_scope(|| answer::classify(&mut executed.errors, info, retry_after));
        observed.finish(code);
        executed
    }

    /// Opens a subscription under observation: what it follows, or the result that says why not, its errors classified.
    pub(super) async fn open(
        &self,
        prepared: Prepared,
        caller: Caller,
        info: &RequestInfo,
    ) -> Result<Box<dyn Events>, Box<Executed>> {
        let Prepared { operation, kind, document, unkept } = prepared;
        let observed = self.telemetry.observe(info, kind, operation.operation_name.as_deref(), caller.kind);
        let validation = if unkept.is_some() { Validation::Required } else { Validation::Passed };
        let opening = self.executor.subscribe(caller, operation, validation);
        match opening.instrument(observed.span.clone()).await {
            Ok(events) => {
                if let Some(source) = unkept {
                    self.keep(source, document);
                }
                observed.finish(None);
                Ok(events)
            }
            Err(mut refused) => {
                bound(&mut refused);
                let retry_after = self.http.retry_after_seconds;
                let code =
                    observed.span.in_scope(|| answer::classify(&mut refused.errors, info, retry_after));
                observed.finish(code);
                Err(Box::new(refused))
            }
        }
    }

    fn keep(&self, source: Source, document: Arc<Document>) {
        let Source { text, register } = source;
        let text = text.into_shared();
        if let Some(hash) = register {
            self.persisted.register(hash, Arc::clone(&text));
        }
        self.documents.insert(text, document);
    }
}

fn unidentified(failure: AuthFailure, token_was_sent: bool) -> Refusal {
    match failure {
        AuthFailure::Rejected(message) => Refusal::unauthenticated(message, token_was_sent),
        AuthFailure::Forbidden(message) => Refusal::insufficient_scope(message),
        AuthFailure::Unusable(message) => Refusal::bad_request(message),
        AuthFailure::Unavailable(message) => Refusal::new(codes::UNAVAILABLE, message),
    }
}

/// Keeps the errors of a document that does not fit the schema few and short.
fn bound(executed: &mut Executed) {
    executed.errors.truncate(MOST_REQUEST_ERRORS);
    executed.errors.iter_mut().for_each(|error| refusal::shorten(&mut error.message));
}
