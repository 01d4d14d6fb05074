//! Everything with an id, found by its id alone.

use async_graphql::{Context, ID, Interface, Object};
use upskill_domain::kernel::{
    AbsenceId, ApprovalDelegationId, ApprovalStepId, AssessmentId, BenefitId, BudgetId, CostBandId, CourseId,
    DecisionId, DepartmentId, EmployeeId, EmployerId, EnrollmentId, EvidenceId, ExchangeRateId, Fault,
    FollowUpId, FundingCommentId, FundingPolicyId, FundingRequestId, JobProfileId, JournalEntryId,
    LearningTimeId, LedgerEntryId, MentorId, MentoringGoalId, MentoringSessionId, PairingId, ParticipantId,
    ProgramId, ProviderId, RoiReportId, RoleGrantId, ServiceAccountId, SkillId, SkillRecordId, TypedId,
    split_id,
};

use super::catalog::{Course, Provider};
use super::context::RequestContext;
use super::error::{ApiError, Isolated};
use super::funding::{
    ApprovalDelegation, ApprovalStep, Budget, Decision, ExchangeRate, FundingComment, FundingPolicy,
    FundingRequest, LedgerEntry,
};
use super::integration::ServiceAccount;
use super::journal::JournalEntry;
use super::learning::{Assessment, Enrollment, Evidence, FollowUp, LearningTime};
use super::mentoring::{Mentor, MentoringGoal, MentoringSession, Pairing};
use super::organization::{Absence, Department, Employee, Employer, RoleGrant};
use super::programs::{Participant, Program};
use super::roi::{Benefit, CostBand, RoiReport};
use super::skills::{JobProfile, Skill, SkillRecord};

/// Something with an id of its own, which `node` finds.
#[derive(Interface)]
#[graphql(field(name = "id", ty = "ID", desc = "The id, unique over all types; its prefix names the type."))]
pub(crate) enum Node {
    /// A department.
    Department(Department),
    /// An employee.
    Employee(Employee),
    /// An employer.
    Employer(Employer),
    /// A granted role.
    RoleGrant(RoleGrant),
    /// A skill.
    Skill(Skill),
    /// What was recorded of somebody's skill.
    SkillRecord(SkillRecord),
    /// A kind of job.
    JobProfile(JobProfile),
    /// A provider of courses.
    Provider(Provider),
    /// A course.
    Course(Course),
    /// A program.
    Program(Program),
    /// Somebody's part in a program.
    Participant(Participant),
    /// An entry of the journal.
    JournalEntry(JournalEntry),
    /// A budget.
    Budget(Budget),
    /// An entry of a budget's ledger.
    LedgerEntry(LedgerEntry),
    /// A request to fund a course for a person.
    FundingRequest(FundingRequest),
    /// One step of a request's approval chain.
    ApprovalStep(ApprovalStep),
    /// One decision on one step.
    Decision(Decision),
    /// A remark on a funding request.
    FundingComment(FundingComment),
    /// One version of a funding policy, or a draft of one.
    FundingPolicy(FundingPolicy),
    /// Some days on which one person decides in another one's name.
    ApprovalDelegation(ApprovalDelegation),
    /// What one currency was worth in another on a day.
    ExchangeRate(ExchangeRate),
    /// Some days on which a person is away.
    Absence(Absence),
    /// Somebody takes a course.
    Enrollment(Enrollment),
    /// One attempt at an assessment.
    Assessment(Assessment),
    /// Something that shows what somebody has learned.
    Evidence(Evidence),
    /// A form that asks whether what was learned is applied.
    FollowUp(FollowUp),
    /// Some minutes of learning.
    LearningTime(LearningTime),
    /// Somebody who mentors, and what they offer.
    Mentor(Mentor),
    /// One person mentors another, or is asked to.
    Pairing(Pairing),
    /// What a mentee wants to reach with their mentor.
    MentoringGoal(MentoringGoal),
    /// One meeting of a mentor and a mentee.
    MentoringSession(MentoringSession),
    /// What an hour of a group of employees costs.
    CostBand(CostBand),
    /// What a program brought in one respect.
    Benefit(Benefit),
    /// What a program took and what it brought.
    RoiReport(RoiReport),
    /// A program of the employer's that may ask and do things here.
    ServiceAccount(ServiceAccount),
}

