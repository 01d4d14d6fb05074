//! Which tokens are accepted and which refused, and why.

use super::*;

#[tokio::test]
async fn tokens_of_each_algorithm_are_accepted() {
    let keys = [Key::rsa("r"), Key::p256("p"), Key::ed25519("e")];
    let fixture = Fixture::new(&keys.each_ref()).await;
    for key in &keys {
        let identity = fixture.authenticator.identify(&key.sign(&claims())).await;
        let expected = Identity {
            issuer: ISSUER.to_owned(),
            employer: "acme".to_owned(),
            person: employee(),
            expires_at: at(NOW + 3600),
        };
        assert_eq!(identity.as_deref(), Ok(&expected), "{:?}", key.algorithm);
    }
}

#[tokio::test]
async fn time_limits_are_kept_with_the_leeway_to_the_second() {
    let key = Key::ed25519("e");
    let fixture = Fixture::new(&[&key]).await;
    let expiring = |at: i64| key.sign(&claims_with(json!({ "exp": at })));
    assert_eq!(fixture.person(&expiring(NOW - LEEWAY + 1)).await, Ok(employee()));
    let expired = TokenRefused::Expired { at: at(NOW - LEEWAY) };
    assert_eq!(fixture.refusal(&expiring(NOW - LEEWAY)).await, expired);
    assert_eq!(expired.to_string(), "the token expired at 2026-03-01T11:59:30Z");

    let beginning = |from: i64| key.sign(&claims_with(json!({ "nbf": from })));
    assert_eq!(fixture.person(&beginning(NOW + LEEWAY)).await, Ok(employee()));
    let early = TokenRefused::NotYetValid { from: at(NOW + LEEWAY + 1) };
    assert_eq!(fixture.refusal(&beginning(NOW + LEEWAY + 1)).await, early);
}

#[tokio::test]
async fn a_remembered_token_expires_too() {
    let key = Key::ed25519("e");
    let fixture = Fixture::new(&[&key]).await;
    let token = key.sign(&claims());
    assert_eq!(fixture.person(&token).await, Ok(employee()));
    fixture.hands.advance(3600 + LEEWAY - 1);
    assert_eq!(fixture.person(&token).await, Ok(employee()));
    fixture.hands.advance(1);
    assert_eq!(fixture.refusal(&token).await, TokenRefused::Expired { at: at(NOW + 3600) });
}

#[tokio::test]
async fn claims_that_limit_a_token_are_required_and_checked() {
    let key = Key::ed25519("e");
    let fixture = Fixture::new(&[&key]).await;
    let cases = [
        (json!({ "aud": "somebody-else" }), TokenRefused::Audience),
        (json!({ "aud": ["somebody-else"] }), TokenRefused::Audience),
        (json!({ "aud": [] }), TokenRefused::Audience),
        (json!({ "aud": null }), missing("aud")),
        (json!({ "aud": { "upskill": true } }), missing("aud")),
        (json!({ "exp": null }), missing("exp")),
        (json!({ "exp": "tomorrow" }), missing("exp")),
        (json!({ "exp": 1e300 }), missing("exp")),
        (json!({ "nbf": "today" }), missing("nbf")),
        (json!({ "sub": null }), missing("sub")),
        (json!({ "sub": "" }), missing("sub")),
        (json!({ "sub": 7 }), missing("sub")),
        (json!({ "iss": null }), missing("iss")),
        (json!({ "iss": "https://login.example.com" }), TokenRefused::UnknownIssuer),
        (json!({ "iss": [ISSUER] }), TokenRefused::Malformed),
    ];
    for (change, expected) in cases {
        let token = key.sign(&claims_with(change.clone()));
        assert_eq!(fixture.refusal(&token).await, expected, "{change}");
    }
    let listed = key.sign(&claims_with(json!({ "aud": ["other", "api://upskill"], "exp": 1_772_370_000.5 })));
    assert_eq!(fixture.person(&listed).await, Ok(employee()));
}

