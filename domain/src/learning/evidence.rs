//! Evidence: what somebody can show, and who has looked at it.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::journal::Reused;
use crate::kernel::{EmployeeId, EnrollmentId, EvidenceId, Refusal, Text, TextError, WebAddress};

use super::{Enrollment, EnrollmentStatus, MilestoneKind};

/// Something that shows what somebody has learned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// Its id.
    pub id: EvidenceId,
    /// In which enrollment.
    pub enrollment: EnrollmentId,
    /// What it is.
    pub kind: EvidenceKind,
    /// What it is called.
    pub title: String,
    /// Where it lies.
    pub place: EvidencePlace,
    /// Whether it was looked at.
    pub status: EvidenceStatus,
    /// Who handed it in, when it was a person.
    pub submitted_by: Option<EmployeeId>,
    /// When it was handed in.
    pub submitted_at: DateTime<Utc>,
    /// What was made of it, once it was looked at.
    pub verdict: Option<EvidenceVerdict>,
}

/// What evidence can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum EvidenceKind {
    /// A certificate, or a digital credential.
    Certificate,
    /// A piece of work.
    WorkSample,
    /// Something else.
    Other,
}

impl EvidenceKind {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::Certificate, Self::WorkSample, Self::Other];

    /// The name in the schema and the database.
    pub fn name(self) -> &'static str {
        match self {
            Self::Certificate => "CERTIFICATE",
            Self::WorkSample => "WORK_SAMPLE",
            Self::Other => "OTHER",
        }
    }

    /// The kind with this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// Where evidence lies. It is never fetched from here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub enum EvidencePlace {
    /// On the web.
    Link(WebAddress),
    /// In the employer's store of files, under this reference.
    File(String),
}

/// Whether evidence was looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum EvidenceStatus {
    /// Not yet.
    Submitted,
    /// It shows what was to be learned.
    Accepted,
    /// It does not.
    Rejected,
}

impl EvidenceStatus {
    /// Every status.
    pub const ALL: [Self; 3] = [Self::Submitted, Self::Accepted, Self::Rejected];

    /// The name in the schema and the database.
    pub fn name(self) -> &'static str {
        match self {
            Self::Submitted => "SUBMITTED",
            Self::Accepted => "ACCEPTED",
            Self::Rejected => "REJECTED",
        }
    }

    /// The status with this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.name() == name)
    }
}

/// Who stands for it that evidence was looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Verifier {
    /// The provider of the course.
    Provider,
    /// A mentor.
    Mentor,
    /// HR.
    Hr,
}

impl Verifier {
    /// Every verifier.
    pub const ALL: [Self; 3] = [Self::Provider, Self::Mentor, Self::Hr];

    /// The name in the schema and the database.
    pub fn name(self) -> &'static str {
        match self {
            Self::Provider => "PROVIDER",
            Self::Mentor => "MENTOR",
            Self::Hr => "HR",
        }
    }

    /// The verifier with this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|verifier| verifier.name() == name)
    }
}

/// What was made of evidence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EvidenceVerdict {
    /// Who stands for it.
    pub verifier: Verifier,
    /// Why, in words.
    pub note: Option<String>,
    /// Who recorded it, when it was a person.
    pub by: Option<EmployeeId>,
    /// When it was recorded.
    pub at: DateTime<Utc>,
}

/// Why evidence was not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SubmitEvidenceRefusal {
    /// The course does not run.
    #[error("the enrollment is {}; evidence is handed in while it is ACTIVE or IN_ASSESSMENT", .0.name())]
    NotRunning(EnrollmentStatus),
    /// The title cannot be taken.
    #[error("the title {0}")]
    InvalidTitle(TextError),
    /// The reference cannot be taken.
    #[error("the file reference {0}")]
    InvalidFile(TextError),
    /// There is a lot already.
    #[error("{MOST} pieces of evidence are handed in already, which is the most")]
    TooMany,
    /// The key belongs to another request.
    #[error(transparent)]
    KeyReused(#[from] Reused),
}

impl Refusal for SubmitEvidenceRefusal {
    fn field(&self) -> &'static [&'static str] {
        match self {
            Self::NotRunning(_) | Self::TooMany => &["input", "id"],
            Self::InvalidTitle(_) => &["input", "title"],
            Self::InvalidFile(_) => &["input", "place", "fileReference"],
            Self::KeyReused(_) => &["input", "idempotencyKey"],
        }
    }
}

/// Why nothing was made of evidence.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum VerifyEvidenceRefusal {
    /// Looked at already, and with another outcome.
    #[error("the evidence is {} already; hand in another piece", .0.name())]
    Decided(EvidenceStatus),
    /// Somebody's own.
    #[error("nobody verifies their own evidence; somebody else who may can do it")]
    Own,
    /// The course does not run.
    #[error("the enrollment is {}; evidence is verified while it is ACTIVE or IN_ASSESSMENT", .0.name())]
    NotRunning(EnrollmentStatus),
    /// No reason for a no.
    #[error("say why the evidence is rejected")]
    NoteNeeded,
    /// The note cannot be taken.
    #[error("the note {0}")]
    InvalidNote(TextError),
}

impl Refusal for VerifyEvidenceRefusal {
    fn field(&self) -> &'static [&'static str] {
        match self {
            Self::Decided(_) | Self::Own | Self::NotRunning(_) => &["input", "id"],
            Self::NoteNeeded | Self::InvalidNote(_) => &["input", "note"],
        }
    }
}

