//! A schema of six fields, and an executor that knows its callers by their tokens.

use std::collections::BTreeSet;
use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use async_graphql::{
    Context, EmptySubscription, ErrorExtensions, Object, Request as Operation, Response as Executed, Schema,
};
use async_trait::async_trait;
use tokio::sync::Notify;

use crate::http::{
    ActionDone, ActionRefused, ActionShown, ActionWords, AuthFailure, Caller, Credentials, Download,
    Executor, NoDownload, RequestInfo, Source, TokenDenied, TokenGranted, TokenRequest, Validation, Wanted,
    codes,
};

pub(super) struct Query;

#[Object]
impl Query {
    async fn caller<'a>(&self, context: &Context<'a>) -> &'a str {
        context.data_opt::<String>().map_or("nobody", String::as_str)
    }

    async fn half(&self, number: i32) -> i32 {
        number / 2
    }

    async fn fault(&self) -> Option<async_graphql::Result<i32>> {
        Some(Err("the password is 1234".into()))
    }

    async fn away(&self) -> Option<async_graphql::Result<i32>> {
        let error = async_graphql::Error::new("the store does not answer at the moment; repeat the request");
        Some(Err(error.extend_with(|_, extensions| extensions.set("code", "UNAVAILABLE"))))
    }

    async fn panic(&self) -> i32 {
        std::hint::black_box(None).expect("on purpose")
    }

    async fn forever(&self, context: &Context<'_>) -> i32 {
        let gate = context.data_unchecked::<Arc<Notify>>();
        gate.notify_one();
        std::future::pending().await
    }
}

pub(super) struct Mutation;

#[Object]
impl Mutation {
    async fn change(&self) -> bool {
        true
    }
}

pub(super) struct Small {
    pub(super) schema: Schema<Query, Mutation, EmptySubscription>,
    pub(super) ready: bool,
    pub(super) looks: Arc<AtomicUsize>,
}

#[async_trait]
impl Executor for Small {
    async fn authenticate(
        &self,
        credentials: Option<Credentials<'_>>,
        _: &RequestInfo,
    ) -> Result<Caller, AuthFailure> {
        match credentials.map(|credentials| credentials.token) {
            None => Ok(Caller::new("anonymous")),
            Some("offline") => Err(AuthFailure::Unavailable("the keys cannot be had".to_owned())),
            Some("wrong") => Err(AuthFailure::Rejected("the token has expired".to_owned())),
            Some(name) => Ok(Caller::new("employee").with(name.to_owned())),
        }
    }

    async fn grant_token(&self, _: TokenRequest) -> Result<TokenGranted, TokenDenied> {
        Err(TokenDenied::InvalidClient("nobody".to_owned()))
    }

    async fn verify(&self, credentials: Credentials<'_>, _: &RequestInfo) -> Result<(), AuthFailure> {
        if credentials.token == "wrong" {
            Err(AuthFailure::Rejected("the token has expired".to_owned()))
        } else {
            Ok(())
        }
    }

    async fn execute(&self, caller: Caller, mut request: Operation, validation: Validation) -> Executed {
        request.data = caller.data;
        let passed = validation == Validation::Passed;
        self.schema.execute(request).await.extension("passed", passed.into())
    }

    async fn subscribe(
        &self,
        caller: Caller,
        request: Operation,
        validation: Validation,
    ) -> Result<Box<dyn Source>, Executed> {
        Err(self.execute(caller, request, validation).await)
    }

    async fn download(&self, _: Caller, _: Wanted) -> Result<Download, NoDownload> {
        Err(NoDownload { code: codes::NOT_FOUND, message: "no such file".to_owned() })
    }

    async fn show_action(&self, _: &str) -> Result<ActionShown, ActionRefused> {
        Err(no_link())
    }

    async fn act(&self, _: &str, _: ActionWords, _: &RequestInfo) -> Result<ActionDone, ActionRefused> {
        Err(no_link())
    }

    fn lists(&self) -> BTreeSet<String> {
        BTreeSet::new()
    }

    async fn readiness(&self) -> Vec<(&'static str, Result<(), &'static str>)> {
        self.looks.fetch_add(1, Ordering::Relaxed);
        let database = if self.ready { Ok(()) } else { Err("does not answer") };
        vec![("database", database), ("migrations", Ok(()))]
    }
}

fn no_link() -> ActionRefused {
    let message = "there is no such link".to_owned();
    ActionRefused { status: axum::http::StatusCode::NOT_FOUND, code: codes::NOT_FOUND, message }
}
