//! Inputs of funding, and how they become the domain's.

mod budgets;
mod bulk;
mod changes;
mod closing;
mod co_funding;
mod comments;
mod conditions;
mod delegations;
mod employee_share;
mod enums;
mod exchange;
mod filters;
mod hours;
mod links;
mod money;
mod policies;
mod preview;
mod requests;
mod settlement;
mod tax;

pub(crate) use budgets::{
    AddBudgetOwnerInput, ArchiveBudgetInput, ChangeBudgetInput, CloseBudgetToSpendInput, CreateBudgetInput,
    OpenBudgetInput, RemoveBudgetOwnerInput,
};
pub(crate) use bulk::DecideFundingRequestsInput;
pub(crate) use changes::{RequestFundingChangesInput, RequestedChange, ResubmitFundingRequestInput};
pub(crate) use closing::{CloseBudgetInput, CloseBudgetTreeInput};
pub(crate) use co_funding::CoFundingSource;
pub(crate) use comments::CommentOnFundingRequestInput;
pub(crate) use conditions::ProofKind;
pub(crate) use delegations::{
    ApprovalDelegationFilter, DelegateApprovalsInput, EndDelegationInput, delegation,
};
pub(crate) use enums::{
    BudgetOrderField, BudgetStatus, Capacity, EntryKind, FindingCode, FundingRequestOrderField,
    FundingRequestStatus, LimitMode, ReasonCode, RejectionReason, StepStatus, Verdict,
};
pub(crate) use exchange::{ExchangeRateFilter, SetExchangeRatesInput, WithdrawExchangeRateInput};
pub(crate) use filters::{BudgetFilter, FundingRequestFilter, LedgerFilter};
pub(crate) use hours::SetLearningHoursInput;
pub(crate) use links::IssueActionLinksInput;
pub(crate) use money::{AdjustBudgetInput, AllocateBudgetInput, TransferBudgetInput};
pub(crate) use policies::{
    ChangeFundingPolicyInput, DiscardFundingPolicyDraftInput, DraftFundingPolicyInput, FundingPolicyFilter,
    FundingPolicyRelation, FundingPolicyStatus, PublishFundingPolicyInput,
};
pub(crate) use preview::{
    FindingSeverity, FundingPreviewInput, FundingPreviewOutcome, PreviewFindingCode, preview,
};
pub(crate) use requests::{
    ApproveFundingRequestInput, RejectFundingRequestInput, RequestedCourseInput, SubmitFundingRequestInput,
    WithdrawFundingRequestInput, submission,
};
pub(crate) use settlement::{
    CancelFundingRequestInput, CommitFundingRequestInput, ExtendReservationInput, RecoverFundingInput,
    RefundFundingRequestInput, SettleFundingRequestInput,
};
pub(crate) use tax::AboveTaxBucket;

use upskill_domain::kernel::Money;

use crate::graphql::error::ApiError;
use crate::graphql::scalars::MoneyInput;

/// An amount, or which argument holds none.
fn amount(argument: &'static str, money: &MoneyInput) -> Result<Money, ApiError> {
    money.read().map_err(|error| ApiError::bad_input(argument, error.to_string()))
}
