//! What access needs to know of the stored organization.

use async_trait::async_trait;

use crate::kernel::{Digest, EmployeeId, EmployerId, Fault};

use super::{AccountFacts, ActorFacts, Person, Roles};

/// Reads for identification. They are the only reads without a scope, because they produce it.
#[async_trait]
pub trait AccessReads: Send + Sync {
    /// The person whom a token names, within the employer with this slug. `None` when either is unknown, or when an
    /// e-mail address names more than one person who has not left. Who has left is named only when nobody else is.
    async fn actor(&self, employer_slug: &str, person: &Person) -> Result<Option<ActorFacts>, Fault>;

    /// The service account that a token of this digest was given to, with the person whom its request names, if it names one
    /// as above.
    async fn account(&self, token: &Digest, person: Option<&Person>) -> Result<Option<AccountFacts>, Fault>;

    /// The roles that follow from facts: has reports, heads a department, owns a budget.
    async fn derived_roles(&self, employer: EmployerId, employee: EmployeeId) -> Result<Roles, Fault>;
}
