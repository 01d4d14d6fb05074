//! Recording what somebody has shown.

use chrono::NaiveDate;
use serde::Serialize;

use crate::access::{Action, Actor};
use crate::app::Keyed;
use crate::journal::IdempotencyKey;
use crate::kernel::{AssessmentId, EnrollmentId, EvidenceId, Failure, Fault, Text};
use crate::learning::assessment::AttemptResult;
use crate::learning::evidence::file_reference;
use crate::learning::{
    Assessment, AssessmentOutcome, Enrollment, Evidence, EvidenceKind, EvidencePlace, EvidenceStatus,
    EvidenceVerdict, Learning, LearningEvent, RecordAssessmentRefusal, SubmitEvidenceRefusal, Verifier,
    VerifyEvidenceRefusal,
};

/// A result to record.
#[derive(Debug, Clone, Serialize)]
pub struct RecordAssessment {
    /// Makes a retry safe.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// In which enrollment.
    pub id: EnrollmentId,
    /// Whether it was passed.
    pub outcome: AssessmentOutcome,
    /// How much of the full score was reached, in basis points.
    pub score: Option<i32>,
    /// The day of the assessment.
    pub assessed_on: NaiveDate,
}

/// Evidence to hand in.
#[derive(Debug, Clone, Serialize)]
pub struct SubmitEvidence {
    /// Makes a retry safe.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// In which enrollment.
    pub id: EnrollmentId,
    /// What it is.
    pub kind: EvidenceKind,
    /// What it is called.
    pub title: String,
    /// Where it lies.
    pub place: EvidencePlace,
}

/// What is made of evidence. Saying the same again changes nothing, so a key for retries is not needed.
#[derive(Debug, Clone)]
pub struct VerifyEvidence {
    /// Which piece.
    pub id: EvidenceId,
    /// Whether it shows what was to be learned.
    pub accepted: bool,
    /// Who stands for it.
    pub verifier: Verifier,
    /// Why; needed for a no.
    pub note: Option<String>,
}

impl Learning<'_> {
    /// Records an attempt at the assessment.
    pub async fn record_assessment(
        self,
        actor: &Actor,
        command: RecordAssessment,
    ) -> Result<(Enrollment, Assessment), Failure<RecordAssessmentRefusal>> {
        let id = self.core.id::<AssessmentId>();
        let mut tx = self.core.store.begin(actor.employer).await?;
        let keyed = Keyed { key: command.key.as_ref(), command: "recordAssessment", input: &command };
        let earlier = self.core.claim::<_, RecordAssessmentRefusal>(&mut *tx, actor, keyed, id).await?;
        let mut enrollment = self.open(&mut *tx, actor, Action::RecordResults, command.id).await?;
        let attempts = tx.assessments_of(enrollment.id).await?;
        if let Some(earlier) = earlier {
            let found = attempts.into_iter().find(|attempt| attempt.id == earlier);
            return Ok((enrollment, found.ok_or_else(|| Fault::not_found(earlier))?));
        }
        let RecordAssessment { outcome, score, assessed_on, .. } = command;
        let employer = tx.employer().await?;
        let at = self.core.clock.now();
        let days = (enrollment.started_at.map(|started| employer.day_of(started)), employer.day_of(at));
        let by = actor.employee();
        enrollment.assess(AttemptResult { outcome, score, assessed_on, by }, days, at)?;
        let attempt = Assessment::next_after(&attempts);
        let enrollment_id = enrollment.id;
        let assessment =
            Assessment { id, enrollment: enrollment_id, attempt, outcome, score, assessed_on, by, at };
        tx.insert_assessment(&assessment).await?;
        tx.save_enrollment(&enrollment).await?;
        let employee = enrollment.employee;
        let event = LearningEvent::AssessmentRecorded { enrollment: enrollment_id, employee, assessment: id };
        self.core.record(&mut *tx, actor, &[event]).await?;
        tx.commit().await?;
        Ok((enrollment, assessment))
    }

    /// Hands evidence in.
    pub async fn submit_evidence(
        self,
        actor: &Actor,
        command: SubmitEvidence,
    ) -> Result<(Enrollment, Evidence), Failure<SubmitEvidenceRefusal>> {
        let id = self.core.id::<EvidenceId>();
        let mut tx = self.core.store.begin(actor.employer).await?;
        let keyed = Keyed { key: command.key.as_ref(), command: "submitEvidence", input: &command };
        let earlier = self.core.claim::<_, SubmitEvidenceRefusal>(&mut *tx, actor, keyed, id).await?;
        let enrollment = self.open(&mut *tx, actor, Action::ManageEnrollments, command.id).await?;
        if let Some(earlier) = earlier {
            let evidence = tx.evidence(earlier).await?.ok_or_else(|| Fault::not_found(earlier))?;
            return Ok((enrollment, evidence));
        }
        let pieces = tx.count_evidence(enrollment.id, None).await?;
        enrollment.check_evidence(pieces)?;
        let title = Text::line(&command.title, Text::NAME).map_err(SubmitEvidenceRefusal::InvalidTitle)?;
        let place = match command.place {
            EvidencePlace::File(reference) => EvidencePlace::File(file_reference(&reference)?),
            link @ EvidencePlace::Link(_) => link,
        };
        let evidence = Evidence {
            id,
            enrollment: enrollment.id,
            kind: command.kind,
            title: title.into_string(),
            place,
            status: EvidenceStatus::Submitted,
            submitted_by: actor.employee(),
            submitted_at: self.core.clock.now(),
            verdict: None,
        };
        tx.save_evidence(&evidence).await?;
        let (enrollment_id, employee) = (enrollment.id, enrollment.employee);
        let event = LearningEvent::EvidenceSubmitted { enrollment: enrollment_id, employee, evidence: id };
        self.core.record(&mut *tx, actor, &[event]).await?;
        tx.commit().await?;
        Ok((enrollment, evidence))
    }

    /// Makes something of evidence.
    pub async fn verify_evidence(
        self,
        actor: &Actor,
        command: VerifyEvidence,
    ) -> Result<(Enrollment, Evidence), Failure<VerifyEvidenceRefusal>> {
        let VerifyEvidence { id, accepted, verifier, note } = command;
        let mut tx = self.core.store.begin(actor.employer).await?;
        // Only the enrollment is locked, so the evidence is read once more when it is.
        let known = tx.evidence(id).await?.ok_or_else(|| Fault::not_found(id))?;
        let opened = self.open(&mut *tx, actor, Action::RecordResults, known.enrollment).await;
        let mut enrollment = opened.map_err(|fault| match fault {
            Fault::NotFound { .. } => Fault::not_found(id),
            other => other,
        })?;
        let mut evidence = tx.evidence(id).await?.ok_or_else(|| Fault::not_found(id))?;
        let note = Text::optional(note.as_deref(), Text::note);
        let note = note.map_err(VerifyEvidenceRefusal::InvalidNote)?;
        let verdict = EvidenceVerdict { verifier, note, by: actor.employee(), at: self.core.clock.now() };
        if enrollment.verify(&mut evidence, accepted, verdict)? {
            tx.save_evidence(&evidence).await?;
            tx.save_enrollment(&enrollment).await?;
            let event = LearningEvent::EvidenceVerified {
                enrollment: enrollment.id,
                employee: enrollment.employee,
                evidence: id,
                accepted,
                verifier,
            };
            self.core.record(&mut *tx, actor, &[event]).await?;
            tx.commit().await?;
        }
        Ok((enrollment, evidence))
    }
}
