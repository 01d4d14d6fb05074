//! Requests to look ahead for, and the words of the answer.

use async_graphql::{Enum, InputObject};
use upskill_domain::access::Actor;
use upskill_domain::funding::{
    self as domain, CoFundingRefusal, Finding, Objection, OfferRefusal, PolicyObjection,
};
use upskill_domain::kernel::{BudgetId, EmployeeId, ProgramId};

use super::co_funding::{CoFundingInput, parts};
use super::{RequestedCourseInput, amount};
use crate::graphql::error::ApiError;
use crate::graphql::id::Id;
use crate::graphql::scalars::MoneyInput;

/// A request to look ahead for: the input of `submitFundingRequest` as far as it is known yet.
#[derive(InputObject)]
pub(crate) struct FundingPreviewInput {
    /// For whom; the caller when not given. For somebody else it takes `HR_ADMIN`, `HR_ANALYST` or a manager above them.
    employee_id: Option<Id<EmployeeId>>,
    /// For what.
    course: RequestedCourseInput,
    /// What it costs, 0 or above: required where the catalog does not know the price, refused where it does.
    quote: Option<MoneyInput>,
    /// What others pay of it, at most 10 parts; only the rest is asked of the budget.
    #[graphql(default)]
    co_funding: Vec<CoFundingInput>,
    /// The budget to ask: an open one of the program, of the person's department or one above, or of the employer. The
    /// nearest of these in the price's currency when not given.
    budget_id: Option<Id<BudgetId>>,
    /// The program it is part of, one that runs.
    program_id: Option<Id<ProgramId>>,
    /// What it is good for: 1 to 4000 characters. Not judged when not given; a submission needs it.
    purpose: Option<String>,
}

/// What the caller looks ahead for: for themself when they name nobody.
pub(crate) fn preview(actor: &Actor, input: FundingPreviewInput) -> Result<domain::PreviewFunding, ApiError> {
    let employee = input.employee_id.map(|id| id.0).or(actor.employee());
    Ok(domain::PreviewFunding {
        employee: employee
            .ok_or_else(|| ApiError::bad_input("input.employeeId", "say for whom the request is"))?,
        course: input.course.into(),
        quote: input.quote.map(|money| amount("input.quote", &money)).transpose()?,
        co_funding: parts(input.co_funding)?,
        budget: input.budget_id.map(|id| id.0),
        program: input.program_id.map(|id| id.0),
        purpose: input.purpose,
    })
}

/// What would become of a submission.
#[derive(Enum, Debug, Copy, Clone, PartialEq, Eq)]
pub(crate) enum FundingPreviewOutcome {
    /// It would be taken, and go to the first step of its approval chain.
    Allowed,
    /// It would be refused.
    Refused,
}

/// How much a finding weighs.
#[derive(Enum, Debug, Copy, Clone, PartialEq, Eq)]
pub(crate) enum FindingSeverity {
    /// It forbids the request.
    Refusal,
    /// It does not forbid the request, but whoever decides will see it. A budget in HARD mode lets nobody approve more
    /// than it has available.
    Warning,
}

/// What can speak against a request. A refusal has the code with which `submitFundingRequest` would refuse.
#[derive(Enum, Debug, Copy, Clone, PartialEq, Eq)]
pub(crate) enum PreviewFindingCode {
    /// There is no such employee, or they have left.
    UnknownEmployee,
    /// There is no such course in the catalog.
    UnknownCourse,
    /// The course is not published now.
    CourseNotOffered,
    /// The price is not known: give a quote.
    QuoteNeeded,
    /// The catalog knows the price: leave the quote out.
    QuoteNotTaken,
    /// The quote is below 0.
    NegativeQuote,
    /// The quote is above what any course costs.
    QuoteTooHigh,
    /// The title is empty, too long or has control characters.
    InvalidTitle,
    /// The provider's name is empty, too long or has control characters.
    InvalidProviderName,
    /// The address is none of the web.
    InvalidUrl,
    /// The catalog holds the course of that address: ask for that one.
    InCatalog,
    /// The workload is out of range.
    InvalidWorkload,
    /// There is no such program that runs.
    UnknownProgram,
    /// The purpose is empty, too long or has control characters.
    InvalidPurpose,
    /// There is no open budget, or the one that was named is not for this request.
    NoBudget,
    /// The price is not in the budget's currency, and there is no exchange rate of the last days to convert it.
    NoExchangeRate,
    /// There are too many parts of others, or one of them has no amount above 0, no name, or a text that cannot be taken.
    InvalidCoFunding,
    /// A part of others is not in the budget's currency.
    CoFundingCurrency,
    /// Others pay more together than the price.
    CoFundingAbovePrice,
    /// The funding policy asks the employee to pay more themself.
    EmployeeShareTooLow,
    /// Nobody may decide it.
    NoApprover,
    /// A live request of the person asks for the same course.
    AlreadyRequested,
    /// The funding policy asks for more time with the employer.
    TenureTooShort,
    /// The funding policy is not for people of this status.
    StatusNotEligible,
    /// The funding policy is not for people of this department.
    DepartmentNotEligible,
    /// The funding policy does not pay for providers of this kind.
    ProviderKindNotEligible,
    /// The funding policy allows fewer courses at once.
    TooManyCourses,
    /// The funding policy allows less learning a week.
    LoadTooHigh,
    /// The funding policy allows less in one request.
    RequestCapExceeded,
    /// The funding policy allows less in one request at such a provider.
    ProviderCapExceeded,
    /// The funding policy allows less for a person in a fiscal year.
    YearCapExceeded,
    /// The funding policy's limits are in another currency, so none of them was applied: a warning.
    OtherCurrency,
    /// The funding policy pays no more than is free of tax, and the request goes above.
    TaxBucketExceeded,
    /// A part of it would be taxable: a warning.
    TaxablePart,
    /// How much of it would be taxable cannot be told, because there is no exchange rate: a warning.
    TaxNotKnown,
    /// The budget has less available than the request needs: a warning.
    BudgetExceeded,
    /// The budget has fewer learning hours left than the course releases for: a warning.
    HoursExceeded,
}

