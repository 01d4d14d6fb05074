//! A believable employer to try everything with, and a second one that must never see it.
//!
//! The story is decided first (who works where, what they ask for, what becomes of it), by chance from a fixed seed,
//! and then told in the order in which it happens: with a clock of its own that walks through two years, by the people
//! who would do it, and through the same use cases that the API calls. So ledgers, decisions and journal are right by
//! construction, and the same day gives the same data down to the last id.
//!
//! * `company`, `people`, `names`: who works where
//! * `catalog`: what can be learned, out of three files
//! * `requests`, `cast`: what people ask for, by chance and by design
//! * `budgets`, `programs`, `jobs`, `organization`, `lives`, `learning`, `returns`: telling each of these
//! * `story`: the chapters, in order
//! * `stage`: a store in memory for large stories, poured into the real one at the end
//! * `time`, `dice`: the story's clock, ids and chance

mod budgets;
mod cast;
mod catalog;
mod company;
mod dice;
mod jobs;
mod learning;
mod lives;
mod names;
mod organization;
mod people;
mod personas;
mod programs;
mod requests;
mod returns;
mod stage;
mod story;
mod teller;
mod time;

use std::sync::Arc;

use chrono::NaiveDate;
use upskill_domain::app::App;
use upskill_domain::store::Store;

use crate::installation::Installation;
use company::{Company, NORTHWIND, SOUTHWIND};
use dice::Dice;
use people::Workforce;
pub use personas::{Persona, personas};
use stage::Stage;
use time::{Calendar, StoryClock, StoryIds};

/// How much is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scale {
    /// The first day after the story.
    pub today: NaiveDate,
    /// People at Northwind Steel.
    pub employees: usize,
    /// What they ask for.
    pub requests: usize,
    /// Courses in its catalog.
    pub courses: usize,
    /// Whether it is told in memory first and written in bulk, which is for large stories.
    pub in_bulk: bool,
}

impl Scale {
    /// The demonstration: 250 people, 320 requests, 60 courses.
    pub fn demo(today: NaiveDate) -> Self {
        Self { today, employees: 250, requests: 320, courses: 60, in_bulk: false }
    }

    /// The same story for so many people, with a catalog that grows with them up to 2,000 courses.
    pub fn of(today: NaiveDate, employees: usize, requests_per_employee: usize) -> Self {
        let courses = (employees / 50).clamp(60, 2_000);
        Self { today, employees, requests: employees * requests_per_employee, courses, in_bulk: true }
    }
}

/// What was told about one employer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// Its short name.
    pub employer: &'static str,
    /// People on its roster, those who have left included.
    pub employees: usize,
    /// Courses in its catalog.
    pub courses: usize,
    /// Requests, whatever became of them.
    pub requests: usize,
}

/// Why nothing was seeded.
#[derive(Debug, thiserror::Error)]
#[error(
    "there are employers already ({0}); the seed only fills an empty installation, so give it another database or \
     drop this one"
)]
pub struct NotEmpty(String);

/// The people of Northwind who work for the story's own purposes have fewer than this.
const SMALLEST: usize = 120;
/// People at Southwind Foods.
const SOUTHWIND_PEOPLE: usize = 20;
/// What they ask for.
const SOUTHWIND_REQUESTS: usize = 15;
/// Courses in their catalog.
const SOUTHWIND_COURSES: usize = 12;
/// Entries of the journal that are sealed at once.
const SEAL: u32 = 2_000;

/// Seeds both employers. Refuses where there is an employer already.
pub async fn seed(installation: &Installation, scale: Scale) -> anyhow::Result<Vec<Told>> {
    anyhow::ensure!(
        scale.employees >= SMALLEST,
        "the story needs at least {SMALLEST} employees, {} are too few",
        scale.employees
    );
    let known = installation.app.organization().all_employers().await?;
    if !known.is_empty() {
        let slugs: Vec<_> = known.iter().map(|employer| employer.slug.as_str()).collect();
        return Err(NotEmpty(slugs.join(", ")).into());
    }
    let small = Scale {
        employees: SOUTHWIND_PEOPLE,
        requests: SOUTHWIND_REQUESTS,
        courses: SOUTHWIND_COURSES,
        in_bulk: false,
        ..scale
    };
    let store: Arc<dyn Store> = installation.db.clone();
    let northwind = tell(store.clone(), &NORTHWIND, scale, 1).await?;
    let southwind = tell(store, &SOUTHWIND, small, 2).await?;
    let mut failed = crate::worker::seal(&installation.app, SEAL).await?;
    failed.extend(crate::worker::count_for_reports(&installation.app, SEAL).await?);
    failed.extend(crate::worker::take_stock(&installation.app, SEAL).await?);
    if let Some((_, fault)) = failed.into_iter().next() {
        return Err(fault.into());
    }
    Ok(vec![northwind, southwind])
}

/// Seeds the demonstration where there is no employer yet; answers with what was told.
pub async fn if_empty(installation: &Installation) -> anyhow::Result<Vec<Told>> {
    if !installation.app.organization().all_employers().await?.is_empty() {
        return Ok(Vec::new());
    }
    seed(installation, Scale::demo(installation.app.clock().now().date_naive())).await
}

async fn tell(
    store: Arc<dyn Store>,
    company: &'static Company,
    scale: Scale,
    seed: u64,
) -> anyhow::Result<Told> {
    if !scale.in_bulk {
        return tell_to(store, company, scale, seed).await;
    }
    let stage = Arc::new(Stage::before(store));
    let told = tell_to(stage.clone(), company, scale, seed).await?;
    tracing::info!(employer = company.slug, "told; writing it now");
    stage.pour().await?;
    Ok(told)
}

async fn tell_to(
    store: Arc<dyn Store>,
    company: &'static Company,
    scale: Scale,
    seed: u64,
) -> anyhow::Result<Told> {
    let calendar = Calendar::until(scale.today);
    let clock = Arc::new(StoryClock::new(calendar.beginning));
    let app = App::new(store, clock.clone(), Arc::new(StoryIds::new(clock.clone(), seed)));
    let workforce = Workforce::new(company, scale.employees, calendar, &mut Dice::new(seed));
    let mut teller = organization::found(app, clock, &workforce, calendar).await?;
    let offers = catalog::tell(&teller, scale.courses).await?;
    let size = story::Size { requests: scale.requests, seed };
    let requests = story::tell(&mut teller, &workforce, &offers, size).await?;
    Ok(Told { employer: company.slug, employees: scale.employees, courses: scale.courses, requests })
}
