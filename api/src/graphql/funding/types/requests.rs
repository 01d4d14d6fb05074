//! Funding requests.

use async_graphql::{Context, ID, Object};
use upskill_domain::access::Action;
use upskill_domain::funding::{self as domain, RequestCard, RequestFilter, RequestOrder, RequestWith};
use upskill_domain::kernel::{Direction, FundingRequestId, Joined};

use super::conditions::ApprovalConditions;
use super::{
    AppliedExchangeRate, ApprovalStep, Budget, CoFunding, Decision, FundingComment, FundingRequestWait,
    TaxShare,
};
use crate::graphql::catalog::{Course, ProviderKind};
use crate::graphql::context::RequestContext;
use crate::graphql::error::{ApiError, Isolated};
use crate::graphql::funding::inputs::FundingRequestStatus;
use crate::graphql::funding::loaders::{RequestDecisions, RequestSteps, RequestTaxShares, Requests};
use crate::graphql::id::wire;
use crate::graphql::look_ahead::Selection;
use crate::graphql::organization::{Employee, colleague_with};
use crate::graphql::page::{Connection, PageArguments};
use crate::graphql::personal::{DataClass, personal, who};
use crate::graphql::plain::{Known, Partly, Plain};
use crate::graphql::programs::Program;
use crate::graphql::scalars::{Date, DateTime, Money};

/// A request to fund a course for a person. For the person, the managers above them, whoever it waits or waited for,
/// the owners of the budget, `HR_ADMIN`, `HR_ANALYST` and FINANCE.
#[derive(Clone)]
pub(crate) struct FundingRequest(RequestCard);

impl From<RequestCard> for FundingRequest {
    fn from(card: RequestCard) -> Self {
        Self(card)
    }
}

impl From<domain::FundingRequest> for FundingRequest {
    fn from(request: domain::FundingRequest) -> Self {
        Self(RequestCard { request: Box::new(request), employee: Joined::Unasked, budget: Joined::Unasked })
    }
}

impl Known for FundingRequest {
    const KNOWN: &'static [&'static str] = &[
        "id",
        "offer",
        "requestedAmount",
        "amount",
        "conditions",
        "exchangeRate",
        "coFunding",
        "purpose",
        "policyVersion",
        "round",
        "status",
        "waitsFor",
        "orderNumber",
        "startsOn",
        "proof",
        "settledPrice",
        "settledOn",
        "refunded",
        "submittedAt",
        "decidedAt",
        "committedAt",
        "settledAt",
        "endedAt",
        "version",
    ];
}

impl FundingRequest {
    /// The request with this id, batched with other look-ups of the request.
    pub(crate) async fn load(ctx: &Context<'_>, id: FundingRequestId) -> Result<Option<Self>, ApiError> {
        Ok(ctx.load::<Requests, _>(id).await?.map(Self::from))
    }

    /// Its id, as others look up what belongs to it.
    pub(super) fn key(&self) -> FundingRequestId {
        self.0.request.id
    }
}

/// Which neighbors of requests the selection asks for.
pub(crate) fn request_with(selection: &Selection<'_>) -> RequestWith {
    RequestWith {
        employee: selection.asks("employee").then(|| colleague_with(&selection.field("employee"))),
        budget: selection.asks("budget"),
    }
}

/// A request to fund a course for a person. For the person, the managers above them, whoever it waits or waited for,
/// the owners of the budget, `HR_ADMIN`, `HR_ANALYST` and FINANCE.
#[Object(directive = personal::apply(DataClass::Funding, who(Action::ReadFundingRequest)))]
impl FundingRequest {
    /// The id.
    pub(crate) async fn id(&self) -> ID {
        wire(self.0.request.id)
    }

    /// For whom.
    async fn employee(&self, ctx: &Context<'_>) -> Isolated<Partly<Employee>> {
        let employee = match &self.0.employee {
            Joined::Present(card) => Some(Ok(card.as_ref().clone().into())),
            Joined::Absent => None,
            Joined::Unasked => Employee::load(ctx, self.0.request.employee).await.transpose(),
        };
        employee.map(|read| read.map(Partly))
    }

