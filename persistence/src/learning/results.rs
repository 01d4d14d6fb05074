//! Results and evidence: from rows to the domain's values, and back.

use sea_orm::ActiveValue::Set;
use sea_orm::ConnectionTrait;
use sea_orm::sea_query::{Expr, ExprTrait, Order, Query, SelectStatement};
use upskill_domain::access::Scope;
use upskill_domain::kernel::{EmployerId, EnrollmentId, Fault, TypedId, WebAddress};
use upskill_domain::learning::{
    Assessment, AssessmentOutcome, EnrollmentStatus, Evidence, EvidenceKind, EvidencePlace, EvidenceStatus,
    EvidenceVerdict, KnownCompletion, Verifier,
};
use uuid::Uuid;

use super::entity::{assessment, evidence, told_completion};
use super::visible::keep_own;
use crate::row::{self, Cells, Record};

impl Record for Assessment {
    type Entity = assessment::Entity;
    const COLUMNS: &'static [assessment::Column] = {
        use assessment::Column as C;
        &[C::Id, C::EnrollmentId, C::Attempt, C::Outcome, C::Score, C::AssessedOn, C::ById, C::At]
    };

    fn read(cells: &mut Cells<'_>) -> Result<Self, Fault> {
        Ok(Self {
            id: cells.id()?,
            enrollment: cells.id()?,
            attempt: cells.take()?,
            outcome: cells.word(AssessmentOutcome::named)?,
            score: cells.take()?,
            assessed_on: cells.take()?,
            by: cells.id_or_none()?,
            at: cells.take()?,
        })
    }
}

impl Record for Evidence {
    type Entity = evidence::Entity;
    const COLUMNS: &'static [evidence::Column] = {
        use evidence::Column as C;
        &[
            C::Id,
            C::EnrollmentId,
            C::Kind,
            C::Title,
            C::Url,
            C::FileReference,
            C::Status,
            C::SubmittedById,
            C::SubmittedAt,
            C::Verifier,
            C::Note,
            C::VerifiedById,
            C::VerifiedAt,
        ]
    };

    fn read(cells: &mut Cells<'_>) -> Result<Self, Fault> {
        Ok(Self {
            id: cells.id()?,
            enrollment: cells.id()?,
            kind: cells.word(EvidenceKind::named)?,
            title: cells.take()?,
            place: place(cells)?,
            status: cells.word(EvidenceStatus::named)?,
            submitted_by: cells.id_or_none()?,
            submitted_at: cells.take()?,
            verdict: verdict(cells)?,
        })
    }
}

impl Record for KnownCompletion {
    type Entity = told_completion::Entity;
    const COLUMNS: &'static [told_completion::Column] = {
        use told_completion::Column as C;
        &[C::Source, C::ExternalId, C::Fingerprint, C::Id]
    };

    fn read(cells: &mut Cells<'_>) -> Result<Self, Fault> {
        Ok(Self {
            source: cells.take()?,
            external_id: cells.take()?,
            fingerprint: cells.take()?,
            enrollment: cells.id()?,
        })
    }
}

fn place(cells: &mut Cells<'_>) -> Result<EvidencePlace, Fault> {
    let link = cells.read_or_none(WebAddress::parse)?;
    let file: Option<String> = cells.take()?;
    let place = link.map(EvidencePlace::Link).or(file.map(EvidencePlace::File));
    place.ok_or_else(|| Fault::inconsistent("evidence that lies nowhere"))
}

fn verdict(cells: &mut Cells<'_>) -> Result<Option<EvidenceVerdict>, Fault> {
    let (verifier, note) = (cells.word_or_none(Verifier::named)?, cells.take()?);
    let (by, at) = (cells.id_or_none()?, cells.take()?);
    Ok(verifier.zip(at).map(|(verifier, at)| EvidenceVerdict { verifier, note, by, at }))
}

pub(super) fn assessment_row(employer: Uuid, assessment: &Assessment) -> assessment::ActiveModel {
    assessment::ActiveModel {
        employer_id: Set(employer),
        id: Set(assessment.id.uuid()),
        enrollment_id: Set(assessment.enrollment.uuid()),
        attempt: Set(assessment.attempt),
        outcome: Set(assessment.outcome.name().to_owned()),
        score: Set(assessment.score),
        assessed_on: Set(assessment.assessed_on),
        by_id: Set(assessment.by.map(TypedId::uuid)),
        at: Set(assessment.at),
    }
}

