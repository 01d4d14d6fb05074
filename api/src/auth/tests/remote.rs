//! Keys that an issuer publishes over HTTP: a server on the loopback interface plays the issuer.

use std::sync::atomic::AtomicUsize;
use std::sync::{Mutex, PoisonError};

use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use futures_util::future::{join, join_all};
use tokio::net::TcpListener;
use tokio::sync::{Notify, Semaphore};

use super::*;

/// What the issuer answers at a path.
type Answer = (StatusCode, HeaderMap, String);

/// An issuer whose answers the test decides, and that counts how often its keys were asked for.
struct Publisher {
    address: String,
    answers: Mutex<Vec<(String, Answer)>>,
    asked: AtomicUsize,
    /// Told whenever the keys are asked for.
    question: Notify,
    /// Answers are given while this has a permit.
    gate: Semaphore,
}

impl Publisher {
    async fn start() -> Arc<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("the loopback interface has free ports");
        let address = format!("http://{}", listener.local_addr().expect("it is bound"));
        let publisher = Arc::new(Self {
            address,
            answers: Mutex::default(),
            asked: AtomicUsize::new(0),
            question: Notify::new(),
            gate: Semaphore::new(1),
        });
        let router = axum::Router::new().route("/{*path}", get(answer)).with_state(Arc::clone(&publisher));
        tokio::spawn(axum::serve(listener, router).into_future());
        publisher
    }

    fn answers(&self, path: &str, answer: Answer) {
        let mut answers = self.answers.lock().unwrap_or_else(PoisonError::into_inner);
        answers.retain(|(known, _)| known != path);
        answers.push((path.to_owned(), answer));
    }

    fn publish(&self, keys: &[&Key], cache_control: &'static str) {
        let headers = HeaderMap::from_iter([(
            axum::http::header::CACHE_CONTROL,
            cache_control.parse().expect("it is a header"),
        )]);
        self.answers("keys", (StatusCode::OK, headers, jwks(keys)));
    }

    fn fail(&self) {
        self.answers("keys", (StatusCode::INTERNAL_SERVER_ERROR, HeaderMap::new(), String::new()));
    }

    fn asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }

    fn issuer(&self) -> IssuerConfig {
        IssuerConfig {
            jwks_file: None,
            jwks_url: Some(format!("{}/keys", self.address)),
            ..issuer_with_file(std::path::Path::new(""))
        }
    }

    async fn trusted(&self) -> (Authenticator, Hands) {
        trusted(self.issuer()).await
    }
}

async fn trusted(issuer: IssuerConfig) -> (Authenticator, Hands) {
    let hands = Hands::new();
    let authenticator = Authenticator::new(&auth_config(vec![issuer]), hands.clock()).await;
    (authenticator.unwrap_or_else(|error| panic!("{error}")), hands)
}

