//! What would become of a request if it were submitted now (F14), and what would be allowed instead.

use crate::catalog::{Course, Provider};
use crate::kernel::{BudgetId, EmployeeId, Money, ProgramId};

use super::co_funding::sum;
use super::objection::word;
use super::offer::Quoted;
use super::submission::{Assessment, Circumstances, Proposal, Thread};
use super::{
    AppliedRate, AskedCourse, Assignment, Balance, Budget, CoFunding, Finding, LearningLoad, Measure,
    Measured, Objection, TaxShare,
};

/// A request to look ahead for.
#[derive(Debug, Clone)]
pub struct PreviewFunding {
    /// For whom.
    pub employee: EmployeeId,
    /// For what.
    pub course: AskedCourse,
    /// What it costs, where the catalog does not know it (C3).
    pub quote: Option<Money>,
    /// What others pay of it.
    pub co_funding: Vec<CoFunding>,
    /// The budget to ask; the nearest one when not given.
    pub budget: Option<BudgetId>,
    /// The program it is part of, if any.
    pub program: Option<ProgramId>,
    /// What it is good for; not judged when not given.
    pub purpose: Option<String>,
}

/// What would become of a request.
#[derive(Debug, Clone)]
pub struct FundingPreview {
    /// The version of the funding policy that was followed.
    pub policy_version: i32,
    /// Everything that speaks against it: first what forbids it, in the order in which a submission would tell it.
    pub findings: Vec<PreviewFinding>,
    /// What the course costs, where that is known.
    pub price: Option<Money>,
    /// What the budget would be asked for, where that is known.
    pub amount: Option<Money>,
    /// The rate at which the price was converted, where it is in another currency than the budget.
    pub converted_at: Option<AppliedRate>,
    /// What it would take of the tax buckets of the person, where the amount is known.
    pub tax: Vec<TaxShare>,
    /// The budget that would pay.
    pub budget: Option<PreviewedBudget>,
    /// For whom.
    pub employee: EmployeeId,
    /// What the course adds to what they learn (L5).
    pub adds: LearningLoad,
    /// Who would decide, step by step.
    pub chain: Vec<Assignment>,
    /// Whether the policy would approve it by itself.
    pub approved_by_policy: bool,
    /// What would be allowed instead, and have nothing speak against it.
    pub alternatives: Vec<Alternative>,
}

/// Something that speaks against a request.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PreviewFinding {
    /// It forbids the request.
    #[error(transparent)]
    Refusal(Objection),
    /// It does not forbid the request, but whoever decides will see it.
    #[error(transparent)]
    Warning(Finding),
    /// The same about a budget whose money the reader may not see.
    #[error("the budget has less available than the {needed} that is needed")]
    BudgetExceeded {
        /// What is needed.
        needed: Money,
    },
    /// The same about its learning hours.
    #[error("the budget has fewer learning hours left than the {needed} that are needed")]
    HoursExceeded {
        /// What is needed.
        needed: i64,
    },
}

/// A budget that would pay.
#[derive(Debug, Clone)]
pub struct PreviewedBudget {
    /// The budget.
    pub budget: Budget,
    /// Whether the reader may see what it holds.
    pub visible: bool,
    /// Its money once the request is approved; none where the budget would not take it.
    pub after: Option<Balance>,
}

/// What would be allowed instead.
#[derive(Debug, Clone)]
pub enum Alternative {
    /// Another budget that this person may use, which has enough available.
    Budget {
        /// The budget.
        budget: Budget,
        /// Whether the reader may see what it holds.
        visible: bool,
    },
    /// An amount that the policy allows and the budget could promise.
    Amount(Money),
    /// A cheaper course that teaches the same.
    Course {
        /// The course.
        course: Course,
        /// What it costs.
        price: Money,
    },
}

