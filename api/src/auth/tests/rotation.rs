//! Keys in a file that an operator replaces.

use super::*;

#[tokio::test]
async fn a_new_key_works_once_the_floor_has_passed() {
    let (old, new) = (Key::ed25519("old"), Key::ed25519("new"));
    let fixture = Fixture::new(&[&old]).await;
    fixture.publish(&jwks(&[&old, &new]));
    let token = new.sign(&claims());
    fixture.hands.advance(FLOOR - 1);
    assert_eq!(fixture.refusal(&token).await, TokenRefused::UnknownKey);
    fixture.hands.advance(1);
    assert_eq!(fixture.person(&token).await, Ok(employee()));
    assert_eq!(fixture.person(&old.sign(&claims())).await, Ok(employee()));
}

#[tokio::test]
async fn a_withdrawn_key_fails_even_for_remembered_tokens() {
    let (old, new) = (Key::ed25519("old"), Key::ed25519("new"));
    let fixture = Fixture::new(&[&old]).await;
    let token = old.sign(&claims());
    assert_eq!(fixture.person(&token).await, Ok(employee()));
    fixture.publish(&jwks(&[&new]));
    fixture.hands.advance(FLOOR - 1);
    assert_eq!(fixture.person(&token).await, Ok(employee()));
    fixture.hands.advance(1);
    assert_eq!(fixture.refusal(&token).await, TokenRefused::UnknownKey);
}

#[tokio::test]
async fn a_key_replaced_under_the_same_id_fails_too() {
    let (old, new) = (Key::ed25519("k"), Key::ed25519("k"));
    let fixture = Fixture::new(&[&old]).await;
    let token = old.sign(&claims());
    assert_eq!(fixture.person(&token).await, Ok(employee()));
    fixture.publish(&jwks(&[&new]));
    fixture.hands.advance(FLOOR);
    assert_eq!(fixture.refusal(&token).await, TokenRefused::Signature);
}

#[tokio::test]
async fn withdrawing_every_key_refuses_every_token() {
    let key = Key::ed25519("k");
    let fixture = Fixture::new(&[&key]).await;
    let token = key.sign(&claims());
    assert_eq!(fixture.person(&token).await, Ok(employee()));
    fixture.publish(r#"{ "keys": [] }"#);
    fixture.hands.advance(FLOOR);
    assert_eq!(fixture.refusal(&token).await, TokenRefused::UnknownKey);
}

#[tokio::test]
async fn a_broken_file_leaves_the_last_good_set_in_force() {
    let (old, new) = (Key::ed25519("old"), Key::ed25519("new"));
    let fixture = Fixture::new(&[&old]).await;
    for broken in ["", "not json", r#"{ "keys": {} }"#, "[]"] {
        fixture.publish(broken);
        fixture.hands.advance(FLOOR);
        assert_eq!(fixture.person(&old.sign(&claims())).await, Ok(employee()), "{broken:?}");
    }
    fixture.publish(&jwks(&[&new]));
    fixture.hands.advance(FLOOR);
    assert_eq!(fixture.person(&new.sign(&claims())).await, Ok(employee()));
    assert_eq!(fixture.refusal(&old.sign(&claims())).await, TokenRefused::UnknownKey);
}

#[tokio::test]
async fn a_file_that_cannot_be_read_at_the_start_is_an_error() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let path = folder.path().join("jwks.json");
    let config = auth_config(vec![issuer_with_file(&path)]);
    let reason = |config: AuthConfig| async move {
        match Authenticator::new(&config, Hands::new().clock()).await {
            Err(AuthError::Keys { issuer, reason }) if issuer == ISSUER => reason,
            _ => panic!("the keys should be refused"),
        }
    };
    let absent = reason(config.clone()).await;
    assert!(absent.starts_with(&path.display().to_string()), "{absent}");
    std::fs::write(&path, "not json").expect("the folder can be written to");
    let broken = reason(config).await;
    assert!(broken.starts_with("the document is not a JSON Web Key Set"), "{broken}");
}
