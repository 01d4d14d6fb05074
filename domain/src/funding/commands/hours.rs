//! Allowing a budget learning hours.

use serde::Serialize;

use crate::access::{Action, Actor, Relation, policy};
use crate::app::Keyed;
use crate::journal::IdempotencyKey;
use crate::kernel::{BudgetId, Failure, Text};

use super::Funding;
use crate::funding::posting::Remarks;
use crate::funding::{Budget, FundingEvent, ReasonCode, SetLearningHoursRefusal};

/// An allowance of learning hours to set, first or anew.
#[derive(Debug, Clone, Serialize)]
pub struct SetLearningHours {
    /// Makes a retry safe.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// Of which budget.
    pub budget: BudgetId,
    /// How many hours.
    pub hours: i64,
    /// Why, where it was set before.
    pub reason: Option<ReasonCode>,
    /// A remark.
    pub note: Option<String>,
}

impl Funding<'_> {
    /// Sets the allowance of a budget's learning hours. In HARD mode it is not lowered below what is promised or used.
    pub async fn set_learning_hours(
        self,
        actor: &Actor,
        command: SetLearningHours,
    ) -> Result<Budget, Failure<SetLearningHoursRefusal>> {
        let SetLearningHours { budget: id, hours, reason, .. } = command;
        let mut tx = self.core.store.begin(actor.employer).await?;
        let owns = match actor.employee() {
            Some(person) if policy::basis(actor, Action::SetLearningHours, &[]).is_none() => {
                tx.owners_of(id).await?.contains(&person)
            }
            _ => false,
        };
        let relation = owns.then_some(Relation::BudgetOwner);
        policy::require(actor, Action::SetLearningHours, relation.as_slice())?;
        let keyed = Keyed { key: command.key.as_ref(), command: "setLearningHours", input: &command };
        let earlier = self.core.claim::<_, SetLearningHoursRefusal>(&mut *tx, actor, keyed, id).await?;
        let mut budget = self.lock_budget(&mut *tx, id).await?;
        if earlier.is_some() {
            return Ok(budget);
        }
        let note = Text::optional(command.note.as_deref(), Text::note)
            .map_err(SetLearningHoursRefusal::InvalidNote)?;
        let given = reason.map(ReasonCode::given).transpose().map_err(SetLearningHoursRefusal::from)?;
        let remarks = Remarks { reason: given, note, ..Remarks::default() };
        let stamp = self.stamp(&mut *tx, actor).await?;
        let entry = budget.set_learning_hours(hours, remarks, &stamp)?;
        self.save_booked(&mut *tx, &budget, std::slice::from_ref(&entry)).await?;
        let event = FundingEvent::LearningHoursSet { budget: id, hours, entry: entry.id, reason };
        self.core.record(&mut *tx, actor, &[event]).await?;
        tx.commit().await?;
        Ok(budget)
    }
}