/// Queries by id alone.
#[derive(Default)]
pub(crate) struct NodeQueries;

#[Object]
impl NodeQueries {
    /// The thing with this id, whatever its type; null when there is none that the caller may see.
    async fn node(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "A TypeID such as `employee_01h455vb4pex5vsknk084sn02q`.")] id: ID,
    ) -> Isolated<Node> {
        find(ctx, &id).await.transpose()
    }

    /// The things with these ids, at most 100, in the order of the ids; null for each that is not there or that the
    /// caller may not see, and with an error beside it for each that is no id.
    async fn nodes(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "TypeIDs, of different types if need be; at most 100.")] ids: Vec<ID>,
    ) -> Isolated<Vec<Isolated<Node>>> {
        if ids.len() > 100 {
            let message = format!("{} ids are too many; at most 100 at once", ids.len());
            return Some(Err(ApiError::bad_input("ids", message)));
        }
        if let Err(unauthenticated) = ctx.actor() {
            return Some(Err(unauthenticated));
        }
        let found = futures_util::future::join_all(ids.iter().map(|id| find(ctx, id))).await;
        Some(Ok(found.into_iter().map(Result::transpose).collect()))
    }
}

pub(crate) async fn find(ctx: &Context<'_>, id: &ID) -> Result<Option<Node>, ApiError> {
    ctx.actor()?;
    let (prefix, uuid) = split_id(id).map_err(|error| ApiError::bad_input("id", error.to_string()))?;
    /// The arm of each type: its prefix, and its loader.
    macro_rules! by_prefix {
        ($($id:ident => $kind:ident,)+) => {
            match prefix {
                $($id::PREFIX => Ok($kind::load(ctx, $id::from_uuid(uuid)).await?.map(Node::$kind)),)+
                _ => Err(ApiError::bad_input("id", format!("'{prefix}' is not a type that node finds"))),
            }
        };
    }
    by_prefix! {
        DepartmentId => Department,
        EmployeeId => Employee,
        EmployerId => Employer,
        RoleGrantId => RoleGrant,
        SkillId => Skill,
        SkillRecordId => SkillRecord,
        JobProfileId => JobProfile,
        ProviderId => Provider,
        CourseId => Course,
        ProgramId => Program,
        ParticipantId => Participant,
        JournalEntryId => JournalEntry,
        BudgetId => Budget,
        LedgerEntryId => LedgerEntry,
        FundingRequestId => FundingRequest,
        ApprovalStepId => ApprovalStep,
        DecisionId => Decision,
        FundingCommentId => FundingComment,
        FundingPolicyId => FundingPolicy,
        ApprovalDelegationId => ApprovalDelegation,
        ExchangeRateId => ExchangeRate,
        AbsenceId => Absence,
        EnrollmentId => Enrollment,
        AssessmentId => Assessment,
        EvidenceId => Evidence,
        FollowUpId => FollowUp,
        LearningTimeId => LearningTime,
        MentorId => Mentor,
        PairingId => Pairing,
        MentoringGoalId => MentoringGoal,
        MentoringSessionId => MentoringSession,
        CostBandId => CostBand,
        BenefitId => Benefit,
        RoiReportId => RoiReport,
        ServiceAccountId => ServiceAccount,
    }
}

/// Nothing there and nothing visible are one answer: null.
pub(crate) fn found<T>(outcome: Result<T, Fault>) -> Result<Option<T>, ApiError> {
    match outcome {
        Ok(value) => Ok(Some(value)),
        Err(Fault::NotFound { .. } | Fault::Forbidden(_)) => Ok(None),
        Err(fault) => Err(fault.into()),
    }
}
