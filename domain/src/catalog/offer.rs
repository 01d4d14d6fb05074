//! A course as it was offered at one moment.

use serde::{Deserialize, Serialize};

use crate::kernel::{CourseId, Money, ProviderId};

use super::{Course, Provider, ProviderKind, SubjectArea, WeekRange};

/// What a course offered when somebody asked for it (C1).
///
/// Whoever funds a course keeps this, not a reference alone: titles, providers and prices change, and a decision must
/// stay readable as it was taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Offer {
    /// The course.
    pub course: CourseId,
    /// Which of its versions.
    pub course_version: i32,
    /// Its code.
    pub code: String,
    /// Its title.
    pub title: String,
    /// Who offers it.
    pub provider: ProviderId,
    /// Their name.
    pub provider_name: String,
    /// What sort of organization they are.
    pub provider_kind: ProviderKind,
    /// The list price. Unknown is not 0: without a price there must be a quote (C3).
    pub price: Option<Money>,
    /// What it is about.
    pub subject: Option<SubjectArea>,
    /// How long it takes.
    pub duration: Option<WeekRange>,
    /// Hours of work for the learner.
    pub workload_hours: Option<i32>,
    /// Hours of these that the employer gives.
    pub paid_release_hours: Option<i32>,
}

impl Course {
    /// The offer as it stands.
    pub fn offer(&self, provider: &Provider) -> Offer {
        Offer {
            course: self.id,
            course_version: self.version,
            code: self.code.clone(),
            title: self.title.clone(),
            provider: self.provider,
            provider_name: provider.name.clone(),
            provider_kind: provider.kind,
            price: self.price,
            subject: self.subject.clone(),
            duration: self.duration,
            workload_hours: self.workload_hours,
            paid_release_hours: self.paid_release_hours,
        }
    }
}
