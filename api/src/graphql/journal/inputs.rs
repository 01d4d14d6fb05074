//! Inputs of the journal.

use async_graphql::{ID, InputObject};
use upskill_domain::app::event_kinds;
use upskill_domain::journal::{self as domain, Subject};
use upskill_domain::kernel::{EmployeeId, ServiceAccountId, split_id};

use crate::graphql::error::ApiError;
use crate::graphql::filter::{OneOf, read_values};
use crate::graphql::id::Id;

/// Which entries to list. Conditions add up.
#[derive(InputObject, Default)]
pub(crate) struct JournalFilter {
    /// Of one of these kinds, such as `organization.role_granted`.
    kind: Option<OneOf<String>>,
    /// About this thing, of whatever type.
    subject_id: Option<ID>,
    /// By this person, or by a service account in their name.
    actor_id: Option<Id<EmployeeId>>,
    /// By this service account, in whoever's name.
    service_account_id: Option<Id<ServiceAccountId>>,
}

impl TryFrom<JournalFilter> for domain::JournalFilter {
    type Error = ApiError;
    fn try_from(filter: JournalFilter) -> Result<Self, ApiError> {
        let subject = filter.subject_id.map(|id| {
            let (kind, id) =
                split_id(&id).map_err(|error| ApiError::bad_input("filter.subjectId", error.to_string()))?;
            Ok::<_, ApiError>(Subject { kind: kind.to_owned(), id })
        });
        let kinds = read_values(filter.kind, known)?;
        Ok(Self {
            kinds,
            subject: subject.transpose()?,
            actor: filter.actor_id.map(|id| id.0),
            account: filter.service_account_id.map(|id| id.0),
        })
    }
}

/// A misspelled kind is refused: an empty answer would say that nothing of the sort ever happened.
fn known(kind: String) -> Result<String, ApiError> {
    if event_kinds().any(|known| known == kind) {
        return Ok(kind);
    }
    let kind: String = kind.chars().take(40).collect();
    let capability = kind.split('.').next().unwrap_or_default();
    let near: Vec<_> = event_kinds().filter(|known| known.split('.').next() == Some(capability)).collect();
    let known = if near.is_empty() { event_kinds().collect() } else { near };
    let message = format!("there is no kind of event '{kind}'; there are: {}", known.join(", "));
    Err(ApiError::bad_input("filter.kind.in", message))
}
