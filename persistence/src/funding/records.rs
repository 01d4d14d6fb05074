//! From rows to the domain's values.

use upskill_domain::catalog::ProviderKind;
use upskill_domain::funding::{
    ApprovalConditions, ApprovalStep, Capacity, Decision, FundingComment, FundingRequest, RejectionReason,
    RequestStatus, RequestedChange, RequestedOffer, Shown, StepNotice, StepStatus, Verdict,
};
use upskill_domain::kernel::{Currency, Fault, Money};

use super::entity::{approval_step, decision, funding_comment, funding_request};
use super::exchange::applied_rate;
use crate::row::{Cells, Record};

/// An amount from its minor units and its currency.
pub(super) fn money(minor: i64, currency: Currency) -> Result<Money, Fault> {
    Money::new(minor, currency).map_err(|error| Fault::inconsistent(format!("{minor} {currency}: {error}")))
}

impl Record for FundingRequest {
    type Entity = funding_request::Entity;
    const COLUMNS: &'static [funding_request::Column] = {
        use funding_request::Column as C;
        &[
            C::Id,
            C::EmployeeId,
            C::CourseId,
            C::Title,
            C::ProviderName,
            C::Url,
            C::Price,
            C::PriceCurrency,
            C::WorkloadMinutes,
            C::Amount,
            C::Currency,
            C::BudgetId,
            C::ProgramId,
            C::Purpose,
            C::PolicyVersion,
            C::Round,
            C::Status,
            C::ReservedUntil,
            C::ExpiryNoticedAt,
            C::Committed,
            C::OrderNumber,
            C::Settled,
            C::Refunded,
            C::Recovered,
            C::SubmittedAt,
            C::DecidedAt,
            C::CommittedAt,
            C::SettledAt,
            C::EndedAt,
            C::Version,
            C::ProviderKind,
            C::DurationWeeks,
            C::Requested,
            C::Conditions,
            C::StartsOn,
            C::Proof,
            C::CoFunding,
            C::RateMantissa,
            C::RateScale,
            C::RateDay,
            C::RateSource,
            C::TaxRates,
            C::SettledOn,
            C::ReleaseHours,
        ]
    };

    fn read(cells: &mut Cells<'_>) -> Result<Self, Fault> {
        let (id, employee) = (cells.id()?, cells.id()?);
        let offer = RequestedOffer {
            course: cells.id_or_none()?,
            title: cells.take()?,
            provider_name: cells.take()?,
            url: cells.take()?,
            price: money(cells.take()?, cells.read(Currency::parse)?)?,
            workload_minutes: cells.take()?,
            provider_kind: None,
            duration_weeks: None,
            release_hours: None,
        };
        let (amount, currency) = (cells.take()?, cells.read(Currency::parse)?);
        let in_currency = |minor| money(minor, currency);
        let mut request = Self {
            id,
            employee,
            offer,
            requested: in_currency(amount)?,
            amount: in_currency(amount)?,
            conditions: ApprovalConditions::default(),
            co_funding: Vec::new(),
            converted_at: None,
            tax_rates: Vec::new(),
            budget: cells.id()?,
            program: cells.id_or_none()?,
            purpose: cells.take()?,
            policy_version: cells.take()?,
            round: cells.take()?,
            status: cells.word(RequestStatus::named)?,
            reserved_until: cells.take()?,
            expiry_noticed_at: cells.take()?,
            committed: cells.take::<Option<i64>>()?.map(in_currency).transpose()?,
            order_number: cells.take()?,
            starts_on: None,
            proof: None,
            settled: cells.take::<Option<i64>>()?.map(in_currency).transpose()?,
            settled_on: None,
            refunded: in_currency(cells.take()?)?,
            recovered: in_currency(cells.take()?)?,
            submitted_at: cells.take()?,
            decided_at: cells.take()?,
            committed_at: cells.take()?,
            settled_at: cells.take()?,
            ended_at: cells.take()?,
            version: cells.take()?,
        };
        request.offer.provider_kind = cells.word_or_none(ProviderKind::named)?;
        request.offer.duration_weeks = cells.take()?;
        request.requested = in_currency(cells.take()?)?;
        request.conditions = conditions(cells)?;
        (request.starts_on, request.proof) = (cells.take()?, cells.take()?);
        request.co_funding = cells.read_or_none(|text| serde_json::from_str(text))?.unwrap_or_default();
        request.converted_at = applied_rate(cells)?;
        request.tax_rates = cells.read_or_none(|text| serde_json::from_str(text))?.unwrap_or_default();
        request.settled_on = cells.take()?;
        request.offer.release_hours = cells.take()?;
        Ok(request)
    }
}

