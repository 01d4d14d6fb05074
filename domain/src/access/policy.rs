//! The policy: one table that says which role or relation allows which action.
//!
//! It is pure and small on purpose. A use case asks [`require`] with the relations that it found on locked data, a
//! query asks [`scope`] and gets the reach that goes into the SQL. The golden file `tests/golden/policy.txt` shows the
//! whole table; a change there is a change of who may do what, and is reviewed as such.

mod checks;
mod phrases;

use super::circles::{
    BUDGET_READERS, CONCERNED, GROUP_READERS, ONESELF, ONESELF_OR_HR, PARTICIPATION, REQUEST_READERS,
};
use super::{Basis, Relation, Role};

pub use checks::{basis, require, require_scope, scope};

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
    /// Join a program, and leave it.
    JoinPrograms,
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
    /// What happens to oneself, as it happens.
    FollowOneself,
    /// Service accounts, without their secrets.
    ReadServiceAccounts,
    /// Create, change and revoke service accounts, and give them secrets.
    ManageServiceAccounts,
}

use Basis::{Relation as Rel, Role as R, System};

impl Action {
    /// Every action, in the order of the capabilities.
    pub const ALL: [Self; 75] = [
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
        Self::JoinPrograms,
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
        Self::FollowOneself,
        Self::ReadServiceAccounts,
        Self::ManageServiceAccounts,
    ];

    /// The table.
    #[expect(clippy::too_many_lines, reason = "one table, which is read as a whole")]
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
            Self::ReadRoleGrants | Self::ReadServiceAccounts => {
                &[R(Role::EmployerAdmin), R(Role::HrAdmin), R(Role::Auditor), System]
            }
            Self::ManageRoleGrants | Self::ManageServiceAccounts => &[R(Role::EmployerAdmin), System],
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
            Self::StateSkill
            | Self::JoinPrograms
            | Self::WithdrawFundingRequest
            | Self::GiveCourseFeedback
            | Self::FollowOneself => ONESELF,
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
}
