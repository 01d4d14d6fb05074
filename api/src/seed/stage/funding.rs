//! Budgets and requests on the stage.

use async_trait::async_trait;
use chrono::{DateTime, NaiveDate, Utc};
use upskill_domain::funding::{
    ApprovalStep, Budget, BudgetClosing, BudgetStatus, Decision, EntryKind, FundingComment, FundingRequest,
    FundingWrites, LedgerEntry, OwnedBy, RequestStatus, Thread,
};
use upskill_domain::kernel::{BudgetId, EmployeeId, Fault, FundingCommentId, FundingRequestId};

use super::Scene;

#[async_trait]
impl FundingWrites for Scene {
    async fn lock_budgets(&mut self, ids: &[BudgetId]) -> Result<Vec<Budget>, Fault> {
        let mut ids = ids.to_vec();
        ids.sort_unstable();
        ids.dedup();
        Ok(self.read().budgets.copies(&ids))
    }

    async fn lock_budget_alone(&mut self, id: BudgetId) -> Result<Option<Budget>, Fault> {
        self.hold_budget(id).await
    }

    async fn hold_budget(&mut self, id: BudgetId) -> Result<Option<Budget>, Fault> {
        Ok(self.read().budgets.get(&id).cloned())
    }

    async fn count_waiting_requests(&mut self, id: BudgetId) -> Result<u64, Fault> {
        let waits =
            |request: &&FundingRequest| request.budget == id && request.status == RequestStatus::Submitted;
        Ok(u64::try_from(self.read().requests.all().iter().filter(waits).count()).unwrap_or(u64::MAX))
    }

    async fn budget_line(&mut self, id: BudgetId) -> Result<Vec<BudgetId>, Fault> {
        let props = self.read();
        let above = |budget: &&Budget| budget.parent.and_then(|parent| props.budgets.get(&parent));
        Ok(std::iter::successors(props.budgets.get(&id), above).map(|budget| budget.id).collect())
    }

    async fn count_live_children(&mut self, id: BudgetId) -> Result<u64, Fault> {
        let live = |budget: &&Budget| budget.parent == Some(id) && budget.status != BudgetStatus::Archived;
        Ok(u64::try_from(self.read().budgets.all().iter().filter(live).count()).unwrap_or(u64::MAX))
    }

    async fn open_budgets(&mut self, owners: &[OwnedBy], day: NaiveDate) -> Result<Vec<Budget>, Fault> {
        let fits = |budget: &&Budget| {
            budget.status == BudgetStatus::Open
                && budget.period.contains(day)
                && owners.contains(&budget.owned_by)
        };
        Ok(self.read().budgets.all().iter().filter(fits).cloned().collect())
    }

    async fn insert_budget(&mut self, budget: &Budget) -> Result<(), Fault> {
        self.write().budgets.put(budget.id, budget.clone());
        Ok(())
    }

    async fn save_budgets(&mut self, budgets: &[Budget]) -> Result<(), Fault> {
        let mut props = self.write();
        for budget in budgets {
            props.budgets.put(budget.id, budget.clone());
        }
        Ok(())
    }

    async fn append_ledger(&mut self, entries: &[LedgerEntry]) -> Result<(), Fault> {
        self.write().ledger.extend_from_slice(entries);
        Ok(())
    }

    async fn owners_of(&mut self, budget: BudgetId) -> Result<Vec<EmployeeId>, Fault> {
        let owners = self.owners_of_each(&[budget]).await?;
        Ok(owners.into_iter().map(|(_, person)| person).collect())
    }

    async fn owners_of_each(&mut self, budgets: &[BudgetId]) -> Result<Vec<(BudgetId, EmployeeId)>, Fault> {
        let props = self.read();
        let mut owners: Vec<_> = props.owners.iter().filter(|(owned, ..)| budgets.contains(owned)).collect();
        owners.sort_by_key(|(_, person, since)| (*since, *person));
        Ok(owners.into_iter().map(|(budget, person, _)| (*budget, *person)).collect())
    }

    async fn insert_owners(
        &mut self,
        budget: BudgetId,
        people: &[EmployeeId],
        at: DateTime<Utc>,
    ) -> Result<(), Fault> {
        self.write().owners.extend(people.iter().map(|person| (budget, *person, at)));
        Ok(())
    }

    async fn delete_owner(&mut self, budget: BudgetId, person: EmployeeId) -> Result<(), Fault> {
        self.write().owners.retain(|(owned, owner, _)| (*owned, *owner) != (budget, person));
        Ok(())
    }

