//! Programs of the employer's that ask and do things here.
//!
//! * A *service account* is such a program: a name, the scopes that it may use, ACTIVE until it is REVOKED for good.
//! * A *client secret* is how it proves itself at the token endpoint. It has one; while one takes the place of another it has
//!   two, so that nothing stands still meanwhile.
//! * An *access token* is what it sends with its requests for an hour at most. It ends with the secret that it was given for.
//!
//! * I1: scopes are ceilings. What none of them names is closed, also to an account that acts for somebody who may do it.
//! * I2: no account approves anything, whomever it acts for (F12).
//! * I3: secrets and tokens are random, shown once, and kept as digests.
//! * I4: what is taken from an account, it does not have any more with its next request: its status, its scopes and its
//!   secret are asked with the token.
//! * I5: the journal tells the account beside the person in whose name it acted.
//!
//! Locks: the organization for a name, else an account by itself.

mod account;
mod commands;
mod event;
mod ports;
mod queries;
mod secret;
mod token;

pub use account::{
    AccountStatus, ChangeAccountRefusal, CreateAccountRefusal, RevokeAccountRefusal, ServiceAccount,
    ServiceAccountFilter,
};
pub use commands::{
    ChangeServiceAccount, CreateServiceAccount, Integration, IssuedSecret, RotateClientSecret,
    ServiceAccountToChange,
};
pub use event::IntegrationEvent;
pub use ports::{IntegrationReads, IntegrationWrites};
pub use secret::{ClientSecret, Overlap, OverlapError, RotateSecretRefusal};
pub use token::{AccessToken, Client, Granted, RequestToken, TokenRefusal};
