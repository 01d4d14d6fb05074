//! The policy: one table that says which role or relation allows which action.
//!
//! It is pure and small on purpose. A use case asks [`require`] with the relations that it found on locked data, a
//! query asks [`scope`] and gets the reach that goes into the SQL. The golden file `tests/golden/policy.txt` shows the
//! whole table; a change there is a change of who may do what, and is reviewed as such.

use crate::kernel::Fault;

use super::circles::{
    BUDGET_READERS, CONCERNED, GROUP_READERS, ONESELF, ONESELF_OR_HR, PARTICIPATION, REQUEST_READERS,
};
use super::{Actor, Basis, Reach, Relation, Role, Scope, Who};

/// Everything that somebody can be allowed to do or see.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Action {
    /// Names, departments and reporting lines.
    ReadDirectory,
    /// Status, dates, hours and work place of a person.
    ReadEmployment,
    /// Departments and the roster.
    ManageOrganization,
    /// Who holds which granted role.
    ReadRoleGrants,
    /// Grant and revoke roles.
    ManageRoleGrants,
    /// Who is away when.
    ReadAbsences,
    /// Record that somebody is away, and that they are back.
    RecordAbsence,
    /// Who masters which skill how well.
    ReadSkillRecords,
    /// Say what one thinks of one's own level.
    StateSkill,
    /// Say, as a manager, how well somebody masters a skill.
    AssessSkill,
    /// Record what a peer, a mentor, an assessment or a certificate says of somebody's level.
    RecordSkillEvidence,
    /// Kinds of jobs, and what they ask for.
    ReadJobProfiles,
    /// Say what jobs ask for, and who has which.
    ManageJobProfiles,
    /// Providers, and courses that are or were published.
    ReadCatalog,
    /// Courses that are still drafts.
    ReadDraftCourses,
    /// Create, change, import, publish and retire.
    ManageCatalog,
    /// Programs that run or have run.
    ReadPrograms,
    /// Programs that are still drafts.
    ReadDraftPrograms,
    /// Who takes part in a program.
    ReadParticipants,
    /// Create and change programs and their participants.
    ManagePrograms,
    /// A budget with its balance and its ledger.
    ReadBudget,
    /// Create budgets, change their owners and status.
    ManageBudgets,
    /// Allocate, adjust and transfer.
    MoveMoney,
    /// Set how many learning hours a budget may release.
    SetLearningHours,
    /// Funding policies and their drafts.
    ReadFundingPolicies,
    /// Draft, change, publish and discard funding policies.
    ManageFundingPolicies,
    /// What currencies were worth.
    ReadExchangeRates,
    /// Set, import and withdraw exchange rates.
    ManageExchangeRates,
    /// Who stands in for whom.
    ReadDelegations,
    /// Have somebody stand in, and end it.
    DelegateApprovals,
    /// A funding request with its decisions.
    ReadFundingRequest,
    /// See what would become of a request for funding.
    PreviewFunding,
    /// Ask for funding.
    SubmitFundingRequest,
    /// Say something about a request.
    CommentOnFundingRequest,
    /// Take one's own request back, or answer an approver who wants it changed.
    WithdrawFundingRequest,
    /// Decide a step.
    DecideFundingRequest,
    /// Commit, settle and cancel approved requests.
    SettleFunding,
    /// Make a reservation hold for longer.
    ExtendReservation,
    /// Enrollments: who takes which course, and how far they are.
    ReadEnrollments,
    /// How much time somebody spent learning.
    ReadLearningTime,
    /// Enroll somebody, and say how they go on.
    ManageEnrollments,
    /// Scores and attempts.
    ReadAssessments,
    /// What was handed in as evidence.
    ReadEvidence,
    /// Say what somebody has shown, and end their enrollment by that.
    RecordResults,
    /// Whether what was learned is applied, and what stands in the way.
    ReadFollowUps,
    /// Say whether it is.
    AnswerFollowUp,
    /// What learners say of courses.
    ReadCourseFeedback,
    /// Say something of a course that one takes.
    GiveCourseFeedback,
    /// Who mentors, in what, and how many.
    ReadMentors,
    /// Become a mentor, and change the profile.
    ManageMentors,
    /// Who mentors whom, and how it goes.
    ReadPairings,
    /// Propose that somebody mentors somebody.
    ProposePairing,
    /// Allow that somebody is mentored by their own manager.
    AllowOwnManager,
    /// Agree to a proposal.
    AcceptPairing,
    /// Say no to a proposal, or take it back.
    DeclinePairing,
    /// Interrupt mentoring, go on with it and end it.
    GuidePairing,
    /// Goals and sessions of a pair.
    ReadMentoringSessions,
    /// Set goals and record sessions.
    RecordMentoring,
    /// Read and write what a pair notes about its sessions.
    ShareMentoringNotes,
    /// Say, as a mentor, which skill somebody applies.
    ObserveSkill,
    /// What mentors and mentees say of each other's help.
    ReadMentoringFeedback,
    /// Say something of a pairing.
    GiveMentoringFeedback,
    /// What an hour of employees costs, and who is in which band.
    ReadCostBands,
    /// Set cost bands, and put people into them.
    ManageCostBands,
    /// Benefits and reports of the return on investment.
    ReadRoi,
    /// Record, validate and withdraw benefits, and make reports.
    ManageRoi,
    /// What groups of people learned and what it took.
    ReadReports,
    /// Hand out everything that is kept of a person.
    ExportPersonalData,
    /// See what erasing somebody would do, and erase them.
    EraseEmployee,
    /// Which fields tell of people, what for, and who may see them.
    ReadMonitoredFields,
    /// The journal.
    ReadJournal,
}

