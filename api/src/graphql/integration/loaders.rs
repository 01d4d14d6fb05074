//! Service accounts and their secrets, looked up by id.

use upskill_domain::integration::{ClientSecret, ServiceAccount};
use upskill_domain::kernel::ServiceAccountId;

use crate::graphql::loader::loader;

loader! {
    /// Those of the accounts that the actor may see.
    ServiceAccounts: ServiceAccountId => one ServiceAccount, integration.service_accounts_by_id, |account| (account.id, account)
}

loader! {
    /// The secrets of accounts that the actor may see.
    ClientSecrets: ServiceAccountId => all ClientSecret, integration.client_secrets_by_account, |secret| (secret.account, secret)
}
