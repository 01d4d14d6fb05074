//! Creating, changing, starting and ending programs.

use async_graphql::{Context, Object, SimpleObject};
use upskill_domain::programs::{
    ActivateProgramRefusal, ChangeProgramRefusal, CloseProgramRefusal, CreateProgramRefusal, InvalidProgram,
};

use crate::graphql::context::RequestContext;
use crate::graphql::error::{Isolated, isolated};
use crate::graphql::programs::inputs::{
    ActivateProgramInput, ChangeProgramInput, CloseProgramInput, CreateProgramInput,
};
use crate::graphql::programs::types::Program;
use crate::graphql::refusal::{answered, user_errors};

/// Mutations of programs themselves.
#[derive(Default)]
pub(crate) struct DefinitionMutations;

#[Object]
impl DefinitionMutations {
    /// Creates a program as a draft. For `HR_ADMIN`.
    async fn create_program(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The program.")] input: CreateProgramInput,
    ) -> Isolated<CreateProgramPayload> {
        isolated(async {
            let outcome = ctx.app()?.programs().create_program(ctx.actor()?, input.try_into()?).await;
            let (program, user_errors) = answered(outcome)?;
            Ok(Some(CreateProgramPayload { program: program.map(Program::from), user_errors }))
        })
        .await
    }

    /// Changes what a program is and aims at, until it is closed. For `HR_ADMIN` and the owner. CONFLICT when the
    /// expected version is not the stored one.
    async fn change_program(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The program and what changes.")] input: ChangeProgramInput,
    ) -> Isolated<ChangeProgramPayload> {
        isolated(async {
            let outcome = ctx.app()?.programs().change_program(ctx.actor()?, input.try_into()?).await;
            let (program, user_errors) = answered(outcome)?;
            Ok(Some(ChangeProgramPayload { program: program.map(Program::from), user_errors }))
        })
        .await
    }

    /// Starts a draft: from now on people can be invited, and every employee can read it. For `HR_ADMIN` and the owner.
    async fn activate_program(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The program.")] input: ActivateProgramInput,
    ) -> Isolated<ActivateProgramPayload> {
        isolated(async {
            let outcome = ctx.app()?.programs().activate_program(ctx.actor()?, input.id.0).await;
            let (program, user_errors) = answered(outcome)?;
            Ok(Some(ActivateProgramPayload { program: program.map(Program::from), user_errors }))
        })
        .await
    }

    /// Ends an active program. Completions can still be recorded, everything else stays as it is. For `HR_ADMIN` and the
    /// owner.
    async fn close_program(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The program.")] input: CloseProgramInput,
    ) -> Isolated<CloseProgramPayload> {
        isolated(async {
            let outcome = ctx.app()?.programs().close_program(ctx.actor()?, input.id.0).await;
            let (program, user_errors) = answered(outcome)?;
            Ok(Some(CloseProgramPayload { program: program.map(Program::from), user_errors }))
        })
        .await
    }
}

/// What became of `createProgram`.
#[derive(SimpleObject)]
pub(crate) struct CreateProgramPayload {
    /// The program; null when refused.
    program: Option<Program>,
    /// Why it was refused; empty when it was done.
    user_errors: Vec<CreateProgramError>,
}

user_errors! {
    /// Why a program was not created.
    CreateProgramError, CreateProgramErrorCode for CreateProgramRefusal {
        /// The name is empty, too long or has control characters.
        InvalidName <= CreateProgramRefusal::Invalid(InvalidProgram::Name(_)),
        /// The purpose is empty, too long or has control characters.
        InvalidPurpose <= CreateProgramRefusal::Invalid(InvalidProgram::Purpose(_)),
        /// The last day is before the first.
        InvalidPeriod <= CreateProgramRefusal::Invalid(InvalidProgram::Period(_)),
        /// A list has more than 100 items.
        TooMany <= CreateProgramRefusal::Invalid(InvalidProgram::TooMany),
        /// There is no such person, or they have left.
        UnknownOwner <= CreateProgramRefusal::Invalid(InvalidProgram::UnknownOwner(_)),
        /// There is no such skill.
        UnknownSkill <= CreateProgramRefusal::Invalid(InvalidProgram::UnknownSkill(_)),
        /// There is no such department.
        UnknownDepartment <= CreateProgramRefusal::Invalid(InvalidProgram::UnknownDepartment(_)),
        /// There is no such course.
        UnknownCourse <= CreateProgramRefusal::Invalid(InvalidProgram::UnknownCourse(_)),
        /// The idempotency key was used with another input.
        IdempotencyKeyReused <= CreateProgramRefusal::KeyReused(_),
    }
}

