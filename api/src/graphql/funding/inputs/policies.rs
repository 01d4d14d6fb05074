//! Funding policies to draft, change, publish and discard.

use async_graphql::{Enum, InputObject, OneofObject};
use upskill_domain::funding::{self as domain, Approver, DraftSource};
use upskill_domain::kernel::{self, DepartmentId, EmployeeId, FundingPolicyId};

use super::employee_share::FundingPolicyEmployeeShareInput;
use super::tax::TaxBucketInput;
use crate::graphql::catalog::ProviderKind;
use crate::graphql::error::ApiError;
use crate::graphql::filter::{Filterable, OneOf, values};
use crate::graphql::id::Id;
use crate::graphql::key::key;
use crate::graphql::organization::{EmploymentStatus, Role};
use crate::graphql::scalars::{Currency, Decimal};

/// Where a funding policy is in its life.
#[derive(Enum, Debug, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "domain::PolicyStatus")]
pub(crate) enum FundingPolicyStatus {
    /// Being written; it applies to nothing.
    Draft,
    /// New requests go by it.
    Published,
    /// A later version took its place; requests submitted under it still go by it.
    Superseded,
}

impl Filterable for FundingPolicyStatus {}

/// Which funding policies to list. Conditions add up.
#[derive(InputObject, Default)]
pub(crate) struct FundingPolicyFilter {
    /// Of one of these statuses.
    status: Option<OneOf<FundingPolicyStatus>>,
}

impl From<FundingPolicyFilter> for domain::PolicyFilter {
    fn from(filter: FundingPolicyFilter) -> Self {
        Self { statuses: values(filter.status, Into::into) }
    }
}

/// A funding policy to draft.
#[derive(InputObject)]
pub(crate) struct DraftFundingPolicyInput {
    /// What people will call it: 1 to 200 characters.
    name: String,
    /// What it begins with; when not given, the built-in rules: the manager decides.
    from: Option<FundingPolicySourceInput>,
    /// Makes a retry safe: the same key with the same input answers with the first result. 1 to 200 printable ASCII
    /// characters, remembered for at least 24 hours.
    idempotency_key: Option<String>,
}

/// What a draft begins with: exactly one of these.
#[derive(OneofObject)]
pub(crate) enum FundingPolicySourceInput {
    /// These rules.
    Rules(Box<FundingPolicyRulesInput>),
    /// The rules of another policy, whatever its status.
    CopyOfId(Id<FundingPolicyId>),
}

impl TryFrom<DraftFundingPolicyInput> for domain::DraftFundingPolicy {
    type Error = ApiError;
    fn try_from(input: DraftFundingPolicyInput) -> Result<Self, ApiError> {
        let from = match input.from {
            Some(FundingPolicySourceInput::Rules(rules)) => {
                Some(DraftSource::Rules(Box::new((*rules).try_into()?)))
            }
            Some(FundingPolicySourceInput::CopyOfId(id)) => Some(DraftSource::Copy(id.0)),
            None => None,
        };
        Ok(Self { key: key(input.idempotency_key)?, name: input.name, from })
    }
}

/// A draft to rewrite. What is left out stays as it is.
#[derive(InputObject)]
pub(crate) struct ChangeFundingPolicyInput {
    /// Which one.
    id: Id<FundingPolicyId>,
    /// The `version` that was read; CONFLICT when somebody else has changed the draft since.
    expected_version: i32,
    /// A new name: 1 to 200 characters.
    name: Option<String>,
    /// New rules, all of them: what is left out of them is no rule any more.
    rules: Option<FundingPolicyRulesInput>,
}

impl TryFrom<ChangeFundingPolicyInput> for domain::ChangeFundingPolicy {
    type Error = ApiError;
    fn try_from(input: ChangeFundingPolicyInput) -> Result<Self, ApiError> {
        Ok(Self {
            id: input.id.0,
            expected_version: input.expected_version,
            name: input.name,
            rules: input.rules.map(TryInto::try_into).transpose()?,
        })
    }
}

/// A draft to put into force.
#[derive(InputObject)]
pub(crate) struct PublishFundingPolicyInput {
    /// Which one.
    id: Id<FundingPolicyId>,
    /// The `version` that was read, so that what is published is what was read; CONFLICT when it has changed since.
    expected_version: i32,
}

