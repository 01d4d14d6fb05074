//! The policy as one table, so that a change of who may do what is seen and reviewed as such.

use std::fmt::Write as _;

use support::assert_golden;
use upskill_domain::access::policy::basis;
use upskill_domain::access::{Account, AccountScope, Action, Actor, Basis, Relation, Role, Roles, Who};
use upskill_domain::kernel::{EmployeeId, EmployerId, ServiceAccountId, TypedId};
use uuid::Uuid;

const RELATIONS: [Relation; 7] = [
    Relation::Colleague,
    Relation::Oneself,
    Relation::LineManager,
    Relation::Approver,
    Relation::BudgetOwner,
    Relation::DepartmentHead,
    Relation::ProgramOwner,
];

/// One column of the table: its heading, an actor, and how they stand to the thing.
fn columns() -> Vec<(String, Actor, Vec<Relation>, Basis)> {
    let employer = EmployerId::from_uuid(Uuid::from_u128(1));
    let person = |roles| Actor {
        employer,
        who: Who::Employee(EmployeeId::from_uuid(Uuid::from_u128(2))),
        roles,
        request_id: "golden".to_owned(),
    };
    let granted = Role::ALL.into_iter().filter(|role| !role.is_derived());
    let roles = granted.map(|role| {
        let actor = person(Roles::from_iter([role]));
        (role.name().to_owned(), actor, Vec::new(), Basis::Role(role))
    });
    let relations = RELATIONS.into_iter().map(|relation| {
        (format!("{relation:?}"), person(Roles::NONE), vec![relation], Basis::Relation(relation))
    });
    let system = ("the system".to_owned(), Actor::system(employer, "golden"), Vec::new(), Basis::System);
    let scopes = AccountScope::ALL.iter().map(|scope| {
        let actor = Actor { who: Who::ServiceAccount(account(*scope)), ..person(Roles::NONE) };
        (scope.name().to_owned(), actor, Vec::new(), Basis::Scope(*scope))
    });
    roles.chain(relations).chain([system]).chain(scopes).collect()
}

fn account(scope: AccountScope) -> Account {
    let id = ServiceAccountId::from_uuid(Uuid::from_u128(3));
    Account { id, scopes: [scope].into_iter().collect() }
}

/// `x` where the column's own basis allows the action, `.` where only being a colleague does, `+` where a service account may
/// for somebody who may everything, nothing otherwise.
fn cell(actor: &Actor, action: Action, relations: &[Relation], own: Basis) -> char {
    match (basis(actor, action, relations), own) {
        (Some(found), _) if found == own => 'x',
        (Some(_), _) => '.',
        (None, Basis::Scope(scope)) => {
            let who = Who::ActingFor(EmployeeId::from_uuid(Uuid::from_u128(2)), account(scope));
            let anybody = Actor { who, roles: Role::ALL.into_iter().collect(), ..actor.clone() };
            if basis(&anybody, action, &RELATIONS).is_some() { '+' } else { ' ' }
        }
        (None, _) => ' ',
    }
}

#[test]
fn the_table_of_who_may_do_what_is_the_one_that_was_reviewed() {
    let columns = columns();
    let mut text = String::from(
        "Who may do what. A column is a person with one granted role or one relation to the thing, the system, or a service\n\
         account with one scope.\n\
         x: the column allows the row.  .: every employee may.  +: the account may for somebody who may.  (blank): not allowed.\n\n",
    );
    for (number, (heading, ..)) in columns.iter().enumerate() {
        let bars = "|  ".repeat(number);
        let _ = writeln!(text, "{:24}{bars}{heading}", "");
    }
    for action in Action::ALL {
        let cells: Vec<_> = columns
            .iter()
            .map(|(_, actor, relations, own)| cell(actor, action, relations, *own).to_string())
            .collect();
        let line = format!("{:24}{}", format!("{action:?}"), cells.join("  "));
        let _ = writeln!(text, "{}", line.trim_end());
    }
    text.push_str("\nIn words\n\n");
    for action in Action::ALL {
        let scopes = AccountScope::opening(action).map(AccountScope::name);
        let words: Vec<_> = action.bases().iter().map(|basis| basis.phrase()).chain(scopes).collect();
        let _ = writeln!(text, "{:24}{}: {}", format!("{action:?}"), action.phrase(), words.join(", "));
    }
    assert_golden("golden/policy.txt", &text);
}
