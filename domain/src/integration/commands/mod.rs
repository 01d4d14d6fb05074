//! Keeping service accounts, and giving them tokens.

mod accounts;
mod secrets;
mod tokens;

use crate::app::Core;
use crate::kernel::Credential;

use super::ServiceAccount;

pub use accounts::{ChangeServiceAccount, CreateServiceAccount, ServiceAccountToChange};
pub use secrets::RotateClientSecret;

/// The use cases of integration.
#[derive(Clone, Copy)]
pub struct Integration<'a> {
    pub(super) core: &'a Core,
}

/// A secret on its way to whoever asked for it.
#[derive(Debug)]
pub struct IssuedSecret {
    /// Whose it is.
    pub account: ServiceAccount,
    /// The secret; none where the request was carried out before, since it was shown then.
    pub secret: Option<Credential>,
}

impl<'a> Integration<'a> {
    pub(crate) fn new(core: &'a Core) -> Self {
        Self { core }
    }
}