impl PreviewFunding {
    /// What is judged.
    pub(super) fn proposal(&self) -> Proposal<'_> {
        Proposal {
            employee: self.employee,
            course: &self.course,
            quote: self.quote,
            co_funding: &self.co_funding,
            budget: self.budget,
            program: self.program,
            purpose: self.purpose.as_deref(),
        }
    }
}

impl FundingPreview {
    /// Whether a submission would be taken.
    pub fn allowed(&self) -> bool {
        !self.findings.iter().any(|finding| matches!(finding, PreviewFinding::Refusal(_)))
    }

    /// What the rules say of a proposal, with those alternatives of `equivalents` that they let through.
    pub(super) fn of(
        proposal: Proposal<'_>,
        circumstances: &Circumstances,
        equivalents: &[(Course, Provider)],
    ) -> Self {
        let assessment = circumstances.assess(proposal);
        let alternatives = alternatives(proposal, circumstances, &assessment, equivalents);
        let course = circumstances.quoted(proposal).course.unwrap_or_default();
        let adds = LearningLoad::default().with(&course);
        let hours = assessment.offer.as_ref().map_or(0, super::RequestedOffer::hours);
        let Assessment { objections, findings, price, amount, converted_at, budget, .. } = assessment;
        let Assessment { chain, approved_by_policy, tax, .. } = assessment;
        let approved_by_policy = approved_by_policy && objections.is_empty();
        let refusals = objections.into_iter().map(PreviewFinding::Refusal);
        let warnings = findings.into_iter().map(PreviewFinding::Warning);
        let budget = budget.map(|budget| PreviewedBudget {
            after: amount.and_then(|amount| budget.after_promise(amount, hours)),
            budget: budget.clone(),
            visible: true,
        });
        let policy_version = circumstances.policy.version;
        Self {
            policy_version,
            findings: refusals.chain(warnings).collect(),
            price,
            amount,
            converted_at,
            tax,
            budget,
            employee: proposal.employee,
            adds,
            chain,
            approved_by_policy,
            alternatives,
        }
    }

    /// Every budget it speaks of.
    pub(super) fn budgets(&self) -> Vec<BudgetId> {
        let named = self.alternatives.iter().filter_map(|alternative| match alternative {
            Alternative::Budget { budget, .. } => Some(budget.id),
            Alternative::Amount(_) | Alternative::Course { .. } => None,
        });
        self.budget.iter().map(|previewed| previewed.budget.id).chain(named).collect()
    }

    /// Keeps to itself what budgets hold that the reader may not see.
    pub(super) fn veiled(mut self, visible: impl Fn(BudgetId) -> bool) -> Self {
        let shown = self.budget.as_ref().is_some_and(|previewed| visible(previewed.budget.id));
        if let Some(previewed) = &mut self.budget {
            previewed.visible = shown;
        }
        for alternative in &mut self.alternatives {
            if let Alternative::Budget { budget, visible: seen } = alternative {
                *seen = visible(budget.id);
            }
        }
        if !shown {
            self.alternatives.retain(|alternative| !matches!(alternative, Alternative::Amount(_)));
            for finding in &mut self.findings {
                match *finding {
                    PreviewFinding::Warning(Finding::BudgetExceeded { needed, .. }) => {
                        *finding = PreviewFinding::BudgetExceeded { needed };
                    }
                    PreviewFinding::Warning(Finding::HoursExceeded { needed, .. }) => {
                        *finding = PreviewFinding::HoursExceeded { needed };
                    }
                    _ => {}
                }
            }
        }
        self
    }
}

