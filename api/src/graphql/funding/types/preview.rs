//! What would become of a request.

use async_graphql::{Context, ID, Object, SimpleObject, Union};
use upskill_domain::access::Action;
use upskill_domain::funding::{self as domain, Measure};
use upskill_domain::kernel::{EmployeeId, Refusal as _};

use super::load::PreviewedLearning;
use super::{AppliedExchangeRate, BudgetBalance, LearningHours, TaxShare};
use crate::graphql::catalog::Course;
use crate::graphql::error::Isolated;
use crate::graphql::funding::inputs::{Capacity, FindingSeverity, FundingPreviewOutcome, PreviewFindingCode};
use crate::graphql::id::wire;
use crate::graphql::organization::Employee;
use crate::graphql::personal::{DataClass, personal, who};
use crate::graphql::plain::Plain;
use crate::graphql::scalars::Money;

/// What would become of a request if it were submitted now, by the very rules of `submitFundingRequest`. Nothing is
/// written.
#[derive(SimpleObject)]
#[graphql(directive = personal::apply(DataClass::Funding, who(Action::PreviewFunding)))]
pub(crate) struct FundingPreview {
    /// Whether it would be taken.
    outcome: FundingPreviewOutcome,
    /// Everything that speaks against it: first what forbids it, which is what a submission would be refused with, then
    /// what is to be known before it is decided. A finding that needs a price or a person is missing
    /// where there is none.
    findings: Vec<PreviewFinding>,
    /// What the course costs; null where that is not known.
    price: Option<Money>,
    /// What the budget would be asked for, in its currency: what others leave of the price. Null where the price is not known,
    /// or cannot be converted.
    amount: Option<Money>,
    /// The rate at which the price would be converted; null where it is in the budget's currency, or there is none.
    exchange_rate: Option<AppliedExchangeRate>,
    /// What it would take of the person's tax buckets, as far as the amount is known; empty when the policy has none for
    /// the country they work in.
    tax_shares: Vec<TaxShare>,
    /// The budget that would pay; null where there is none, or where the price is not known.
    budget: Option<PreviewedBudget>,
    /// Who would decide, step by step; empty where that cannot be told because of a finding, and where the policy would
    /// approve it by itself.
    steps: Vec<PreviewedStep>,
    /// Whether the policy would approve it by itself, as soon as it is submitted.
    approved_by_policy: bool,
    /// How much the person would learn a week.
    learning: PreviewedLearning,
    /// The version of the funding policy that was followed.
    policy_version: i32,
    /// What would be allowed instead, without any finding, the nearest first: another budget and the amount that would
    /// fit where something speaks against the request as it is, then cheaper courses, at most 5, the cheapest first.
    alternatives: Vec<FundingAlternative>,
}

impl From<domain::FundingPreview> for FundingPreview {
    fn from(preview: domain::FundingPreview) -> Self {
        let outcome =
            if preview.allowed() { FundingPreviewOutcome::Allowed } else { FundingPreviewOutcome::Refused };
        let steps = preview.chain.into_iter().zip(1..).map(|(step, position)| PreviewedStep {
            position,
            assignee: step.assignee,
            capacity: step.capacity.into(),
            due_within_days: step.due_within_days,
        });
        Self {
            outcome,
            findings: preview.findings.into_iter().map(Into::into).collect(),
            price: preview.price.map(Into::into),
            amount: preview.amount.map(Into::into),
            exchange_rate: AppliedExchangeRate::of(
                preview.converted_at.as_ref(),
                preview.price,
                preview.amount,
            ),
            tax_shares: preview.tax.into_iter().map(Into::into).collect(),
            budget: preview.budget.map(Into::into),
            steps: steps.collect(),
            approved_by_policy: preview.approved_by_policy,
            learning: PreviewedLearning { employee: preview.employee, adds: preview.adds },
            policy_version: preview.policy_version,
            alternatives: preview.alternatives.into_iter().map(Into::into).collect(),
        }
    }
}

/// Something that speaks against a request.
#[derive(SimpleObject)]
pub(crate) struct PreviewFinding {
    /// Which rule found it.
    code: PreviewFindingCode,
    /// Whether it forbids the request.
    severity: FindingSeverity,
    /// The number under which the rule is documented, such as `F13`; null for a rule without one.
    rule: Option<&'static str>,
    /// What was found, with the values, and what would be right. For people, in English.
    message: String,
    /// The path of the input field at fault, outermost first; empty when it is the request as a whole.
    field: Vec<String>,
    /// What was found; null where the rule measures nothing.
    actual: Option<FindingMeasure>,
    /// What it should stay within; null where the rule measures nothing, or where the caller may not see the budget that
    /// it is about.
    limit: Option<FindingMeasure>,
}

