//! The circles of people that several actions are for.

use super::Basis::{self, Relation as Rel, Role as R, System};
use super::{Relation, Role};

/// Those who look after money, and those whom it is asked of.
pub(super) const BUDGET_READERS: &[Basis] = &[
    R(Role::HrAdmin),
    R(Role::HrAnalyst),
    R(Role::Finance),
    R(Role::Auditor),
    Rel(Relation::BudgetOwner),
    Rel(Relation::DepartmentHead),
    Rel(Relation::Approver),
    System,
];

/// Those who read of groups of people, never of one.
pub(super) const GROUP_READERS: &[Basis] = &[
    R(Role::HrAdmin),
    R(Role::HrAnalyst),
    R(Role::Finance),
    R(Role::Auditor),
    R(Role::WorksCouncil),
    System,
];

/// The people whom a funding request concerns.
pub(super) const CONCERNED: &[Basis] = &[
    R(Role::HrAdmin),
    R(Role::HrAnalyst),
    R(Role::Finance),
    Rel(Relation::Oneself),
    Rel(Relation::LineManager),
    Rel(Relation::Approver),
    Rel(Relation::BudgetOwner),
];

/// Who acts for themself, and nobody for them.
pub(super) const ONESELF: &[Basis] = &[Rel(Relation::Oneself)];

/// Who acts for themself, and HR for everybody.
pub(super) const ONESELF_OR_HR: &[Basis] = &[R(Role::HrAdmin), Rel(Relation::Oneself), System];

/// Those who see that somebody takes part in a program or a course.
pub(super) const PARTICIPATION: &[Basis] = &[
    R(Role::HrAdmin),
    R(Role::HrAnalyst),
    Rel(Relation::ProgramOwner),
    Rel(Relation::Oneself),
    Rel(Relation::LineManager),
    System,
];

/// Who reads a funding request.
pub(super) const REQUEST_READERS: &[Basis] = &[
    R(Role::HrAdmin),
    R(Role::HrAnalyst),
    R(Role::Finance),
    Rel(Relation::Oneself),
    Rel(Relation::LineManager),
    Rel(Relation::Approver),
    Rel(Relation::BudgetOwner),
    System,
];
