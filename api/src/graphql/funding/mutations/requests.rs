//! Asking for funding, and taking it back.

use async_graphql::{Context, Object, SimpleObject};
use upskill_domain::funding::{
    CoFundingRefusal, Objection, OfferRefusal, PolicyObjection, ResubmitRefusal, SubmitRefusal,
    WithdrawRefusal,
};

use crate::graphql::context::RequestContext;
use crate::graphql::error::{Isolated, isolated};
use crate::graphql::funding::inputs::{
    ResubmitFundingRequestInput, SubmitFundingRequestInput, WithdrawFundingRequestInput, submission,
};
use crate::graphql::funding::types::FundingRequest;
use crate::graphql::refusal::{all_answered, answered, user_errors};

/// Mutations of those who ask.
#[derive(Default)]
pub(crate) struct RequestMutations;

#[Object]
impl RequestMutations {
    /// Asks for funding. The request goes to the approvers of the funding policy; unless the employer has published one,
    /// to the nearest manager above the person who is at work, and without one to an owner of the budget. What the policy
    /// approves by itself is APPROVED at once, with its money reserved. A refusal tells everything that `fundingPreview`
    /// calls a REFUSAL. For the person concerned.
    async fn submit_funding_request(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The request.")] input: SubmitFundingRequestInput,
    ) -> Isolated<SubmitFundingRequestPayload> {
        isolated(async {
            let command = submission(ctx.actor()?, input)?;
            let outcome = ctx.app()?.funding().submit_request(ctx.actor()?, command).await;
            let (funding_request, user_errors) = all_answered(outcome)?;
            Ok(Some(SubmitFundingRequestPayload {
                funding_request: funding_request.map(FundingRequest::from),
                user_errors,
            }))
        })
        .await
    }

    /// Answers a request that was handed back for changes with a new round, which goes through the same rules as a submission
    /// made now: the funding policy and the offer of the catalog as they are, and an approval chain that is resolved anew. The
    /// round before ends as SUPERSEDED and keeps its decisions and comments; both stand in `rounds`. For the person whom it is
    /// for. CONFLICT when the expected version is not the stored one.
    async fn resubmit_funding_request(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The request, and what is new.")] input: ResubmitFundingRequestInput,
    ) -> Isolated<ResubmitFundingRequestPayload> {
        isolated(async {
            let command = input.try_into()?;
            let outcome = ctx.app()?.funding().resubmit_request(ctx.actor()?, command).await;
            let (funding_request, user_errors) = all_answered(outcome)?;
            Ok(Some(ResubmitFundingRequestPayload {
                funding_request: funding_request.map(FundingRequest::from),
                user_errors,
            }))
        })
        .await
    }

    /// Takes a request back that has not been decided, or was handed back for changes. For the person whom it is for. CONFLICT when the expected version is not
    /// the stored one.
    async fn withdraw_funding_request(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The request.")] input: WithdrawFundingRequestInput,
    ) -> Isolated<WithdrawFundingRequestPayload> {
        isolated(async {
            let outcome = ctx.app()?.funding().withdraw_request(ctx.actor()?, input.into()).await;
            let (funding_request, user_errors) = answered(outcome)?;
            Ok(Some(WithdrawFundingRequestPayload {
                funding_request: funding_request.map(FundingRequest::from),
                user_errors,
            }))
        })
        .await
    }
}

/// What became of `submitFundingRequest`.
#[derive(SimpleObject)]
pub(crate) struct SubmitFundingRequestPayload {
    /// The request; null when refused.
    funding_request: Option<FundingRequest>,
    /// Why it was refused; empty when it was done.
    user_errors: Vec<SubmitFundingRequestError>,
}

