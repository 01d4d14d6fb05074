//! From the domain's values to rows.

use sea_orm::ActiveValue::Set;
use upskill_domain::funding::{
    ApprovalConditions, ApprovalStep, Budget, Decision, FundingRequest, LedgerEntry, OwnedBy, Shown, Verdict,
};
use upskill_domain::kernel::{Fault, Money, TypedId, search_key};
use uuid::Uuid;

use super::entity::{approval_step, budget, decision, funding_request, ledger_entry};
use crate::row;

pub(super) fn budget_row(employer: Uuid, budget: &Budget) -> budget::ActiveModel {
    let (department, program) = match budget.owned_by {
        OwnedBy::Employer => (None, None),
        OwnedBy::Department(department) => (Some(department.uuid()), None),
        OwnedBy::Program(program) => (None, Some(program.uuid())),
    };
    budget::ActiveModel {
        employer_id: Set(employer),
        id: Set(budget.id.uuid()),
        name: Set(budget.name.clone()),
        name_key: Set(search_key(&budget.name)),
        department_id: Set(department),
        program_id: Set(program),
        starts_on: Set(budget.period.from()),
        ends_on: Set(budget.period.to()),
        currency: Set(budget.currency.code().to_owned()),
        parent_id: Set(budget.parent.map(TypedId::uuid)),
        limit_mode: Set(budget.limit_mode.name().to_owned()),
        status: Set(budget.status.name().to_owned()),
        allocated: Set(budget.balance.allocated),
        distributed: Set(budget.balance.distributed),
        reserved: Set(budget.balance.reserved),
        committed: Set(budget.balance.committed),
        spent: Set(budget.balance.spent),
        available: Set(budget.balance.available()),
        entries: Set(budget.entries),
        version: Set(budget.version),
        hours_allowance: Set(budget.hours.allowance),
        hours_reserved: Set(budget.hours.reserved),
        hours_committed: Set(budget.hours.committed),
        hours_spent: Set(budget.hours.spent),
    }
}

pub(super) fn entry_row(employer: Uuid, entry: &LedgerEntry) -> ledger_entry::ActiveModel {
    ledger_entry::ActiveModel {
        employer_id: Set(employer),
        id: Set(entry.id.uuid()),
        budget_id: Set(entry.budget.uuid()),
        sequence: Set(entry.sequence),
        kind: Set(entry.kind.name().to_owned()),
        allocated: Set(entry.change.allocated),
        distributed: Set(entry.change.distributed),
        reserved: Set(entry.change.reserved),
        committed: Set(entry.change.committed),
        spent: Set(entry.change.spent),
        currency: Set(entry.currency.code().to_owned()),
        allocated_after: Set(entry.balance.allocated),
        distributed_after: Set(entry.balance.distributed),
        reserved_after: Set(entry.balance.reserved),
        committed_after: Set(entry.balance.committed),
        spent_after: Set(entry.balance.spent),
        request_id: Set(entry.request.map(TypedId::uuid)),
        transfer_id: Set(entry.transfer.map(TypedId::uuid)),
        reason: Set(entry.reason.map(|reason| reason.name().to_owned())),
        note: Set(entry.note.clone()),
        document: Set(entry.document.clone()),
        effective_on: Set(entry.effective_on),
        actor_id: Set(entry.by.map(TypedId::uuid)),
        at: Set(entry.at),
        hours_allowance: Set(entry.hours.allowance),
        hours_reserved: Set(entry.hours.reserved),
        hours_committed: Set(entry.hours.committed),
        hours_spent: Set(entry.hours.spent),
        hours_allowance_after: Set(entry.hours_after.allowance),
        hours_reserved_after: Set(entry.hours_after.reserved),
        hours_committed_after: Set(entry.hours_after.committed),
        hours_spent_after: Set(entry.hours_after.spent),
    }
}

/// Conditions as they are kept: nothing where there are none.
pub(super) fn conditions_text(conditions: &ApprovalConditions) -> Result<Option<String>, Fault> {
    (!conditions.is_empty()).then(|| row::document(conditions)).transpose()
}

