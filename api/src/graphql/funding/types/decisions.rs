//! Steps of approval chains, decisions, and the inbox of those who decide.

use async_graphql::{Context, ID, Object, SimpleObject};
use upskill_domain::access::Action;
use upskill_domain::funding::{self as domain, RequestFilter, RequestOrder};
use upskill_domain::kernel::{self, ApprovalStepId, DecisionId, Direction};

use super::conditions::ApprovalConditions;
use super::load::{LearningLoad, RequesterLoad};
use super::{Budget, FundingRequest};
use crate::graphql::context::RequestContext;
use crate::graphql::error::{ApiError, Isolated, isolated};
use crate::graphql::funding::inputs::{
    Capacity, FindingCode, RejectionReason, RequestedChange, StepStatus, Verdict,
};
use crate::graphql::funding::loaders::{Decisions, Loads, RequestFindings, RequestLearningLoads, Steps};
use crate::graphql::id::wire;
use crate::graphql::organization::Employee;
use crate::graphql::page::first_of;
use crate::graphql::personal::{DataClass, personal, who};
use crate::graphql::plain::{Known, Partly};
use crate::graphql::scalars::{DateTime, Money};

/// One step of a request's approval chain. For whoever may see the request.
#[derive(Clone)]
pub(crate) struct ApprovalStep(domain::ApprovalStep);

impl From<domain::ApprovalStep> for ApprovalStep {
    fn from(step: domain::ApprovalStep) -> Self {
        Self(step)
    }
}

impl Known for ApprovalStep {
    const KNOWN: &'static [&'static str] =
        &["id", "position", "capacity", "status", "waitingSince", "dueAt", "escalatedAt", "strandedAt"];
}

impl ApprovalStep {
    /// Whom it waits for.
    fn assignee_id(&self) -> kernel::EmployeeId {
        self.0.assignee
    }

    /// The step with this id, batched with other look-ups of the request.
    pub(crate) async fn load(ctx: &Context<'_>, id: ApprovalStepId) -> Result<Option<Self>, ApiError> {
        Ok(ctx.load::<Steps, _>(id).await?.map(Self))
    }
}

/// One step of a request's approval chain. For whoever may see the request.
#[Object(directive = personal::apply(DataClass::Funding, who(Action::ReadFundingRequest)))]
impl ApprovalStep {
    /// The id.
    pub(crate) async fn id(&self) -> ID {
        wire(self.0.id)
    }

    /// The request.
    async fn request(&self, ctx: &Context<'_>) -> Isolated<FundingRequest> {
        FundingRequest::load(ctx, self.0.request).await.transpose()
    }

    /// Its place in the chain, counted from 1.
    async fn position(&self) -> i32 {
        self.0.position
    }

    /// Who decides it. Never the person whom the request is for. Until it is decided it goes to somebody else when this one
    /// leaves, goes away with nobody standing in, loses what made them an approver, or lets it become overdue.
    async fn assignee(&self, ctx: &Context<'_>) -> Isolated<Employee> {
        Employee::load(ctx, self.0.assignee).await.transpose()
    }

    /// In which capacity.
    async fn capacity(&self) -> Capacity {
        self.0.capacity.into()
    }

    /// Where it is.
    async fn status(&self) -> StepStatus {
        self.0.status.into()
    }

    /// Since when it waits or waited for its assignee; null when their turn has not come.
    async fn waiting_since(&self) -> Option<DateTime> {
        self.0.waiting_since.map(DateTime)
    }

    /// Until when it is to be decided; null when their turn has not come, or the funding policy does not say. A day later it
    /// goes to the next in line.
    async fn due_at(&self) -> Option<DateTime> {
        self.0.due_at.map(DateTime)
    }

    /// When it went up because it was overdue, the last time that it did; null when it never did.
    async fn escalated_at(&self) -> Option<DateTime> {
        self.0.escalated_at.map(DateTime)
    }

    /// From whom it went up then. They decide it no longer.
    async fn escalated_from(&self, ctx: &Context<'_>) -> Isolated<Employee> {
        Employee::load(ctx, self.0.escalated_from?).await.transpose()
    }

    /// Since when its assignee may not decide it any more and nobody else can be found; HR was told then. Null when it can
    /// be decided.
    async fn stranded_at(&self) -> Option<DateTime> {
        self.0.stranded_at.map(DateTime)
    }
}

/// What one person decided about one step, or the funding policy about a request as a whole. It never changes. For whoever
/// may see the request.
#[derive(Clone)]
pub(crate) struct Decision(domain::Decision);

impl From<domain::Decision> for Decision {
    fn from(decision: domain::Decision) -> Self {
        Self(decision)
    }
}

impl Decision {
    /// The decision with this id, batched with other look-ups of the request.
    pub(crate) async fn load(ctx: &Context<'_>, id: DecisionId) -> Result<Option<Self>, ApiError> {
        Ok(ctx.load::<Decisions, _>(id).await?.map(Self))
    }
}