use Basis::{Relation as Rel, Role as R, System};

impl Action {
    /// Every action, in the order of the capabilities.
    pub const ALL: [Self; 71] = [
        Self::ReadDirectory,
        Self::ReadEmployment,
        Self::ManageOrganization,
        Self::ReadRoleGrants,
        Self::ManageRoleGrants,
        Self::ReadAbsences,
        Self::RecordAbsence,
        Self::ReadSkillRecords,
        Self::StateSkill,
        Self::AssessSkill,
        Self::RecordSkillEvidence,
        Self::ReadJobProfiles,
        Self::ManageJobProfiles,
        Self::ReadCatalog,
        Self::ReadDraftCourses,
        Self::ManageCatalog,
        Self::ReadPrograms,
        Self::ReadDraftPrograms,
        Self::ReadParticipants,
        Self::ManagePrograms,
        Self::ReadBudget,
        Self::ManageBudgets,
        Self::MoveMoney,
        Self::SetLearningHours,
        Self::ReadFundingPolicies,
        Self::ManageFundingPolicies,
        Self::ReadExchangeRates,
        Self::ManageExchangeRates,
        Self::ReadDelegations,
        Self::DelegateApprovals,
        Self::ReadFundingRequest,
        Self::PreviewFunding,
        Self::SubmitFundingRequest,
        Self::CommentOnFundingRequest,
        Self::WithdrawFundingRequest,
        Self::DecideFundingRequest,
        Self::SettleFunding,
        Self::ExtendReservation,
        Self::ReadEnrollments,
        Self::ReadLearningTime,
        Self::ManageEnrollments,
        Self::ReadAssessments,
        Self::ReadEvidence,
        Self::RecordResults,
        Self::ReadFollowUps,
        Self::AnswerFollowUp,
        Self::ReadCourseFeedback,
        Self::GiveCourseFeedback,
        Self::ReadMentors,
        Self::ManageMentors,
        Self::ReadPairings,
        Self::ProposePairing,
        Self::AllowOwnManager,
        Self::AcceptPairing,
        Self::DeclinePairing,
        Self::GuidePairing,
        Self::ReadMentoringSessions,
        Self::RecordMentoring,
        Self::ShareMentoringNotes,
        Self::ObserveSkill,
        Self::ReadMentoringFeedback,
        Self::GiveMentoringFeedback,
        Self::ReadCostBands,
        Self::ManageCostBands,
        Self::ReadRoi,
        Self::ManageRoi,
        Self::ReadReports,
        Self::ExportPersonalData,
        Self::EraseEmployee,
        Self::ReadMonitoredFields,
        Self::ReadJournal,
    ];

