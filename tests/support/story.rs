//! Northwind and Southwind: two employers that most tests start from.
//!
//! Northwind has a line of reporting and somebody for every granted role; Southwind has one of each kind too, so that
//! what happens at one can be looked for at the other.

use chrono_tz::Europe::Berlin;
use upskill_domain::access::{Actor, Role};
use upskill_domain::kernel::{Currency, EmployeeId, EmployerId};
use upskill_domain::organization::{
    ColleagueFilter, ColleagueOrder, ColleagueWith, EmploymentStatus, FoundEmployer, GrantRole, ImportRoster,
    RosterLine, RowOutcome, Slug,
};

use crate::app::TestApp;

/// External id, name, department, manager, granted role.
type PersonRow = (&'static str, &'static str, &'static str, &'static str, Option<Role>);

/// The people of an employer. Clara leads; Max and Mia manage; Eva and Emil work for Max, Ella for Mia.
pub const PEOPLE: [PersonRow; 13] = [
    ("C1", "Clara Chief", "BOARD", "", None),
    ("M1", "Max Manager", "ENG", "C1", None),
    ("M2", "Mia Manager", "OPS", "C1", None),
    ("E1", "Eva Engineer", "ENG", "M1", None),
    ("E2", "Emil Engineer", "ENG", "M1", None),
    ("E3", "Ella Operator", "OPS", "M2", None),
    ("H1", "Hana Human", "HR", "C1", Some(Role::HrAdmin)),
    ("H2", "Hugo Human", "HR", "H1", Some(Role::HrAnalyst)),
    ("F1", "Finn Finance", "FIN", "C1", Some(Role::Finance)),
    ("A1", "Aude Auditor", "FIN", "F1", Some(Role::Auditor)),
    ("W1", "Wim Worker", "OPS", "M2", Some(Role::WorksCouncil)),
    ("X1", "Xenia Admin", "HR", "H1", Some(Role::EmployerAdmin)),
    ("L1", "Lara Leaver", "OPS", "M2", None),
];

/// An employer whose story has been told.
#[derive(Debug, Clone)]
pub struct Employer {
    /// Its id.
    pub id: EmployerId,
    /// The installation acting in its data.
    pub system: Actor,
}

impl TestApp {
    /// Northwind, in euro, on Berlin time.
    pub async fn northwind(&self) -> Employer {
        self.found("northwind", "EUR").await
    }

    /// Southwind, in Swiss francs.
    pub async fn southwind(&self) -> Employer {
        self.found("southwind", "CHF").await
    }

    async fn found(&self, slug: &str, currency: &str) -> Employer {
        let organization = self.app.organization();
        let command = FoundEmployer {
            slug: Slug::parse(slug).expect("a slug"),
            name: slug.to_owned(),
            time_zone: Berlin,
            currency: Currency::parse(currency).expect("a currency"),
            fiscal_year_start_month: 1,
            minimum_group_size: 5,
            admin: None,
        };
        let employer = organization.found(command).await.expect("the employer is founded");
        let system = Actor::system(employer.id, "test");
        let lines = PEOPLE.iter().zip(1..).map(|(person, line)| roster_line(line, *person)).collect();
        let roster = ImportRoster { lines, create_departments: true, dry_run: false };
        let report = organization.import_roster(&system, roster).await.expect("the roster is imported");
        for (row, (id, _, _, _, role)) in report.rows.iter().zip(PEOPLE) {
            let RowOutcome::Created(employee) = &row.outcome else { panic!("{id} was not created: {row:?}") };
            if let Some(role) = role {
                let grant = GrantRole { key: None, employee: *employee, role };
                organization.grant_role(&system, grant).await.expect("the role is granted");
            }
        }
        Employer { id: employer.id, system }
    }

    /// The id of a person by the one that the story gave them, whether they are still here or not.
    pub async fn person(&self, employer: &Employer, external_id: &str) -> EmployeeId {
        let filter = ColleagueFilter {
            external_ids: Some(vec![external_id.to_owned()]),
            statuses: Some(EmploymentStatus::ALL.to_vec()),
            ..ColleagueFilter::default()
        };
        let order = (ColleagueOrder::Name, upskill_domain::kernel::Direction::Ascending);
        let page = upskill_domain::kernel::PageRequest::first(1);
        let organization = self.app.organization();
        let found = organization
            .colleagues(&employer.system, &[filter], order, &page, ColleagueWith::default())
            .await;
        let found = found.expect("the directory is read");
        found[0].rows.first().unwrap_or_else(|| panic!("no {external_id}")).row.colleague.id
    }
}

fn roster_line(line: u32, (id, name, department, manager, _): PersonRow) -> RosterLine {
    RosterLine {
        line,
        external_id: Some(id.to_owned()),
        name: Some(name.to_owned()),
        email: Some(format!("{}@example.org", id.to_lowercase())),
        department: Some(department.to_owned()),
        manager: Some(manager.to_owned()),
        hired_on: Some("2020-01-01".to_owned()),
        left_on: Some(if id == "L1" { "2026-02-28".to_owned() } else { String::new() }),
        status: Some(if id == "L1" { "LEFT".to_owned() } else { "ACTIVE".to_owned() }),
        ..RosterLine::default()
    }
}