impl From<PublishFundingPolicyInput> for domain::PublishFundingPolicy {
    fn from(input: PublishFundingPolicyInput) -> Self {
        Self { id: input.id.0, expected_version: input.expected_version }
    }
}

/// A draft to throw away.
#[derive(InputObject)]
pub(crate) struct DiscardFundingPolicyDraftInput {
    /// Which one.
    id: Id<FundingPolicyId>,
    /// The `version` that was read, if it matters; CONFLICT when somebody else has changed the draft since.
    expected_version: Option<i32>,
}

impl From<DiscardFundingPolicyDraftInput> for domain::DiscardFundingPolicy {
    fn from(input: DiscardFundingPolicyDraftInput) -> Self {
        Self { id: input.id.0, expected_version: input.expected_version }
    }
}

/// The rules of a funding policy. A limit that is left out limits nothing.
///
/// All amounts are in the policy's currency. A request in another one cannot be measured by them: no cap holds it, whoever
/// decides is told so, it is never approved without a person, and it takes the steps of every amount.
#[derive(InputObject)]
pub(crate) struct FundingPolicyRulesInput {
    /// The currency of every amount in the rules.
    currency: Currency,
    /// What a request may ask for.
    #[graphql(default)]
    caps: FundingPolicyCapsInput,
    /// Who may ask for what.
    #[graphql(default)]
    eligibility: FundingPolicyEligibilityInput,
    /// How much somebody may take on at once.
    #[graphql(default)]
    workload: FundingPolicyWorkloadInput,
    /// How far an actual price may lie above the promised one; not at all when not given.
    #[graphql(default)]
    price_tolerance: FundingPolicyPriceToleranceInput,
    /// What the employee is to pay themself; nothing when not given.
    employee_share: Option<FundingPolicyEmployeeShareInput>,
    /// What may be paid for a person in a calendar year free of tax; at most 10.
    #[graphql(default, validator(max_items = 10))]
    tax_buckets: Vec<TaxBucketInput>,
    /// For how many days a promise is kept: 1 to 730.
    #[graphql(default = 90)]
    reservation_days: i32,
    /// Up to what the policy approves a request by itself, if nothing is to be known before; above 0.
    auto_approve_up_to: Option<Decimal>,
    /// Who decides the others, in their order; at most 10. At least one step is without conditions and begins where
    /// `autoApproveUpTo` ends, so that somebody decides every request.
    #[graphql(validator(max_items = 10))]
    steps: Vec<FundingPolicyStepInput>,
    /// Whether somebody who is to decide two steps decides once for both. If not, the second step goes to the next person.
    #[graphql(default)]
    one_person_may_decide_twice: bool,
}

/// Limits of amounts.
#[derive(InputObject, Default)]
pub(crate) struct FundingPolicyCapsInput {
    /// For one person in one fiscal year of the employer; above 0. Requests that are live count with what they ask for,
    /// settled ones with what they cost, in the year in which they were submitted.
    per_person_and_year: Option<Decimal>,
    /// For one request; above 0.
    per_request: Option<Decimal>,
    /// For one request at a provider of one kind.
    #[graphql(default, validator(max_items = 5))]
    per_provider_kind: Vec<FundingPolicyProviderCapInput>,
}

/// The limit of one request at a provider of one kind.
#[derive(InputObject)]
pub(crate) struct FundingPolicyProviderCapInput {
    /// The kind.
    kind: ProviderKind,
    /// At most this much; above 0.
    most: Decimal,
}

/// Who may ask for what. A list that is left out means "any".
#[derive(InputObject, Default)]
pub(crate) struct FundingPolicyEligibilityInput {
    /// Days since somebody's first day: 1 or more.
    minimum_tenure_days: Option<i32>,
    /// People of one of these statuses.
    #[graphql(validator(max_items = 3))]
    statuses: Option<Vec<EmploymentStatus>>,
    /// People of one of these departments and those below them; at most 100.
    #[graphql(validator(max_items = 100))]
    department_ids: Option<Vec<Id<DepartmentId>>>,
    /// Courses of providers of one of these kinds. A course outside the catalog is not among them, because the kind of
    /// its provider is not known.
    #[graphql(validator(max_items = 5))]
    provider_kinds: Option<Vec<ProviderKind>>,
}

