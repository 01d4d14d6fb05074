//! Enrollments to test with.

use chrono::{DateTime, Duration, NaiveDate, Utc};
use uuid::Uuid;

use super::{Enrollment, Place};
use crate::kernel::TypedId;
use crate::learning::{MilestoneKind, NamedMilestone, TakenCourse};

pub(in crate::learning) fn day(text: &str) -> NaiveDate {
    text.parse().unwrap_or_else(|error| panic!("{text}: {error}"))
}

pub(in crate::learning) fn at(second: i64) -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + Duration::seconds(second)
}

fn id<I: TypedId>(number: u128) -> I {
    I::from_uuid(Uuid::from_u128(number))
}

/// A place from the second of March on, as somebody asks for it.
pub(super) fn place(ends_on: Option<&str>) -> Place {
    Place {
        id: id(1),
        employee: id(2),
        taken: TakenCourse {
            course: None,
            subject: "example.org/cloud".to_owned(),
            title: "Cloud".to_owned(),
            provider_name: "Example College".to_owned(),
            url: Some("https://example.org/cloud".to_owned()),
            workload_minutes: Some(600),
            duration_weeks: None,
        },
        request: None,
        program: None,
        days: (day("2026-03-02"), ends_on.map(day)),
        refunds: Vec::new(),
        milestones: Vec::new(),
    }
}

pub(in crate::learning) fn planned() -> Enrollment {
    Enrollment::planned(place(None), at(0)).unwrap_or_else(|refusal| panic!("{refusal}"))
}

pub(in crate::learning) fn active() -> Enrollment {
    let mut enrollment = planned();
    enrollment.start(day("2026-03-02"), at(1)).unwrap_or_else(|refusal| panic!("{refusal}"));
    enrollment
}

/// A part that every course has.
pub(in crate::learning) fn part(kind: MilestoneKind) -> NamedMilestone {
    NamedMilestone { kind, name: None }
}
