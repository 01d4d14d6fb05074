//! The issuer on a developer's own machine.

use std::thread;

use chrono::TimeDelta;

use super::*;

fn development(key_file: PathBuf) -> AuthConfig {
    let mut config = auth_config(vec![]);
    config.development.enabled = true;
    config.development.key_file = key_file;
    config
}

#[tokio::test]
async fn its_tokens_are_accepted_until_they_expire() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let key_file = folder.path().join("var/development-issuer.pem");
    let hands = Hands::new();
    let authenticator = Authenticator::new(&development(key_file.clone()), hands.clock()).await;
    let authenticator = authenticator.unwrap_or_else(|error| panic!("{error}"));
    let issuer = DevelopmentIssuer::open(&key_file, hands.clock()).unwrap_or_else(|error| panic!("{error}"));
    let token = issuer.token("acme", "E-1001", TimeDelta::hours(1));
    let expected = Identity {
        issuer: DevelopmentIssuer::ISSUER.to_owned(),
        employer: "acme".to_owned(),
        person: employee(),
        expires_at: at(NOW + 3600),
    };
    assert_eq!(authenticator.identify(&token).await.as_deref(), Ok(&expected));
    hands.advance(3600 + LEEWAY);
    assert_eq!(authenticator.identify(&token).await, Err(TokenRefused::Expired { at: at(NOW + 3600) }));

    let stranger = folder.path().join("another.pem");
    let stranger =
        DevelopmentIssuer::open(&stranger, hands.clock()).unwrap_or_else(|error| panic!("{error}"));
    let forged = stranger.token("acme", "E-1001", TimeDelta::hours(1));
    assert_eq!(authenticator.identify(&forged).await, Err(TokenRefused::Signature));
}

#[tokio::test]
async fn its_tokens_are_refused_where_it_is_off() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let issuer = DevelopmentIssuer::open(&folder.path().join("key.pem"), Hands::new().clock());
    let token = issuer.unwrap_or_else(|error| panic!("{error}")).token("acme", "E-1001", TimeDelta::hours(1));
    let fixture = Fixture::new(&[&Key::ed25519("e")]).await;
    assert_eq!(fixture.refusal(&token).await, TokenRefused::UnknownIssuer);
}

#[test]
fn those_who_start_together_agree_on_one_key() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let path = folder.path().join("var/key.pem");
    let token = || {
        let issuer = DevelopmentIssuer::open(&path, Hands::new().clock());
        issuer.unwrap_or_else(|error| panic!("{error}")).token("acme", "E-1001", TimeDelta::hours(1))
    };
    let tokens: Vec<String> = thread::scope(|scope| {
        let threads: Vec<_> = (0..8).map(|_| scope.spawn(token)).collect();
        threads.into_iter().map(|thread| thread.join().expect("no thread panics")).collect()
    });
    // Ed25519 signs the same text with the same key in the same way.
    assert!(tokens.iter().all(|token| *token == tokens[0]));
    let files: Vec<_> = std::fs::read_dir(folder.path().join("var")).expect("it is there").collect();
    assert_eq!(files.len(), 1);
}

#[cfg(unix)]
#[test]
fn only_its_owner_may_read_the_key() {
    use std::os::unix::fs::PermissionsExt;

    let folder = tempfile::tempdir().expect("a folder can be made");
    let path = folder.path().join("key.pem");
    assert!(DevelopmentIssuer::open(&path, Hands::new().clock()).is_ok());
    let mode = std::fs::metadata(&path).expect("it was made").permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    assert!(std::fs::read_to_string(&path).expect("it is text").starts_with("-----BEGIN PRIVATE KEY-----"));
}

#[test]
fn a_file_that_is_no_key_is_refused_and_left_alone() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let path = folder.path().join("key.pem");
    std::fs::write(&path, "my notes").expect("the folder can be written to");
    let error = DevelopmentIssuer::open(&path, Hands::new().clock()).err().expect("it is no key");
    let expected = format!(
        "the development key {}: it is not an Ed25519 key in PKCS#8 PEM; delete it to have one made",
        path.display()
    );
    assert_eq!(error.to_string(), expected);
    assert_eq!(std::fs::read_to_string(&path).expect("it is there"), "my notes");
}
