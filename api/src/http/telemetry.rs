//! What an operator sees of the traffic: metrics, and one span per operation.
//!
//! Handles of metrics are taken once, so that counting costs an atomic addition and no look-up. No span and no
//! metric holds a variable, an argument or anything else of a person.

use std::{
    sync::OnceLock,
    time::{Duration, Instant},
};

use async_graphql::parser::types::OperationType;
use metrics::{
    Counter, Gauge, Histogram, counter, describe_counter, describe_gauge, describe_histogram, gauge,
    histogram,
};
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use tracing::{Span, field, info, info_span};

use super::request_info::RequestInfo;

/// The target of the event that ends every operation: a filter can keep or drop it apart from everything else.
pub const OPERATION_TARGET: &str = "upskill::operation";

const LONGEST_OPERATION_NAME: usize = 100;
const SECONDS: &[f64] = &[0.000_5, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0];

/// The process's metrics. The first call installs the recorder; metrics made before it are lost.
pub fn metrics() -> &'static PrometheusHandle {
    static HANDLE: OnceLock<PrometheusHandle> = OnceLock::new();
    HANDLE.get_or_init(|| {
        let builder = PrometheusBuilder::new()
            .set_buckets_for_metric(Matcher::Suffix("_seconds".to_owned()), SECONDS)
            .unwrap_or_else(|_| PrometheusBuilder::new());
        let recorder = builder.build_recorder();
        let handle = recorder.handle();
        if metrics::set_global_recorder(recorder).is_err() {
            tracing::warn!("another metrics recorder is installed, so /metrics stays empty");
        }
        describe();
        handle
    })
}

fn describe() {
    describe_counter!("graphql_operations_total", "Operations by type and outcome.");
    describe_histogram!(
        "graphql_operation_duration_seconds",
        "Time from the parsed request to the result, by type."
    );
    describe_counter!("graphql_errors_total", "GraphQL errors by code.");
    describe_gauge!("graphql_requests_in_flight", "GraphQL requests in work.");
    describe_counter!(
        "graphql_requests_shed_total",
        "GraphQL requests refused because too many were in work."
    );
    describe_gauge!("http_connections_open", "Open connections.");
    describe_counter!("oauth_token_requests_total", "Answers of /oauth/token by outcome.");
}

/// How an operation ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    /// Without an error.
    Answered,
    /// With at least one error.
    Failed,
    /// Given up: the client left, the time was over, or a resolver panicked.
    Canceled,
}

/// Handles of the metrics of this layer.
pub(super) struct Telemetry {
    operations: [[Counter; 3]; 3],
    durations: [Histogram; 3],
    in_flight: Gauge,
    shed: Counter,
}

impl Telemetry {
    pub(super) fn new() -> Self {
        metrics();
        let kinds = ["query", "mutation", "subscription"];
        let outcomes = ["answered", "failed", "canceled"];
        Self {
            operations: kinds.map(|kind| {
                outcomes
                    .map(|outcome| counter!("graphql_operations_total", "type" => kind, "outcome" => outcome))
            }),
            durations: kinds.map(|kind| histogram!("graphql_operation_duration_seconds", "type" => kind)),
            in_flight: gauge!("graphql_requests_in_flight"),
            shed: counter!("graphql_requests_shed_total"),
        }
    }

    pub(super) fn shed(&self) {
        self.shed.increment(1);
    }

    pub(super) fn in_flight(&self) -> InFlight<'_> {
        self.in_flight.increment(1);
        InFlight(&self.in_flight)
    }

    /// Starts to observe an operation; dropping what it returns ends it, whatever happens in between.
    pub(super) fn observe(
        &self,
        info: &RequestInfo,
        kind: OperationType,
        name: Option<&str>,
        caller: &'static str,
    ) -> Observation<'_> {
        let span = info_span!(
            target: OPERATION_TARGET,
            "operation",
            operation = name.map(short),
            r#type = type_name(kind),
            caller,
            request_id = info.request_id,
            trace_id = info.trace_id,
            parent_span_id = info.parent_span_id,
            statements = field::Empty,
            code = field::Empty,
            duration_ms = field::Empty,
        );
        let started = Instant::now();
        Observation { telemetry: self, span, kind, started, outcome: Outcome::Canceled, code: None }
    }

    fn record(&self, kind: OperationType, outcome: Outcome, elapsed: Duration) {
        let kind = match kind {
            OperationType::Query => 0,
            OperationType::Mutation => 1,
            OperationType::Subscription => 2,
        };
        let outcome = match outcome {
            Outcome::Answered => 0,
            Outcome::Failed => 1,
            Outcome::Canceled => 2,
        };
        self.operations[kind][outcome].increment(1);
        self.durations[kind].record(elapsed);
    }
}

/// Counts one error. Codes come from our own code, so their number is small.
pub(super) fn count_error(code: &str) {
    counter!("graphql_errors_total", "code" => code.to_owned()).increment(1);
}

/// Counts one answer of `/oauth/token`. Its errors are those of a standard, so their number is small.
pub(super) fn count_token(outcome: &'static str) {
    metrics();
    counter!("oauth_token_requests_total", "outcome" => outcome).increment(1);
}

/// The gauge of open connections.
pub(super) fn connections() -> Gauge {
    metrics();
    gauge!("http_connections_open")
}

/// One request in work, until it is dropped.
pub(super) struct InFlight<'a>(&'a Gauge);

impl Drop for InFlight<'_> {
    fn drop(&mut self) {
        self.0.decrement(1);
    }
}

/// One operation under observation.
pub(super) struct Observation<'a> {
    telemetry: &'a Telemetry,
    pub span: Span,
    kind: OperationType,
    started: Instant,
    outcome: Outcome,
    code: Option<String>,
}

impl Observation<'_> {
    /// Notes the result: no code means that there was no error.
    pub(super) fn finish(mut self, code: Option<String>) {
        self.outcome = if code.is_none() { Outcome::Answered } else { Outcome::Failed };
        self.code = code;
    }
}

impl Drop for Observation<'_> {
    fn drop(&mut self) {
        let elapsed = self.started.elapsed();
        self.telemetry.record(self.kind, self.outcome, elapsed);
        if self.span.is_disabled() {
            return;
        }
        let code = match self.outcome {
            Outcome::Answered => "OK",
            Outcome::Failed => self.code.as_deref().unwrap_or("UNKNOWN"),
            Outcome::Canceled => "CANCELED",
        };
        self.span.record("code", code);
        self.span.record("duration_ms", elapsed.as_secs_f64() * 1_000.0);
        info!(target: OPERATION_TARGET, parent: &self.span, "operation ended");
    }
}

/// The name of an operation type in the language.
fn type_name(kind: OperationType) -> &'static str {
    match kind {
        OperationType::Query => "query",
        OperationType::Mutation => "mutation",
        OperationType::Subscription => "subscription",
    }
}

/// A name is the client's to choose, its length in our logs is not.
fn short(name: &str) -> &str {
    name.get(..LONGEST_OPERATION_NAME).unwrap_or(name)
}