#[tokio::test]
async fn a_public_key_is_no_shared_secret() {
    let key = Key::rsa("r");
    let fixture = Fixture::new(&[&key]).await;
    let mut header = Header::new(Algorithm::HS256);
    header.kid = key.id();
    for secret in [jwks(&[&key]), json!(key.public).to_string()] {
        let secret = EncodingKey::from_secret(secret.as_bytes());
        let forged = jsonwebtoken::encode(&header, &claims(), &secret).expect("a secret signs");
        assert_eq!(fixture.refusal(&forged).await, TokenRefused::Algorithm);
    }
}

#[tokio::test]
async fn a_published_shared_secret_is_passed_over() {
    let document = json!({ "keys": [{ "kty": "oct", "kid": "s", "alg": "HS256", "k": "c2VjcmV0" }] });
    let fixture = Fixture::publishing(&document.to_string(), |_| {}).await;
    let mut header = Header::new(Algorithm::HS256);
    header.kid = Some("s".to_owned());
    let secret = EncodingKey::from_secret(b"secret");
    let forged = jsonwebtoken::encode(&header, &claims(), &secret).expect("a secret signs");
    assert_eq!(fixture.refusal(&forged).await, TokenRefused::UnknownKey);
}

#[tokio::test]
async fn unsigned_and_unreadable_tokens_are_refused() {
    let key = Key::ed25519("e");
    let fixture = Fixture::new(&[&key]).await;
    let good = key.sign(&claims());
    let payload = good.split('.').nth(1).expect("a JWT has three parts");
    // The header is {"alg":"none"}.
    let unsigned = format!("eyJhbGciOiJub25lIn0.{payload}.");
    for token in [unsigned.as_str(), "", ".", "..", "a.b", "a.b.c", "a.b.c.d", "ключ.от.двери"] {
        assert_eq!(fixture.refusal(token).await, TokenRefused::Malformed, "{token}");
    }
    let stripped = &good[..=good.rfind('.').expect("a JWT has three parts")];
    assert_eq!(fixture.refusal(stripped).await, TokenRefused::Signature);
    let critical = {
        let mut header = key.header();
        header.crit = Some(vec!["b64".to_owned()]);
        key.sign_with(&header, &claims())
    };
    assert_eq!(fixture.refusal(&critical).await, TokenRefused::Malformed);
}

#[tokio::test]
async fn a_tampered_token_is_refused() {
    let key = Key::ed25519("e");
    let fixture = Fixture::new(&[&key]).await;
    let [mine, theirs] = ["E-1001", "E-1002"].map(|sub| key.sign(&claims_with(json!({ "sub": sub }))));
    let [mine, theirs] = [&mine, &theirs].map(|token| token.split('.').collect::<Vec<_>>());
    let forged = [mine[0], theirs[1], mine[2]].join(".");
    assert_eq!(fixture.refusal(&forged).await, TokenRefused::Signature);
}

#[tokio::test]
async fn a_key_verifies_by_its_own_algorithm_only() {
    let (rsa, ed25519) = (Key::rsa("r"), Key::ed25519("e"));
    let with_ps256 = |issuer: &mut IssuerConfig| issuer.algorithms.push(SigningAlgorithm::PS256);
    let fixture = Fixture::configured(&[&rsa, &ed25519], with_ps256).await;
    let mut header = ed25519.header();
    header.kid = rsa.id();
    assert_eq!(fixture.refusal(&ed25519.sign_with(&header, &claims())).await, TokenRefused::Algorithm);

    // The issuer may use PS256, but says that this key is for RS256.
    let mut header = rsa.header();
    header.alg = Algorithm::PS256;
    assert_eq!(fixture.refusal(&rsa.sign_with(&header, &claims())).await, TokenRefused::Algorithm);
}

#[tokio::test]
async fn algorithms_outside_the_allow_list_are_refused() {
    let (rsa, ed25519) = (Key::rsa("r"), Key::ed25519("e"));
    let only_rs256 = |issuer: &mut IssuerConfig| issuer.algorithms = vec![SigningAlgorithm::RS256];
    let fixture = Fixture::configured(&[&rsa, &ed25519], only_rs256).await;
    assert_eq!(fixture.person(&rsa.sign(&claims())).await, Ok(employee()));
    // A key that may verify nothing is no key of ours.
    assert_eq!(fixture.refusal(&ed25519.sign(&claims())).await, TokenRefused::UnknownKey);

    let mut undeclared = Key::rsa("r");
    undeclared.public.common.key_algorithm = None;
    let fixture = Fixture::configured(&[&undeclared], only_rs256).await;
    let mut header = undeclared.header();
    assert_eq!(fixture.person(&undeclared.sign_with(&header, &claims())).await, Ok(employee()));
    header.alg = Algorithm::PS256;
    assert_eq!(fixture.refusal(&undeclared.sign_with(&header, &claims())).await, TokenRefused::Algorithm);
}

