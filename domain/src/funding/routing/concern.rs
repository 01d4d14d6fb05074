//! Whom a change of the organization concerns, as far as approvals go.

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};
use serde::Deserialize;

use crate::journal::{Entry, SealedEntry};
use crate::kernel::{DepartmentId, EmployeeId, FundingRequestId, TypedId};

/// How long a transaction may take from what it read of the organization to its entry. A submission that ran beside a change
/// of the organization may have seen the one before; nothing runs for as long as this.
const BESIDE: TimeDelta = TimeDelta::minutes(5);

/// People, departments and requests by which approvals are found that may be with the wrong person now.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Concerned {
    /// What these people are to decide.
    pub approvers: BTreeSet<EmployeeId>,
    /// What these people and everybody below them have asked for.
    pub lines: BTreeSet<EmployeeId>,
    /// What people of these departments and of those below have asked for, as far as a head decides it.
    pub departments: BTreeSet<DepartmentId>,
    /// These requests.
    pub requests: BTreeSet<FundingRequestId>,
    /// What nobody could be found for before.
    pub stranded: bool,
}

/// The details of an entry that matter here.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Details {
    fields: Vec<String>,
    employee: Option<EmployeeId>,
    delegator: Option<EmployeeId>,
}

impl Concerned {
    /// Whom some entries of the journal concern, and when the organization changed last, given when it did before them.
    pub fn by(entries: &[SealedEntry], before: Option<DateTime<Utc>>) -> (Self, Option<DateTime<Utc>>) {
        let (mut concerned, mut changed, mut submitted) = (Self::default(), before, Vec::new());
        for SealedEntry { entry, .. } in entries {
            if entry.kind == "funding.request_submitted" {
                submitted.push((entry.at, FundingRequestId::from_uuid(entry.subject.id)));
            } else if concerned.add(entry) {
                changed = changed.max(Some(entry.at));
            }
        }
        let beside =
            |at: DateTime<Utc>| changed.is_some_and(|changed| at.signed_duration_since(changed) <= BESIDE);
        concerned.requests.extend(submitted.into_iter().filter(|(at, _)| beside(*at)).map(|(_, id)| id));
        (concerned, changed)
    }

    /// Whether there is nothing to look at.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Adds whom an entry concerns. Whether it concerns anybody.
    fn add(&mut self, entry: &Entry) -> bool {
        let details: Details = serde_json::from_str(&entry.payload).unwrap_or_default();
        let changed = |field: &str| details.fields.iter().any(|changed| changed == field);
        let subject = entry.subject.id;
        let (person, department) = (EmployeeId::from_uuid(subject), DepartmentId::from_uuid(subject));
        match entry.kind.as_str() {
            "organization.employee_changed" => {
                let (moved, status) = (changed("manager") || changed("department"), changed("status"));
                self.lines.extend(moved.then_some(person));
                self.approvers.extend(status.then_some(person));
                if !moved && !status {
                    return false;
                }
            }
            "organization.department_changed" if changed("head") || changed("parent") => {
                self.departments.insert(department);
            }
            "organization.role_revoked" => {
                self.approvers.insert(person);
            }
            "organization.absence_recorded" | "funding.budget_owner_removed" => {
                self.approvers.extend(details.employee);
            }
            "funding.delegation_ended" => self.approvers.extend(details.delegator),
            "funding.request_moved" => {
                self.requests.insert(FundingRequestId::from_uuid(subject));
            }
            // Somebody who may decide now what nobody could before.
            "organization.employee_added"
            | "organization.role_granted"
            | "organization.absence_ended"
            | "funding.budget_owner_added" => {}
            _ => return false,
        }
        self.stranded = true;
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::Actor;
    use crate::funding::FundingEvent;
    use crate::funding::fixture::{at, eur, id};
    use crate::journal::{Event, GENESIS, Seal};
    use crate::organization::OrganizationEvent;

    fn sealed(second: i64, event: &impl Event) -> SealedEntry {
        let entry = Entry::new(id(1), &Actor::system(id(1), "test"), at(second), event);
        SealedEntry { seal: Seal::new(1, GENESIS, &entry), entry }
    }

    fn changed(fields: Vec<&'static str>) -> OrganizationEvent {
        OrganizationEvent::EmployeeChanged { employee: id(2), fields, department: None, manager: None }
    }

    fn submitted(n: u128) -> FundingEvent {
        let (request, employee, budget) = (id(n), id(3), id(4));
        let (course, amount, approvers) = (None, eur(1), Vec::new());
        FundingEvent::RequestSubmitted {
            request,
            employee,
            course,
            budget,
            amount,
            co_funded: None,
            exchange_rate: None,
            round: 1,
            approvers,
        }
    }

    #[test]
    fn f11_what_changes_says_whose_approvals_are_looked_at() {
        let by = |event: &OrganizationEvent| Concerned::by(&[sealed(0, event)], None).0;
        let stranded = Concerned { stranded: true, ..Concerned::default() };
        assert!(by(&changed(vec!["name", "email"])).is_empty());
        let line = Concerned { lines: [id(2)].into(), ..stranded.clone() };
        assert_eq!(by(&changed(vec!["manager"])), line);
        let both = Concerned { approvers: [id(2)].into(), ..line };
        assert_eq!(by(&changed(vec!["department", "status"])), both);
        let head = OrganizationEvent::DepartmentChanged {
            department: id(5),
            fields: vec!["head"],
            parent: None,
            head: Some(id(2)),
        };
        assert_eq!(by(&head), Concerned { departments: [id(5)].into(), ..stranded.clone() });
        let granted = OrganizationEvent::RoleGranted { grant: id(6), employee: id(2), role: "FINANCE" };
        assert_eq!(by(&granted), stranded.clone());
        let revoked = OrganizationEvent::RoleRevoked { grant: id(6), employee: id(2), role: "FINANCE" };
        let holder = Concerned { approvers: [id(2)].into(), ..stranded };
        assert_eq!(by(&revoked), holder);
        let removed = FundingEvent::BudgetOwnerRemoved { budget: id(4), employee: id(2) };
        assert_eq!(Concerned::by(&[sealed(0, &removed)], None).0, holder);
        let ended = FundingEvent::DelegationEnded { delegation: id(7), delegator: id(2) };
        assert_eq!(Concerned::by(&[sealed(0, &ended)], None).0, holder);
    }

    #[test]
    fn f11_a_submission_is_looked_at_when_the_organization_changed_beside_it() {
        let requests = |entries: &[SealedEntry], before| Concerned::by(entries, before).0.requests;
        assert!(Concerned::by(&[sealed(9, &submitted(8))], None).0.is_empty());
        assert_eq!(requests(&[sealed(9, &submitted(8))], Some(at(0))), [id(8)].into());
        assert_eq!(requests(&[sealed(301, &submitted(8))], Some(at(0))), [].into());
        let around = [sealed(9, &submitted(8)), sealed(8, &changed(vec!["manager"]))];
        assert_eq!(requests(&around, None), [id(8)].into());
        assert_eq!(Concerned::by(&around, None).1, Some(at(8)));
    }
}
