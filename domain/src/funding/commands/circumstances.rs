//! Looking up what a request is judged on. A submission and a preview of it come here both.

use crate::catalog::{Course, Provider};
use crate::kernel::{BudgetId, EmployeeId, Fault};
use crate::organization::Employee;
use crate::store::UnitOfWork;

use super::Funding;
use crate::funding::submission::{Circumstances, Proposal, Thread};
use crate::funding::{AskedCourse, Budget, FundingPolicy};

impl Funding<'_> {
    /// Everything that a proposal is judged on. It locks nothing: what must not change before a request is written, the
    /// submission holds by itself.
    pub(in crate::funding) async fn circumstances(
        self,
        tx: &mut dyn UnitOfWork,
        proposal: Proposal<'_>,
    ) -> Result<Circumstances, Fault> {
        let requester = tx.employees(&[proposal.employee]).await?.pop();
        let department = requester.as_ref().and_then(|person| person.colleague.department);
        let program = match proposal.program {
            Some(id) => tx.programs(&[id]).await?.pop(),
            None => None,
        };
        let mut circumstances = Circumstances {
            requester,
            course: self.asked_course(tx, proposal.course).await?,
            held: tx.published_course_at(&proposal.course.addresses()).await?,
            program,
            departments: match department {
                Some(department) => tx.department_line(department).await?,
                None => Vec::new(),
            },
            today: tx.employer().await?.day_of(self.core.clock.now()),
            open: Vec::new(),
            owners: Vec::new(),
            line_above: tx.line_above(proposal.employee).await?,
            thread: match proposal.course.subject() {
                Some(subject) => tx.thread(proposal.employee, &subject).await?,
                None => Thread::default(),
            },
            policy: FundingPolicy::built_in(),
        };
        let sources = circumstances.sources(proposal);
        circumstances.open = tx.open_budgets(&sources.owners(), sources.day()).await?;
        circumstances.owners = self.budget_owners(tx, &circumstances.open).await?;
        Ok(circumstances)
    }

    /// The course of the catalog that is asked for, with who offers it.
    async fn asked_course(
        self,
        tx: &mut dyn UnitOfWork,
        asked: &AskedCourse,
    ) -> Result<Option<(Course, Provider)>, Fault> {
        let AskedCourse::Catalog(id) = asked else { return Ok(None) };
        let Some(course) = tx.courses(&[*id]).await?.pop() else { return Ok(None) };
        let provider = tx.providers(&[course.provider]).await?.pop();
        let provider = provider.ok_or_else(|| Fault::not_found(course.provider))?;
        Ok(Some((course, provider)))
    }

    /// The people who own budgets, of each budget the longest-standing first.
    async fn budget_owners(
        self,
        tx: &mut dyn UnitOfWork,
        budgets: &[Budget],
    ) -> Result<Vec<(BudgetId, Employee)>, Fault> {
        let ids: Vec<BudgetId> = budgets.iter().map(|budget| budget.id).collect();
        let owners = tx.owners_of_each(&ids).await?;
        let mut people: Vec<EmployeeId> = owners.iter().map(|(_, person)| *person).collect();
        people.sort_unstable();
        people.dedup();
        let people = tx.employees(&people).await?;
        let named = |id: EmployeeId| people.iter().find(|person| person.id() == id).cloned();
        Ok(owners.into_iter().filter_map(|(budget, person)| Some((budget, named(person)?))).collect())
    }
}