    /// For what, as it was offered when the request was submitted. Later changes of the catalog do not touch it.
    async fn offer(&self) -> Plain<RequestedOffer<'_>> {
        Plain(RequestedOffer(&self.0.request.offer))
    }

    /// The course as the catalog has it now; null for one outside the catalog, or when the caller may not see it.
    async fn course(&self, ctx: &Context<'_>) -> Isolated<Course> {
        match self.0.request.offer.course {
            Some(id) => Course::load(ctx, id).await.transpose(),
            None => None,
        }
    }

    /// The program it is part of; null when it is part of none, or when the caller may not see it.
    async fn program(&self, ctx: &Context<'_>) -> Isolated<Program> {
        match self.0.request.program {
            Some(id) => Program::load(ctx, id).await.transpose(),
            None => None,
        }
    }

    /// What the budget was asked for when it was submitted, in its currency.
    async fn requested_amount(&self) -> Money {
        self.0.request.requested.into()
    }

    /// What the budget is asked for, or what those who approved it so far left of that: this much is reserved with the last
    /// yes, and a later price is measured by it. In the budget's currency.
    async fn amount(&self) -> Money {
        self.0.request.amount.into()
    }

    /// What others pay of the price; `requestedAmount` is what they left of it. They were promised with the request, so that
    /// it is the budget's part that bears it when the price turns out another.
    async fn co_funding(&self) -> Vec<CoFunding> {
        self.0.request.co_funding.iter().map(CoFunding::of).collect()
    }

    /// On what those who approved it so far made it depend, taken together; null when on nothing.
    async fn conditions(&self) -> Option<ApprovalConditions> {
        ApprovalConditions::of(&self.0.request.conditions)
    }

    /// The rate at which the price of the offer was converted when the request was submitted; it never changes. Null where
    /// the price is in the budget's currency.
    async fn exchange_rate(&self) -> Option<AppliedExchangeRate> {
        let domain::FundingRequest { converted_at, offer, amount, .. } = &*self.0.request;
        AppliedExchangeRate::of(converted_at.as_ref(), Some(offer.price), Some(*amount))
    }

    /// What it takes of the person's tax buckets, by the policy that it was submitted under; empty when that has none for the
    /// country they work in, and when its money was never paid and never will be.
    async fn tax_shares(&self, ctx: &Context<'_>) -> Result<Vec<TaxShare>, ApiError> {
        let shares = ctx.load::<RequestTaxShares, _>(self.0.request.id).await?.unwrap_or_default();
        Ok(shares.into_iter().map(Into::into).collect())
    }

    /// The budget that is asked; null when the caller may not see it.
    async fn budget(&self, ctx: &Context<'_>) -> Isolated<Partly<Budget>> {
        let budget = match &self.0.budget {
            Joined::Present(budget) => Some(Ok(budget.as_ref().clone().into())),
            Joined::Absent => None,
            Joined::Unasked => Budget::load(ctx, self.0.request.budget).await.transpose(),
        };
        budget.map(|read| read.map(Partly))
    }

    /// What it is good for, in the requester's words.
    async fn purpose(&self) -> &str {
        &self.0.request.purpose
    }

    /// The version of the funding policy it was submitted under, and is decided by; 1 is the built-in one.
    async fn policy_version(&self) -> i32 {
        self.0.request.policy_version
    }

    /// Which attempt of this person at this course it is, counted from 1.
    async fn round(&self) -> i32 {
        self.0.request.round
    }

    /// Where it is in its life.
    async fn status(&self) -> FundingRequestStatus {
        self.0.request.status.into()
    }

    /// What it waits for; null once it is over.
    async fn waits_for(&self) -> Option<FundingRequestWait> {
        self.0.request.waits_for().map(Into::into)
    }

    /// The last day on which the money is reserved, in the employer's time zone; null unless the request is APPROVED. When
    /// it is over the request becomes EXPIRED and the money is released, unless the place was booked or the reservation
    /// extended; 14 days before, the journal has a `funding.reservation_expiring`.
    async fn reserved_until(&self) -> Option<Date> {
        self.0.request.reserved_until.map(Date)
    }

    /// What the place was booked at for the employer, which the budget holds committed until it is settled; null before.
    async fn committed_price(&self) -> Option<Money> {
        self.0.request.committed.map(Into::into)
    }

    /// The number of the order; null before it is committed, or without one.
    async fn order_number(&self) -> Option<&str> {
        self.0.request.order_number.as_deref()
    }

    /// The day on which the course starts; null before a place is booked, or when that was not told.
    async fn starts_on(&self) -> Option<Date> {
        self.0.request.starts_on.map(Date)
    }

    /// What was shown of what the approval asks for; null before it is settled, or when nothing was.
    async fn proof(&self) -> Option<&str> {
        self.0.request.proof.as_deref()
    }

    /// What it cost the budget in the end; null before it is settled.
    async fn settled_price(&self) -> Option<Money> {
        self.0.request.settled.map(Into::into)
    }

    /// What of the settled price came back from the provider.
    async fn refunded(&self) -> Money {
        self.0.request.refunded.into()
    }

    /// What of the settled price the employee paid back.
    async fn recovered(&self) -> Money {
        self.0.request.recovered.into()
    }

    /// When it was submitted.
    async fn submitted_at(&self) -> DateTime {
        DateTime(self.0.request.submitted_at)
    }

    /// The day from which the payment counts, in the employer's time zone; null before it is settled.
    async fn settled_on(&self) -> Option<Date> {
        self.0.request.settled_on.map(Date)
    }

    /// When it was approved or rejected; null before.
    async fn decided_at(&self) -> Option<DateTime> {
        self.0.request.decided_at.map(DateTime)
    }

    /// When the place was booked; null before.
    async fn committed_at(&self) -> Option<DateTime> {
        self.0.request.committed_at.map(DateTime)
    }

    /// When the price was known; null before.
    async fn settled_at(&self) -> Option<DateTime> {
        self.0.request.settled_at.map(DateTime)
    }

    /// When it was withdrawn, canceled or superseded, or expired; null otherwise.
    async fn ended_at(&self) -> Option<DateTime> {
        self.0.request.ended_at.map(DateTime)
    }

    /// The steps of its approval chain, in their order.
    async fn steps(&self, ctx: &Context<'_>) -> Result<Vec<ApprovalStep>, ApiError> {
        let steps = ctx.load::<RequestSteps, _>(self.0.request.id).await?.unwrap_or_default();
        Ok(steps.into_iter().map(Into::into).collect())
    }

    /// What was decided about it so far, the oldest first.
    async fn decisions(&self, ctx: &Context<'_>) -> Result<Vec<Decision>, ApiError> {
        let decisions = ctx.load::<RequestDecisions, _>(self.0.request.id).await?.unwrap_or_default();
        Ok(decisions.into_iter().map(Into::into).collect())
    }

    /// What was said about it, the oldest first.
    async fn comments(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "Rows from the start of the list, 1 to 100; 20 when neither first nor last is given."
        )]
        first: Option<i32>,
        #[graphql(desc = "Only rows after this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end of the list, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
    ) -> Result<Connection<FundingComment>, ApiError> {
        let arguments = PageArguments { first, after, last, before };
        Connection::read(ctx, self.0.request.id, (), arguments).await
    }

    /// Every attempt of this person at this course, this one among them, the first one first, as far as the caller may see
    /// them. Earlier rounds keep their decisions and comments.
    async fn rounds(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "Rows from the start of the list, 1 to 100; 20 when neither first nor last is given."
        )]
        first: Option<i32>,
        #[graphql(desc = "Only rows after this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end of the list, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
    ) -> Result<Connection<FundingRequest>, ApiError> {
        let filter = RequestFilter { thread_of: Some(self.0.request.id), ..RequestFilter::default() };
        let order = (RequestOrder::SubmittedAt, Direction::Ascending);
        Connection::read(ctx, filter, order, PageArguments { first, after, last, before }).await
    }

    /// Counts changes; give it back as `expectedVersion` to act only on what was read.
    async fn version(&self) -> i32 {
        self.0.request.version
    }
}