    async fn thread(&mut self, employee: EmployeeId, subject: &str) -> Result<Thread, Fault> {
        let props = self.read();
        let last = props.threads.get(&(employee, subject.to_owned()));
        let last = last.and_then(|last| props.requests.get(last));
        Ok(last.map_or_else(Thread::default, |last| Thread {
            rounds: last.round,
            live: last.status.is_live().then_some(last.id),
        }))
    }

    async fn insert_requests(
        &mut self,
        requests: &[FundingRequest],
        steps: &[ApprovalStep],
    ) -> Result<bool, Fault> {
        let mut props = self.write();
        for request in requests {
            props.threads.insert((request.employee, request.offer.subject()), request.id);
            props.requests.put(request.id, request.clone());
        }
        for step in steps {
            props.steps.entry(step.request).or_default().push(step.clone());
        }
        Ok(true)
    }

    async fn lock_request(&mut self, id: FundingRequestId) -> Result<Option<FundingRequest>, Fault> {
        Ok(self.read().requests.get(&id).cloned())
    }

    async fn lock_request_if_free(&mut self, id: FundingRequestId) -> Result<Option<FundingRequest>, Fault> {
        self.lock_request(id).await
    }

    async fn lock_open_requests(&mut self, budgets: &[BudgetId]) -> Result<Vec<FundingRequest>, Fault> {
        let open = |request: &&FundingRequest| budgets.contains(&request.budget) && request.status.is_live();
        Ok(self.read().requests.all().iter().filter(open).cloned().collect())
    }

    async fn move_requests(&mut self, ids: &[FundingRequestId], to: BudgetId) -> Result<(), Fault> {
        let mut props = self.write();
        for id in ids {
            if let Some(request) = props.requests.get(id).cloned() {
                let version = request.version.saturating_add(1);
                props.requests.put(*id, FundingRequest { budget: to, version, ..request });
            }
        }
        Ok(())
    }

    async fn children_of(&mut self, id: BudgetId) -> Result<Vec<BudgetId>, Fault> {
        let props = self.read();
        let mut ids: Vec<BudgetId> = props
            .budgets
            .all()
            .iter()
            .filter(|budget| budget.parent == Some(id))
            .map(|budget| budget.id)
            .collect();
        ids.sort_unstable();
        Ok(ids)
    }

    async fn tree_of(&mut self, id: BudgetId) -> Result<Vec<BudgetId>, Fault> {
        let mut tree = vec![id];
        let mut place = 0;
        while let Some(above) = tree.get(place).copied() {
            tree.extend(self.children_of(above).await?);
            place = place.saturating_add(1);
        }
        Ok(tree)
    }

    async fn closings_of(&mut self, _: &[BudgetId]) -> Result<Vec<BudgetClosing>, Fault> {
        // The story ends before its years are closed.
        Ok(Vec::new())
    }

    async fn insert_closing(&mut self, closing: &BudgetClosing) -> Result<(), Fault> {
        Err(Fault::inconsistent(format!("the story closes no budget, but {} was", closing.budget)))
    }

    async fn steps_of(&mut self, request: FundingRequestId) -> Result<Vec<ApprovalStep>, Fault> {
        Ok(self.read().steps.get(&request).cloned().unwrap_or_default())
    }

    async fn save_request(&mut self, request: &FundingRequest) -> Result<(), Fault> {
        self.write().requests.put(request.id, request.clone());
        Ok(())
    }

    async fn save_steps(&mut self, steps: &[ApprovalStep]) -> Result<(), Fault> {
        let mut props = self.write();
        for step in steps {
            let known = props.steps.entry(step.request).or_default();
            known.iter_mut().filter(|known| known.id == step.id).for_each(|known| *known = step.clone());
        }
        Ok(())
    }

    async fn reservation_of(&mut self, request: FundingRequestId) -> Result<Option<LedgerEntry>, Fault> {
        let reserves =
            |entry: &&LedgerEntry| entry.kind == EntryKind::Reserve && entry.request == Some(request);
        Ok(self.read().ledger.iter().find(reserves).cloned())
    }

    async fn insert_comment(&mut self, comment: &FundingComment) -> Result<(), Fault> {
        self.write().comments.push(comment.clone());
        Ok(())
    }

    async fn comment(&mut self, id: FundingCommentId) -> Result<Option<FundingComment>, Fault> {
        Ok(self.read().comments.iter().find(|comment| comment.id == id).cloned())
    }

    async fn insert_decisions(&mut self, decisions: &[Decision]) -> Result<(), Fault> {
        self.write().decisions.extend_from_slice(decisions);
        Ok(())
    }
}
