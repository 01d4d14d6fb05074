//! What the journal tells that is counted.

use chrono::{DateTime, Utc};
use serde::Deserialize;

use crate::journal::{Entry, SealedEntry};
use crate::kernel::{EnrollmentId, Fault, FundingRequestId, LearningTimeId, Money, TypedId};

use super::figures::Measure;

/// Something that is counted, before it is known whom it is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Happening {
    /// Of an enrollment, at an instant.
    Enrollment(EnrollmentId, DateTime<Utc>, Measure),
    /// Of money that was asked for, at an instant.
    Request(FundingRequestId, DateTime<Utc>, Measure),
    /// Time was logged.
    Time(LearningTimeId),
}

/// The details of an entry that matter here.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Details {
    price: Option<Money>,
    amount: Option<Money>,
    learning_time: Option<LearningTimeId>,
}

/// What some entries tell, in their order.
pub(super) fn happenings(entries: &[SealedEntry]) -> Result<Vec<Happening>, Fault> {
    entries.iter().filter_map(|sealed| happening(&sealed.entry).transpose()).collect()
}

fn happening(entry: &Entry) -> Result<Option<Happening>, Fault> {
    let missing = || Fault::inconsistent(format!("journal entry {} lacks what it tells of", entry.id));
    let details = || serde_json::from_str::<Details>(&entry.payload).map_err(|_| missing());
    let enrollment =
        |measure| Happening::Enrollment(EnrollmentId::from_uuid(entry.subject.id), entry.at, measure);
    let request = |money: Money| {
        Happening::Request(FundingRequestId::from_uuid(entry.subject.id), entry.at, Measure::Spent(money))
    };
    Ok(Some(match entry.kind.as_str() {
        "learning.enrolled" => enrollment(Measure::Enrolled),
        "learning.enrollment_completed" => enrollment(Measure::Completed),
        "learning.enrollment_failed" | "learning.enrollment_withdrawn" | "learning.enrollment_expired" => {
            enrollment(Measure::Dropped)
        }
        "learning.time_logged" => Happening::Time(details()?.learning_time.ok_or_else(missing)?),
        "funding.request_settled" => request(details()?.price.ok_or_else(missing)?),
        "funding.request_refunded" | "funding.request_recovered" => {
            let back = details()?.amount.ok_or_else(missing)?;
            request(Money::sum(back.minor().saturating_neg(), back.currency()))
        }
        _ => return Ok(None),
    }))
}
