//! A request that is handed back: what an approver wants changed, and the answer of whoever asked.
//!
//! The answer is a new round on the same thread, judged like a submission. The round before ends with it and stays as it
//! was decided.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::journal::Reused;
use crate::kernel::Refusal;

use super::{AskedCourse, FundingRequest, Objection, OutsideCourse, RequestStatus, SubmitRefusal};

/// What an approver wants changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum RequestedChange {
    /// What is said about the course.
    Course,
    /// The price.
    Price,
    /// The budget that is asked.
    Budget,
    /// The program that it is part of.
    Program,
    /// What it is good for.
    Purpose,
    /// Something else; the text says what.
    Other,
}

impl RequestedChange {
    /// Each once, in the order of the list above.
    pub(super) fn in_order(changes: &[Self]) -> Vec<Self> {
        let mut changes = changes.to_vec();
        changes.sort_unstable();
        changes.dedup();
        changes
    }
}

/// Why a request was not answered.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ResubmitRefusal {
    /// Nobody wants it changed.
    #[error("the request is {}; only one that is CHANGES_REQUESTED can be submitted again", .0.name())]
    NotHandedBack(RequestStatus),
    /// Another course is another request.
    #[error(
        "a new round asks for the same course; withdraw this request, and submit one for the other course"
    )]
    OtherCourse,
    /// A rule speaks against it.
    #[error(transparent)]
    Objection(Objection),
    /// The key belongs to another request.
    #[error(transparent)]
    KeyReused(#[from] Reused),
}

impl From<SubmitRefusal> for ResubmitRefusal {
    fn from(refusal: SubmitRefusal) -> Self {
        match refusal {
            SubmitRefusal::Objection(objection) => Self::Objection(objection),
            SubmitRefusal::KeyReused(reused) => Self::KeyReused(reused),
        }
    }
}

impl Refusal for ResubmitRefusal {
    fn field(&self) -> &'static [&'static str] {
        match self {
            // For whom it is was said in the first round.
            Self::NotHandedBack(_)
            | Self::Objection(Objection::UnknownEmployee(_) | Objection::NoApprover(_)) => &["input", "id"],
            Self::OtherCourse => &["input", "course"],
            Self::Objection(objection) => objection.field(),
            Self::KeyReused(_) => &["input", "idempotencyKey"],
        }
    }
}

impl FundingRequest {
    /// The course as it was asked for.
    pub(super) fn asked_course(&self) -> AskedCourse {
        match self.offer.course {
            Some(course) => AskedCourse::Catalog(course),
            None => AskedCourse::Outside(OutsideCourse {
                title: self.offer.title.clone(),
                provider_name: self.offer.provider_name.clone(),
                url: self.offer.url.clone().unwrap_or_default(),
                workload_minutes: self.offer.workload_minutes,
            }),
        }
    }

    /// Makes room for the next round, which asks for a course.
    pub(super) fn give_way(&mut self, to: &AskedCourse, at: DateTime<Utc>) -> Result<(), ResubmitRefusal> {
        if self.status != RequestStatus::ChangesRequested {
            return Err(ResubmitRefusal::NotHandedBack(self.status));
        }
        // An address that cannot be read is told of with everything else that speaks against the round.
        if to.subject().is_some_and(|subject| subject != self.offer.subject()) {
            return Err(ResubmitRefusal::OtherCourse);
        }
        self.ended_at = Some(at);
        self.move_to(RequestStatus::Superseded);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::funding::fixture::{at, id, request};

    fn handed_back() -> FundingRequest {
        FundingRequest { status: RequestStatus::ChangesRequested, ..request(400) }
    }

    #[test]
    fn only_what_was_handed_back_gives_way_to_a_round_for_the_same_course() {
        let mut waiting = request(400);
        let same = waiting.asked_course();
        assert_eq!(
            waiting.give_way(&same, at(60)),
            Err(ResubmitRefusal::NotHandedBack(RequestStatus::Submitted))
        );
        let mut back = handed_back();
        assert_eq!(back.give_way(&AskedCourse::Catalog(id(8)), at(60)), Err(ResubmitRefusal::OtherCourse));
        assert_eq!(back, handed_back());
        assert!(back.status.is_live());
        assert_eq!(back.give_way(&same, at(60)), Ok(()));
        assert_eq!((back.status, back.ended_at, back.version), (RequestStatus::Superseded, Some(at(60)), 2));
        assert!(!back.status.is_live());
    }

    #[test]
    fn changes_are_kept_once_and_in_order() {
        use RequestedChange::{Other, Price, Purpose};
        assert_eq!(RequestedChange::in_order(&[Other, Price, Other, Purpose]), [Price, Purpose, Other]);
    }
}
