//! The story of one employer, chapter by chapter.

use chrono::{DateTime, TimeDelta, Utc};
use upskill_domain::kernel::ProgramId;

use super::budgets::{self, Year};
use super::cast;
use super::catalog::{self, Offers};
use super::company::NORTHWIND;
use super::dice::Dice;
use super::jobs;
use super::lives::{self, Lives};
use super::organization;
use super::people::Workforce;
use super::programs::{self, Plan};
use super::requests::{self, Act, Cohort, Demand, Wish};
use super::returns;
use super::teller::Teller;
use super::time::working;

/// What happens to the employer as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Chapter {
    SecondRoster,
    Reprice,
    Replan(usize),
    EndLastProgram,
    StartFlagship,
    DescribeJobs,
    PlanNextProgram,
    CompleteFlagship,
    PlanBudgets,
    OpenBudgets,
    CloseBudgets,
    Lend,
    MeasureFlagship,
}

/// What happens next.
enum Scene {
    Chapter(Chapter),
    Act(usize, Act),
}

/// A program that runs, and who was invited into it.
struct Running {
    plan: Plan,
    invited: Vec<usize>,
    id: Option<ProgramId>,
}

/// The story as far as it has been told.
struct Story<'a> {
    workforce: &'a Workforce,
    offers: &'a Offers,
    demand: Demand,
    years: Vec<Year>,
    /// Last year's program and the flagship, for an employer that has programs.
    programs: Option<[Running; 2]>,
}

/// How large a story is.
#[derive(Debug, Clone, Copy)]
pub(super) struct Size {
    pub requests: usize,
    pub seed: u64,
}

/// Tells everything from the first budget to the last request.
pub(super) async fn tell(
    teller: &mut Teller,
    workforce: &Workforce,
    offers: &Offers,
    size: Size,
) -> anyhow::Result<usize> {
    let calendar = teller.calendar;
    let mut dice = Dice::new(size.seed);
    let programs = (workforce.company.slug == NORTHWIND.slug).then(|| {
        [programs::last_years(calendar.year - 1), programs::flagship(calendar.year)].map(|plan| {
            let invited = plan.invited(workforce, &mut dice);
            Running { plan, invited, id: None }
        })
    });
    let cohort = match &programs {
        Some([_, flagship]) => Cohort {
            members: flagship.invited.iter().copied().collect(),
            courses: flagship.plan.courses(offers)?,
        },
        None => Cohort::default(),
    };
    let mut wishes = if programs.is_some() { cast::wishes(workforce, offers, calendar)? } else { Vec::new() };
    let rest = size.requests.saturating_sub(wishes.len());
    wishes.extend(requests::wishes(workforce, offers, &cohort, calendar, (rest, &mut dice)));
    let demand = Demand::of(&wishes, workforce, offers);
    let mut story = Story { workforce, offers, demand, years: Vec::new(), programs };
    story.first_year(teller).await?;
    story.go_on(teller, &wishes, size.seed).await?;
    Ok(wishes.len())
}

