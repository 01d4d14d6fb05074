//! The words every capability uses: ids, money, time, pages and failures.
//!
//! Nothing here knows a capability. What is here is either a value with its own arithmetic (money, period) or the
//! shape in which use cases speak to their callers (page, failure).

mod clock;
mod credential;
mod disclosure;
mod failure;
mod fate;
mod ids;
mod money;
mod page;
mod period;
mod rate;
mod text;
mod web_address;
mod words;

pub use clock::{Clock, Ids};
pub use credential::{Credential, CredentialKind, Digest, Entropy};
pub use disclosure::{Blocks, Crowds, GroupSizeError, MinimumGroupSize, Suppression};
pub use failure::{Failure, Fault, Refusal, Refusals, check_version};
pub use fate::ImportFate;
pub use ids::{
    AbsenceId, AccessTokenId, ActionLinkId, ApprovalDelegationId, ApprovalStepId, AssessmentId, BenefitId,
    BudgetId, ClientSecretId, CostBandId, CourseId, CoursePriceId, DecisionId, DepartmentId, EmployeeId,
    EmployerId, EnrollmentId, EvidenceId, ExchangeRateId, FollowUpId, FundingCommentId, FundingPolicyId,
    FundingRequestId, IdError, JobProfileId, JournalEntryId, LearningTimeId, LedgerEntryId, MentorId,
    MentoringGoalId, MentoringNoteId, MentoringSessionId, NAMES, PairingId, ParticipantId, ProgramId,
    ProviderId, RoiReportId, RoleGrantId, ServiceAccountId, SkillId, SkillRecordId, TypedId,
};
pub use ids::{format as format_id, split as split_id};
pub use money::{Currency, Money, MoneyError};
pub use page::{Direction, Joined, Key, Page, PageRequest, Placed, Position};
pub use period::{Period, PeriodError};
pub(crate) use rate::half_even;
pub use rate::{Rate, RateError};
pub use text::{CountryCode, LanguageTag, Text, TextError, search_key};
pub use web_address::WebAddress;
pub(crate) use words::words;
