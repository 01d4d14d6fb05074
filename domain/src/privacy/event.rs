//! What happens to what is kept of people. Payloads hold the id and nothing else that could tell who it was.

use serde::Serialize;

use crate::journal::{Event, Subject};
use crate::kernel::EmployeeId;

use super::ErasureGround;

/// An event of this capability.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged, rename_all_fields = "camelCase")]
#[expect(missing_docs, reason = "the fields are the event's words")]
pub enum PrivacyEvent {
    /// Everything about a person was handed out, to them or to HR for them.
    PersonalDataExported { employee: EmployeeId },
    /// A person was erased.
    EmployeeErased { employee: EmployeeId, ground: ErasureGround },
}

impl Event for PrivacyEvent {
    const KINDS: &'static [&'static str] = &["privacy.personal_data_exported", "privacy.employee_erased"];

    fn kind(&self) -> &'static str {
        match self {
            Self::PersonalDataExported { .. } => "privacy.personal_data_exported",
            Self::EmployeeErased { .. } => "privacy.employee_erased",
        }
    }

    fn subject(&self) -> Subject {
        match self {
            Self::PersonalDataExported { employee } | Self::EmployeeErased { employee, .. } => {
                Subject::of(*employee)
            }
        }
    }
}
