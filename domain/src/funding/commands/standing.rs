//! How somebody who means to decide stands to a request.

use crate::access::Actor;
use crate::funding::decision::Decider;
use crate::funding::step::waiting;
use crate::funding::{ApprovalStep, Capacity, FundingRequest, LearningLoad, PolicyRules, TaxShare};
use crate::kernel::{EmployeeId, Fault};
use crate::organization::{Employee, EmploymentStatus};
use crate::store::UnitOfWork;

use super::Funding;

/// Somebody who means to decide, as they stand to the step that waits.
pub(super) struct Standing {
    person: Employee,
    delegators: Vec<EmployeeId>,
    earlier: Vec<EmployeeId>,
    relation_lost: bool,
    tax: Vec<TaxShare>,
    load: LearningLoad,
}

impl Standing {
    /// The person and the rules they decide by.
    pub(super) fn decider<'a>(&'a self, rules: &'a PolicyRules) -> Decider<'a> {
        Decider {
            person: &self.person,
            delegators: &self.delegators,
            earlier: &self.earlier,
            rules,
            tax: &self.tax,
            load: self.load,
            relation_lost: self.relation_lost,
        }
    }
}

impl Funding<'_> {
    /// In whose name the actor decides today, who has decided before, and whether the step still is for whom it waits:
    /// each looked up only where it matters. The access policy lets nobody but people come here (F12).
    pub(super) async fn standing(
        self,
        tx: &mut dyn UnitOfWork,
        actor: &Actor,
        (request, steps, rules): (&FundingRequest, &[ApprovalStep], &PolicyRules),
    ) -> Result<Standing, Fault> {
        let by = actor.employee().ok_or_else(|| Fault::Forbidden("only people decide".to_owned()))?;
        let step = waiting(steps);
        let mut ids = vec![by, request.employee];
        ids.extend(step.map(|step| step.assignee));
        ids.sort_unstable();
        ids.dedup();
        let people = tx.employees(&ids).await?;
        let person = people.iter().find(|person| person.id() == by).cloned();
        let person = person.ok_or_else(|| Fault::not_found(by))?;
        let mut standing = Standing {
            person,
            delegators: Vec::new(),
            earlier: Vec::new(),
            relation_lost: false,
            tax: self.tax_shares(tx, (request, rules), &people).await?,
            load: LearningLoad::default(),
        };
        let Some(step) = step else { return Ok(standing) };
        if rules.workload.weekly_minutes.is_some() {
            let employer = tx.employer().await?;
            standing.load = self.load(tx, &employer, request.employee).await?;
        }
        if step.assignee != by {
            standing.delegators = self.delegators(tx, by).await?;
        }
        if step.position > 1 {
            standing.earlier = tx.deciders_of(request.id).await?;
        }
        if step.assignee == by || standing.delegators.contains(&step.assignee) {
            standing.relation_lost = !self.still_theirs(tx, (request, step, rules), &people).await?;
        }
        Ok(standing)
    }

    /// Whether the one for whom a step waits is still here and stands to the request as the step says (F11). The worker
    /// gives it to somebody else a moment later; until then nobody decides by what they were.
    async fn still_theirs(
        self,
        tx: &mut dyn UnitOfWork,
        (request, step, rules): (&FundingRequest, &ApprovalStep, &PolicyRules),
        people: &[Employee],
    ) -> Result<bool, Fault> {
        let person = |id: EmployeeId| people.iter().find(|person| person.id() == id);
        let assignee = step.assignee;
        if person(assignee).is_none_or(|person| person.employment.status == EmploymentStatus::Left) {
            return Ok(false);
        }
        let requester = person(request.employee).map(|person| &person.colleague);
        Ok(match step.capacity {
            Capacity::Manager => {
                // The manager themself is the usual case, and known without climbing the line.
                requester.is_some_and(|requester| requester.manager == Some(assignee))
                    || tx.line_above(request.employee).await?.iter().any(|manager| manager.id() == assignee)
            }
            Capacity::DepartmentHead => match requester.and_then(|requester| requester.department) {
                Some(department) => {
                    let line = tx.department_line(department).await?;
                    line.iter().any(|department| department.head == Some(assignee))
                }
                None => false,
            },
            Capacity::BudgetOwner => tx.owners_of(request.budget).await?.contains(&assignee),
            Capacity::RoleHolder => {
                let roles = rules.roles();
                tx.grants_of(assignee).await?.iter().any(|grant| roles.contains(&grant.role))
            }
            Capacity::NamedPerson | Capacity::Policy => true,
        })
    }
}
