//! Access tokens: what they are given for, and what they are good for.

use chrono::{DateTime, TimeDelta, Utc};

use crate::access::{AccountScopes, UnknownScope};
use crate::kernel::{
    AccessTokenId, ClientSecretId, Credential, CredentialKind, Digest, EmployerId, Entropy, ServiceAccountId,
};

use super::{ClientSecret, ServiceAccount};

/// How long a token is good for.
const LIFETIME: TimeDelta = TimeDelta::hours(1);

/// A token that was given to a service account, as far as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccessToken {
    /// Its id.
    pub id: AccessTokenId,
    /// Whose it is.
    pub account: ServiceAccountId,
    /// The secret that it was given for, and with which it ends.
    pub secret: ClientSecretId,
    /// The digest of the token.
    pub digest: Digest,
    /// The scopes that were asked for.
    pub scopes: AccountScopes,
    /// When it was given.
    pub created_at: DateTime<Utc>,
    /// When it ends.
    pub expires_at: DateTime<Utc>,
}

/// Whoever asks for a token, and what for. Nothing of it is known to be true.
pub struct RequestToken<'a> {
    /// What says it is the id of a service account.
    pub client_id: &'a str,
    /// What says it is its secret.
    pub secret: &'a str,
    /// The scopes that the token should have; all of the account's where none are named.
    pub scope: Option<&'a str>,
}

/// What is known of a client that asks for a token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Client {
    /// Whose account it is.
    pub employer: EmployerId,
    /// The account.
    pub account: ServiceAccount,
    /// Its secrets.
    pub secrets: Vec<ClientSecret>,
}

/// A token on its way to the client.
#[derive(Debug)]
pub struct Granted {
    /// The token.
    pub credential: Credential,
    /// What is kept of it.
    pub token: AccessToken,
}

/// Why there is no token.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TokenRefusal {
    /// Nobody, or somebody else, or somebody who may not any more: the three are not told apart.
    #[error("there is no active service account with this client id and secret")]
    UnknownClient,
    /// A scope that there is not.
    #[error("the scope is not known: {0}")]
    UnknownScope(#[from] UnknownScope),
    /// A scope that the account does not have.
    #[error("the service account does not have the scope {0}")]
    ScopeNotGranted(AccountScopes),
}

impl TokenRefusal {
    /// Whether the client did not prove to be it; else what it asked for was wrong.
    pub fn is_about_the_client(&self) -> bool {
        *self == Self::UnknownClient
    }
}

impl Client {
    /// A token for who proves to be the client.
    pub(super) fn grant(
        &self,
        asked: &RequestToken<'_>,
        (id, entropy): (AccessTokenId, &Entropy),
        now: DateTime<Utc>,
    ) -> Result<Granted, TokenRefusal> {
        let given = Digest::of(asked.secret);
        let secret = self.secrets.iter().find(|secret| secret.digest == given && secret.holds(now));
        let secret = secret.filter(|_| self.account.is_active()).ok_or(TokenRefusal::UnknownClient)?;
        let named = asked.scope.map(str::parse::<AccountScopes>).transpose()?;
        let scopes = named.filter(|scopes| !scopes.is_empty()).unwrap_or(self.account.scopes);
        let beyond = scopes.without(self.account.scopes);
        if !beyond.is_empty() {
            return Err(TokenRefusal::ScopeNotGranted(beyond));
        }
        let end = now.checked_add_signed(LIFETIME).unwrap_or(now);
        let credential = Credential::new(CredentialKind::AccessToken, entropy);
        let token = AccessToken {
            id,
            account: self.account.id,
            secret: secret.id,
            digest: credential.digest(),
            scopes,
            created_at: now,
            expires_at: secret.ends_at.map_or(end, |secret_ends| end.min(secret_ends)),
        };
        Ok(Granted { credential, token })
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::kernel::TypedId;

    fn id<I: TypedId>(number: u128) -> I {
        I::from_uuid(Uuid::from_u128(number))
    }

    fn client() -> Client {
        let scopes = "roster:read journal:read".parse().expect("scopes");
        let now = DateTime::UNIX_EPOCH;
        let account = ServiceAccount::create(id(1), "HRIS", scopes, (None, now)).expect("an account");
        let secret =
            |number, text| ClientSecret::new(id(number), account.id, Digest::of(text), DateTime::UNIX_EPOCH);
        Client { employer: id(9), secrets: vec![secret(2, "old"), secret(3, "new")], account }
    }

    fn ask(
        client: &Client,
        secret: &str,
        scope: Option<&str>,
        now: i64,
    ) -> Result<AccessToken, TokenRefusal> {
        let asked = RequestToken { client_id: "", secret, scope };
        let now = DateTime::UNIX_EPOCH + TimeDelta::minutes(now);
        client.grant(&asked, (id(4), &Entropy([1; 32])), now).map(|granted| granted.token)
    }

    #[test]
    fn a_token_has_what_was_asked_for_of_what_the_account_has() {
        let client = client();
        let scopes = |scope| ask(&client, "new", scope, 0).map(|token| token.scopes.to_string());
        assert_eq!(scopes(None), Ok("roster:read journal:read".to_owned()));
        assert_eq!(scopes(Some(" ")), Ok("roster:read journal:read".to_owned()));
        assert_eq!(scopes(Some("journal:read")), Ok("journal:read".to_owned()));
        let beyond = "roster:write".parse().expect("scopes");
        assert_eq!(scopes(Some("journal:read roster:write")), Err(TokenRefusal::ScopeNotGranted(beyond)));
        let unknown = UnknownScope("everything".to_owned());
        assert_eq!(scopes(Some("everything")), Err(TokenRefusal::UnknownScope(unknown)));
    }

    #[test]
    fn a_token_ends_after_an_hour_or_with_its_secret() {
        let mut client = client();
        let end = |client: &Client, secret, now| {
            ask(client, secret, None, now).map(|token| token.expires_at.timestamp() / 60)
        };
        assert_eq!(end(&client, "old", 10), Ok(70));
        client.secrets[0].end(DateTime::UNIX_EPOCH + TimeDelta::minutes(30));
        assert_eq!(end(&client, "old", 10), Ok(30));
        assert_eq!(end(&client, "old", 30), Err(TokenRefusal::UnknownClient));
        assert_eq!(end(&client, "new", 30), Ok(90));
    }

    #[test]
    fn who_does_not_prove_to_be_the_client_hears_nothing_of_its_scopes() {
        let mut client = client();
        assert_eq!(ask(&client, "guess", Some("everything"), 0), Err(TokenRefusal::UnknownClient));
        client.account.revoke(DateTime::UNIX_EPOCH).expect("revoked");
        assert_eq!(ask(&client, "new", None, 0), Err(TokenRefusal::UnknownClient));
    }
}
