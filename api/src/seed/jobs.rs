//! Jobs: what they ask for, who has them, and what managers and people say of levels.

use anyhow::Context as _;
use upskill_domain::kernel::JobProfileId;
use upskill_domain::skills::{
    AssessSkill, AssignJobProfiles, CreateJobProfile, JobRequirement, SkillEvidence, SkillLevel,
    SkillStatement, StateSkill,
};

use super::catalog::Offers;
use super::people::{Stay, Workforce};
use super::teller::{Teller, done};

/// A job before it is told: its name and what it is about, the titles of those who have it, and what it asks for; nobody
/// can do it without the first skill.
struct Job {
    name: &'static str,
    summary: &'static str,
    titles: &'static [&'static str],
    skills: &'static [(&'static str, i32)],
}

const JOBS: [Job; 3] = [
    Job {
        name: "Automation engineer",
        summary: "Builds and changes what controls the plant.",
        titles: &["Automation Engineer", "Controls Engineer", "Robotics Engineer"],
        skills: &[
            ("PLC Programming", 3),
            ("Industrial Networks", 3),
            ("Functional Safety", 2),
            ("Industrial Security", 2),
        ],
    },
    Job {
        name: "Data professional",
        summary: "Turns what the plant measures into decisions.",
        titles: &["Data Engineer", "Data Analyst", "Machine Learning Engineer"],
        skills: &[("Python", 3), ("SQL", 3), ("Time Series Analysis", 2), ("Machine Learning", 2)],
    },
    Job {
        name: "Platform engineer",
        summary: "Runs what everybody else builds on.",
        titles: &["Cloud Engineer", "System Administrator", "Security Analyst"],
        skills: &[("Network Security", 2), ("Cloud Architecture", 3), ("Infrastructure as Code", 2)],
    },
];

/// People to whom HR assigns a job at once.
const AT_ONCE: usize = 100;

/// HR says what the jobs ask for and who has them; those people and their managers say how well they do.
pub(super) async fn tell(teller: &Teller, workforce: &Workforce, offers: &Offers) -> anyhow::Result<()> {
    for job in &JOBS {
        let people: Vec<usize> = (0..workforce.people.len())
            .filter(|person| {
                let person = &workforce.people[*person];
                job.titles.contains(&person.title) && person.stay == Stay::Throughout
            })
            .collect();
        let profile = create(teller, offers, job).await?;
        for some in people.chunks(AT_ONCE) {
            let assignments = some.iter().map(|person| (teller.people[*person], Some(profile))).collect();
            let command = AssignJobProfiles { assignments, from_on: None };
            let assigned = teller.app.skills().assign_job_profiles(&teller.hr, command).await;
            done("assign jobs", assigned)?;
        }
        for (number, person) in people.iter().enumerate() {
            say(teller, workforce, offers, (job, number, *person)).await?;
        }
    }
    Ok(())
}

async fn create(teller: &Teller, offers: &Offers, job: &Job) -> anyhow::Result<JobProfileId> {
    let required = |(place, (name, level)): (usize, &(&str, i32))| {
        let skill = *offers.skills.get(*name).with_context(|| format!("the seed has no skill {name}"))?;
        let weight = if place == 0 { 2 } else { 1 };
        Ok(JobRequirement { skill, level: SkillLevel::new(*level)?, must_have: place == 0, weight })
    };
    let requirements = job.skills.iter().enumerate().map(required).collect::<anyhow::Result<_>>()?;
    let command = CreateJobProfile {
        key: None,
        name: job.name.to_owned(),
        summary: Some(job.summary.to_owned()),
        requirements,
        from_on: None,
    };
    let profile = teller.app.skills().create_job_profile(&teller.hr, command).await;
    Ok(done("create a job profile", profile)?.id)
}

/// What is said of one person follows from their number, so that no other chance of the story moves.
async fn say(
    teller: &Teller,
    workforce: &Workforce,
    offers: &Offers,
    (job, number, person): (&Job, usize, usize),
) -> anyhow::Result<()> {
    let skills = teller.app.skills();
    for (place, (name, level)) in job.skills.iter().enumerate() {
        let Some(skill) = offers.skills.get(*name).copied() else { continue };
        let statement = |level: i32| {
            let level = Some(SkillLevel::new(level.clamp(1, 5))?);
            let (from_on, until_on, link, note) = (None, None, None, None);
            anyhow::Ok(SkillStatement { skill, level, from_on, until_on, link, note })
        };
        match ((number + place) % 4, workforce.people[person].manager) {
            (0, _) => {
                let command = StateSkill { key: None, statement: statement(level + 1)? };
                done("state a skill", skills.state_skill(&teller.actor(person), command).await)?;
            }
            (1, Some(manager)) => {
                let (employee, evidence) = (teller.people[person], SkillEvidence::Manager);
                let command = AssessSkill { key: None, employee, evidence, statement: statement(*level)? };
                done("assess a skill", skills.assess_skill(&teller.actor(manager), command).await)?;
            }
            (2, Some(manager)) => {
                let (employee, evidence) = (teller.people[person], SkillEvidence::Manager);
                let command = AssessSkill { key: None, employee, evidence, statement: statement(level - 1)? };
                done("assess a skill", skills.assess_skill(&teller.actor(manager), command).await)?;
            }
            _ => {}
        }
    }
    Ok(())
}
