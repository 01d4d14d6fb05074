//! Money that moves between budgets, and the hours beside it.

use std::sync::PoisonError;

use upskill_domain::funding::{AdjustBudget, AllocateBudget, ReasonCode, SetLearningHours, TransferBudget};

use super::{Deed, Kind, Outcome, World, outcome};

impl World {
    pub(super) async fn move_money(&self, deed: Deed) -> Outcome {
        let (funding, finance, id) = (self.app.funding(), &self.finance, self.budget(deed.what));
        let (amount, note, effective_on) = (Self::money(deed.amount / 4), None, None);
        // The money comes from the top.
        let root = *self.root.lock().unwrap_or_else(PoisonError::into_inner);
        let id = root.filter(|_| deed.who.is_multiple_of(2)).unwrap_or(id);
        match deed.kind {
            Kind::Allocate => {
                let command = AllocateBudget { key: None, id, amount, note, effective_on };
                outcome("allocate", funding.allocate_budget(finance, command).await)
            }
            Kind::Adjust => {
                let amount = Self::money(deed.amount / 2 - 10_000);
                let (reason, note) = (ReasonCode::Replanning, "soak".to_owned());
                let command = AdjustBudget { key: None, id, amount, reason, note, effective_on };
                outcome("adjust", funding.adjust_budget(finance, command).await)
            }
            Kind::SetHours => {
                let (hours, reason) = (deed.amount / 100, Some(ReasonCode::Replanning));
                let command = SetLearningHours { key: None, budget: id, hours, reason, note };
                outcome("set learning hours", funding.set_learning_hours(&self.hr, command).await)
            }
            _ => {
                let to = self.budget(deed.other);
                let command = TransferBudget { key: None, from: id, to, amount, note, effective_on };
                outcome("transfer", funding.transfer_budget(finance, command).await)
            }
        }
    }
}
