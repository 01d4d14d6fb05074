//! Budgets that are over.

use upskill_domain::funding::{CloseBudget, CloseBudgetTree, MoneyOnClose, PromisesOnClose};

use super::{Deed, Kind, Outcome, World, outcome};

impl World {
    pub(super) async fn close(&self, deed: Deed) -> Outcome {
        let (funding, finance, id) = (self.app.funding(), &self.finance, self.ended(deed));
        let stay = deed.other.is_multiple_of(4);
        let promises = if stay { PromisesOnClose::Stay } else { PromisesOnClose::CarryOver };
        let lapse = deed.who.is_multiple_of(2);
        let money = if lapse { MoneyOnClose::Lapse } else { MoneyOnClose::CarryOver };
        let successor = (!stay || !lapse).then(|| self.budget(deed.other));
        let (dry_run, note, expected_version) = (deed.amount % 8 == 0, None, None);
        if deed.kind == Kind::Close {
            let command =
                CloseBudget { key: None, id, promises, money, successor, note, dry_run, expected_version };
            return outcome("close", funding.close_budget(finance, command).await);
        }
        let successors = successor.map(|successor| (id, successor)).into_iter().collect();
        let command =
            CloseBudgetTree { key: None, id, promises, money, successors, note, dry_run, expected_version };
        outcome("close a tree", funding.close_budget_tree(finance, command).await)
    }
}
