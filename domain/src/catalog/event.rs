//! What happens in the catalog.

use serde::Serialize;

use crate::journal::{Event, Subject};
use crate::kernel::{CourseId, Money, ProviderId};

/// An event of this capability.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged, rename_all_fields = "camelCase")]
#[expect(missing_docs, reason = "the fields are the event's words")]
pub enum CatalogEvent {
    /// A provider came into the catalog.
    ProviderCreated { provider: ProviderId, name: String },
    /// What is known of a provider changed.
    ProviderChanged { provider: ProviderId, fields: Vec<&'static str> },
    /// A course came into the catalog.
    CourseCreated { course: CourseId, code: String, title: String, provider: ProviderId },
    /// What is known of a course changed.
    CourseChanged { course: CourseId, fields: Vec<&'static str> },
    /// The list price of a course changed. No price: it is unknown from here on.
    CoursePriced { course: CourseId, price: Option<Money> },
    /// A course was opened to everybody.
    CoursePublished { course: CourseId },
    /// A course was taken off the offer.
    CourseRetired { course: CourseId },
}

impl Event for CatalogEvent {
    const KINDS: &'static [&'static str] = &[
        "catalog.provider_created",
        "catalog.provider_changed",
        "catalog.course_created",
        "catalog.course_changed",
        "catalog.course_priced",
        "catalog.course_published",
        "catalog.course_retired",
    ];

    fn kind(&self) -> &'static str {
        match self {
            Self::ProviderCreated { .. } => "catalog.provider_created",
            Self::ProviderChanged { .. } => "catalog.provider_changed",
            Self::CourseCreated { .. } => "catalog.course_created",
            Self::CourseChanged { .. } => "catalog.course_changed",
            Self::CoursePriced { .. } => "catalog.course_priced",
            Self::CoursePublished { .. } => "catalog.course_published",
            Self::CourseRetired { .. } => "catalog.course_retired",
        }
    }

    fn subject(&self) -> Subject {
        match self {
            Self::ProviderCreated { provider, .. } | Self::ProviderChanged { provider, .. } => {
                Subject::of(*provider)
            }
            Self::CourseCreated { course, .. }
            | Self::CourseChanged { course, .. }
            | Self::CoursePriced { course, .. }
            | Self::CoursePublished { course }
            | Self::CourseRetired { course } => Subject::of(*course),
        }
    }
}