    /// The table.
    pub fn bases(self) -> &'static [Basis] {
        match self {
            Self::ReadDirectory
            | Self::ReadJobProfiles
            | Self::ReadCatalog
            | Self::ReadPrograms
            | Self::ReadMentors => &[Rel(Relation::Colleague), System],
            Self::ReadEmployment | Self::ReadSkillRecords | Self::PreviewFunding => &[
                R(Role::HrAdmin),
                R(Role::HrAnalyst),
                Rel(Relation::Oneself),
                Rel(Relation::LineManager),
                System,
            ],
            Self::ManageOrganization
            | Self::ManageCatalog
            | Self::ManageFundingPolicies
            | Self::RecordSkillEvidence
            | Self::ManageJobProfiles
            | Self::RecordResults
            | Self::AllowOwnManager => &[R(Role::HrAdmin), System],
            Self::ReadRoleGrants => &[R(Role::EmployerAdmin), R(Role::HrAdmin), R(Role::Auditor), System],
            Self::ManageRoleGrants => &[R(Role::EmployerAdmin), System],
            Self::ReadDraftCourses => &[R(Role::HrAdmin), R(Role::HrAnalyst), System],
            Self::ReadDraftPrograms => {
                &[R(Role::HrAdmin), R(Role::HrAnalyst), Rel(Relation::ProgramOwner), System]
            }
            Self::ReadParticipants | Self::ReadEnrollments => PARTICIPATION,
            Self::ManagePrograms => &[R(Role::HrAdmin), Rel(Relation::ProgramOwner), System],
            Self::ReadBudget => BUDGET_READERS,
            Self::ManageBudgets
            | Self::MoveMoney
            | Self::SettleFunding
            | Self::ManageExchangeRates
            | Self::ManageCostBands
            | Self::ManageRoi => &[R(Role::HrAdmin), R(Role::Finance), System],
            Self::ReadCostBands | Self::ReadRoi => {
                &[R(Role::HrAdmin), R(Role::HrAnalyst), R(Role::Finance), System]
            }
            Self::ReadFundingPolicies | Self::ReadExchangeRates => {
                &[R(Role::HrAdmin), R(Role::HrAnalyst), R(Role::Finance), R(Role::Auditor), System]
            }
            Self::SetLearningHours => &[R(Role::HrAdmin), Rel(Relation::BudgetOwner), System],
            Self::ExtendReservation => {
                &[R(Role::HrAdmin), R(Role::Finance), Rel(Relation::BudgetOwner), System]
            }
            Self::ReadDelegations | Self::ReadAbsences | Self::ReadCourseFeedback => {
                &[R(Role::HrAdmin), R(Role::HrAnalyst), Rel(Relation::Oneself), System]
            }
            Self::DelegateApprovals
            | Self::RecordAbsence
            | Self::ReadLearningTime
            | Self::ReadAssessments
            | Self::ReadEvidence
            | Self::ManageEnrollments
            | Self::ManageMentors
            | Self::ExportPersonalData => ONESELF_OR_HR,
            Self::ReadFundingRequest => REQUEST_READERS,
            Self::CommentOnFundingRequest => CONCERNED,
            Self::SubmitFundingRequest => &[Rel(Relation::Oneself), System],
            Self::StateSkill | Self::WithdrawFundingRequest | Self::GiveCourseFeedback => ONESELF,
            Self::AssessSkill => &[R(Role::HrAdmin), Rel(Relation::LineManager), System],
            Self::AnswerFollowUp => {
                &[Rel(Relation::Oneself), Rel(Relation::LineManager), Rel(Relation::Mentor)]
            }
            Self::DecideFundingRequest => &[Rel(Relation::Approver)],
            Self::ReadPairings | Self::ReadFollowUps => &[
                R(Role::HrAdmin),
                R(Role::HrAnalyst),
                Rel(Relation::Oneself),
                Rel(Relation::Mentor),
                Rel(Relation::LineManager),
                System,
            ],
            Self::ProposePairing | Self::DeclinePairing => &[
                R(Role::HrAdmin),
                Rel(Relation::Oneself),
                Rel(Relation::Mentor),
                Rel(Relation::LineManager),
                System,
            ],
            Self::GuidePairing => &[R(Role::HrAdmin), Rel(Relation::Oneself), Rel(Relation::Mentor), System],
            Self::ReadMentoringSessions | Self::ReadMentoringFeedback => {
                &[R(Role::HrAdmin), R(Role::HrAnalyst), Rel(Relation::Oneself), Rel(Relation::Mentor), System]
            }
            Self::RecordMentoring => &[Rel(Relation::Oneself), Rel(Relation::Mentor), System],
            Self::AcceptPairing | Self::ShareMentoringNotes | Self::GiveMentoringFeedback => {
                &[Rel(Relation::Oneself), Rel(Relation::Mentor)]
            }
            Self::ObserveSkill => &[Rel(Relation::Mentor)],
            Self::ReadReports => GROUP_READERS,
            Self::EraseEmployee => &[R(Role::HrAdmin)],
            Self::ReadMonitoredFields => &[R(Role::HrAdmin), R(Role::Auditor), R(Role::WorksCouncil), System],
            Self::ReadJournal => &[R(Role::Auditor), R(Role::HrAdmin), R(Role::EmployerAdmin), System],
        }
    }

    /// What the action is, to complete "you may not ...".
    pub fn phrase(self) -> &'static str {
        match self {
            Self::ReadDirectory => "read the directory",
            Self::ReadEmployment => "read employment details",
            Self::ManageOrganization => "change the organization",
            Self::ReadRoleGrants => "read granted roles",
            Self::ManageRoleGrants => "grant or revoke roles",
            Self::ReadAbsences => "read who is away when",
            Self::RecordAbsence => "record that somebody else is away",
            Self::ReadSkillRecords => "read what somebody masters",
            Self::StateSkill => "say for somebody else what they master",
            Self::AssessSkill => "assess what somebody masters",
            Self::RecordSkillEvidence => "record evidence of what somebody masters",
            Self::ReadJobProfiles => "read job profiles",
            Self::ManageJobProfiles => "change job profiles, or who has which",
            Self::ReadCatalog => "read the catalog",
            Self::ReadDraftCourses => "read draft courses",
            Self::ManageCatalog => "change the catalog",
            Self::ReadPrograms => "read programs",
            Self::ReadDraftPrograms => "read draft programs",
            Self::ReadParticipants => "read who takes part in a program",
            Self::ManagePrograms => "change programs",
            Self::ReadBudget => "read budgets",
            Self::ManageBudgets => "create or change budgets",
            Self::MoveMoney => "move money between budgets",
            Self::SetLearningHours => "set the learning hours of a budget",
            Self::ReadFundingPolicies => "read funding policies",
            Self::ManageFundingPolicies => "change funding policies",
            Self::ReadExchangeRates => "read exchange rates",
            Self::ManageExchangeRates => "set or withdraw exchange rates",
            Self::ReadDelegations => "read who stands in for whom",
            Self::DelegateApprovals => "have somebody stand in for somebody else",
            Self::ReadFundingRequest => "read funding requests",
            Self::PreviewFunding => "see what would become of somebody else's request",
            Self::SubmitFundingRequest => "ask for funding on behalf of somebody else",
            Self::CommentOnFundingRequest => "comment on this request",
            Self::WithdrawFundingRequest => "withdraw somebody else's request, or answer for them",
            Self::DecideFundingRequest => "decide this request",
            Self::SettleFunding => "commit, settle or cancel funding",
            Self::ExtendReservation => "extend reservations",
            Self::ReadEnrollments => "read enrollments",
            Self::ReadLearningTime => "read how much time somebody spent learning",
            Self::ManageEnrollments => "enroll somebody else, or change their enrollment",
            Self::ReadAssessments => "read scores and attempts",
            Self::ReadEvidence => "read what was handed in as evidence",
            Self::RecordResults => "record what somebody has shown",
            Self::ReadFollowUps => "read whether what was learned is applied",
            Self::AnswerFollowUp => "answer what somebody else is asked",
            Self::ReadCourseFeedback => "read what others say of a course",
            Self::GiveCourseFeedback => "say something of a course for somebody else",
            Self::ReadMentors => "read who mentors",
            Self::ManageMentors => "make somebody else a mentor, or change their profile",
            Self::ReadPairings => "read who mentors whom",
            Self::ProposePairing => "propose a mentor for somebody else",
            Self::AllowOwnManager => "allow that somebody is mentored by their own manager",
            Self::AcceptPairing => "agree for somebody else",
            Self::DeclinePairing => "decline this proposal",
            Self::GuidePairing => "interrupt or end this mentoring",
            Self::ReadMentoringSessions => "read goals and sessions of others",
            Self::RecordMentoring => "set goals or record sessions of others",
            Self::ShareMentoringNotes => "read or write notes of a pair",
            Self::ObserveSkill => "say which skill a mentee applies",
            Self::ReadMentoringFeedback => "read what others say of their mentoring",
            Self::GiveMentoringFeedback => "say something of the mentoring of others",
            Self::ReadCostBands => "read what hours of employees cost",
            Self::ManageCostBands => "change what hours of employees cost",
            Self::ReadRoi => "read benefits and reports of the return on investment",
            Self::ManageRoi => "record or validate benefits or make reports of the return on investment",
            Self::ReadReports => "read reports about groups of people",
            Self::ExportPersonalData => "have everything handed out that is kept of somebody else",
            Self::EraseEmployee => "erase people",
            Self::ReadMonitoredFields => "read which fields tell of people",
            Self::ReadJournal => "read the journal",
        }
    }
}

