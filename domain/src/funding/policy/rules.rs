//! What a policy says: limits, who may ask, and who decides.

use serde::{Deserialize, Serialize};

use crate::catalog::ProviderKind;
use crate::kernel::{Currency, DepartmentId, Money};
use crate::organization::EmploymentStatus;

use super::{Approver, CourseTraits, TaxBucket};

/// The rules of a policy. A limit that is not there limits nothing.
///
/// All amounts are in one currency. A request in another one cannot be measured by them, so no cap holds it; whoever
/// decides is told, it is never approved without a person, and it takes the steps of every amount.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PolicyRules {
    /// The currency of every amount in the rules.
    pub currency: Currency,
    /// What a request may ask for.
    pub caps: Caps,
    /// Who may ask for what.
    pub eligibility: Eligibility,
    /// How much somebody may take on at once.
    pub workload: Workload,
    /// How far an actual price may lie above the promised one.
    pub price_tolerance: PriceTolerance,
    /// For how many days a promise is kept.
    pub reservation_days: i32,
    /// What the person is to pay themself, if anything.
    #[serde(default)]
    pub employee_share: Option<EmployeeShare>,
    /// What may be paid for a person in a calendar year free of tax.
    #[serde(default)]
    pub tax_buckets: Vec<TaxBucket>,
    /// Up to what the policy itself approves a request, in minor units.
    pub auto_approve_up_to: Option<i64>,
    /// Who decides what it does not approve, in their order.
    pub steps: Vec<StepRule>,
    /// Whether somebody who is to decide two steps decides once for both. If not, the second step goes to the next
    /// person (F9).
    pub one_person_may_decide_twice: bool,
}

/// Limits of amounts, in minor units.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Caps {
    /// For one person in one fiscal year.
    pub per_person_and_year: Option<i64>,
    /// For one request.
    pub per_request: Option<i64>,
    /// For one request at a provider of one kind.
    pub per_provider_kind: Vec<ProviderCap>,
}

/// The limit of one request at a provider of one kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ProviderCap {
    /// The kind.
    pub kind: ProviderKind,
    /// At most this much, in minor units.
    pub most: i64,
}

/// Who may ask for what. A list that is not there means "any".
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Eligibility {
    /// Days since somebody's first day.
    pub minimum_tenure_days: Option<i32>,
    /// People of one of these statuses.
    pub statuses: Option<Vec<EmploymentStatus>>,
    /// People of one of these departments and those below them.
    pub departments: Option<Vec<DepartmentId>>,
    /// Courses of providers of one of these kinds. Of a course outside the catalog the kind is not known, so it is not
    /// among them.
    pub provider_kinds: Option<Vec<ProviderKind>>,
}

/// How much somebody may take on at once, the request included (L5). What counts are requests that are SUBMITTED,
/// `CHANGES_REQUESTED`, APPROVED or COMMITTED, and enrollments that are PLANNED, ACTIVE or `IN_ASSESSMENT`; one that belongs
/// to a request counts instead of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Workload {
    /// Courses.
    pub maximum_courses: Option<i32>,
    /// Minutes of learning a week: a course's workload over its longest duration. One of which either is not known does
    /// not count.
    pub weekly_minutes: Option<i32>,
}

impl Workload {
    /// Whether there is a limit.
    pub(in crate::funding) fn is_limited(self) -> bool {
        self.maximum_courses.is_some() || self.weekly_minutes.is_some()
    }
}

/// How far an actual price may lie above the promised one. Where both limits are there, both hold; without either, not
/// at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PriceTolerance {
    /// By hundredths of a percent of the promised price.
    pub basis_points: Option<i32>,
    /// By this amount in minor units, where the price is in the policy's currency.
    pub amount: Option<i64>,
}

/// What the person is to pay themself of a price, at least.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct EmployeeShare {
    /// Of every price this much is free of it, in minor units.
    pub above: i64,
    /// Of the rest, hundredths of a percent.
    pub basis_points: i32,
}

/// One step of an approval chain, before anybody asked for anything.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct StepRule {
    /// Taken for requests of at least this much, in minor units.
    pub from_amount: i64,
    /// Who decides it.
    pub who: Approver,
    /// Within how many days of its turn; without, it is never overdue.
    pub due_within_days: Option<i32>,
    /// How many days before it is due the one who decides is reminded; 0 for not before.
    #[serde(default = "StepRule::reminded_the_day_before")]
    pub remind_days_before: i32,
    /// What else must hold for it to be taken.
    pub conditions: Conditions,
}

/// What must hold of a course for a step to be taken: all of these that are there.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Conditions {
    /// Its provider is of one of these kinds; any when the list is empty.
    pub provider_kinds: Vec<ProviderKind>,
    /// It stands outside the catalog.
    pub outside_catalog: bool,
    /// It is more work than this, in minutes.
    pub over_workload_minutes: Option<i32>,
}

impl StepRule {
    /// How many days before it is due somebody is reminded unless a policy says otherwise.
    pub const REMIND_DAYS_BEFORE: i32 = 1;

    fn reminded_the_day_before() -> i32 {
        Self::REMIND_DAYS_BEFORE
    }
}

impl PolicyRules {
    /// For how many days a promise is kept unless a policy says otherwise.
    pub const RESERVATION_DAYS: i32 = 90;

