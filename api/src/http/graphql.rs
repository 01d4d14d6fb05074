//! The `/graphql` endpoint: one request from its headers to its response.

use std::{panic::AssertUnwindSafe, sync::Arc, time::Duration};

use async_graphql::{Request as Operation, parser::types::OperationType};
use axum::{
    body::Body,
    extract::State,
    http::{HeaderMap, Method, Request, Response, StatusCode, header, request::Parts},
};
use futures_util::FutureExt;
use tokio::{
    sync::{Semaphore, SemaphorePermit},
    time::timeout,
};
use tracing::Instrument;

use super::{
    answer,
    body::BodyReader,
    codes,
    documents::{Document, DocumentCache},
    executor::{AuthFailure, Caller, Executor, Validation},
    health::Readiness,
    limits::{Limits, Measure},
    media::{self, Media},
    parameters::Parameters,
    persisted::{ManifestError, PersistedDocuments, Source},
    refusal::{self, Refusal},
    request_info::RequestInfo,
    telemetry::{InFlight, Telemetry},
};
use crate::config::{GraphqlConfig, HttpConfig};

/// Errors shown of a document that does not fit the schema. Each takes more room than the field it is about, and
/// nobody reads the eleventh.
const MOST_REQUEST_ERRORS: usize = 10;

/// Everything that a GraphQL request meets on its way.
pub(super) struct Endpoint {
    pub executor: Arc<dyn Executor>,
    pub readiness: Readiness,
    http: HttpConfig,
    limits: Limits,
    documents: DocumentCache,
    persisted: PersistedDocuments,
    telemetry: Telemetry,
    bodies: BodyReader,
    slots: Semaphore,
}

/// A request in work.
struct Slot<'a> {
    _permit: SemaphorePermit<'a>,
    _in_flight: InFlight<'a>,
}

/// A request that is ready to run.
struct Prepared {
    operation: Operation,
    kind: OperationType,
    document: Arc<Document>,
    /// Where to keep the document once it was executed; `None` where it is kept already.
    unkept: Option<Source>,
}

/// Answers one request, whatever happens.
pub(super) async fn handle(State(endpoint): State<Arc<Endpoint>>, request: Request<Body>) -> Response<Body> {
    let info = RequestInfo::read(request.headers());
    let media = Media::negotiate(request.headers());
    let answered = match media {
        Some(media) => endpoint.admit(request, media, &info).await,
        None => Err(Refusal::http(
            StatusCode::NOT_ACCEPTABLE,
            codes::NOT_ACCEPTABLE,
            "the answer can be application/graphql-response+json or application/json, \
             and the header \"Accept\" allows neither",
        )),
    };
    answered.unwrap_or_else(|refusal| {
        let retry_after = endpoint.http.retry_after_seconds;
        answer::refused(refusal, media.unwrap_or(Media::Json), &info, retry_after)
    })
}

impl Endpoint {
    pub(super) fn new(
        executor: Arc<dyn Executor>,
        http: HttpConfig,
        graphql: &GraphqlConfig,
    ) -> Result<Self, ManifestError> {
        let limits = Limits { lists: executor.lists(), ..Limits::from(graphql) };
        Ok(Self {
            executor,
            readiness: Readiness::default(),
            documents: DocumentCache::new(graphql),
            persisted: PersistedDocuments::load(graphql, &limits)?,
            telemetry: Telemetry::new(),
            bodies: BodyReader::new(&http),
            slots: Semaphore::new(http.max_concurrent_requests.min(Semaphore::MAX_PERMITS)),
            http,
            limits,
        })
    }

    /// Ends a request when its time is over or its resolver panics.
    async fn admit(
        &self,
        request: Request<Body>,
        media: Media,
        info: &RequestInfo,
    ) -> Result<Response<Body>, Refusal> {
        let answer = AssertUnwindSafe(self.answer(request, media, info)).catch_unwind();
        match timeout(Duration::from_millis(self.http.request_timeout_ms), answer).await {
            Ok(Ok(answered)) => answered,
            Ok(Err(_panic)) => {
                // The panic hook has printed what happened; this line ties it to the request.
                tracing::error!(request_id = info.request_id, trace_id = info.trace_id, "a request panicked");
                Err(Refusal::new(codes::INTERNAL, "internal error"))
            }
            Err(_elapsed) => {
                let limit = self.http.request_timeout_ms;
                let message = format!(
                    "the request took longer than {limit} ms and was given up; whether a mutation took effect is open, \
                     so repeat it with the same idempotencyKey"
                );
                Err(Refusal::new(codes::UNAVAILABLE, message))
            }
        }
    }

    async fn answer(
        &self,
        request: Request<Body>,
        media: Media,
        info: &RequestInfo,
    ) -> Result<Response<Body>, Refusal> {
        let (head, body) = request.into_parts();
        check_method(&head)?;
        let token = bearer(&head.headers)?;
        let caller = self.authenticate(token, info).await?;
        // A body is waited for without a slot: whoever sends one slowly keeps nobody else from being served.
        let body = match head.method {
            Method::GET => None,
            _ => Some(self.bodies.read(body, token.is_some()).await?),
        };
        let _slot = self.slot()?;
        let prepared = self.prepare(match &body {
            Some(body) => Parameters::from_body(&body.bytes)?,
            None => Parameters::from_uri(&head.uri)?,
        })?;
        check_transport(&head.method, prepared.kind)?;
        Ok(self.execute(prepared, caller, media, info).await)
    }

