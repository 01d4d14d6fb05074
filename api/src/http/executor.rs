//! What stands behind the wire: whoever knows the schema and the actors implements [`Executor`].

use std::any::Any;
use std::collections::BTreeSet;
use std::sync::Arc;

use async_graphql::{Data, Request, Response};
use async_trait::async_trait;

use super::actions::{ActionDone, ActionRefused, ActionShown, ActionWords};
use super::credentials::Credentials;
use super::download::{Download, NoDownload, Wanted};
use super::request_info::RequestInfo;
use super::token::{TokenDenied, TokenGranted, TokenRequest};

/// What runs an operation that the wire has read, limited and authenticated.
#[async_trait]
pub trait Executor: Send + Sync + 'static {
    /// Turns what a request says of its sender (`None`: it has no token) into a caller, or says why not. Called once per
    /// request, before its body is read.
    async fn authenticate(
        &self,
        credentials: Option<Credentials<'_>>,
        request: &RequestInfo,
    ) -> Result<Caller, AuthFailure>;

    /// Says whether a token still holds, without asking what its person may do. Called now and then for as long as a
    /// connection lasts, so it should cost next to nothing.
    async fn verify(&self, credentials: Credentials<'_>, request: &RequestInfo) -> Result<(), AuthFailure>;

    /// Gives a token to who proves to be a service account.
    async fn grant_token(&self, asked: TokenRequest) -> Result<TokenGranted, TokenDenied>;

    /// Runs one operation. The request carries the parsed document (its text is left out), the operation's name
    /// and the variables; the caller's data is still apart. A future that is dropped was given up: the client
    /// went away or the time was over.
    async fn execute(&self, caller: Caller, request: Request, validation: Validation) -> Response;

    /// Opens a subscription: what it follows, or the response that says why it cannot be opened. Nothing is told yet:
    /// each event is an execution of its own, with what happened in its context.
    async fn subscribe(
        &self,
        caller: Caller,
        request: Request,
        validation: Validation,
    ) -> Result<Box<dyn Source>, Response>;

    /// Opens a file for somebody who may see what it holds.
    async fn download(&self, caller: Caller, wanted: Wanted) -> Result<Download, NoDownload>;

    /// Says what a link would decide, without deciding it. The token is all that is known of the caller.
    async fn show_action(&self, token: &str) -> Result<ActionShown, ActionRefused>;

    /// Decides what a link says.
    async fn act(
        &self,
        token: &str,
        words: ActionWords,
        request: &RequestInfo,
    ) -> Result<ActionDone, ActionRefused>;

    /// The fields whose answer is a list of objects without pages, by name: what stands below them counts several times.
    fn lists(&self) -> BTreeSet<String>;

    /// What the server needs to work, by name, each with what is wrong with it, if anything. Anybody may read the
    /// words, so they are fixed; what a database or a driver said about it belongs in the log.
    async fn readiness(&self) -> Vec<(&'static str, Result<(), &'static str>)>;
}

/// Whoever sends a request, as far as the wire knows.
#[derive(Debug)]
pub struct Caller {
    /// The kind of actor for spans and logs, never a name: `employee`, `service_account`, `anonymous`.
    pub kind: &'static str,
    /// What resolvers find in their context.
    pub data: Data,
}

impl Caller {
    /// A caller of this kind without any data.
    pub fn new(kind: &'static str) -> Self {
        Self { kind, data: Data::default() }
    }

    /// Adds a value that resolvers will find by its type.
    pub fn with<D: Send + Sync + 'static>(mut self, value: D) -> Self {
        self.data.insert(value);
        self
    }
}

/// What a subscription follows.
#[async_trait]
pub trait Source: Send {
    /// Waits for what comes next. A future that is dropped loses nothing.
    async fn next(&mut self) -> Result<Next, Interrupted>;
}

/// What comes next for a subscription.
pub enum Next {
    /// Something happened that the subscription is about.
    Event(Occurrence),
    /// Something happened after which the caller may be allowed less: the subscription has to be opened anew.
    Doubt,
}

/// What happened, in the words of whoever implements [`Executor`]; resolvers find it in their context.
#[derive(Clone)]
pub struct Occurrence(pub Arc<dyn Any + Send + Sync>);

/// What comes next cannot be told at the moment. The reason is for the log, where it stands already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Interrupted;

/// Why a request has no caller.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AuthFailure {
    /// The token is missing where one is needed, or does not hold. The text is shown to the client: 401.
    Rejected(String),
    /// The token holds, and the sender may not act for anybody. The text is shown to the client: 403.
    Forbidden(String),
    /// The token holds, and nobody can be told for whom its holder acts. The text is shown to the client: 400.
    Unusable(String),
    /// Nobody can tell at the moment, as the issuer's keys cannot be had. The text is shown to the client: 503.
    Unavailable(String),
}

/// Whether the schema's validation rules have already passed for exactly this document.
///
/// The rules that look at a document alone need not run a second time; the values of variables are new in every
/// request, and whoever skips the rules has to check those by other means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Validation {
    /// Nothing is known about the document.
    Required,
    /// The document was executed before and no rule objected.
    Passed,
}
