//! Service accounts at the door: what they ask for with a secret, and who they are with a token.

use upskill_domain::access::{Actor, Identified, Person, Unidentified};
use upskill_domain::app::App;
use upskill_domain::integration::{Granted, RequestToken};
use upskill_domain::kernel::{CredentialKind, Digest, Failure, Fault};

use crate::http::{AuthFailure, Credentials, RequestInfo, TokenDenied, TokenGranted, TokenRequest};
use crate::system::entropy;

/// How the header `Upskill-Act-For` names somebody.
const ACT_FOR_HINT: &str =
    "\"Upskill-Act-For\" names a person as external-id=E1024 or as email=mei.tanaka@example.com";

/// Whether a token was made here for a service account. Those of people come from elsewhere and are JWTs.
pub(crate) fn is_of_account(token: &str) -> bool {
    token.starts_with(CredentialKind::AccessToken.prefix())
}

/// The service account that sends a request, or the person for whom it does.
pub(crate) async fn identify(
    app: &App,
    credentials: Credentials<'_>,
    request: &RequestInfo,
) -> Result<Actor, AuthFailure> {
    let person = credentials.act_for.map(person).transpose()?;
    let token = Digest::of(credentials.token);
    let identified = app.access().identify_account(&token, person.as_ref(), &request.request_id);
    let Identified { actor, is_news } = identified.await?;
    // Written down beside the request, whatever becomes of that. If it fails, the next one does it.
    if is_news && let Err(fault) = app.integration().note_use(&actor).await {
        tracing::warn!(%fault, "the last use of a service account could not be put down");
    }
    Ok(actor)
}

/// Refuses whoever wants to act for somebody with a token of their own.
pub(crate) fn refuse_acting(credentials: Credentials<'_>) -> Result<(), AuthFailure> {
    match credentials.act_for {
        None => Ok(()),
        Some(_) => Err(AuthFailure::Forbidden(
            "people act for themselves; \"Upskill-Act-For\" is for service accounts".to_owned(),
        )),
    }
}

/// Gives a token to who proves to be a service account.
pub(crate) async fn grant(app: &App, asked: TokenRequest) -> Result<TokenGranted, TokenDenied> {
    let TokenRequest { client_id, client_secret, scope } = asked;
    let entropy = entropy().map_err(|fault| denied(&fault))?;
    let asked = RequestToken { client_id: &client_id, secret: &client_secret, scope: scope.as_deref() };
    let granted = app.integration().grant_token(asked, &entropy).await;
    let Granted { credential, token } = granted.map_err(|failure| match failure {
        Failure::Refused(refusal) => {
            let why = refusal.to_string();
            if refusal.is_about_the_client() {
                TokenDenied::InvalidClient(why)
            } else {
                TokenDenied::InvalidScope(why)
            }
        }
        Failure::Fault(fault) => denied(&fault),
    })?;
    Ok(TokenGranted {
        access_token: credential.expose().to_owned(),
        token_type: "Bearer",
        expires_in: token.expires_at.signed_duration_since(token.created_at).num_seconds(),
        scope: token.scopes.to_string(),
    })
}

fn denied(fault: &Fault) -> TokenDenied {
    if let Fault::Unavailable(_) = fault {
        tracing::warn!(%fault, "no token can be given");
        return TokenDenied::Unavailable(
            "no token can be given at the moment; repeat the request".to_owned(),
        );
    }
    tracing::error!(%fault, "no token could be given");
    TokenDenied::Internal
}

fn person(named: &str) -> Result<Person, AuthFailure> {
    let person = match named.split_once('=') {
        Some((_, "")) => None,
        Some(("external-id", id)) => Some(Person::ExternalId(id.to_owned())),
        Some(("email", address)) => Some(Person::Email(address.to_owned())),
        _ => None,
    };
    person.ok_or_else(|| AuthFailure::Unusable(ACT_FOR_HINT.to_owned()))
}

impl From<Unidentified> for AuthFailure {
    fn from(unidentified: Unidentified) -> Self {
        let why = unidentified.to_string();
        match unidentified {
            Unidentified::Fault(fault) => {
                tracing::warn!(%fault, "the caller could not be looked up");
                Self::Unavailable(
                    "the caller cannot be looked up at the moment; repeat the request".to_owned(),
                )
            }
            Unidentified::MayNotAct => Self::Forbidden(why),
            Unidentified::NobodyToActFor => Self::Unusable(why),
            Unidentified::Unknown | Unidentified::Left | Unidentified::Ended => Self::Rejected(why),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_is_named_by_id_or_address_and_by_nothing_else() {
        let named = |text| person(text).ok();
        assert_eq!(named("external-id=E=1"), Some(Person::ExternalId("E=1".to_owned())));
        assert_eq!(named("email=eva@example.org"), Some(Person::Email("eva@example.org".to_owned())));
        for text in
            ["", "E1", "eva@example.org", "external-id=", "email=", "name=Eva", "EMAIL=eva@example.org"]
        {
            assert_eq!(named(text), None, "{text}");
        }
    }
}
