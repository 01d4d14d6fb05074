//! Taking completions that other systems tell of.

use std::collections::HashMap;

use crate::access::{Action, Actor, policy};
use crate::catalog::{Course, CourseStatus};
use crate::funding::{Funding, PriceKnown};
use crate::journal::fingerprint;
use crate::kernel::{AssessmentId, EmployeeId, EnrollmentId, EvidenceId, Failure, Fault, ImportFate, Text};
use crate::learning::completion::{MOST, Span, ToldCompletion};
use crate::learning::{
    Assessment, AssessmentOutcome, CompletionLine, CompletionRowProblem, Enrollment, Evidence, EvidenceKind,
    EvidencePlace, EvidenceStatus, EvidenceVerdict, ImportCompletionsRefusal, KnownCompletion, Learning,
    LearningEvent, TakenCourse, Verifier,
};
use crate::organization::Employer;
use crate::store::UnitOfWork;

use super::ending::committed;

/// Completions as another system tells of them: what can be taken of them.
#[derive(Debug, Clone, Default)]
pub struct ImportCompletions {
    /// The name of the other system: external ids are its own.
    pub source: String,
    /// The rows.
    pub lines: Vec<CompletionLine>,
    /// Decide and report everything, write nothing.
    pub dry_run: bool,
}

/// What became of every row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CompletionReport {
    /// Whether nothing was written because the caller asked for a dry run.
    pub dry_run: bool,
    /// A result for every row, in the order of the rows.
    pub rows: Vec<CompletionResult>,
}

/// What became of one row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CompletionResult {
    /// The line in the file.
    pub line: u32,
    /// By what the other system knows the completion.
    pub label: String,
    /// What became of it, or why it was not taken. In a dry run the id of an enrollment that would be made is nobody's.
    pub outcome: Result<(ImportFate, EnrollmentId), CompletionRowProblem>,
}

/// What somebody has completed, with the enrollment that it is about.
struct Found {
    employer: Employer,
    span: Span,
    fate: ImportFate,
    enrollment: Enrollment,
}