fn conditions(cells: &mut Cells<'_>) -> Result<ApprovalConditions, Fault> {
    Ok(cells.read_or_none(|text| serde_json::from_str(text))?.unwrap_or_default())
}

impl Record for ApprovalStep {
    type Entity = approval_step::Entity;
    const COLUMNS: &'static [approval_step::Column] = {
        use approval_step::Column as C;
        &[
            C::Id,
            C::RequestId,
            C::Position,
            C::AssigneeId,
            C::Capacity,
            C::Status,
            C::WaitingSince,
            C::DueWithinDays,
            C::DueAt,
            C::Rule,
            C::StrandedAt,
            C::RemindDaysBefore,
            C::Notice,
            C::EscalatedAt,
            C::EscalatedFromId,
        ]
    };

    fn read(cells: &mut Cells<'_>) -> Result<Self, Fault> {
        Ok(Self {
            id: cells.id()?,
            request: cells.id()?,
            position: cells.take()?,
            assignee: cells.id()?,
            capacity: cells.word(Capacity::named)?,
            status: cells.word(StepStatus::named)?,
            waiting_since: cells.take()?,
            due_within_days: cells.take()?,
            due_at: cells.take()?,
            rule: cells.take()?,
            stranded_at: cells.take()?,
            remind_days_before: cells.take()?,
            notice: cells.word(StepNotice::named)?,
            escalated_at: cells.take()?,
            escalated_from: cells.id_or_none()?,
        })
    }
}

impl Record for FundingComment {
    type Entity = funding_comment::Entity;
    const COLUMNS: &'static [funding_comment::Column] = {
        use funding_comment::Column as C;
        &[C::Id, C::RequestId, C::ById, C::Text, C::At]
    };

    fn read(cells: &mut Cells<'_>) -> Result<Self, Fault> {
        Ok(Self {
            id: cells.id()?,
            request: cells.id()?,
            by: cells.id()?,
            text: cells.take()?,
            at: cells.take()?,
        })
    }
}

impl Record for Decision {
    type Entity = decision::Entity;
    const COLUMNS: &'static [decision::Column] = {
        use decision::Column as C;
        &[
            C::Id,
            C::RequestId,
            C::StepId,
            C::ById,
            C::OnBehalfOfId,
            C::Capacity,
            C::Reason,
            C::Conditions,
            C::Changes,
            C::Note,
            C::PolicyVersion,
            C::Price,
            C::PriceCurrency,
            C::Amount,
            C::Currency,
            C::BudgetId,
            C::BudgetName,
            C::Available,
            C::Findings,
            C::At,
            C::ByLink,
        ]
    };

    fn read(cells: &mut Cells<'_>) -> Result<Self, Fault> {
        let (id, request, step, by) = (cells.id()?, cells.id()?, cells.id_or_none()?, cells.id_or_none()?);
        let on_behalf_of = cells.id_or_none()?;
        let capacity = cells.word(Capacity::named)?;
        // Whoever gives a reason says no; the table holds the two together.
        let reason = cells.read_or_none(|name| RejectionReason::named(name).ok_or(()))?;
        let conditions = conditions(cells)?;
        let changes: Option<Vec<RequestedChange>> = cells.read_or_none(|text| serde_json::from_str(text))?;
        let (note, policy_version) = (cells.take()?, cells.take()?);
        let price = money(cells.take()?, cells.read(Currency::parse)?)?;
        let (amount, currency) = (cells.take()?, cells.read(Currency::parse)?);
        let shown = Shown {
            price,
            amount: money(amount, currency)?,
            budget: cells.id()?,
            budget_name: cells.take()?,
            available: money(cells.take()?, currency)?,
            findings: cells.read(|text| serde_json::from_str(text))?,
        };
        // Conditions and changes are there with verdicts of their own, which the table holds together as well.
        let verdict = match reason {
            Some(reason) => Verdict::Reject(reason),
            None if changes.is_some() => Verdict::RequestChanges,
            None if conditions.is_empty() => Verdict::Approve,
            None => Verdict::ApproveWithConditions,
        };
        let (at, by_link) = (cells.take()?, cells.take()?);
        Ok(Self {
            id,
            request,
            step,
            by,
            on_behalf_of,
            capacity,
            verdict,
            conditions,
            changes: changes.unwrap_or_default(),
            note,
            policy_version,
            by_link,
            shown,
            at,
        })
    }
}