pub(super) fn request_row(
    employer: Uuid,
    request: &FundingRequest,
) -> Result<funding_request::ActiveModel, Fault> {
    let converted_at = request.converted_at.as_ref();
    Ok(funding_request::ActiveModel {
        employer_id: Set(employer),
        id: Set(request.id.uuid()),
        employee_id: Set(request.employee.uuid()),
        course_id: Set(request.offer.course.map(TypedId::uuid)),
        subject: Set(request.offer.subject()),
        title: Set(request.offer.title.clone()),
        provider_name: Set(request.offer.provider_name.clone()),
        url: Set(request.offer.url.clone()),
        price: Set(request.offer.price.minor()),
        price_currency: Set(request.offer.price.currency().code().to_owned()),
        workload_minutes: Set(request.offer.workload_minutes),
        provider_kind: Set(request.offer.provider_kind.map(|kind| kind.name().to_owned())),
        duration_weeks: Set(request.offer.duration_weeks),
        release_hours: Set(request.offer.release_hours),
        requested: Set(request.requested.minor()),
        amount: Set(request.amount.minor()),
        currency: Set(request.amount.currency().code().to_owned()),
        conditions: Set(conditions_text(&request.conditions)?),
        co_funding: Set(row::list_or_none(&request.co_funding)?),
        rate_mantissa: Set(converted_at.map(|applied| applied.rate.mantissa())),
        rate_scale: Set(converted_at.map(|applied| applied.rate.scale())),
        rate_day: Set(converted_at.map(|applied| applied.day)),
        rate_source: Set(converted_at.map(|applied| applied.source.clone())),
        tax_rates: Set(row::list_or_none(&request.tax_rates)?),
        budget_id: Set(request.budget.uuid()),
        program_id: Set(request.program.map(TypedId::uuid)),
        purpose: Set(request.purpose.clone()),
        policy_version: Set(request.policy_version),
        round: Set(request.round),
        status: Set(request.status.name().to_owned()),
        reserved_until: Set(request.reserved_until),
        expiry_noticed_at: Set(request.expiry_noticed_at),
        committed: Set(request.committed.map(Money::minor)),
        order_number: Set(request.order_number.clone()),
        starts_on: Set(request.starts_on),
        proof: Set(request.proof.clone()),
        settled: Set(request.settled.map(Money::minor)),
        settled_on: Set(request.settled_on),
        refunded: Set(request.refunded.minor()),
        recovered: Set(request.recovered.minor()),
        submitted_at: Set(request.submitted_at),
        decided_at: Set(request.decided_at),
        committed_at: Set(request.committed_at),
        settled_at: Set(request.settled_at),
        ended_at: Set(request.ended_at),
        version: Set(request.version),
    })
}

pub(super) fn step_row(employer: Uuid, step: &ApprovalStep) -> approval_step::ActiveModel {
    approval_step::ActiveModel {
        employer_id: Set(employer),
        id: Set(step.id.uuid()),
        request_id: Set(step.request.uuid()),
        position: Set(step.position),
        assignee_id: Set(step.assignee.uuid()),
        capacity: Set(step.capacity.name().to_owned()),
        status: Set(step.status.name().to_owned()),
        due_within_days: Set(step.due_within_days),
        waiting_since: Set(step.waiting_since),
        due_at: Set(step.due_at),
        inbox_at: Set(step.inbox_place()),
        rule: Set(step.rule),
        stranded_at: Set(step.stranded_at),
        remind_days_before: Set(step.remind_days_before),
        notice: Set(step.notice.name().to_owned()),
        attend_at: Set(step.attend_at()),
        escalated_at: Set(step.escalated_at),
        escalated_from_id: Set(step.escalated_from.map(TypedId::uuid)),
    }
}

pub(super) fn decision_row(employer: Uuid, decision: &Decision) -> Result<decision::ActiveModel, Fault> {
    let Shown { price, amount, budget, budget_name, available, findings } = &decision.shown;
    let changes = (decision.verdict == Verdict::RequestChanges).then(|| row::document(&decision.changes));
    Ok(decision::ActiveModel {
        employer_id: Set(employer),
        id: Set(decision.id.uuid()),
        request_id: Set(decision.request.uuid()),
        step_id: Set(decision.step.map(TypedId::uuid)),
        by_id: Set(decision.by.map(TypedId::uuid)),
        on_behalf_of_id: Set(decision.on_behalf_of.map(TypedId::uuid)),
        capacity: Set(decision.capacity.name().to_owned()),
        verdict: Set(decision.verdict.name().to_owned()),
        reason: Set(decision.verdict.reason().map(|reason| reason.name().to_owned())),
        conditions: Set(conditions_text(&decision.conditions)?),
        changes: Set(changes.transpose()?),
        note: Set(decision.note.clone()),
        policy_version: Set(decision.policy_version),
        by_link: Set(decision.by_link),
        price: Set(price.minor()),
        price_currency: Set(price.currency().code().to_owned()),
        amount: Set(amount.minor()),
        currency: Set(amount.currency().code().to_owned()),
        budget_id: Set(budget.uuid()),
        budget_name: Set(budget_name.clone()),
        available: Set(available.minor()),
        findings: Set(row::document(findings)?),
        at: Set(decision.at),
    })
}