pub(super) fn evidence_row(employer: Uuid, evidence: &Evidence) -> evidence::ActiveModel {
    let (url, file_reference) = match &evidence.place {
        EvidencePlace::Link(address) => (Some(address.to_string()), None),
        EvidencePlace::File(reference) => (None, Some(reference.clone())),
    };
    let verdict = evidence.verdict.as_ref();
    evidence::ActiveModel {
        employer_id: Set(employer),
        id: Set(evidence.id.uuid()),
        enrollment_id: Set(evidence.enrollment.uuid()),
        kind: Set(evidence.kind.name().to_owned()),
        title: Set(evidence.title.clone()),
        url: Set(url),
        file_reference: Set(file_reference),
        status: Set(evidence.status.name().to_owned()),
        submitted_by_id: Set(evidence.submitted_by.map(TypedId::uuid)),
        submitted_at: Set(evidence.submitted_at),
        verifier: Set(verdict.map(|verdict| verdict.verifier.name().to_owned())),
        note: Set(verdict.and_then(|verdict| verdict.note.clone())),
        verified_by_id: Set(verdict.and_then(|verdict| verdict.by).map(TypedId::uuid)),
        verified_at: Set(verdict.map(|verdict| verdict.at)),
    }
}

pub(super) fn told_completion_row(employer: Uuid, known: &KnownCompletion) -> told_completion::ActiveModel {
    told_completion::ActiveModel {
        employer_id: Set(employer),
        id: Set(known.enrollment.uuid()),
        source: Set(known.source.clone()),
        external_id: Set(known.external_id.clone()),
        fingerprint: Set(known.fingerprint.clone()),
    }
}

/// Attempts within the scope, those of each enrollment in their order.
pub(super) fn assessments(scope: Scope) -> SelectStatement {
    let mut select = row::select::<Assessment>("a", scope.employer.uuid());
    keep_own_of(&mut select, ("a", "enrollment_id"), scope);
    select.order_by(("a", "attempt"), Order::Asc);
    select
}

/// Evidence within the scope, in the order in which it was handed in.
pub(super) fn evidence(scope: Scope) -> SelectStatement {
    let mut select = row::select::<Evidence>("v", scope.employer.uuid());
    keep_own_of(&mut select, ("v", "enrollment_id"), scope);
    select.order_by(("v", "submitted_at"), Order::Asc).order_by(("v", "id"), Order::Asc);
    select
}

/// Keeps what belongs to the person's own enrollments.
pub(super) fn keep_own_of(
    select: &mut SelectStatement,
    enrollment: (&'static str, &'static str),
    scope: Scope,
) {
    if scope == Scope::all(scope.employer) {
        return;
    }
    let mut own = Query::select();
    own.expr(Expr::val(1))
        .from_as("enrollment", "e")
        .and_where(Expr::col(("e", "employer_id")).eq(scope.employer.uuid()))
        .and_where(Expr::col(("e", "id")).equals(enrollment));
    keep_own(&mut own, "e", scope);
    select.and_where(Expr::exists(own));
}

/// Enrollments beyond one whose last day is over, unless somebody waits for their result.
pub(super) async fn to_end(
    on: &impl ConnectionTrait,
    employer: EmployerId,
    today: chrono::NaiveDate,
    beyond: Option<EnrollmentId>,
    limit: u32,
) -> Result<Vec<EnrollmentId>, Fault> {
    let waits = EnrollmentStatus::InAssessment;
    let live = EnrollmentStatus::ALL.into_iter().filter(|status| status.is_live() && *status != waits);
    let mut select = Query::select();
    select
        .column("id")
        .from("enrollment")
        .and_where(Expr::col("employer_id").eq(employer.uuid()))
        .and_where(Expr::col("status").is_in(live.map(EnrollmentStatus::name)))
        .and_where(Expr::col("resumes_as").is_null().or(Expr::col("resumes_as").ne(waits.name())))
        .and_where(Expr::col("ends_on").lt(today))
        .order_by("id", Order::Asc)
        .limit(u64::from(limit));
    if let Some(beyond) = beyond {
        select.and_where(Expr::col("id").gt(beyond.uuid()));
    }
    row::ids(on, &select).await
}