/// Pieces of evidence that one enrollment may have.
pub(super) const MOST: u64 = 50;

/// A reference to a file, in a line.
pub(super) fn file_reference(text: &str) -> Result<String, SubmitEvidenceRefusal> {
    Text::line(text, 500).map(Text::into_string).map_err(SubmitEvidenceRefusal::InvalidFile)
}

impl Enrollment {
    /// Whether evidence may be handed in, of which there is so much already.
    pub(super) fn check_evidence(&self, handed_in: u64) -> Result<(), SubmitEvidenceRefusal> {
        if !self.status.is_running() {
            return Err(SubmitEvidenceRefusal::NotRunning(self.status));
        }
        if handed_in >= MOST { Err(SubmitEvidenceRefusal::TooMany) } else { Ok(()) }
    }

    /// Something is made of evidence. Whether that is news: saying the same again changes nothing (L3).
    pub(super) fn verify(
        &mut self,
        evidence: &mut Evidence,
        accepted: bool,
        verdict: EvidenceVerdict,
    ) -> Result<bool, VerifyEvidenceRefusal> {
        let status = if accepted { EvidenceStatus::Accepted } else { EvidenceStatus::Rejected };
        if evidence.status == status {
            return Ok(false);
        }
        if evidence.status != EvidenceStatus::Submitted {
            return Err(VerifyEvidenceRefusal::Decided(evidence.status));
        }
        if verdict.by == Some(self.employee) {
            return Err(VerifyEvidenceRefusal::Own);
        }
        if !self.status.is_running() {
            return Err(VerifyEvidenceRefusal::NotRunning(self.status));
        }
        if !accepted && verdict.note.is_none() {
            return Err(VerifyEvidenceRefusal::NoteNeeded);
        }
        if accepted && evidence.kind == EvidenceKind::Certificate {
            self.mark(MilestoneKind::Certificate, verdict.at);
        }
        (evidence.status, evidence.verdict) = (status, Some(verdict));
        self.touch();
        Ok(true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::TypedId;
    use crate::learning::enrollment::fixture::{active, at, planned};
    use uuid::Uuid;

    fn certificate() -> Evidence {
        Evidence {
            id: EvidenceId::from_uuid(Uuid::from_u128(1)),
            enrollment: active().id,
            kind: EvidenceKind::Certificate,
            title: "Certificate".to_owned(),
            place: EvidencePlace::File("archive/1".to_owned()),
            status: EvidenceStatus::Submitted,
            submitted_by: None,
            submitted_at: at(2),
            verdict: None,
        }
    }

    fn verdict(by: u128, note: Option<&str>) -> EvidenceVerdict {
        let by = Some(EmployeeId::from_uuid(Uuid::from_u128(by)));
        EvidenceVerdict { verifier: Verifier::Hr, note: note.map(str::to_owned), by, at: at(3) }
    }

    #[test]
    fn names_read_back() {
        assert!(EvidenceKind::ALL.into_iter().all(|kind| EvidenceKind::named(kind.name()) == Some(kind)));
        let mut statuses = EvidenceStatus::ALL.into_iter();
        assert!(statuses.all(|status| EvidenceStatus::named(status.name()) == Some(status)));
        assert!(Verifier::ALL.into_iter().all(|who| Verifier::named(who.name()) == Some(who)));
    }

    #[test]
    fn nobody_verifies_their_own_evidence() {
        let (mut enrollment, mut evidence) = (active(), certificate());
        let refused = enrollment.verify(&mut evidence, true, verdict(2, None));
        assert_eq!(refused, Err(VerifyEvidenceRefusal::Own));
        assert_eq!((enrollment, evidence), (active(), certificate()));
    }

    #[test]
    fn l3_a_verdict_stays() {
        let (mut enrollment, mut evidence) = (active(), certificate());
        assert_eq!(enrollment.verify(&mut evidence, true, verdict(3, None)), Ok(true));
        assert!(enrollment.has_reached(MilestoneKind::Certificate));
        let accepted = (enrollment.clone(), evidence.clone());
        assert_eq!(enrollment.verify(&mut evidence, true, verdict(4, None)), Ok(false));
        let other = enrollment.verify(&mut evidence, false, verdict(4, Some("no")));
        assert_eq!(other, Err(VerifyEvidenceRefusal::Decided(EvidenceStatus::Accepted)));
        assert_eq!((enrollment, evidence), accepted);
    }

    #[test]
    fn a_no_needs_a_reason_and_shows_nothing() {
        let (mut enrollment, mut evidence) = (active(), certificate());
        let refused = enrollment.verify(&mut evidence, false, verdict(3, None));
        assert_eq!(refused, Err(VerifyEvidenceRefusal::NoteNeeded));
        assert_eq!(enrollment.verify(&mut evidence, false, verdict(3, Some("another course"))), Ok(true));
        assert!(!enrollment.has_reached(MilestoneKind::Certificate));
    }

    #[test]
    fn evidence_is_handed_in_while_the_course_runs() {
        assert_eq!(active().check_evidence(MOST - 1), Ok(()));
        assert_eq!(active().check_evidence(MOST), Err(SubmitEvidenceRefusal::TooMany));
        let not_running = SubmitEvidenceRefusal::NotRunning(EnrollmentStatus::Planned);
        assert_eq!(planned().check_evidence(0), Err(not_running));
    }
}
