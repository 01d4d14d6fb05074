//! What can be done to job profiles.

use async_graphql::{Context, ID, Object, SimpleObject};
use upskill_domain::access::Action;
use upskill_domain::skills::{
    AssignJobProfilesRefusal, CreateJobProfileRefusal, JobAssignmentRefusal, JobAssignmentResult,
    JobProfileRefusal,
};

use crate::graphql::context::RequestContext;
use crate::graphql::error::{Isolated, isolated};
use crate::graphql::id::wire;
use crate::graphql::organization::Employee;
use crate::graphql::personal::{DataClass, personal, who};
use crate::graphql::refusal::{answered, user_errors};
use crate::graphql::skills::inputs::{AssignJobProfilesInput, ChangeJobProfileInput, CreateJobProfileInput};
use crate::graphql::skills::profiles::JobProfile;

/// Mutations of job profiles.
#[derive(Default)]
pub(crate) struct JobProfileMutations;

#[Object]
impl JobProfileMutations {
    /// Creates a job profile. For `HR_ADMIN`.
    async fn create_job_profile(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The profile.")] input: CreateJobProfileInput,
    ) -> Isolated<CreateJobProfilePayload> {
        isolated(async {
            let outcome = ctx.app()?.skills().create_job_profile(ctx.actor()?, input.try_into()?).await;
            let (profile, user_errors) = answered(outcome)?;
            Ok(Some(CreateJobProfilePayload { job_profile: profile.map(JobProfile::from), user_errors }))
        })
        .await
    }

    /// Changes a job profile: what it asks for from a day on, or what it is called. For `HR_ADMIN`.
    async fn change_job_profile(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The profile and what to change.")] input: ChangeJobProfileInput,
    ) -> Isolated<ChangeJobProfilePayload> {
        isolated(async {
            let outcome = ctx.app()?.skills().change_job_profile(ctx.actor()?, input.try_into()?).await;
            let (profile, user_errors) = answered(outcome)?;
            Ok(Some(ChangeJobProfilePayload { job_profile: profile.map(JobProfile::from), user_errors }))
        })
        .await
    }

    /// Says who has which job from a day on. Who cannot be assigned one is told and stands in nobody's way; assigning the
    /// same again changes nothing. For `HR_ADMIN`.
    async fn assign_job_profiles(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The people and their jobs.")] input: AssignJobProfilesInput,
    ) -> Isolated<AssignJobProfilesPayload> {
        isolated(async {
            let outcome = ctx.app()?.skills().assign_job_profiles(ctx.actor()?, input.into()).await;
            let (results, user_errors) = answered(outcome)?;
            Ok(Some(AssignJobProfilesPayload {
                report: results.map(AssignJobProfilesReport::from),
                user_errors,
            }))
        })
        .await
    }
}

/// What became of `createJobProfile`.
#[derive(SimpleObject)]
pub(crate) struct CreateJobProfilePayload {
    /// The profile; null when refused.
    job_profile: Option<JobProfile>,
    /// Why it was refused; empty when it was done.
    user_errors: Vec<CreateJobProfileError>,
}

/// What became of `changeJobProfile`.
#[derive(SimpleObject)]
pub(crate) struct ChangeJobProfilePayload {
    /// The profile as it is now; null when refused.
    job_profile: Option<JobProfile>,
    /// Why it was refused; empty when it was done.
    user_errors: Vec<ChangeJobProfileError>,
}

/// What became of `assignJobProfiles`.
#[derive(SimpleObject)]
pub(crate) struct AssignJobProfilesPayload {
    /// What became of each assignment; null when all of it was refused.
    report: Option<AssignJobProfilesReport>,
    /// Why all of it was refused; empty when it was done.
    user_errors: Vec<AssignJobProfilesError>,
}

/// What became of a list of assignments.
#[derive(SimpleObject)]
pub(crate) struct AssignJobProfilesReport {
    /// A result for each assignment, in their order.
    results: Vec<AssignmentResult>,
}

impl From<Vec<JobAssignmentResult>> for AssignJobProfilesReport {
    fn from(results: Vec<JobAssignmentResult>) -> Self {
        Self { results: results.into_iter().map(AssignmentResult).collect() }
    }
}