/// What became of `changeProgram`.
#[derive(SimpleObject)]
pub(crate) struct ChangeProgramPayload {
    /// The program as it is now; null when refused.
    program: Option<Program>,
    /// Why it was refused; empty when it was done.
    user_errors: Vec<ChangeProgramError>,
}

user_errors! {
    /// Why a program was not changed.
    ChangeProgramError, ChangeProgramErrorCode for ChangeProgramRefusal {
        /// The name is empty, too long or has control characters.
        InvalidName <= ChangeProgramRefusal::Invalid(InvalidProgram::Name(_)),
        /// The purpose is empty, too long or has control characters.
        InvalidPurpose <= ChangeProgramRefusal::Invalid(InvalidProgram::Purpose(_)),
        /// The last day is before the first.
        InvalidPeriod <= ChangeProgramRefusal::Invalid(InvalidProgram::Period(_)),
        /// A list has more than 100 items.
        TooMany <= ChangeProgramRefusal::Invalid(InvalidProgram::TooMany),
        /// There is no such person, or they have left.
        UnknownOwner <= ChangeProgramRefusal::Invalid(InvalidProgram::UnknownOwner(_)),
        /// There is no such skill.
        UnknownSkill <= ChangeProgramRefusal::Invalid(InvalidProgram::UnknownSkill(_)),
        /// There is no such department.
        UnknownDepartment <= ChangeProgramRefusal::Invalid(InvalidProgram::UnknownDepartment(_)),
        /// There is no such course.
        UnknownCourse <= ChangeProgramRefusal::Invalid(InvalidProgram::UnknownCourse(_)),
        /// A course that was added to an active program is not published.
        UnpublishedCourse <= ChangeProgramRefusal::UnpublishedCourse(_),
        /// The program is closed.
        Closed <= ChangeProgramRefusal::Closed,
    }
}

/// What became of `activateProgram`.
#[derive(SimpleObject)]
pub(crate) struct ActivateProgramPayload {
    /// The program as it is now; null when refused.
    program: Option<Program>,
    /// Why it was refused; empty when it was done.
    user_errors: Vec<ActivateProgramError>,
}

user_errors! {
    /// Why a program was not started.
    ActivateProgramError, ActivateProgramErrorCode for ActivateProgramRefusal {
        /// It is no draft any more.
        NotDraft <= ActivateProgramRefusal::NotDraft(_),
        /// It has neither a target skill nor a course.
        NothingToLearn <= ActivateProgramRefusal::NothingToLearn,
        /// Its last day is past.
        PeriodOver <= ActivateProgramRefusal::PeriodOver { .. },
        /// A course of it is not published.
        UnpublishedCourse <= ActivateProgramRefusal::UnpublishedCourse(_),
    }
}

/// What became of `closeProgram`.
#[derive(SimpleObject)]
pub(crate) struct CloseProgramPayload {
    /// The program as it is now; null when refused.
    program: Option<Program>,
    /// Why it was refused; empty when it was done.
    user_errors: Vec<CloseProgramError>,
}

user_errors! {
    /// Why a program was not ended.
    CloseProgramError, CloseProgramErrorCode for CloseProgramRefusal {
        /// It is not active.
        NotActive <= CloseProgramRefusal::NotActive(_),
    }
}