/// How much somebody may take on at once, the request included. What counts are requests that are SUBMITTED,
/// `CHANGES_REQUESTED`, APPROVED or COMMITTED, and enrollments that are PLANNED, ACTIVE or `IN_ASSESSMENT`; one that belongs to a
/// request counts instead of it.
#[derive(InputObject, Default)]
pub(crate) struct FundingPolicyWorkloadInput {
    /// Courses: 1 to 100.
    maximum_courses: Option<i32>,
    /// Minutes of learning a week: 1 to 10080. A course counts with its workload over its longest duration; one of which
    /// either is not known does not count.
    weekly_minutes: Option<i32>,
}

/// How far an actual price may lie above the promised one. Where both are given, both hold.
#[derive(InputObject, Default)]
pub(crate) struct FundingPolicyPriceToleranceInput {
    /// By hundredths of a percent of the promised price: 0 to 10000.
    basis_points: Option<i32>,
    /// By this amount, 0 or above.
    amount: Option<Decimal>,
}

/// One step of an approval chain.
#[derive(InputObject)]
pub(crate) struct FundingPolicyStepInput {
    /// Taken for requests of at least this much.
    #[graphql(default_with = "Decimal(\"0\".to_owned())")]
    from_amount: Decimal,
    /// Who decides it. Where that is nobody at work, the requester, or somebody who decides another step already, it goes
    /// up the reporting line, then to the owners of the budget, then to `EMPLOYER_ADMIN` and `HR_ADMIN`.
    who: FundingPolicyApproverInput,
    /// Within how many days of its turn: 1 to 365; never overdue when not given. A day after it goes to the next in line.
    due_within_days: Option<i32>,
    /// How many days before it is due the one who decides is reminded: 0 to 365, 0 for not before.
    #[graphql(default_with = "domain::StepRule::REMIND_DAYS_BEFORE")]
    remind_days_before: i32,
    /// What else must hold for it to be taken: all that is given.
    #[graphql(default)]
    conditions: FundingPolicyConditionsInput,
}

/// Who decides a step: exactly one of these.
#[derive(OneofObject)]
pub(crate) enum FundingPolicyApproverInput {
    /// By how they stand to the requester or the money.
    Relation(FundingPolicyRelation),
    /// Whoever was granted this role first: `HR_ADMIN`, FINANCE or `EMPLOYER_ADMIN`.
    Role(Role),
    /// One person.
    EmployeeId(Id<EmployeeId>),
}

/// How somebody who decides stands to the requester or the money.
#[derive(Enum, Debug, Copy, Clone, PartialEq, Eq)]
pub(crate) enum FundingPolicyRelation {
    /// The nearest manager above the requester who may.
    Manager,
    /// The nearest manager above the requester's manager who may.
    ManagersManager,
    /// The head of the requester's department, else of the nearest one above.
    DepartmentHead,
    /// The first owner of the budget who may.
    BudgetOwner,
}

impl FundingPolicyRelation {
    /// How somebody who decides stands to the requester or the money, if that is what tells who it is.
    pub(crate) fn of(who: Approver) -> Option<Self> {
        match who {
            Approver::Manager => Some(Self::Manager),
            Approver::ManagersManager => Some(Self::ManagersManager),
            Approver::DepartmentHead => Some(Self::DepartmentHead),
            Approver::BudgetOwner => Some(Self::BudgetOwner),
            Approver::Role(_) | Approver::Person(_) => None,
        }
    }
}

/// What must hold of a course for a step to be taken: all that is given.
#[derive(InputObject, Default)]
pub(crate) struct FundingPolicyConditionsInput {
    /// Its provider is of one of these kinds; any when empty. Of a course outside the catalog the kind is not known.
    #[graphql(default, validator(max_items = 5))]
    provider_kinds: Vec<ProviderKind>,
    /// It stands outside the catalog.
    #[graphql(default)]
    outside_catalog: bool,
    /// It is more work than this, in minutes: 1 to 600000.
    over_workload_minutes: Option<i32>,
}