/// What became of one assignment.
pub(crate) struct AssignmentResult(JobAssignmentResult);

/// What became of one assignment of a job.
#[Object(name = "JobAssignmentResult", directive = personal::apply(DataClass::Skills, who(Action::ManageJobProfiles)))]
impl AssignmentResult {
    /// The id that was given.
    async fn employee_id(&self) -> ID {
        wire(self.0.employee)
    }

    /// Who; null when there is no such person.
    async fn employee(&self, ctx: &Context<'_>) -> Isolated<Employee> {
        Employee::load(ctx, self.0.employee).await.transpose()
    }

    /// Why it was refused; empty when it was done.
    async fn user_errors(&self) -> Vec<JobAssignmentError> {
        self.0.outcome.clone().err().map(JobAssignmentError::from).into_iter().collect()
    }
}

user_errors! {
    /// Why a job profile was not created.
    CreateJobProfileError, CreateJobProfileErrorCode for CreateJobProfileRefusal {
        /// Another profile has the name.
        NameTaken <= CreateJobProfileRefusal::Invalid(JobProfileRefusal::NameTaken(_)),
        /// The name is empty, too long or has control characters.
        InvalidName <= CreateJobProfileRefusal::Invalid(JobProfileRefusal::InvalidName(_)),
        /// The summary is empty, too long or has control characters.
        InvalidSummary <= CreateJobProfileRefusal::Invalid(JobProfileRefusal::InvalidSummary(_)),
        /// No skill is required, or more than 100 are.
        WrongNumber <= CreateJobProfileRefusal::Invalid(JobProfileRefusal::WrongNumber(_)),
        /// A skill is required twice.
        SkillTwice <= CreateJobProfileRefusal::Invalid(JobProfileRefusal::Twice(_)),
        /// A weight is not 1 to 10.
        WrongWeight <= CreateJobProfileRefusal::Invalid(JobProfileRefusal::WrongWeight(_)),
        /// There is no such skill.
        UnknownSkill <= CreateJobProfileRefusal::Invalid(JobProfileRefusal::UnknownSkill(_)),
        /// The first day is still to come.
        InFuture <= CreateJobProfileRefusal::Invalid(JobProfileRefusal::InFuture { .. }),
        /// The idempotency key was used with another input.
        IdempotencyKeyReused <= CreateJobProfileRefusal::KeyReused(_),
    }
}

user_errors! {
    /// Why a job profile was not changed.
    ChangeJobProfileError, ChangeJobProfileErrorCode for JobProfileRefusal {
        /// Another profile has the name.
        NameTaken <= JobProfileRefusal::NameTaken(_),
        /// The name is empty, too long or has control characters.
        InvalidName <= JobProfileRefusal::InvalidName(_),
        /// The summary is empty, too long or has control characters.
        InvalidSummary <= JobProfileRefusal::InvalidSummary(_),
        /// No skill is required, or more than 100 are.
        WrongNumber <= JobProfileRefusal::WrongNumber(_),
        /// A skill is required twice.
        SkillTwice <= JobProfileRefusal::Twice(_),
        /// A weight is not 1 to 10.
        WrongWeight <= JobProfileRefusal::WrongWeight(_),
        /// There is no such skill.
        UnknownSkill <= JobProfileRefusal::UnknownSkill(_),
        /// The first day is still to come.
        InFuture <= JobProfileRefusal::InFuture { .. },
    }
}

user_errors! {
    /// Why no job was assigned to anybody.
    AssignJobProfilesError, AssignJobProfilesErrorCode for AssignJobProfilesRefusal {
        /// Nobody, or more than 100 people.
        WrongNumber <= AssignJobProfilesRefusal::WrongNumber(_),
        /// The first day is still to come.
        InFuture <= AssignJobProfilesRefusal::InFuture { .. },
    }
}

user_errors! {
    /// Why one person was assigned no job.
    JobAssignmentError, JobAssignmentErrorCode for JobAssignmentRefusal {
        /// There is no such person, or they have left.
        UnknownEmployee <= JobAssignmentRefusal::UnknownEmployee(_),
        /// There is no such profile.
        UnknownProfile <= JobAssignmentRefusal::UnknownProfile(_),
        /// The person stands in the list before.
        Twice <= JobAssignmentRefusal::Twice(_),
    }
}