impl Learning<'_> {
    /// Takes completions that another system tells of, each in a transaction of its own: one that is not taken undoes none
    /// of the others, and an import that is cut short goes on where it stood when it is sent again.
    pub async fn import_completions(
        self,
        actor: &Actor,
        command: ImportCompletions,
    ) -> Result<CompletionReport, Failure<ImportCompletionsRefusal>> {
        policy::require(actor, Action::RecordResults, &[])?;
        let ImportCompletions { source, lines, dry_run } = command;
        if !(1..=MOST).contains(&lines.len()) {
            return Err(ImportCompletionsRefusal::WrongNumber(lines.len()).into());
        }
        let source = Text::line(&source, 100).map_err(ImportCompletionsRefusal::InvalidSource)?;
        let mut first = HashMap::new();
        let mut rows = Vec::with_capacity(lines.len());
        for line in &lines {
            let outcome = match line.told() {
                Err(problem) => Err(problem),
                Ok(told) => match *first.entry(told.external_id.clone()).or_insert(line.line) {
                    earlier if earlier != line.line => Err(CompletionRowProblem::Duplicate(earlier)),
                    _ => match self.take(actor, (source.as_str(), &told), dry_run).await {
                        Ok(taken) => Ok(taken),
                        Err(Failure::Refused(problem)) => Err(problem),
                        Err(Failure::Fault(Fault::Conflict(message))) => {
                            Err(CompletionRowProblem::Busy(message))
                        }
                        Err(Failure::Fault(fault)) => return Err(fault.into()),
                    },
                },
            };
            rows.push(CompletionResult { line: line.line, label: line.label(), outcome });
        }
        Ok(CompletionReport { dry_run, rows })
    }

    /// Takes one completion, unless it was taken before.
    async fn take(
        self,
        actor: &Actor,
        (source, told): (&str, &ToldCompletion),
        dry_run: bool,
    ) -> Result<(ImportFate, EnrollmentId), Failure<CompletionRowProblem>> {
        let mut tx = self.core.store.begin(actor.employer).await?;
        let print = fingerprint("importCompletions", told);
        if let Some(known) = tx.known_completion(source, &told.external_id).await? {
            let same = known.fingerprint == print;
            let again = (ImportFate::Unchanged, known.enrollment);
            return if same { Ok(again) } else { Err(CompletionRowProblem::ExternalIdReused.into()) };
        }
        let Found { employer, span, fate, mut enrollment } = self.find(&mut *tx, actor, told).await?;
        let was_passed = enrollment.is_passed();
        enrollment.complete_by_report(told, span);
        self.settle_told(&mut *tx, actor, &enrollment, (source, told)).await?;
        let mut events = Vec::new();
        if fate == ImportFate::Created {
            if !tx.insert_enrollments(std::slice::from_ref(&enrollment)).await? {
                return Err(busy().into());
            }
            events.push(enrolled(&enrollment));
        } else {
            tx.save_enrollment(&enrollment).await?;
        }
        if told.is_assessed() && !was_passed {
            events.push(self.keep_result(&mut *tx, actor, &enrollment, (told, &employer)).await?);
        }
        if told.certificate.is_some() {
            events.extend(self.keep_certificate(&mut *tx, actor, &enrollment, told).await?);
        }
        let days = (told.completed_on, employer.day_of(self.core.clock.now()));
        self.schedule_follow_ups(&mut *tx, &enrollment, days).await?;
        let Enrollment { id, employee, .. } = enrollment;
        events.push(LearningEvent::Completed { enrollment: id, employee, course: enrollment.taken.course });
        let (source, external_id) = (source.to_owned(), told.external_id.clone());
        let known = KnownCompletion { source, external_id, fingerprint: print, enrollment: id };
        if !tx.insert_known_completion(&known).await? {
            return Err(busy().into());
        }
        self.core.record(&mut *tx, actor, &events).await?;
        self.raise_skills(&mut *tx, actor, &enrollment, told.completed_on).await?;
        if !dry_run {
            tx.commit().await?;
        }
        Ok((fate, id))
    }

    /// The enrollment that a completion is about: the live one of the person in the course, or one of the past.
    async fn find(
        self,
        tx: &mut dyn UnitOfWork,
        actor: &Actor,
        told: &ToldCompletion,
    ) -> Result<Found, Failure<CompletionRowProblem>> {
        let employee = learner(tx, &told.employee).await?;
        if actor.employee() == Some(employee) {
            return Err(CompletionRowProblem::Own.into());
        }
        let course = offered(tx, &told.course).await?;
        let employer = tx.employer().await?;
        let span = told.span(&employer, self.core.clock.now())?;
        if let Some(live) = tx.live_enrollment(employee, &course.id.to_string()).await? {
            let enrollment = tx.lock_enrollment(live).await?.ok_or_else(|| Fault::not_found(live))?;
            // Whoever held it until now may have ended it.
            if !enrollment.status.is_live() {
                return Err(busy().into());
            }
            return Ok(Found { employer, span, fate: ImportFate::Updated, enrollment });
        }
        let provider = tx.providers(&[course.provider]).await?.pop();
        let provider =
            provider.ok_or_else(|| Fault::inconsistent(format!("{} has no provider", course.id)))?;
        let starts_on = told.started_on.unwrap_or(told.completed_on);
        let who = (self.core.id::<EnrollmentId>(), employee);
        let enrollment =
            Enrollment::of_the_past(who, TakenCourse::of_course(&course, &provider), (starts_on, span));
        Ok(Found { employer, span, fate: ImportFate::Created, enrollment })
    }

    /// Settles what is committed for the enrollment, at that price (L2). A certificate is what an approval asks to be shown.
    async fn settle_told(
        self,
        tx: &mut dyn UnitOfWork,
        actor: &Actor,
        enrollment: &Enrollment,
        (source, told): (&str, &ToldCompletion),
    ) -> Result<(), Failure<CompletionRowProblem>> {
        let Some(request) = committed(tx, enrollment).await? else { return Ok(()) };
        let proof =
            told.certificate.as_ref().map(|_| format!("Certificate {} of {source}", told.external_id));
        let known = PriceKnown { price: request.promised(), invoice_number: None, proof };
        match Funding::new(self.core).settle_within(tx, actor, request, known).await {
            Ok(_) => Ok(()),
            Err(Failure::Refused(refusal)) => {
                Err(CompletionRowProblem::NotSettled(refusal.to_string()).into())
            }
            Err(Failure::Fault(fault)) => Err(fault.into()),
        }
    }

    async fn keep_result(
        self,
        tx: &mut dyn UnitOfWork,
        actor: &Actor,
        enrollment: &Enrollment,
        (told, employer): (&ToldCompletion, &Employer),
    ) -> Result<LearningEvent, Fault> {
        let attempts = tx.assessments_of(enrollment.id).await?;
        let started_on = enrollment.started_at.map(|started| employer.day_of(started));
        let assessment = Assessment {
            id: self.core.id::<AssessmentId>(),
            enrollment: enrollment.id,
            attempt: Assessment::next_after(&attempts),
            outcome: AssessmentOutcome::Passed,
            score: told.score,
            assessed_on: started_on.map_or(told.completed_on, |started| told.completed_on.max(started)),
            by: actor.employee(),
            at: self.core.clock.now(),
        };
        tx.insert_assessment(&assessment).await?;
        let (enrollment, employee) = (enrollment.id, enrollment.employee);
        Ok(LearningEvent::AssessmentRecorded { enrollment, employee, assessment: assessment.id })
    }

    async fn keep_certificate(
        self,
        tx: &mut dyn UnitOfWork,
        actor: &Actor,
        enrollment: &Enrollment,
        told: &ToldCompletion,
    ) -> Result<Vec<LearningEvent>, Fault> {
        let Some(address) = told.certificate.clone() else { return Ok(Vec::new()) };
        let (by, at, verifier) = (actor.employee(), self.core.clock.now(), Verifier::Provider);
        let evidence = Evidence {
            id: self.core.id::<EvidenceId>(),
            enrollment: enrollment.id,
            kind: EvidenceKind::Certificate,
            title: enrollment.taken.title.clone(),
            place: EvidencePlace::Link(address),
            status: EvidenceStatus::Accepted,
            submitted_by: by,
            submitted_at: at,
            verdict: Some(EvidenceVerdict { verifier, note: None, by, at }),
        };
        tx.save_evidence(&evidence).await?;
        let (enrollment, employee, evidence) = (enrollment.id, enrollment.employee, evidence.id);
        Ok(vec![
            LearningEvent::EvidenceSubmitted { enrollment, employee, evidence },
            LearningEvent::EvidenceVerified { enrollment, employee, evidence, accepted: true, verifier },
        ])
    }
}