impl From<FundingPolicyApproverInput> for Approver {
    fn from(who: FundingPolicyApproverInput) -> Self {
        match who {
            FundingPolicyApproverInput::Relation(FundingPolicyRelation::Manager) => Self::Manager,
            FundingPolicyApproverInput::Relation(FundingPolicyRelation::ManagersManager) => {
                Self::ManagersManager
            }
            FundingPolicyApproverInput::Relation(FundingPolicyRelation::DepartmentHead) => {
                Self::DepartmentHead
            }
            FundingPolicyApproverInput::Relation(FundingPolicyRelation::BudgetOwner) => Self::BudgetOwner,
            FundingPolicyApproverInput::Role(role) => Self::Role(role.into()),
            FundingPolicyApproverInput::EmployeeId(id) => Self::Person(id.0),
        }
    }
}

/// An amount in the policy's currency, in minor units.
pub(super) fn minor(amount: &Decimal, currency: &Currency) -> Result<i64, ApiError> {
    let money = kernel::Money::parse(&amount.0, currency.0);
    money.map(kernel::Money::minor).map_err(|error| ApiError::bad_input("input.rules", error.to_string()))
}

fn minor_or_none(amount: Option<Decimal>, currency: &Currency) -> Result<Option<i64>, ApiError> {
    amount.map(|amount| minor(&amount, currency)).transpose()
}

impl TryFrom<FundingPolicyRulesInput> for domain::PolicyRules {
    type Error = ApiError;
    fn try_from(input: FundingPolicyRulesInput) -> Result<Self, ApiError> {
        let currency = &input.currency;
        let caps = input.caps.per_provider_kind.into_iter();
        let caps = caps
            .map(|cap| Ok(domain::ProviderCap { kind: cap.kind.into(), most: minor(&cap.most, currency)? }));
        let steps = input.steps.into_iter().map(|step| step.read(currency));
        let FundingPolicyEligibilityInput { minimum_tenure_days, statuses, department_ids, provider_kinds } =
            input.eligibility;
        Ok(Self {
            caps: domain::Caps {
                per_person_and_year: minor_or_none(input.caps.per_person_and_year, currency)?,
                per_request: minor_or_none(input.caps.per_request, currency)?,
                per_provider_kind: caps.collect::<Result<_, ApiError>>()?,
            },
            eligibility: domain::Eligibility {
                minimum_tenure_days,
                statuses: statuses.map(|list| list.into_iter().map(Into::into).collect()),
                departments: department_ids.map(|list| list.into_iter().map(|id| id.0).collect()),
                provider_kinds: provider_kinds.map(|list| list.into_iter().map(Into::into).collect()),
            },
            workload: domain::Workload {
                maximum_courses: input.workload.maximum_courses,
                weekly_minutes: input.workload.weekly_minutes,
            },
            price_tolerance: domain::PriceTolerance {
                basis_points: input.price_tolerance.basis_points,
                amount: minor_or_none(input.price_tolerance.amount, currency)?,
            },
            employee_share: input.employee_share.map(|share| share.read(currency)).transpose()?,
            tax_buckets: input.tax_buckets.into_iter().map(TaxBucketInput::read).collect::<Result<_, _>>()?,
            reservation_days: input.reservation_days,
            auto_approve_up_to: minor_or_none(input.auto_approve_up_to, currency)?,
            steps: steps.collect::<Result<_, ApiError>>()?,
            one_person_may_decide_twice: input.one_person_may_decide_twice,
            currency: input.currency.0,
        })
    }
}

impl FundingPolicyStepInput {
    fn read(self, currency: &Currency) -> Result<domain::StepRule, ApiError> {
        let FundingPolicyConditionsInput { provider_kinds, outside_catalog, over_workload_minutes } =
            self.conditions;
        Ok(domain::StepRule {
            from_amount: minor(&self.from_amount, currency)?,
            who: self.who.into(),
            due_within_days: self.due_within_days,
            remind_days_before: self.remind_days_before,
            conditions: domain::Conditions {
                provider_kinds: provider_kinds.into_iter().map(Into::into).collect(),
                outside_catalog,
                over_workload_minutes,
            },
        })
    }
}
