//! Founding an employer: departments, the roster, heads and roles.

use std::collections::HashMap;
use std::sync::Arc;

use anyhow::Context as _;
use upskill_domain::access::{Actor, Role};
use upskill_domain::app::App;
use upskill_domain::kernel::{Currency, DepartmentId, EmployeeId, TypedId};
use upskill_domain::organization::{
    ChangeDepartment, CreateDepartment, FoundEmployer, GrantRole, ImportRoster, RosterLine, RowOutcome, Slug,
};

use super::people::{Stay, Workforce};
use super::teller::{Teller, acting, done};
use super::time::{Calendar, StoryClock};

/// Rows of one import of the roster.
const ROWS: usize = 25_000;

/// Founds the employer and brings its people in.
pub(super) async fn found(
    app: App,
    clock: Arc<StoryClock>,
    workforce: &Workforce,
    calendar: Calendar,
) -> anyhow::Result<Teller> {
    let company = workforce.company;
    let command = FoundEmployer {
        slug: Slug::parse(company.slug)?,
        name: company.name.to_owned(),
        time_zone: company.time_zone.parse()?,
        currency: Currency::parse(company.currency)?,
        fiscal_year_start_month: 1,
        minimum_group_size: 5,
        admin: None,
    };
    let employer = done("found an employer", app.organization().found(command).await)?;
    let system = Actor::system(employer.id, "seed");
    let places = departments(&app, &system, workforce).await?;
    let known = import(&app, &system, workforce.first_roster()).await?;
    // Those who come later have no id yet; the second roster brings it.
    let nobody: EmployeeId = TypedId::from_uuid(uuid::Uuid::nil());
    let id = |external_id: &String| known.get(external_id).copied().unwrap_or(nobody);
    let people: Vec<EmployeeId> = workforce.people.iter().map(|person| id(&person.external_id)).collect();
    let actor = |role| {
        let person = workforce.holder(role).with_context(|| format!("nobody holds {role}"))?;
        anyhow::Ok(acting(employer.id, people[person], Some(role)))
    };
    let (hr, finance) = (actor(Role::HrAdmin)?, actor(Role::Finance)?);
    let teller = Teller { app, clock, company, calendar, employer: employer.id, hr, finance, people, places };
    grants(&teller, &system, workforce).await?;
    heads(&teller, workforce).await?;
    Ok(teller)
}

/// The second roster: some come, some go on leave, some have left.
pub(super) async fn second_roster(teller: &mut Teller, workforce: &Workforce) -> anyhow::Result<()> {
    let lines = workforce.second_lines();
    if lines.is_empty() {
        return Ok(());
    }
    let known = import(&teller.app, &teller.hr, lines).await?;
    for (person, id) in workforce.people.iter().zip(&mut teller.people) {
        if person.stay == Stay::Joins
            && let Some(known) = known.get(&person.external_id)
        {
            *id = *known;
        }
    }
    Ok(())
}

async fn departments(app: &App, system: &Actor, workforce: &Workforce) -> anyhow::Result<Vec<DepartmentId>> {
    let mut places: Vec<DepartmentId> = Vec::new();
    for place in &workforce.places {
        let parent = place.above.map(|above| places[above]);
        let (code, name) = (place.code.clone(), place.name.clone());
        let command = CreateDepartment { key: None, code, name, parent, head: None };
        let created =
            done("create a department", app.organization().create_department(system, command).await)?;
        places.push(created.id);
    }
    Ok(places)
}

async fn heads(teller: &Teller, workforce: &Workforce) -> anyhow::Result<()> {
    for (place, id) in workforce.places.iter().zip(&teller.places) {
        let head = place.head.map(|head| teller.people[head]);
        let command =
            ChangeDepartment { id: *id, expected_version: 1, name: None, parent: None, head: Some(head) };
        let changed = teller.app.organization().change_department(&teller.hr, command).await;
        done("give a department its head", changed)?;
    }
    Ok(())
}

/// The installation makes the first administrator, who grants everything else.
async fn grants(teller: &Teller, system: &Actor, workforce: &Workforce) -> anyhow::Result<()> {
    let administrator = workforce.holder(Role::EmployerAdmin).context("nobody could grant roles")?;
    let granter = acting(teller.employer, teller.people[administrator], Some(Role::EmployerAdmin));
    let holders = workforce.people.iter().zip(&teller.people);
    let mut roles: Vec<(EmployeeId, Role)> =
        holders.filter_map(|(p, id)| p.role.map(|role| (*id, role))).collect();
    roles.sort_by_key(|(_, role)| *role != Role::EmployerAdmin);
    for (employee, role) in roles {
        let actor = if role == Role::EmployerAdmin { system } else { &granter };
        let grant = GrantRole { key: None, employee, role };
        done("grant a role", teller.app.organization().grant_role(actor, grant).await)?;
    }
    Ok(())
}

async fn import(
    app: &App,
    actor: &Actor,
    lines: Vec<RosterLine>,
) -> anyhow::Result<HashMap<String, EmployeeId>> {
    let mut known = HashMap::new();
    for lines in lines.chunks(ROWS) {
        let roster = ImportRoster { lines: lines.to_vec(), dry_run: false, create_departments: false };
        let report = done("import a roster", app.organization().import_roster(actor, roster).await)?;
        for row in report.rows {
            match (row.outcome, row.external_id) {
                (
                    RowOutcome::Created(id) | RowOutcome::Updated(id) | RowOutcome::Unchanged(id),
                    Some(who),
                ) => {
                    known.insert(who, id);
                }
                (outcome, _) => anyhow::bail!("line {} of the seed's roster: {outcome:?}", row.line),
            }
        }
    }
    Ok(known)
}