/// Whoever has an external id, whether they are still here or not.
async fn learner(
    tx: &mut dyn UnitOfWork,
    external_id: &str,
) -> Result<EmployeeId, Failure<CompletionRowProblem>> {
    let ids = [external_id.to_owned()];
    let people = tx.employees_touched(&ids, &[]).await?;
    let person = people.iter().find(|person| person.colleague.external_id == external_id);
    let unknown = || CompletionRowProblem::UnknownEmployee(external_id.to_owned());
    Ok(person.ok_or_else(unknown)?.id())
}

/// The course with a code, locked, that is or was offered.
async fn offered(tx: &mut dyn UnitOfWork, code: &str) -> Result<Course, Failure<CompletionRowProblem>> {
    let course = tx.lock_courses_by_code(&[code.to_owned()]).await?.pop();
    let course = course.filter(|course| course.status != CourseStatus::Draft);
    Ok(course.ok_or_else(|| CompletionRowProblem::UnknownCourse(code.to_owned()))?)
}

fn enrolled(enrollment: &Enrollment) -> LearningEvent {
    LearningEvent::Enrolled {
        enrollment: enrollment.id,
        employee: enrollment.employee,
        course: enrollment.taken.course,
        request: enrollment.request,
        program: enrollment.program,
        starts_on: enrollment.starts_on,
    }
}

fn busy() -> CompletionRowProblem {
    CompletionRowProblem::Busy("somebody else changes the same enrollment now; send the row again".to_owned())
}
