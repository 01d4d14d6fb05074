//! Taking a place in a course.

use async_graphql::{Context, Object, SimpleObject};
use upskill_domain::funding::{CommitRefusal, PostingRefusal};
use upskill_domain::learning::EnrollRefusal;

use crate::graphql::context::RequestContext;
use crate::graphql::error::{Isolated, isolated};
use crate::graphql::learning::inputs::EnrollInput;
use crate::graphql::learning::types::Enrollment;
use crate::graphql::refusal::{answered, user_errors};

/// Mutations that take places.
#[derive(Default)]
pub(crate) struct EnrollingMutations;

#[Object]
impl EnrollingMutations {
    /// Takes a place in a course. With an APPROVED funding request the place is booked by that: the reserved money is
    /// committed at the approved amount, in the same transaction. For the person, and `HR_ADMIN` for everybody.
    async fn enroll(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who learns what, and when.")] input: EnrollInput,
    ) -> Isolated<EnrollPayload> {
        isolated(async {
            let outcome = ctx.app()?.learning().enroll(ctx.actor()?, input.try_into()?).await;
            let (enrollment, user_errors) = answered(outcome)?;
            Ok(Some(EnrollPayload { enrollment: enrollment.map(Enrollment::from), user_errors }))
        })
        .await
    }
}

/// What became of `enroll`.
#[derive(SimpleObject)]
pub(crate) struct EnrollPayload {
    /// The enrollment; null when refused.
    enrollment: Option<Enrollment>,
    /// Why it was refused; empty when it was done.
    user_errors: Vec<EnrollError>,
}

user_errors! {
    /// Why nobody was enrolled.
    EnrollError, EnrollErrorCode for EnrollRefusal {
        /// There is no such course.
        UnknownCourse <= EnrollRefusal::UnknownCourse(_),
        /// The course is not published.
        NotOffered <= EnrollRefusal::NotOffered { .. },
        /// There is no such person, or they have left.
        UnknownEmployee <= EnrollRefusal::UnknownEmployee(_),
        /// The request is for somebody else than the person named.
        RequestOfSomebodyElse <= EnrollRefusal::RequestOfSomebodyElse { .. },
        /// The request is not APPROVED, COMMITTED or SETTLED.
        NotGranted <= EnrollRefusal::NotGranted(_),
        /// The request funds another enrollment already.
        RequestUsed <= EnrollRefusal::RequestUsed(_),
        /// The person takes the same course already.
        AlreadyEnrolled <= EnrollRefusal::AlreadyEnrolled(_),
        /// There is no such program.
        UnknownProgram <= EnrollRefusal::UnknownProgram(_),
        /// The program is not active.
        ProgramNotActive <= EnrollRefusal::ProgramNotActive(_),
        /// The request is part of another program.
        ProgramOfRequest <= EnrollRefusal::ProgramOfRequest(_),
        /// The last day is before the first.
        EndsBeforeStart <= EnrollRefusal::EndsBeforeStart { .. },
        /// The last day is past.
        Over <= EnrollRefusal::Over { .. },
        /// The request was approved for a later start.
        StartsTooEarly <= EnrollRefusal::Funding(CommitRefusal::StartsTooEarly { .. } | CommitRefusal::StartNeeded { .. }),
        /// The budget of its status does not take it.
        BudgetStatus <= EnrollRefusal::Funding(CommitRefusal::Posting(PostingRefusal::NotTaken { .. })),
        /// The place cannot be booked for another reason, which the message says.
        NotBooked <= EnrollRefusal::Funding(_),
        /// The idempotency key was used with another input.
        IdempotencyKeyReused <= EnrollRefusal::KeyReused(_),
    }
}