/// What one person decided about one step, or the funding policy about a request as a whole. It never changes. For whoever
/// may see the request.
#[Object(directive = personal::apply(DataClass::Funding, who(Action::ReadFundingRequest)))]
impl Decision {
    /// The id.
    pub(crate) async fn id(&self) -> ID {
        wire(self.0.id)
    }

    /// The request.
    async fn request(&self, ctx: &Context<'_>) -> Isolated<FundingRequest> {
        FundingRequest::load(ctx, self.0.request).await.transpose()
    }

    /// The step; null where the policy decided.
    async fn step(&self, ctx: &Context<'_>) -> Isolated<ApprovalStep> {
        ApprovalStep::load(ctx, self.0.step?).await.transpose()
    }

    /// Who decided; null where the policy did.
    async fn decided_by(&self, ctx: &Context<'_>) -> Isolated<Employee> {
        Employee::load(ctx, self.0.by?).await.transpose()
    }

    /// In whose name, when somebody stood in; null when it was their own.
    async fn on_behalf_of(&self, ctx: &Context<'_>) -> Isolated<Employee> {
        Employee::load(ctx, self.0.on_behalf_of?).await.transpose()
    }

    /// In which capacity.
    async fn capacity(&self) -> Capacity {
        self.0.capacity.into()
    }

    /// Yes, yes under conditions, not yet, or no.
    async fn verdict(&self) -> Verdict {
        self.0.verdict.into()
    }

    /// Why not; null when it was a yes.
    async fn reason(&self) -> Option<RejectionReason> {
        self.0.verdict.reason().map(Into::into)
    }

    /// On what this person made it depend; null unless the verdict is `APPROVE_WITH_CONDITIONS`.
    async fn conditions(&self) -> Option<ApprovalConditions> {
        ApprovalConditions::of(&self.0.conditions)
    }

    /// What this person wants changed, as far as it is one of these; empty unless the verdict is `REQUEST_CHANGES`.
    async fn changes(&self) -> Vec<RequestedChange> {
        self.0.changes.iter().copied().map(Into::into).collect()
    }

    /// In the words of the person who decided; always there unless it was a yes, otherwise null without a remark.
    async fn note(&self) -> Option<&str> {
        self.0.note.as_deref()
    }

    /// The version of the funding policy that was followed.
    async fn policy_version(&self) -> i32 {
        self.0.policy_version
    }

    /// Whether it was said with a link, such as one in a mail.
    async fn by_link(&self) -> bool {
        self.0.by_link
    }

    /// What the person saw when they decided. For that person, and for whoever may see the budget; null for everybody
    /// else, because it tells what the budget had available.
    async fn grounds(&self, ctx: &Context<'_>) -> Isolated<DecisionGrounds> {
        isolated(async {
            if self.0.by.is_some() && ctx.actor()?.employee() == self.0.by {
                return Ok(Some(self.0.shown.clone().into()));
            }
            let budget = Budget::load(ctx, self.0.shown.budget).await?;
            Ok(budget.map(|_| self.0.shown.clone().into()))
        })
        .await
    }

    /// When.
    async fn decided_at(&self) -> DateTime {
        DateTime(self.0.at)
    }
}

/// What somebody saw when they decided.
#[derive(SimpleObject)]
#[graphql(directive = personal::apply(DataClass::Funding, who(Action::ReadFundingRequest)))]
pub(crate) struct DecisionGrounds {
    /// The price of the course.
    price: Money,
    /// What the budget was asked for.
    amount: Money,
    /// The id of the budget.
    budget_id: ID,
    /// What the budget was called.
    budget_name: String,
    /// What the budget had available before.
    available: Money,
    /// What spoke against it without forbidding it.
    findings: Vec<Finding>,
}

impl From<domain::Shown> for DecisionGrounds {
    fn from(shown: domain::Shown) -> Self {
        Self {
            price: shown.price.into(),
            amount: shown.amount.into(),
            budget_id: wire(shown.budget),
            budget_name: shown.budget_name,
            available: shown.available.into(),
            findings: shown.findings.into_iter().map(Into::into).collect(),
        }
    }
}

/// Something to know before deciding.
#[derive(SimpleObject)]
pub(crate) struct Finding {
    /// Which rule found it.
    code: FindingCode,
    /// What was found, with the values. For people, in English.
    message: String,
    /// What the request needs; null where that is not money.
    actual: Option<Money>,
    /// What the rule would have it stay within; null where it could not be applied, or is not money.
    limit: Option<Money>,
    /// How many learning hours the request needs; null where it is about something else.
    actual_hours: Option<i64>,
    /// How many learning hours are left; null where it is about something else.
    limit_hours: Option<i64>,
    /// How many minutes of learning a week it would be; null where it is about something else.
    actual_weekly_minutes: Option<i64>,
    /// How many minutes of learning a week the funding policy allows; null where it is about something else.
    limit_weekly_minutes: Option<i32>,
}

