//! Taking completions that other systems tell of.

use async_graphql::{Context, Enum, ID, Object, SimpleObject};
use upskill_domain::access::Action;
use upskill_domain::kernel::ImportFate;
use upskill_domain::learning::{self as domain, CompletionRowProblem, ImportCompletionsRefusal};

use crate::graphql::context::RequestContext;
use crate::graphql::error::{Isolated, isolated};
use crate::graphql::id::wire;
use crate::graphql::learning::inputs::ImportCompletionsInput;
use crate::graphql::personal::{DataClass, personal, who};
use crate::graphql::refusal::{answered, user_errors};

/// The mutation that takes completions.
#[derive(Default)]
pub(crate) struct CompletionMutations;

#[Object]
impl CompletionMutations {
    /// Takes completions that another system tells of, each by its external id and in a transaction of its own, and reports
    /// every row. The live enrollment of the person in the course is completed by it, with all that comes with that:
    /// committed money is settled, follow-ups are scheduled. Where there is none, one is made that is completed. Repeating
    /// an import changes nothing. For `HR_ADMIN`.
    async fn import_completions(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The other system and its rows.")] input: ImportCompletionsInput,
    ) -> Isolated<ImportCompletionsPayload> {
        isolated(async {
            let outcome = ctx.app()?.learning().import_completions(ctx.actor()?, input.into()).await;
            let (report, user_errors) = answered(outcome)?;
            Ok(Some(ImportCompletionsPayload { report: report.map(CompletionReport::from), user_errors }))
        })
        .await
    }
}

/// What became of `importCompletions`.
#[derive(SimpleObject)]
pub(crate) struct ImportCompletionsPayload {
    /// What became of every row; null when the list as a whole was refused.
    report: Option<CompletionReport>,
    /// Why the list as a whole was refused; empty when its rows were decided.
    user_errors: Vec<ImportCompletionsError>,
}

user_errors! {
    /// Why a list of completions as a whole was refused.
    ImportCompletionsError, ImportCompletionsErrorCode for ImportCompletionsRefusal {
        /// It has no rows, or more than one import may have.
        WrongNumber <= ImportCompletionsRefusal::WrongNumber(_),
        /// The name of the other system is empty, too long or has control characters.
        InvalidSource <= ImportCompletionsRefusal::InvalidSource(_),
    }
}

/// What became of the rows of a list of completions.
#[derive(SimpleObject)]
pub(crate) struct CompletionReport {
    /// Whether nothing was written because only a report was asked for.
    dry_run: bool,
    /// How many rows made an enrollment that is completed.
    created: usize,
    /// How many rows completed an enrollment that was there.
    updated: usize,
    /// How many rows had been told of before.
    unchanged: usize,
    /// How many rows were not taken.
    refused: usize,
    /// A result for every row, in the order of the rows.
    rows: Vec<CompletionRowResult>,
}

/// What became of one row.
#[derive(SimpleObject)]
#[graphql(directive = personal::apply(DataClass::Learning, who(Action::RecordResults)))]
pub(crate) struct CompletionRowResult {
    /// The row, counted from 1.
    row: u32,
    /// By what the other system knows the completion.
    external_id: String,
    /// What became of it.
    outcome: CompletionRowOutcome,
    /// The enrollment's id; null when the row was refused, and in a dry run where none is there yet.
    enrollment_id: Option<ID>,
    /// Why the row was refused, for programs; null when it was taken.
    code: Option<CompletionRowErrorCode>,
    /// Why the row was refused, with the value and what would be right; null when it was taken.
    problem: Option<String>,
}

/// The fates of a completion.
#[derive(Enum, Copy, Clone, PartialEq, Eq)]
pub(crate) enum CompletionRowOutcome {
    /// A new enrollment, which is completed.
    Created,
    /// A live enrollment, which is completed now.
    Updated,
    /// Told of before.
    Unchanged,
    /// Not taken.
    Refused,
}

/// Why a completion was not taken.
#[derive(Enum, Copy, Clone, PartialEq, Eq)]
pub(crate) enum CompletionRowErrorCode {
    /// A field is empty or cannot be read.
    Invalid,
    /// The external id stands in the list twice.
    Duplicate,
    /// The external id was used for another completion.
    ExternalIdReused,
    /// Nobody has that external id.
    UnknownEmployee,
    /// No course that is or was offered has that code.
    UnknownCourse,
    /// The day of the completion is still to come.
    InFuture,
    /// The last day is before the first.
    EndsBeforeStart,
    /// It is the caller's own completion.
    OwnCompletion,
    /// The money that is committed for it cannot be settled.
    NotSettled,
    /// Somebody else changes the same enrollment now; sending the row again helps.
    Busy,
}

impl From<&CompletionRowProblem> for CompletionRowErrorCode {
    fn from(problem: &CompletionRowProblem) -> Self {
        match problem {
            CompletionRowProblem::Unreadable(_)
            | CompletionRowProblem::Missing(_)
            | CompletionRowProblem::Text { .. }
            | CompletionRowProblem::Day { .. }
            | CompletionRowProblem::Score(_)
            | CompletionRowProblem::CertificateUrl(_) => Self::Invalid,
            CompletionRowProblem::Duplicate(_) => Self::Duplicate,
            CompletionRowProblem::ExternalIdReused => Self::ExternalIdReused,
            CompletionRowProblem::UnknownEmployee(_) => Self::UnknownEmployee,
            CompletionRowProblem::UnknownCourse(_) => Self::UnknownCourse,
            CompletionRowProblem::InFuture { .. } => Self::InFuture,
            CompletionRowProblem::EndsBeforeStart { .. } => Self::EndsBeforeStart,
            CompletionRowProblem::Own => Self::OwnCompletion,
            CompletionRowProblem::NotSettled(_) => Self::NotSettled,
            CompletionRowProblem::Busy(_) => Self::Busy,
        }
    }
}

impl From<domain::CompletionReport> for CompletionReport {
    fn from(report: domain::CompletionReport) -> Self {
        let dry_run = report.dry_run;
        let rows: Vec<_> = report.rows.into_iter().map(|row| CompletionRowResult::of(row, dry_run)).collect();
        let count = |outcome| rows.iter().filter(|row| row.outcome == outcome).count();
        Self {
            dry_run,
            created: count(CompletionRowOutcome::Created),
            updated: count(CompletionRowOutcome::Updated),
            unchanged: count(CompletionRowOutcome::Unchanged),
            refused: count(CompletionRowOutcome::Refused),
            rows,
        }
    }
}

impl CompletionRowResult {
    fn of(result: domain::CompletionResult, dry_run: bool) -> Self {
        let domain::CompletionResult { line: row, label: external_id, outcome } = result;
        let (outcome, enrollment_id, problem) = match outcome {
            Ok((ImportFate::Created, id)) => {
                (CompletionRowOutcome::Created, (!dry_run).then(|| wire(id)), None)
            }
            Ok((ImportFate::Updated, id)) => (CompletionRowOutcome::Updated, Some(wire(id)), None),
            Ok((ImportFate::Unchanged, id)) => (CompletionRowOutcome::Unchanged, Some(wire(id)), None),
            Err(problem) => (CompletionRowOutcome::Refused, None, Some(problem)),
        };
        let code = problem.as_ref().map(CompletionRowErrorCode::from);
        let problem = problem.map(|problem| problem.to_string());
        Self { row, external_id, outcome, enrollment_id, code, problem }
    }
}
