//! Inputs of the journal.

use async_graphql::{ID, InputObject};
use upskill_domain::journal::{self as domain, Subject};
use upskill_domain::kernel::{EmployeeId, split_id};

use crate::graphql::error::ApiError;
use crate::graphql::filter::{OneOf, values};
use crate::graphql::id::Id;

/// Which entries to list. Conditions add up.
#[derive(InputObject, Default)]
pub(crate) struct JournalFilter {
    /// Of one of these kinds, such as `organization.role_granted`.
    kind: Option<OneOf<String>>,
    /// About this thing, of whatever type.
    subject_id: Option<ID>,
    /// By this person.
    actor_id: Option<Id<EmployeeId>>,
}

impl TryFrom<JournalFilter> for domain::JournalFilter {
    type Error = ApiError;
    fn try_from(filter: JournalFilter) -> Result<Self, ApiError> {
        let subject = filter.subject_id.map(|id| {
            let (kind, id) =
                split_id(&id).map_err(|error| ApiError::bad_input("filter.subjectId", error.to_string()))?;
            Ok::<_, ApiError>(Subject { kind: kind.to_owned(), id })
        });
        Ok(Self {
            kinds: values(filter.kind, |kind| kind),
            subject: subject.transpose()?,
            actor: filter.actor_id.map(|id| id.0),
        })
    }
}