/// What was asked for, frozen as it was offered then.
pub(crate) struct RequestedOffer<'r>(&'r domain::RequestedOffer);

/// What was asked for, frozen as it was offered then.
#[Object(directive = personal::apply(DataClass::Funding, who(Action::ReadFundingRequest)))]
impl RequestedOffer<'_> {
    /// The id of the course in the catalog; null for one outside of it.
    async fn course_id(&self) -> Option<ID> {
        self.0.course.map(wire)
    }

    /// What it is called.
    async fn title(&self) -> &str {
        &self.0.title
    }

    /// Who offers it.
    async fn provider_name(&self) -> &str {
        &self.0.provider_name
    }

    /// Where it is described; always there for a course outside the catalog.
    async fn url(&self) -> Option<&str> {
        self.0.url.as_deref()
    }

    /// What it costs; 0 is a price.
    async fn price(&self) -> Money {
        self.0.price.into()
    }

    /// How much work it is, in minutes; null when not known.
    async fn workload_minutes(&self) -> Option<i32> {
        self.0.workload_minutes
    }

    /// What sort of organization offers it; null for a course outside the catalog.
    async fn provider_kind(&self) -> Option<ProviderKind> {
        self.0.provider_kind.map(Into::into)
    }

    /// The longest that it takes, in weeks; null when not known.
    async fn duration_weeks(&self) -> Option<i32> {
        self.0.duration_weeks
    }

    /// For how many hours of working time the person is released, with pay: these learning hours are promised and used with
    /// the money. Null when not known.
    async fn release_hours(&self) -> Option<i32> {
        self.0.release_hours
    }
}