async fn answer(State(publisher): State<Arc<Publisher>>, Path(path): Path<String>) -> Response {
    if path == "keys" {
        publisher.asked.fetch_add(1, Ordering::SeqCst);
        publisher.question.notify_one();
    }
    let _open = publisher.gate.acquire().await.expect("the gate is never taken away");
    let answers = publisher.answers.lock().unwrap_or_else(PoisonError::into_inner);
    match answers.iter().find(|(known, _)| *known == path) {
        Some((_, answer)) => answer.clone().into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

async fn person(authenticator: &Authenticator, token: &str) -> Result<PersonKey, TokenRefused> {
    authenticator.identify(token).await.map(|identity| identity.person.clone())
}

#[tokio::test]
async fn a_new_key_is_fetched_when_a_token_names_it() {
    let (old, new) = (Key::ed25519("old"), Key::p256("new"));
    let publisher = Publisher::start().await;
    publisher.publish(&[&old], "max-age=86400");
    let (authenticator, hands) = publisher.trusted().await;
    let (old_token, new_token) = (old.sign(&claims()), new.sign(&claims()));
    assert_eq!(person(&authenticator, &old_token).await, Ok(employee()));

    publisher.publish(&[&new], "max-age=86400");
    hands.advance(FLOOR);
    assert_eq!(person(&authenticator, &new_token).await, Ok(employee()));
    assert_eq!(person(&authenticator, &old_token).await, Err(TokenRefused::UnknownKey));
    assert_eq!(publisher.asked(), 2);
}

#[tokio::test]
async fn keys_are_fetched_again_when_their_age_is_reached() {
    let (old, new) = (Key::ed25519("old"), Key::ed25519("new"));
    let publisher = Publisher::start().await;
    publisher.publish(&[&old], "public, max-age=120");
    let (authenticator, hands) = publisher.trusted().await;
    let token = old.sign(&claims());
    publisher.publish(&[&new], "max-age=120");
    hands.advance(119);
    assert_eq!(person(&authenticator, &token).await, Ok(employee()));
    assert_eq!(publisher.asked(), 1);
    hands.advance(1);
    assert_eq!(person(&authenticator, &token).await, Err(TokenRefused::UnknownKey));
    assert_eq!(publisher.asked(), 2);
}

#[tokio::test]
async fn an_outage_leaves_the_last_good_set_in_force() {
    let key = Key::ed25519("k");
    let publisher = Publisher::start().await;
    publisher.publish(&[&key], "max-age=60");
    let (authenticator, hands) = publisher.trusted().await;
    publisher.fail();
    for (advance, asked) in [(60, 2), (FLOOR - 1, 2), (1, 3), (FLOOR, 4)] {
        hands.advance(advance);
        assert_eq!(person(&authenticator, &key.sign(&claims())).await, Ok(employee()));
        assert_eq!(publisher.asked(), asked);
    }
}

#[tokio::test]
async fn an_issuer_that_is_down_at_the_start_is_asked_again() {
    let key = Key::ed25519("k");
    let publisher = Publisher::start().await;
    let (authenticator, hands) = publisher.trusted().await;
    let token = key.sign(&claims());
    let refused = person(&authenticator, &token).await;
    assert_eq!(refused, Err(TokenRefused::KeysUnavailable));
    assert!(refused.is_err_and(|refusal| refusal.is_temporary()));
    assert_eq!(publisher.asked(), 1);

    publisher.publish(&[&key], "max-age=60");
    hands.advance(FLOOR);
    assert_eq!(person(&authenticator, &token).await, Ok(employee()));
    assert_eq!(publisher.asked(), 2);
}

#[tokio::test]
async fn tokens_cannot_make_us_hammer_an_issuer() {
    let key = Key::ed25519("k");
    let publisher = Publisher::start().await;
    publisher.publish(&[&key], "max-age=86400");
    let (authenticator, hands) = publisher.trusted().await;
    let strangers: Vec<_> = (0..20).map(|n| Key::ed25519(&format!("stranger-{n}")).sign(&claims())).collect();
    for (advance, asked) in [(0, 1), (FLOOR, 2), (FLOOR - 1, 2), (1, 3)] {
        hands.advance(advance);
        for stranger in &strangers {
            assert_eq!(person(&authenticator, stranger).await, Err(TokenRefused::UnknownKey));
        }
        assert_eq!(publisher.asked(), asked);
    }
}

#[tokio::test]
async fn requests_that_need_a_key_at_once_share_one_fetch() {
    let (old, new) = (Key::ed25519("old"), Key::ed25519("new"));
    let publisher = Publisher::start().await;
    publisher.publish(&[&old], "max-age=30");
    let (authenticator, hands) = publisher.trusted().await;
    publisher.question.notified().await;

    // The set is due, and the tokens need a newer one besides.
    publisher.publish(&[&old, &new], "max-age=30");
    hands.advance(FLOOR);
    let tokens: Vec<_> = (0..50).map(|n| new.sign(&claims_with(json!({ "jti": n })))).collect();
    let closed = publisher.gate.acquire().await.expect("the gate is never taken away");
    let open = async {
        publisher.question.notified().await;
        // Who needs no new key does not wait for it.
        assert_eq!(person(&authenticator, &old.sign(&claims())).await, Ok(employee()));
        drop(closed);
    };
    let (people, ()) = join(join_all(tokens.iter().map(|token| person(&authenticator, token))), open).await;
    assert!(people.iter().all(|person| *person == Ok(employee())), "{people:?}");
    assert_eq!(publisher.asked(), 2);
}

#[tokio::test]
async fn a_client_that_hangs_up_does_not_end_the_fetch_for_others() {
    let (old, new) = (Key::ed25519("old"), Key::ed25519("new"));
    let publisher = Publisher::start().await;
    publisher.publish(&[&old], "max-age=86400");
    let (authenticator, hands) = publisher.trusted().await;
    publisher.question.notified().await;

    publisher.publish(&[&new], "max-age=86400");
    hands.advance(FLOOR);
    let token = new.sign(&claims());
    let closed = publisher.gate.acquire().await.expect("the gate is never taken away");
    tokio::select! {
        biased;
        found = authenticator.identify(&token) => panic!("the gate is closed, but {found:?}"),
        () = publisher.question.notified() => {}
    }
    drop(closed);
    assert_eq!(person(&authenticator, &token).await, Ok(employee()));
    assert_eq!(publisher.asked(), 2);
}

#[tokio::test]
async fn discovery_finds_the_keys_of_this_very_issuer() {
    let key = Key::ed25519("k");
    let publisher = Publisher::start().await;
    publisher.publish(&[&key], "max-age=60");
    let issuer = IssuerConfig {
        issuer: publisher.address.clone(),
        discovery: true,
        jwks_url: None,
        ..publisher.issuer()
    };
    let document = |issuer: &str| {
        let document = json!({ "issuer": issuer, "jwks_uri": format!("{}/keys", publisher.address) });
        (StatusCode::OK, HeaderMap::new(), document.to_string())
    };
    let token = key.sign(&claims_with(json!({ "iss": publisher.address })));

    publisher.answers(".well-known/openid-configuration", document("https://somebody.else.example"));
    let (authenticator, hands) = trusted(issuer).await;
    assert_eq!(person(&authenticator, &token).await, Err(TokenRefused::KeysUnavailable));
    assert_eq!(publisher.asked(), 0);

    publisher.answers(".well-known/openid-configuration", document(&publisher.address));
    hands.advance(FLOOR);
    assert_eq!(person(&authenticator, &token).await, Ok(employee()));
    assert_eq!(publisher.asked(), 1);
}

#[tokio::test]
async fn redirects_are_not_followed_and_answers_are_not_read_without_end() {
    let key = Key::ed25519("k");
    let publisher = Publisher::start().await;
    publisher.answers("elsewhere", (StatusCode::OK, HeaderMap::new(), jwks(&[&key])));
    let location = format!("{}/elsewhere", publisher.address).parse().expect("it is a header");
    let redirect = HeaderMap::from_iter([(axum::http::header::LOCATION, location)]);
    let padded = format!("{}{}", jwks(&[&key]), " ".repeat(512 * 1024));
    for answer in [(StatusCode::FOUND, redirect, String::new()), (StatusCode::OK, HeaderMap::new(), padded)] {
        publisher.answers("keys", answer);
        let (authenticator, _) = publisher.trusted().await;
        assert_eq!(person(&authenticator, &key.sign(&claims())).await, Err(TokenRefused::KeysUnavailable));
    }
    assert_eq!(publisher.asked(), 2);
}