    /// The rules of the built-in policy, and what a draft begins with: the manager decides everything.
    pub fn manager_decides(currency: Currency) -> Self {
        Self {
            currency,
            caps: Caps::default(),
            eligibility: Eligibility::default(),
            workload: Workload::default(),
            price_tolerance: PriceTolerance::default(),
            reservation_days: Self::RESERVATION_DAYS,
            employee_share: None,
            tax_buckets: Vec::new(),
            auto_approve_up_to: None,
            steps: vec![StepRule {
                from_amount: 0,
                who: Approver::Manager,
                due_within_days: None,
                remind_days_before: StepRule::REMIND_DAYS_BEFORE,
                conditions: Conditions::default(),
            }],
            one_person_may_decide_twice: false,
        }
    }

    /// An amount of the rules.
    pub(super) fn money(&self, minor: i64) -> Money {
        Money::sum(minor, self.currency)
    }

    /// What an amount comes to in the rules; none for one of another currency.
    pub(super) fn measured(&self, amount: Money) -> Option<i64> {
        (amount.currency() == self.currency).then(|| amount.minor())
    }

    /// The least that people decide rather than the policy, in minor units.
    pub(super) fn decided_from(&self) -> i64 {
        self.auto_approve_up_to.map_or(0, |ceiling| ceiling.saturating_add(1))
    }

    /// Whether the policy approves an amount by itself, when nothing speaks against it.
    pub(in crate::funding) fn auto_approves(&self, amount: Money) -> bool {
        self.measured(amount).is_some_and(|minor| minor < self.decided_from())
    }

    /// Whether there are limits that an amount should keep to, and it is of another currency.
    pub(in crate::funding) fn cannot_measure(&self, amount: Money) -> bool {
        self.has_amounts() && self.measured(amount).is_none()
    }

    /// Whether an amount matters to any rule.
    fn has_amounts(&self) -> bool {
        let Caps { per_person_and_year, per_request, per_provider_kind } = &self.caps;
        per_person_and_year.is_some()
            || per_request.is_some()
            || !per_provider_kind.is_empty()
            || self.employee_share.is_some()
            || self.auto_approve_up_to.is_some()
            || self.steps.iter().any(|step| step.from_amount > 0)
    }

    /// Whether what a person has asked for before matters to any rule.
    pub(in crate::funding) fn looks_back(&self) -> bool {
        self.caps.per_person_and_year.is_some() || self.workload.is_limited() || !self.tax_buckets.is_empty()
    }

    /// The most that a request for a course may ask for, as far as the request alone can tell.
    pub(super) fn most_per_request(&self, kind: Option<ProviderKind>) -> Option<i64> {
        let of_kind = self.caps.per_provider_kind.iter().filter(|cap| Some(cap.kind) == kind);
        of_kind.map(|cap| cap.most).chain(self.caps.per_request).min()
    }

    /// The steps that a request takes. One that the policy would approve if nothing spoke against it takes those of the
    /// least amount that people decide.
    pub(in crate::funding) fn steps_for<'a>(
        &'a self,
        amount: Money,
        course: &'a CourseTraits,
    ) -> impl Iterator<Item = &'a StepRule> {
        self.places_for(amount, course).map(|(_, step)| step)
    }

    /// The same, each with its place among the steps of the policy, counted from 0.
    pub(super) fn places_for<'a>(
        &'a self,
        amount: Money,
        course: &'a CourseTraits,
    ) -> impl Iterator<Item = (i32, &'a StepRule)> {
        let minor = self.measured(amount).map_or(i64::MAX, |minor| minor.max(self.decided_from()));
        let taken = move |step: &StepRule| step.from_amount <= minor && step.conditions.hold(course);
        (0..).zip(&self.steps).filter(move |(_, step)| taken(step))
    }
}

impl Conditions {
    /// Whether the step is taken whatever the course is.
    pub fn is_none(&self) -> bool {
        *self == Self::default()
    }

    fn hold(&self, course: &CourseTraits) -> bool {
        let kind = self.provider_kinds.is_empty()
            || course.provider_kind.is_some_and(|kind| self.provider_kinds.contains(&kind));
        let place = !self.outside_catalog || course.outside_catalog;
        let work = self
            .over_workload_minutes
            .is_none_or(|limit| course.workload_minutes.is_some_and(|minutes| minutes > limit));
        kind && place && work
    }
}

impl PolicyRules {
    /// How much an actual price may lie above an approved amount, in its minor units.
    pub(in crate::funding) fn tolerated(&self, approved: Money) -> i64 {
        self.price_tolerance.above(approved, self.currency)
    }

    /// For how many days a promise is kept.
    pub(in crate::funding) fn days_reserved(&self) -> u32 {
        u32::try_from(self.reservation_days).unwrap_or(0)
    }
}

impl EmployeeShare {
    /// The least that is to be paid of a price, in the minor units of both.
    pub(super) fn of(self, price: i64) -> i64 {
        let rest = i128::from(price.saturating_sub(self.above).max(0));
        let share = rest.saturating_mul(self.basis_points.into()) / 10_000;
        i64::try_from(share).unwrap_or(i64::MAX)
    }
}

impl PriceTolerance {
    /// How much an actual price may lie above the promised one, in the minor units of the promised one. A limit in the
    /// policy's currency tolerates nothing of another.
    pub fn above(self, promised: Money, currency: Currency) -> i64 {
        let share = self.basis_points.map(|points| {
            let share = i128::from(promised.minor()).saturating_mul(points.into()) / 10_000;
            i64::try_from(share).unwrap_or(i64::MAX)
        });
        let amount = self.amount.map(|amount| if promised.currency() == currency { amount } else { 0 });
        share.into_iter().chain(amount).min().unwrap_or(0).max(0)
    }
}