/// The user errors of a mutation whose input is judged like a submission, with the codes that it has beside those.
macro_rules! submission_errors {
    ( $(#[$doc:meta])* $error:ident, $code:ident for $refusal:ident { $($more:tt)* } ) => {
        user_errors! {
            $(#[$doc])*
            $error, $code for $refusal {
                $($more)*
                /// There is no such employee, or they have left.
                UnknownEmployee <= $refusal::Objection(Objection::UnknownEmployee(_)),
                /// There is no such course in the catalog.
                UnknownCourse <= $refusal::Objection(Objection::Offer(OfferRefusal::UnknownCourse(_))),
                /// The course is not published now.
                CourseNotOffered <= $refusal::Objection(Objection::Offer(OfferRefusal::NotOffered { .. })),
                /// The price is not known: give a quote.
                QuoteNeeded <= $refusal::Objection(Objection::Offer(OfferRefusal::QuoteNeeded { .. })),
                /// The catalog knows the price: leave the quote out.
                QuoteNotTaken <= $refusal::Objection(Objection::Offer(OfferRefusal::QuoteNotTaken { .. })),
                /// The quote is below 0.
                NegativeQuote <= $refusal::Objection(Objection::Offer(OfferRefusal::NegativeQuote(_))),
                /// The quote is above what any course costs.
                QuoteTooHigh <= $refusal::Objection(Objection::Offer(OfferRefusal::QuoteTooHigh { .. })),
                /// The title is empty, too long or has control characters.
                InvalidTitle <= $refusal::Objection(Objection::Offer(OfferRefusal::InvalidTitle(_))),
                /// The provider's name is empty, too long or has control characters.
                InvalidProviderName <= $refusal::Objection(Objection::Offer(OfferRefusal::InvalidProvider(_))),
                /// The address is none of the web.
                InvalidUrl <= $refusal::Objection(Objection::Offer(OfferRefusal::InvalidUrl { .. })),
                /// The catalog holds the course of that address: ask for that one.
                InCatalog <= $refusal::Objection(Objection::Offer(OfferRefusal::InCatalog { .. })),
                /// The workload is out of range.
                InvalidWorkload <= $refusal::Objection(Objection::Offer(OfferRefusal::InvalidWorkload(_))),
                /// There is no such program that runs.
                UnknownProgram <= $refusal::Objection(Objection::UnknownProgram(_)),
                /// The purpose is empty, too long or has control characters.
                InvalidPurpose <= $refusal::Objection(Objection::InvalidPurpose(_)),
                /// There is no open budget, or the one that was named is not for this request.
                NoBudget <= $refusal::Objection(Objection::NoBudget(_)),
                /// The price is not in the budget's currency, and there is no exchange rate of the last days to convert it.
                NoExchangeRate <= $refusal::Objection(Objection::NoExchangeRate { .. }),
                /// There are too many parts of others, or one of them has no amount above 0, no name, or a text that cannot be taken.
                InvalidCoFunding <= $refusal::Objection(Objection::CoFunding(
                    CoFundingRefusal::TooMany { .. }
                    | CoFundingRefusal::NotPositive { .. }
                    | CoFundingRefusal::Unnamed { .. }
                    | CoFundingRefusal::InvalidName { .. }
                    | CoFundingRefusal::InvalidReference { .. }
                )),
                /// A part of others is not in the budget's currency.
                CoFundingCurrency <= $refusal::Objection(Objection::CoFunding(CoFundingRefusal::Currency { .. })),
                /// Others pay more together than the price.
                CoFundingAbovePrice <= $refusal::Objection(Objection::CoFunding(CoFundingRefusal::AbovePrice { .. })),
                /// The funding policy asks the employee to pay more themself.
                EmployeeShareTooLow <= $refusal::Objection(Objection::Policy(PolicyObjection::EmployeeShareTooLow { .. })),
                /// Nobody may decide it.
                NoApprover <= $refusal::Objection(Objection::NoApprover(_)),
                /// A live request of the person asks for the same course.
                AlreadyRequested <= $refusal::Objection(Objection::AlreadyRequested { .. }),
                /// The funding policy asks for more time with the employer.
                TenureTooShort <= $refusal::Objection(Objection::Policy(PolicyObjection::TenureTooShort { .. })),
                /// The funding policy is not for people of this status.
                StatusNotEligible <= $refusal::Objection(Objection::Policy(PolicyObjection::StatusNotEligible { .. })),
                /// The funding policy is not for people of this department.
                DepartmentNotEligible <= $refusal::Objection(Objection::Policy(PolicyObjection::DepartmentNotEligible { .. })),
                /// The funding policy does not pay for providers of this kind.
                ProviderKindNotEligible <= $refusal::Objection(Objection::Policy(PolicyObjection::ProviderKindNotEligible { .. })),
                /// The funding policy allows fewer courses at once.
                TooManyCourses <= $refusal::Objection(Objection::Policy(PolicyObjection::TooManyCourses { .. })),
                /// The funding policy allows less learning a week.
                LoadTooHigh <= $refusal::Objection(Objection::Policy(PolicyObjection::LoadTooHigh { .. })),
                /// The funding policy allows less in one request.
                RequestCapExceeded <= $refusal::Objection(Objection::Policy(PolicyObjection::RequestCapExceeded { .. })),
                /// The funding policy allows less in one request at such a provider.
                ProviderCapExceeded <= $refusal::Objection(Objection::Policy(PolicyObjection::ProviderCapExceeded { .. })),
                /// The funding policy allows less for a person in a fiscal year.
                YearCapExceeded <= $refusal::Objection(Objection::Policy(PolicyObjection::YearCapExceeded { .. })),
                /// The funding policy pays no more in a calendar year than is free of tax.
                TaxBucketExceeded <= $refusal::Objection(Objection::Policy(PolicyObjection::TaxBucketExceeded { .. })),
                /// The idempotency key was used with another input.
                IdempotencyKeyReused <= $refusal::KeyReused(_),
            }
        }
    };
}

submission_errors! {
    /// Why a request was not submitted.
    SubmitFundingRequestError, SubmitFundingRequestErrorCode for SubmitRefusal {}
}

/// What became of `resubmitFundingRequest`.
#[derive(SimpleObject)]
pub(crate) struct ResubmitFundingRequestPayload {
    /// The new round; null when refused.
    funding_request: Option<FundingRequest>,
    /// Why it was refused; empty when it was done.
    user_errors: Vec<ResubmitFundingRequestError>,
}

submission_errors! {
    /// Why a request was not submitted again.
    ResubmitFundingRequestError, ResubmitFundingRequestErrorCode for ResubmitRefusal {
        /// It is not `CHANGES_REQUESTED`.
        NotHandedBack <= ResubmitRefusal::NotHandedBack(_),
        /// A new round asks for the same course.
        OtherCourse <= ResubmitRefusal::OtherCourse,
    }
}

/// What became of `withdrawFundingRequest`.
#[derive(SimpleObject)]
pub(crate) struct WithdrawFundingRequestPayload {
    /// The request as it is now; null when refused.
    funding_request: Option<FundingRequest>,
    /// Why it was refused; empty when it was done.
    user_errors: Vec<WithdrawFundingRequestError>,
}

user_errors! {
    /// Why a request was not withdrawn.
    WithdrawFundingRequestError, WithdrawFundingRequestErrorCode for WithdrawRefusal {
        /// It is decided or over.
        NotPending <= WithdrawRefusal::NotPending(_),
    }
}