impl Story<'_> {
    async fn first_year(&mut self, teller: &Teller) -> anyhow::Result<()> {
        teller.clock.reach(teller.calendar.beginning + TimeDelta::days(4));
        let mut year = budgets::plan(teller, self.workforce, teller.calendar.year - 1, &self.demand).await?;
        budgets::open(teller, &year).await?;
        teller.clock.reach(teller.calendar.beginning + TimeDelta::days(7));
        self.start(teller, 0, &mut year).await?;
        self.years.push(year);
        Ok(())
    }

    /// Starts a program and gives it a budget, which is opened with it.
    async fn start(&mut self, teller: &Teller, which: usize, year: &mut Year) -> anyhow::Result<()> {
        let Some(programs) = &mut self.programs else { return Ok(()) };
        let Running { plan, invited, id } = &mut programs[which];
        let started = programs::start(teller, self.workforce, self.offers, plan, invited).await?;
        *id = Some(started);
        let owner = teller.people[plan.owner(self.workforce)?];
        let budget = budgets::for_program(teller, year, started, owner, &self.demand).await?;
        budgets::open_one(teller, budget).await
    }

    /// The chapters of the years, each on its day.
    fn chapters(&self, teller: &Teller) -> Vec<(DateTime<Utc>, Chapter)> {
        let (calendar, year) = (teller.calendar, teller.calendar.year);
        let new_year = chrono::NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or_default();
        let mut chapters = vec![
            (budgets::replanned(year - 1), Chapter::Replan(0)),
            (working(year - 1, 12, 16), Chapter::PlanBudgets),
            (new_year.and_hms_opt(4, 0, 0).unwrap_or_default().and_utc(), Chapter::OpenBudgets),
            (working(year, 1, 20), Chapter::CloseBudgets),
            (self.offers.repriced, Chapter::Reprice),
            (self.workforce.second_roster, Chapter::SecondRoster),
            (budgets::replanned(year), Chapter::Replan(1)),
        ];
        if self.programs.is_some() {
            chapters.extend([
                (working(year - 1, 12, 11), Chapter::EndLastProgram),
                (working(year, 1, 12), Chapter::StartFlagship),
                (working(year, 2, 3), Chapter::DescribeJobs),
                (calendar.days_ago(60), Chapter::PlanNextProgram),
                (calendar.days_ago(30), Chapter::CompleteFlagship),
                (cast::last_hour(calendar), Chapter::Lend),
                (cast::last_hour(calendar), Chapter::MeasureFlagship),
            ]);
        }
        chapters
    }

    async fn go_on(&mut self, teller: &mut Teller, wishes: &[Wish], seed: u64) -> anyhow::Result<()> {
        let calendar = teller.calendar;
        let chapters = self.chapters(teller).into_iter().map(|(at, chapter)| (at, Scene::Chapter(chapter)));
        let acts = lives::acts(wishes, seed).into_iter().map(|(at, wish, act)| (at, Scene::Act(wish, act)));
        let mut scenes: Vec<(DateTime<Utc>, Scene)> = chapters.chain(acts).collect();
        // A stable sort, so that of two things at one instant the chapter comes first.
        scenes.sort_by_key(|(at, _)| *at);
        let mut lives = Lives::new(wishes, self.workforce, self.offers, seed);
        for (at, scene) in scenes.into_iter().take_while(|(at, _)| calendar.has(*at)) {
            teller.clock.reach(at);
            match scene {
                Scene::Act(wish, act) => lives.act(teller, wish, act).await?,
                Scene::Chapter(chapter) => {
                    self.chapter(teller, chapter).await?;
                    lives.program = self.programs.as_ref().and_then(|[_, flagship]| flagship.id);
                }
            }
        }
        Ok(())
    }

    async fn chapter(&mut self, teller: &mut Teller, chapter: Chapter) -> anyhow::Result<()> {
        match chapter {
            Chapter::SecondRoster => organization::second_roster(teller, self.workforce).await,
            Chapter::Reprice => catalog::reprice(teller, self.offers).await,
            Chapter::Replan(year) => self.replan(teller, year).await,
            Chapter::PlanBudgets => {
                let year = budgets::plan(teller, self.workforce, teller.calendar.year, &self.demand).await?;
                self.years.push(year);
                Ok(())
            }
            Chapter::OpenBudgets => budgets::open(teller, &self.years[1]).await,
            Chapter::CloseBudgets => budgets::close(teller, &self.years[0]).await,
            Chapter::Lend => match self.years.last() {
                Some(year) => cast::lend(teller, self.workforce, year).await,
                None => Ok(()),
            },
            Chapter::DescribeJobs => jobs::tell(teller, self.workforce, self.offers).await,
            Chapter::StartFlagship => match self.years.pop() {
                Some(mut year) => {
                    let started = self.start(teller, 1, &mut year).await;
                    self.years.push(year);
                    started
                }
                None => Ok(()),
            },
            Chapter::EndLastProgram
            | Chapter::CompleteFlagship
            | Chapter::PlanNextProgram
            | Chapter::MeasureFlagship => self.program(teller, chapter).await,
        }
    }

    async fn program(&mut self, teller: &Teller, chapter: Chapter) -> anyhow::Result<()> {
        let Some([last, flagship]) = &self.programs else { return Ok(()) };
        match (chapter, last.id, flagship.id) {
            (Chapter::EndLastProgram, Some(id), _) => {
                programs::complete(teller, id, &last.invited).await?;
                programs::close(teller, id).await
            }
            (Chapter::CompleteFlagship, _, Some(id)) => {
                programs::complete(teller, id, &flagship.invited).await
            }
            (Chapter::MeasureFlagship, _, Some(id)) => {
                returns::measure(teller, self.workforce, id, &flagship.invited).await
            }
            (Chapter::PlanNextProgram, ..) => {
                let plan = programs::next_years(teller.calendar.year + 1);
                programs::draft(teller, self.workforce, self.offers, &plan).await.map(|_| ())
            }
            _ => Ok(()),
        }
    }

    /// The last two departments with a budget: the second helps the first out.
    async fn replan(&self, teller: &Teller, year: usize) -> anyhow::Result<()> {
        let mut places: Vec<usize> = self.years[year].places.keys().copied().collect();
        places.sort_unstable();
        match places[..] {
            [.., to, from] => budgets::replan(teller, &self.years[year], from, to).await,
            _ => Ok(()),
        }
    }
}
