//! The rules of policies, tried on people and courses.

mod chains;
mod limits;
mod publication;
mod tax;

use super::*;
use crate::funding::fixture::{currency, employee};
use crate::kernel::TypedId;
use crate::organization::{Employee, EmploymentStatus};

fn away(n: u128) -> Employee {
    let mut person = employee(n);
    person.employment.status = EmploymentStatus::OnLeave;
    person
}

fn step(from_amount: i64, who: Approver) -> StepRule {
    StepRule {
        from_amount,
        who,
        due_within_days: None,
        remind_days_before: 1,
        conditions: Conditions::default(),
    }
}

fn rules(steps: Vec<StepRule>) -> PolicyRules {
    PolicyRules { steps, ..PolicyRules::manager_decides(currency("EUR")) }
}