    /// A place among the requests in work, if there is one.
    fn slot(&self) -> Result<Slot<'_>, Refusal> {
        let Ok(permit) = self.slots.try_acquire() else {
            self.telemetry.shed();
            return Err(Refusal::new(codes::UNAVAILABLE, "the server is busy; try again in a moment"));
        };
        Ok(Slot { _permit: permit, _in_flight: self.telemetry.in_flight() })
    }

    async fn authenticate(&self, token: Option<&str>, info: &RequestInfo) -> Result<Caller, Refusal> {
        let _slot = self.slot()?;
        self.executor.authenticate(token, info).await.map_err(|failure| match failure {
            AuthFailure::Rejected(message) => Refusal::unauthenticated(message, token.is_some()),
            AuthFailure::Unavailable(message) => Refusal::new(codes::UNAVAILABLE, message),
        })
    }

    /// Finds or reads the document and checks it, with the variables, against every limit.
    fn prepare(&self, mut parameters: Parameters) -> Result<Prepared, Refusal> {
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

    async fn execute(
        &self,
        prepared: Prepared,
        caller: Caller,
        media: Media,
        info: &RequestInfo,
    ) -> Response<Body> {
        let Prepared { operation, kind, document, unkept } = prepared;
        let observed = self.telemetry.observe(info, kind, operation.operation_name.as_deref(), caller.kind);
        let validation = if unkept.is_some() { Validation::Required } else { Validation::Passed };
        let running = self.executor.execute(caller, operation, validation);
        let mut executed = running.instrument(observed.span.clone()).await;
        if answer::is_request_error(&executed) {
            executed.errors.truncate(MOST_REQUEST_ERRORS);
            executed.errors.iter_mut().for_each(|error| refusal::shorten(&mut error.message));
        } else if let Some(source) = unkept {
            self.keep(source, document);
        }
        let retry_after = self.http.retry_after_seconds;
        let code = observed.span.in_scope(|| answer::classify(&mut executed.errors, info, retry_after));
        let response = answer::executed(&executed, media, info);
        observed.finish(code);
        response
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

/// POST has to bring JSON, and GET has to come from somebody who could also read the answer.
fn check_method(head: &Parts) -> Result<(), Refusal> {
    match head.method {
        Method::POST => match head.headers.get(header::CONTENT_TYPE) {
            Some(content_type) if media::is_json(content_type) => Ok(()),
            _ => Err(Refusal::http(
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                codes::UNSUPPORTED_MEDIA_TYPE,
                "the body has to be JSON in UTF-8, with the header \"Content-Type: application/json\"",
            )),
        },
        Method::GET if is_simple_cross_site(&head.headers) => Err(Refusal::http(
            StatusCode::FORBIDDEN,
            codes::CROSS_SITE_REQUEST,
            "a GET request from another site needs a header that browsers ask about first, \
             as \"GraphQL-Require-Preflight\", or an \"Accept\" that names JSON",
        )),
        Method::GET => Ok(()),
        _ => Err(Refusal::method_not_allowed("GET, POST", "the endpoint takes GET for queries, and POST")),
    }
}

/// Browsers say where a request comes from. One from another site that carries no sign of a script which was
/// allowed to send it may be an image or a link on anybody's page.
fn is_simple_cross_site(headers: &HeaderMap) -> bool {
    let cross_site =
        headers.get("sec-fetch-site").is_some_and(|site| site == "cross-site" || site == "same-site");
    let preflighted = [
        "authorization",
        "graphql-require-preflight",
        "apollo-require-preflight",
        "x-requested-with",
        "x-request-id",
    ];
    cross_site && !preflighted.iter().any(|name| headers.contains_key(*name)) && !media::names_json(headers)
}

fn check_transport(method: &Method, kind: OperationType) -> Result<(), Refusal> {
    match kind {
        OperationType::Mutation if method == Method::GET => {
            Err(Refusal::method_not_allowed("POST", "GET is for queries; send a mutation by POST"))
        }
        OperationType::Query | OperationType::Mutation => Ok(()),
        OperationType::Subscription => {
            Err(Refusal::bad_request("a subscription needs a websocket that speaks graphql-transport-ws"))
        }
    }
}

/// The token of the `Authorization` header.
fn bearer(headers: &HeaderMap) -> Result<Option<&str>, Refusal> {
    let Some(value) = headers.get(header::AUTHORIZATION) else { return Ok(None) };
    let parts = value.to_str().ok().and_then(|text| text.split_once(' '));
    match parts {
        Some((scheme, token)) if scheme.eq_ignore_ascii_case("bearer") && !token.trim().is_empty() => {
            Ok(Some(token.trim()))
        }
        _ => Err(Refusal::unauthenticated(
            "the header \"Authorization\" has to be \"Bearer\" and a token",
            true,
        )),
    }
}