#[tokio::test]
async fn a_key_id_only_looks_a_key_up() {
    let (published, secret) = (Key::ed25519("k"), Key::ed25519("k"));
    let fixture = Fixture::new(&[&published]).await;
    assert_eq!(fixture.refusal(&secret.sign(&claims())).await, TokenRefused::Signature);
    assert_eq!(fixture.refusal(&Key::ed25519("other").sign(&claims())).await, TokenRefused::UnknownKey);

    // A key that a token brings along is not looked at.
    let mut header = secret.header();
    header.jwk = Some(secret.public.clone());
    assert_eq!(fixture.refusal(&secret.sign_with(&header, &claims())).await, TokenRefused::Signature);
}

#[tokio::test]
async fn a_token_may_leave_the_key_out_where_there_is_one() {
    let (one, other) = (Key::ed25519("1"), Key::ed25519("2"));
    let anonymous = one.sign_with(&Header::new(Algorithm::EdDSA), &claims());
    assert_eq!(Fixture::new(&[&one]).await.person(&anonymous).await, Ok(employee()));
    assert_eq!(Fixture::new(&[&one, &other]).await.refusal(&anonymous).await, TokenRefused::UnknownKey);
}

#[tokio::test]
async fn odd_keys_in_a_set_lock_nobody_out() {
    let key = Key::ed25519("good");
    let mut encryption = Key::ed25519("enc");
    encryption.public.common.public_key_use = Some(PublicKeyUse::Encryption);
    let document = json!({ "keys": [
        { "kty": "AKP", "alg": "ML-DSA-44", "kid": "pq", "pub": "AAAA" },
        { "kty": "EC", "crv": "secp256k1", "kid": "k1", "x": "AA", "y": "AA" },
        { "kty": "RSA", "alg": "RSA-OAEP", "kid": "oaep", "n": "AQAB", "e": "AQAB" },
        { "kty": "OKP", "crv": "Ed25519", "kid": 7, "x": "AAAA" },
        "not a key",
        encryption.public,
        key.public,
    ] });
    let fixture = Fixture::publishing(&document.to_string(), |_| {}).await;
    assert_eq!(fixture.person(&key.sign(&claims())).await, Ok(employee()));
    assert_eq!(fixture.refusal(&encryption.sign(&claims())).await, TokenRefused::UnknownKey);
}

#[tokio::test]
async fn oversize_tokens_are_not_looked_at() {
    let key = Key::ed25519("e");
    let fixture = Fixture::new(&[&key]).await;
    let token = key.sign(&claims_with(json!({ "padding": "x".repeat(8 * 1024) })));
    assert_eq!(fixture.refusal(&token).await, TokenRefused::TooLarge { limit: 8192 });
}

#[tokio::test]
async fn other_kinds_of_jwt_are_no_access_tokens() {
    let key = Key::ed25519("e");
    let typed = |typ: Option<&str>| {
        let mut header = key.header();
        header.typ = typ.map(str::to_owned);
        key.sign_with(&header, &claims())
    };
    let fixture = Fixture::new(&[&key]).await;
    for typ in [None, Some("JWT"), Some("at+jwt"), Some("application/AT+JWT")] {
        assert_eq!(fixture.person(&typed(typ)).await, Ok(employee()), "{typ:?}");
    }
    assert_eq!(fixture.refusal(&typed(Some("logout+jwt"))).await, TokenRefused::Type);
    let strict = Fixture::configured(&[&key], |issuer| issuer.require_at_jwt = true).await;
    assert_eq!(strict.person(&typed(Some("at+jwt"))).await, Ok(employee()));
    assert_eq!(strict.refusal(&typed(Some("JWT"))).await, TokenRefused::Type);
    assert_eq!(strict.refusal(&typed(None)).await, TokenRefused::Type);
}