impl From<domain::PreviewFinding> for PreviewFinding {
    fn from(finding: domain::PreviewFinding) -> Self {
        let (code, severity, field) = match &finding {
            domain::PreviewFinding::Refusal(objection) => {
                (objection.into(), FindingSeverity::Refusal, objection.path())
            }
            domain::PreviewFinding::Warning(finding) => {
                (finding.into(), FindingSeverity::Warning, Vec::new())
            }
            domain::PreviewFinding::HoursExceeded { .. } => {
                (PreviewFindingCode::HoursExceeded, FindingSeverity::Warning, Vec::new())
            }
            domain::PreviewFinding::BudgetExceeded { .. } => {
                (PreviewFindingCode::BudgetExceeded, FindingSeverity::Warning, Vec::new())
            }
        };
        let domain::Measured { actual, limit } = finding.measured();
        Self {
            code,
            severity,
            rule: finding.rule(),
            message: finding.to_string(),
            field,
            actual: actual.map(Into::into),
            limit: limit.map(Into::into),
        }
    }
}

/// What a rule measured: exactly one of these is there.
#[derive(SimpleObject, Default)]
pub(crate) struct FindingMeasure {
    /// An amount; null when it is something else.
    money: Option<Money>,
    /// A number, of what the message says; null when it is something else.
    count: Option<i64>,
    /// A word, such as the code of a currency; null when it is something else.
    word: Option<String>,
}

impl From<Measure> for FindingMeasure {
    fn from(measure: Measure) -> Self {
        match measure {
            Measure::Money(money) => Self { money: Some(money.into()), ..Self::default() },
            Measure::Count(count) => Self { count: Some(count), ..Self::default() },
            Measure::Word(word) => Self { word: Some(word), ..Self::default() },
        }
    }
}

/// The budget that would pay.
#[derive(SimpleObject)]
pub(crate) struct PreviewedBudget {
    /// The budget's id, to name it in a submission.
    budget_id: ID,
    /// The name people know.
    name: String,
    /// Its money as it is; null for whoever may neither see the budget nor would decide the request.
    before: Option<Plain<BudgetBalance>>,
    /// Its money once the request is approved; null where `before` is, and where the budget would not take it.
    after: Option<Plain<BudgetBalance>>,
    /// Its learning hours as they are; null where `before` is.
    learning_hours: Option<LearningHours>,
}

impl From<domain::PreviewedBudget> for PreviewedBudget {
    fn from(previewed: domain::PreviewedBudget) -> Self {
        let domain::PreviewedBudget { budget, visible, after } = previewed;
        let shown = |balance| BudgetBalance::new(balance, budget.currency);
        Self {
            budget_id: wire(budget.id),
            before: visible.then(|| shown(budget.balance)),
            after: after.filter(|_| visible).map(shown),
            learning_hours: visible.then(|| budget.hours.into()),
            name: budget.name,
        }
    }
}

/// One step of the approval chain that a request would have.
pub(crate) struct PreviewedStep {
    position: i32,
    assignee: EmployeeId,
    capacity: Capacity,
    due_within_days: Option<i32>,
}

/// One step of the approval chain that a request would have.
#[Object(directive = personal::apply(DataClass::Funding, who(Action::PreviewFunding)))]
impl PreviewedStep {
    /// Its place in the chain, counted from 1.
    async fn position(&self) -> i32 {
        self.position
    }

    /// Who would decide it. Never the person whom the request is for.
    async fn assignee(&self, ctx: &Context<'_>) -> Isolated<Employee> {
        Employee::load(ctx, self.assignee).await.transpose()
    }

    /// In which capacity.
    async fn capacity(&self) -> Capacity {
        self.capacity
    }

    /// Within how many days of its turn it would be to be decided; null when the funding policy does not say.
    async fn due_within_days(&self) -> Option<i32> {
        self.due_within_days
    }
}

/// What would be allowed instead of a request.
#[derive(Union)]
pub(crate) enum FundingAlternative {
    /// Another budget.
    Budget(BudgetAlternative),
    /// Another amount.
    Amount(AmountAlternative),
    /// Another course.
    Course(Box<CourseAlternative>),
}

/// Another open budget that this person may use, with enough available.
#[derive(SimpleObject)]
pub(crate) struct BudgetAlternative {
    /// The budget's id, to name it in a submission.
    budget_id: ID,
    /// The name people know.
    name: String,
    /// What it has available; null when the caller may not see the budget.
    available: Option<Money>,
}

/// The amount that the funding policy allows and the budget could promise. Only for whoever may see the budget, or would decide the request.
#[derive(SimpleObject)]
pub(crate) struct AmountAlternative {
    /// The amount.
    amount: Money,
}

/// A cheaper published course that teaches the same skills, each at the same level or above.
#[derive(SimpleObject)]
pub(crate) struct CourseAlternative {
    /// The course.
    course: Course,
    /// What it costs.
    price: Money,
}

impl From<domain::Alternative> for FundingAlternative {
    fn from(alternative: domain::Alternative) -> Self {
        match alternative {
            domain::Alternative::Budget { budget, visible } => Self::Budget(BudgetAlternative {
                budget_id: wire(budget.id),
                available: visible.then(|| budget.available().into()),
                name: budget.name,
            }),
            domain::Alternative::Amount(amount) => Self::Amount(AmountAlternative { amount: amount.into() }),
            domain::Alternative::Course { course, price } => {
                Self::Course(Box::new(CourseAlternative { course: course.into(), price: price.into() }))
            }
        }
    }
}
