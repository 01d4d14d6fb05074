//! Three programs: one that ran last year, the flagship of this year, and a plan for the next.

use anyhow::Context as _;
use upskill_domain::access::Actor;
use upskill_domain::kernel::{EmployeeId, ProgramId};
use upskill_domain::programs::{
    CompleteParticipation, CreateProgram, InviteParticipants, JoinProgram, Outline, Program, TargetSkill,
};
use upskill_domain::skills::SkillLevel;

use super::catalog::Offers;
use super::company::{ENGINEER, MANAGER};
use super::dice::Dice;
use super::people::{Stay, Workforce};
use super::teller::{Teller, done};
use super::time::working;

/// People who are invited into a program.
const INVITED: usize = 30;
/// Of those, how many join.
const JOINED: usize = 24;
/// Of those, how many leave again.
const LEFT: usize = 2;
/// Of those, how many have reached the goal.
const COMPLETED: usize = 5;

/// A program before it is told.
pub(super) struct Plan {
    name: String,
    purpose: &'static str,
    owner: &'static str,
    year: i32,
    departments: &'static [&'static str],
    skills: &'static [(&'static str, i32)],
    courses: &'static [&'static str],
}

/// The program of last year.
pub(super) fn last_years(year: i32) -> Plan {
    Plan {
        name: format!("Secure Plant {year}"),
        purpose: "Nobody reaches a controller from outside, and everybody knows what to do if somebody does.",
        owner: "Oluwaseun Adeyemi",
        year,
        departments: &["IT", "ENG", "MAINT"],
        skills: &[("Industrial Security", 3), ("Network Security", 2), ("Incident Response", 3)],
        courses: &["SEC-101", "SEC-110", "SEC-120", "SEC-170"],
    }
}

/// The flagship.
pub(super) fn flagship(year: i32) -> Plan {
    Plan {
        name: format!("Data and AI for Steel {year}"),
        purpose: "Every plant has people who turn its data into less scrap, less energy and fewer stops.",
        owner: "Hanna Weiss",
        year,
        departments: &["DATA", "ENG", "IT", "MAINT", "QA"],
        skills: &[
            ("Machine Learning", 3),
            ("Python", 3),
            ("Time Series Analysis", 3),
            ("Data Engineering", 2),
        ],
        courses: &["DAT-110", "DAT-130", "DAT-170", "ML-101", "ML-130", "ML-140", "ML-170", "AUT-170"],
    }
}

/// A plan that only HR and its owner see.
pub(super) fn next_years(year: i32) -> Plan {
    Plan {
        name: format!("Green Steel Engineering {year}"),
        purpose: "The people who will run the hydrogen line are ready before it is.",
        owner: "Grzegorz Malinowski",
        year,
        departments: &["MELT", "QA"],
        skills: &[("Hydrogen Metallurgy", 3), ("Energy Management", 3)],
        courses: &["MAT-110", "MAT-120", "MAT-130", "ENE-110", "ENE-120"],
    }
}

impl Plan {
    /// Who runs it.
    pub(super) fn owner(&self, workforce: &Workforce) -> anyhow::Result<usize> {
        workforce.named(self.owner).context("the program has no owner")
    }

    /// The places of its courses in the catalog.
    pub(super) fn courses(&self, offers: &Offers) -> anyhow::Result<Vec<usize>> {
        self.courses.iter().map(|code| offers.coded(code)).collect()
    }

    /// Who will be invited: people of its departments who stay throughout.
    pub(super) fn invited(&self, workforce: &Workforce, dice: &mut Dice) -> Vec<usize> {
        let manager = workforce.named(MANAGER);
        let fits = |number: &usize| {
            let person = &workforce.people[*number];
            let place = workforce.places[person.place].code.as_str();
            !person.cast
                && person.stay == Stay::Throughout
                && person.manager.is_some()
                && person.manager != manager
                && self.departments.contains(&place)
        };
        let mut able: Vec<usize> = (0..workforce.people.len()).filter(fits).collect();
        let mut invited: Vec<usize> = workforce.named(ENGINEER).into_iter().collect();
        while invited.len() < INVITED && !able.is_empty() {
            invited.push(able.swap_remove(dice.place(able.len())));
        }
        invited
    }
}

/// Writes a program as a draft.
pub(super) async fn draft(
    teller: &Teller,
    workforce: &Workforce,
    offers: &Offers,
    plan: &Plan,
) -> anyhow::Result<Program> {
    let owner = plan.owner(workforce)?;
    let skills = plan.skills.iter().map(|(name, level)| {
        let skill = *offers.skills.get(*name).with_context(|| format!("the seed has no skill {name}"))?;
        Ok(TargetSkill { skill, level: SkillLevel::new(*level)? })
    });
    let place = |code: &&str| workforce.places.iter().position(|place| place.code == *code);
    let departments = plan.departments.iter().filter_map(place).map(|place| teller.places[place]);
    let outline = Outline {
        skills: skills.collect::<anyhow::Result<_>>()?,
        departments: departments.collect(),
        courses: plan.courses(offers)?.into_iter().map(|course| offers.courses[course].id).collect(),
    };
    let command = CreateProgram {
        key: None,
        name: plan.name.clone(),
        purpose: Some(plan.purpose.to_owned()),
        owner: teller.people[owner],
        starts_on: working(plan.year, 1, 12).date_naive(),
        ends_on: working(plan.year, 12, 12).date_naive(),
        outline,
    };
    done("create a program", teller.app.programs().create_program(&teller.hr, command).await)
}

/// Writes a program, starts it and brings its people in.
pub(super) async fn start(
    teller: &Teller,
    workforce: &Workforce,
    offers: &Offers,
    plan: &Plan,
    invited: &[usize],
) -> anyhow::Result<ProgramId> {
    let program = draft(teller, workforce, offers, plan).await?.id;
    let programs = teller.app.programs();
    done("start a program", programs.activate_program(&teller.hr, program).await)?;
    let employees: Vec<EmployeeId> = invited.iter().map(|person| teller.people[*person]).collect();
    let invitation = InviteParticipants { key: None, program, employees };
    done("invite people", programs.invite_participants(&teller.hr, invitation).await)?;
    let joined = JoinProgram { key: None, program };
    for person in invited.iter().take(JOINED) {
        done("join a program", programs.join_program(&teller.actor(*person), joined.clone()).await)?;
    }
    for person in invited.iter().skip(JOINED - LEFT).take(LEFT) {
        done("leave a program", programs.leave_program(&teller.actor(*person), program).await)?;
    }
    Ok(program)
}

/// Some have reached the goal.
pub(super) async fn complete(teller: &Teller, program: ProgramId, invited: &[usize]) -> anyhow::Result<()> {
    for person in invited.iter().skip(1).take(COMPLETED) {
        let command = CompleteParticipation { program, employee: teller.people[*person] };
        let completed = teller.app.programs().complete_participation(&teller.hr, command).await;
        done("complete a program", completed)?;
    }
    Ok(())
}

/// Ends a program.
pub(super) async fn close(teller: &Teller, program: ProgramId) -> anyhow::Result<()> {
    let hr: &Actor = &teller.hr;
    done("close a program", teller.app.programs().close_program(hr, program).await).map(|_| ())
}