#[tokio::test]
async fn people_are_found_as_the_issuer_is_configured_to_name_them() {
    let key = Key::ed25519("e");
    let by_email = |issuer: &mut IssuerConfig| {
        issuer.employer = None;
        issuer.employer_claim = Some("tenant".to_owned());
        issuer.subject_claim = "email".to_owned();
        issuer.subject_is = SubjectKind::Email;
    };
    let fixture = Fixture::configured(&[&key], by_email).await;
    let unverified = json!({ "tenant": "globex", "email": "ann@globex.example" });
    let mut person = unverified.clone();
    person["email_verified"] = json!(true);
    let identity = fixture.authenticator.identify(&key.sign(&claims_with(person.clone()))).await;
    let identity = identity.expect("the token is good");
    assert_eq!(identity.employer, "globex");
    assert_eq!(identity.person, PersonKey::Email("ann@globex.example".to_owned()));

    assert_eq!(fixture.refusal(&key.sign(&claims())).await, missing("tenant"));
    for denial in [json!(false), json!("false")] {
        person["email_verified"] = denial;
        let token = key.sign(&claims_with(person.clone()));
        assert_eq!(fixture.refusal(&token).await, TokenRefused::EmailNotVerified);
    }
    let silent = key.sign(&claims_with(unverified));
    assert_eq!(fixture.refusal(&silent).await, TokenRefused::EmailNotVerified);

    let trusting = |issuer: &mut IssuerConfig| {
        by_email(issuer);
        issuer.require_verified_email = false;
    };
    let trusting = Fixture::configured(&[&key], trusting).await;
    assert_eq!(
        trusting.authenticator.identify(&silent).await.map(|identity| identity.person.clone()),
        Ok(PersonKey::Email("ann@globex.example".to_owned()))
    );
    assert_eq!(
        trusting.refusal(&key.sign(&claims_with(person))).await,
        TokenRefused::EmailNotVerified,
        "a plain no is never overheard"
    );
}

#[tokio::test]
async fn an_issuer_cannot_speak_for_another() {
    let (ours, theirs) = (Key::ed25519("k"), Key::ed25519("k"));
    let folder = tempfile::tempdir().expect("a folder can be made");
    let issuers = [(ISSUER, "acme", &ours), ("https://login.globex.example", "globex", &theirs)];
    let issuers = issuers.map(|(name, employer, key)| {
        let path = folder.path().join(employer);
        std::fs::write(&path, jwks(&[key])).expect("the folder can be written to");
        let mut issuer = issuer_with_file(&path);
        name.clone_into(&mut issuer.issuer);
        issuer.employer = Some(employer.to_owned());
        issuer
    });
    let authenticator = Authenticator::new(&auth_config(issuers.to_vec()), Hands::new().clock()).await;
    let authenticator = authenticator.unwrap_or_else(|error| panic!("{error}"));
    let theirs_of = |iss: &str| theirs.sign(&claims_with(json!({ "iss": iss })));
    let identity = authenticator.identify(&theirs_of("https://login.globex.example")).await;
    assert_eq!(identity.map(|identity| identity.employer.clone()), Ok("globex".to_owned()));
    assert_eq!(authenticator.identify(&theirs_of(ISSUER)).await, Err(TokenRefused::Signature));
}

#[test]
fn refusals_fit_into_a_header_and_quote_nothing() {
    let refusals = [
        TokenRefused::TooLarge { limit: 8192 },
        TokenRefused::Malformed,
        TokenRefused::UnknownIssuer,
        TokenRefused::UnknownKey,
        TokenRefused::Algorithm,
        TokenRefused::Signature,
        TokenRefused::Type,
        missing("tenant"),
        TokenRefused::Audience,
        TokenRefused::Expired { at: at(NOW) },
        TokenRefused::NotYetValid { from: at(NOW) },
        TokenRefused::EmailNotVerified,
        TokenRefused::KeysUnavailable,
    ];
    for refusal in refusals {
        let text = refusal.to_string();
        // The characters that RFC 6750, section 3, allows in `error_description`.
        assert!(text.bytes().all(|byte| matches!(byte, b' '..=b'!' | b'#'..=b'[' | b']'..=b'~')), "{text}");
    }
}