/// The first basis on which the actor may act, given how they stand to the thing.
pub fn basis(actor: &Actor, action: Action, relations: &[Relation]) -> Option<Basis> {
    action.bases().iter().copied().find(|basis| match (basis, actor.who) {
        (System, Who::System(_)) => true,
        (R(role), Who::Employee(_)) => actor.has(*role),
        (Rel(relation), Who::Employee(_)) => *relation == Relation::Colleague || relations.contains(relation),
        _ => false,
    })
}

/// The basis on which the actor acts, or who it would take.
pub fn require(actor: &Actor, action: Action, relations: &[Relation]) -> Result<Basis, Fault> {
    basis(actor, action, relations).ok_or_else(|| forbidden(action))
}

/// What the actor may read. `None` when no role of theirs and no relation could ever allow it.
pub fn scope(actor: &Actor, action: Action) -> Option<Scope> {
    let employer = actor.employer;
    if basis(actor, action, &[]).is_some() {
        return Some(Scope::all(employer));
    }
    let by_relation = action.bases().iter().any(|basis| matches!(basis, Rel(_)));
    actor.employee().filter(|_| by_relation).map(|person| Scope { employer, reach: Reach::Related(person) })
}

/// What the actor may read, or who it would take.
pub fn require_scope(actor: &Actor, action: Action) -> Result<Scope, Fault> {
    scope(actor, action).ok_or_else(|| forbidden(action))
}

fn forbidden(action: Action) -> Fault {
    let takes: Vec<_> =
        action.bases().iter().filter(|basis| **basis != System).map(|basis| basis.phrase()).collect();
    Fault::Forbidden(format!("you may not {}; it takes {}", action.phrase(), takes.join(" or ")))
}