impl From<domain::Finding> for Finding {
    fn from(finding: domain::Finding) -> Self {
        let message = finding.to_string();
        let (code, actual, limit) = match finding {
            domain::Finding::BudgetExceeded { available, needed } => {
                (FindingCode::BudgetExceeded, needed, Some(available))
            }
            domain::Finding::OtherCurrency { amount, .. } => (FindingCode::OtherCurrency, amount, None),
            domain::Finding::TaxablePart { needed, left, .. } => {
                (FindingCode::TaxablePart, needed, Some(left))
            }
            domain::Finding::TaxNotKnown { amount, .. } => (FindingCode::TaxNotKnown, amount, None),
            domain::Finding::HoursExceeded { available, needed } => {
                let (actual_hours, limit_hours) = (Some(needed), Some(available));
                let code = FindingCode::HoursExceeded;
                return Self { actual_hours, limit_hours, ..Self::unmeasured(code, message) };
            }
            domain::Finding::LoadTooHigh { minutes, most } => {
                let (actual_weekly_minutes, limit_weekly_minutes) = (Some(minutes), Some(most));
                let unmeasured = Self::unmeasured(FindingCode::LoadTooHigh, message);
                return Self { actual_weekly_minutes, limit_weekly_minutes, ..unmeasured };
            }
        };
        let (actual, limit) = (Some(actual.into()), limit.map(Into::into));
        Self { actual, limit, ..Self::unmeasured(code, message) }
    }
}

impl Finding {
    fn unmeasured(code: FindingCode, message: String) -> Self {
        Self {
            code,
            message,
            actual: None,
            limit: None,
            actual_hours: None,
            limit_hours: None,
            actual_weekly_minutes: None,
            limit_weekly_minutes: None,
        }
    }
}

/// A step that waits for the caller, or for somebody in whose name the caller decides, with what they need to decide it.
pub(crate) struct Approval {
    step: ApprovalStep,
    request: FundingRequest,
    requester: kernel::EmployeeId,
}

impl Known for Approval {
    const KNOWN: &'static [&'static str] = &[];
}

impl From<domain::Approval> for Approval {
    fn from(approval: domain::Approval) -> Self {
        let requester = approval.card.request.employee;
        Self { step: approval.step.into(), request: approval.card.into(), requester }
    }
}

/// A step that waits for the caller, or for somebody in whose name the caller decides, with what they need to decide it.
#[Object(directive = personal::apply(DataClass::Funding, who(Action::DecideFundingRequest)))]
impl Approval {
    /// The step.
    async fn step(&self) -> Partly<&ApprovalStep> {
        Partly(&self.step)
    }

    /// In whose name the caller would decide; null when it waits for the caller.
    async fn on_behalf_of(&self, ctx: &Context<'_>) -> Isolated<Employee> {
        isolated(async {
            let assignee = self.step.assignee_id();
            if ctx.actor()?.employee() == Some(assignee) {
                return Ok(None);
            }
            Employee::load(ctx, assignee).await
        })
        .await
    }

    /// The request, with its budget: whoever decides may see both.
    async fn request(&self) -> Partly<&FundingRequest> {
        Partly(&self.request)
    }

    /// What is to be known before it is decided, as things stand now; what was known when it was decided stays with the
    /// decision.
    async fn findings(&self, ctx: &Context<'_>) -> Result<Vec<Finding>, ApiError> {
        let findings = ctx.load::<RequestFindings, _>(self.request.key()).await?.unwrap_or_default();
        Ok(findings.into_iter().map(Into::into).collect())
    }

    /// What runs for the requester already, this request included.
    async fn requester_load(&self, ctx: &Context<'_>) -> Result<RequesterLoad, ApiError> {
        let load = ctx.load::<Loads, _>(self.requester).await?;
        Ok(load.map_or_else(RequesterLoad::default, Into::into))
    }

    /// How much the requester learns a week, with all that runs for them by now, this request included (L5).
    async fn requester_learning(&self, ctx: &Context<'_>) -> Result<LearningLoad, ApiError> {
        let load = ctx.load::<RequestLearningLoads, _>(self.request.key()).await?;
        Ok(load.unwrap_or_default().into())
    }

    /// The latest requests of the requester, this one included, the newest first; as far as the caller may see them.
    async fn requester_history(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many at most, 1 to 20.", default = 5)] first: i32,
    ) -> Result<Vec<FundingRequest>, ApiError> {
        let fits = u32::try_from(first).ok().filter(|first| (1..=20).contains(first));
        let first = fits.ok_or_else(|| {
            ApiError::bad_input("first", format!("first is {first}; it must be from 1 to 20"))
        })?;
        let filter = RequestFilter { employees: Some(vec![self.requester]), ..RequestFilter::default() };
        first_of(ctx, filter, (RequestOrder::SubmittedAt, Direction::Descending), first).await
    }
}