impl PreviewFinding {
    /// The number of the rule, where it has one.
    pub fn rule(&self) -> Option<&'static str> {
        match self {
            Self::Refusal(objection) => objection.rule(),
            Self::Warning(finding) => Some(finding.rule()),
            Self::BudgetExceeded { .. } | Self::HoursExceeded { .. } => Some("F1"),
        }
    }

    /// What the rule measured, as far as the reader may see it.
    pub fn measured(&self) -> Measured {
        let (needed, available) = match self {
            Self::Refusal(objection) => return objection.measured(),
            Self::Warning(Finding::OtherCurrency { amount, policy }) => {
                return Measured::new(word(amount.currency()), word(*policy));
            }
            Self::Warning(Finding::TaxNotKnown { amount, currency, .. }) => {
                return Measured::new(word(amount.currency()), word(*currency));
            }
            Self::Warning(Finding::HoursExceeded { available, needed }) => {
                return Measured::new(Measure::Count(*needed), Measure::Count(*available));
            }
            Self::Warning(Finding::LoadTooHigh { minutes, most }) => {
                return Measured::new(Measure::Count(*minutes), Measure::Count((*most).into()));
            }
            Self::HoursExceeded { needed } => {
                return Measured { actual: Some(Measure::Count(*needed)), limit: None };
            }
            Self::Warning(Finding::TaxablePart { needed, left, .. }) => (needed, Some(left)),
            Self::Warning(Finding::BudgetExceeded { available, needed }) => (needed, Some(available)),
            Self::BudgetExceeded { needed } => (needed, None),
        };
        Measured { actual: Some(Measure::Money(*needed)), limit: available.copied().map(Measure::Money) }
    }
}

/// What the same rules would let through without a finding: first another budget, then a smaller amount, then a cheaper
/// course.
fn alternatives(
    proposal: Proposal<'_>,
    circumstances: &Circumstances,
    assessment: &Assessment<'_>,
    equivalents: &[(Course, Provider)],
) -> Vec<Alternative> {
    let clean = |other: &Assessment<'_>| other.objections.is_empty() && other.findings.is_empty();
    let mut found = Vec::new();
    if !clean(assessment) {
        let currency = assessment.price.map(Money::currency);
        for budget in circumstances.sources(proposal).ranked(&circumstances.open, currency) {
            let other = Proposal { budget: Some(budget.id), ..proposal };
            let another = assessment.budget.is_none_or(|asked| asked.id != budget.id);
            if another && clean(&circumstances.assess(other)) {
                found.push(Alternative::Budget { budget: budget.clone(), visible: true });
            }
        }
        found.extend(smaller(proposal, circumstances, assessment).map(Alternative::Amount));
    }
    for (course, provider) in equivalents {
        let quoted = Quoted::of_catalog(course, provider, None);
        let price = quoted.price;
        // What this person has asked for already is not among the equivalents.
        let other = circumstances.assess_quoted(proposal, quoted, Thread::default());
        if let Some(price) = price.filter(|_| clean(&other)) {
            found.push(Alternative::Course { course: course.clone(), price });
        }
    }
    found
}

/// The amount that the policy allows and the budget could promise, where nothing but the amount speaks against the request.
fn smaller(
    proposal: Proposal<'_>,
    circumstances: &Circumstances,
    assessment: &Assessment<'_>,
) -> Option<Money> {
    let quoted = circumstances.quoted(proposal);
    let available = assessment.budget.map(Budget::available)?;
    let most = circumstances.most_for(proposal, quoted.course.as_ref(), available.currency());
    let most = most.filter(|most| most.minor() < available.minor());
    let available = most.unwrap_or(available);
    let asked = assessment.amount.is_some_and(|amount| amount.minor() > available.minor());
    if !available.is_positive() || !asked {
        return None;
    }
    // What others pay comes on top of what the budget could promise.
    let others = sum(proposal.co_funding, available.currency());
    let price = Money::sum(available.minor().saturating_add(others.minor()), available.currency());
    let offer = quoted.offer.map(|offer| super::RequestedOffer { price, ..offer });
    let fitting = Quoted { price: Some(price), offer, ..quoted };
    let other = circumstances.assess_quoted(proposal, fitting, circumstances.thread);
    (other.objections.is_empty() && other.findings.is_empty()).then_some(available)
}

#[cfg(test)]
mod tests;