impl From<&Finding> for PreviewFindingCode {
    fn from(finding: &Finding) -> Self {
        match finding {
            Finding::BudgetExceeded { .. } => Self::BudgetExceeded,
            Finding::OtherCurrency { .. } => Self::OtherCurrency,
            Finding::HoursExceeded { .. } => Self::HoursExceeded,
            Finding::LoadTooHigh { .. } => Self::LoadTooHigh,
            Finding::TaxablePart { .. } => Self::TaxablePart,
            Finding::TaxNotKnown { .. } => Self::TaxNotKnown,
        }
    }
}

impl From<&Objection> for PreviewFindingCode {
    fn from(objection: &Objection) -> Self {
        match objection {
            Objection::InvalidPurpose(_) => Self::InvalidPurpose,
            Objection::UnknownEmployee(_) => Self::UnknownEmployee,
            Objection::Offer(refusal) => refusal.into(),
            Objection::UnknownProgram(_) => Self::UnknownProgram,
            Objection::NoBudget(_) => Self::NoBudget,
            Objection::AlreadyRequested { .. } => Self::AlreadyRequested,
            Objection::NoExchangeRate { .. } => Self::NoExchangeRate,
            Objection::NoApprover(_) => Self::NoApprover,
            Objection::CoFunding(CoFundingRefusal::Currency { .. }) => Self::CoFundingCurrency,
            Objection::CoFunding(CoFundingRefusal::AbovePrice { .. }) => Self::CoFundingAbovePrice,
            Objection::CoFunding(_) => Self::InvalidCoFunding,
            Objection::Policy(objection) => objection.into(),
        }
    }
}

impl From<&PolicyObjection> for PreviewFindingCode {
    fn from(objection: &PolicyObjection) -> Self {
        match objection {
            PolicyObjection::EmployeeShareTooLow { .. } => Self::EmployeeShareTooLow,
            PolicyObjection::TenureTooShort { .. } => Self::TenureTooShort,
            PolicyObjection::StatusNotEligible { .. } => Self::StatusNotEligible,
            PolicyObjection::DepartmentNotEligible { .. } => Self::DepartmentNotEligible,
            PolicyObjection::ProviderKindNotEligible { .. } => Self::ProviderKindNotEligible,
            PolicyObjection::TooManyCourses { .. } => Self::TooManyCourses,
            PolicyObjection::LoadTooHigh { .. } => Self::LoadTooHigh,
            PolicyObjection::RequestCapExceeded { .. } => Self::RequestCapExceeded,
            PolicyObjection::ProviderCapExceeded { .. } => Self::ProviderCapExceeded,
            PolicyObjection::YearCapExceeded { .. } => Self::YearCapExceeded,
            PolicyObjection::TaxBucketExceeded { .. } => Self::TaxBucketExceeded,
        }
    }
}

impl From<&OfferRefusal> for PreviewFindingCode {
    fn from(refusal: &OfferRefusal) -> Self {
        match refusal {
            OfferRefusal::UnknownCourse(_) => Self::UnknownCourse,
            OfferRefusal::NotOffered { .. } => Self::CourseNotOffered,
            OfferRefusal::QuoteNeeded { .. } => Self::QuoteNeeded,
            OfferRefusal::QuoteNotTaken { .. } => Self::QuoteNotTaken,
            OfferRefusal::NegativeQuote(_) => Self::NegativeQuote,
            OfferRefusal::QuoteTooHigh { .. } => Self::QuoteTooHigh,
            OfferRefusal::InvalidTitle(_) => Self::InvalidTitle,
            OfferRefusal::InvalidProvider(_) => Self::InvalidProviderName,
            OfferRefusal::InvalidUrl { .. } => Self::InvalidUrl,
            OfferRefusal::InCatalog { .. } => Self::InCatalog,
            OfferRefusal::InvalidWorkload(_) => Self::InvalidWorkload,
        }
    }
}
