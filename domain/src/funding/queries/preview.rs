//! Looking ahead (F14).

use std::collections::BTreeSet;

use crate::access::{Action, Actor, Relation, Scope, policy};
use crate::catalog::{Course, EquivalentSearch, Provider};
use crate::kernel::{BudgetId, EmployeeId, Fault, Money};
use crate::store::UnitOfWork;

use crate::funding::commands::Purpose;
use crate::funding::{AskedCourse, Funding, FundingPreview, PreviewFunding};

/// How many equivalent courses are named at most.
const MOST_EQUIVALENTS: u64 = 5;

impl Funding<'_> {
    /// What would become of a request if it were submitted now. Nothing is written.
    pub async fn preview_request(
        self,
        actor: &Actor,
        asked: PreviewFunding,
    ) -> Result<FundingPreview, Fault> {
        let mut tx = self.core.store.look(actor.employer).await?;
        self.require_preview(&mut *tx, actor, asked.employee).await?;
        let proposal = asked.proposal();
        let circumstances = self.circumstances(&mut *tx, proposal, Purpose::Look).await?;
        // What follows is read elsewhere; no connection is kept waiting meanwhile.
        drop(tx);
        let price = circumstances.quoted(proposal).price;
        let equivalents = self.equivalents(actor, &asked, price).await?;
        let preview = FundingPreview::of(proposal, &circumstances, &equivalents);
        let visible = self.visible_budgets(actor, &preview).await?;
        Ok(preview.veiled(|budget| visible.contains(&budget)))
    }

    /// Whether the actor may look ahead for this person. The managers above are looked up only for those who come as one.
    pub(super) async fn require_preview(
        self,
        tx: &mut dyn UnitOfWork,
        actor: &Actor,
        employee: EmployeeId,
    ) -> Result<(), Fault> {
        let oneself = (actor.employee() == Some(employee)).then_some(Relation::Oneself);
        if policy::basis(actor, Action::PreviewFunding, oneself.as_slice()).is_some() {
            return Ok(());
        }
        let line = tx.line_above(employee).await?;
        let above = line.iter().any(|manager| actor.employee() == Some(manager.id()));
        let relation = above.then_some(Relation::LineManager);
        policy::require(actor, Action::PreviewFunding, relation.as_slice()).map(|_| ())
    }

    /// Cheaper courses that teach the same, but for those that the person has asked for already.
    async fn equivalents(
        self,
        actor: &Actor,
        asked: &PreviewFunding,
        price: Option<Money>,
    ) -> Result<Vec<(Course, Provider)>, Fault> {
        let (AskedCourse::Catalog(course), Some(below)) = (&asked.course, price) else {
            return Ok(Vec::new());
        };
        let scope = policy::require_scope(actor, Action::ReadCatalog)?;
        let reads = self.core.store.reads();
        let except = reads.live_courses(actor.employer, asked.employee).await?;
        let search = EquivalentSearch { course: *course, below, except, limit: MOST_EQUIVALENTS };
        reads.equivalents(scope, &search).await
    }

    /// Those budgets of a preview whose money the actor may see: as anywhere else, and the one that they would see as an
    /// approver as soon as the request is submitted.
    async fn visible_budgets(
        self,
        actor: &Actor,
        preview: &FundingPreview,
    ) -> Result<BTreeSet<BudgetId>, Fault> {
        let budgets = preview.budgets();
        if policy::scope(actor, Action::ReadBudget) == Some(Scope::all(actor.employer)) {
            return Ok(budgets.into_iter().collect());
        }
        let seen = self.budgets_by_id(actor, &budgets).await?;
        let mut visible: BTreeSet<BudgetId> = seen.into_iter().map(|budget| budget.id).collect();
        let Some(person) = actor.employee() else { return Ok(visible) };
        if preview.chain.iter().any(|step| step.assignee == person) {
            visible.extend(preview.budget.iter().map(|previewed| previewed.budget.id));
        }
        Ok(visible)
    }
}
