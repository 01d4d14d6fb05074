//! What the bare handler writes about a dashboard. It adds up what the rows hold and knows no rule: in the large company
//! everything that is shown may be told.

use std::collections::{BTreeMap, HashMap};

use anyhow::Context as _;
use chrono::{Datelike as _, Months, NaiveDate};
use sqlx::Row as _;
use sqlx::postgres::PgRow;
use upskill_domain::kernel::{Currency, Money, ProgramId, SkillId, TypedId as _};
use upskill_domain::reports::{Figures, Shortages};
use uuid::Uuid;

use super::json::{Json, object};
use super::{this_year, written};
use crate::bare::Replayed;

/// Ten tiles in one request: everybody this year and the last, month by month, what is missing, departments with both,
/// courses, providers, programs, budgets, and returns.
pub(crate) const DASHBOARD: &str = "{ \
    employer { now: report(period: \"THIS_YEAR\") { figures { learners enrolled completed dropped spent { amount } } \
    months { month figures { learners enrolled completed } } } before: report(period: \"LAST_YEAR\") { figures { learners completed } } \
    skillsReport { figures { people ready coverageBasisPoints } shortages(first: 10) { skill { name } asked short } months { month coverageBasisPoints } } } \
    departments(first: 20) { nodes { code name report(period: \"THIS_YEAR\") { suppressed figures { learners completed } } \
    skillsReport { suppressed figures { people ready } } } } \
    courses(first: 10) { nodes { title report(period: \"THIS_YEAR\") { suppressed figures { enrolled completed completionBasisPoints } } } } \
    providers(first: 10) { nodes { name report(period: \"THIS_YEAR\") { suppressed figures { enrolled spent { amount } } } } } \
    programs(first: 5) { nodes { name report(period: \"THIS_YEAR\") { suppressed figures { learners } } skillsReport { suppressed figures { ready } } } } \
    budgets(first: 10) { nodes { name report(period: \"THIS_YEAR\") { change { spent { amount } } closing { available { amount } } } } } \
    roiReports(first: 5) { nodes { number program { name } expected { roiPercent } } } }";

/// Where sizes of the whole year begin, after those of months and quarters; three numbers each.
const YEAR: usize = 16 * 3;

/// A group in a year: how many people it is about, and its months.
struct Group {
    sizes: Vec<u32>,
    months: Vec<Figures>,
}

/// What the rows say of groups, and of what their people lack.
struct Book<'r> {
    groups: HashMap<(i32, &'r str, Uuid), Group>,
    skills: HashMap<(&'r str, Uuid), Skills<'r>>,
    year: i32,
}

struct Skills<'r> {
    suppressed: Option<&'r str>,
    shortages: Option<Shortages>,
}

/// What groups come to together in a year.
#[derive(Default)]
struct Sum {
    people: u32,
    enrolled: u32,
    completed: u32,
    dropped: u32,
    spent: BTreeMap<&'static str, i64>,
}

pub(super) fn write(replayed: &Replayed<'_>) -> anyhow::Result<Vec<u8>> {
    let book = Book::read(replayed)?;
    let course = |row| book.course(row);
    let provider = |row| book.provider(row);
    written(object! {
        "employer" => book.employer(replayed)?,
        "departments" => book.departments(replayed)?,
        "courses" => nodes(replayed.rows("FROM \"course\" AS"), 10, course)?,
        "providers" => nodes(replayed.rows("FROM \"provider\" AS"), 10, provider)?,
        "programs" => nodes(replayed.rows(PROGRAMS), 5, |row| book.program(row))?,
        "budgets" => budgets(replayed, book.year)?,
        "roiReports" => returns(replayed)?,
    })
}

/// The list of programs, and not those that other rows name.
const PROGRAMS: &str = "\"g\".\"name_key\", \"g\".\"id\" FROM \"program\"";

impl<'r> Book<'r> {
    fn read(replayed: &'r Replayed<'_>) -> anyhow::Result<Self> {
        let (mut groups, mut skills) = (HashMap::new(), HashMap::new());
        for row in replayed.rows("\"months\" FROM \"report_group\"") {
            let (sizes, months) = (row.try_get(4)?, row.try_get(5)?);
            let group = Group { sizes: serde_json::from_str(sizes)?, months: serde_json::from_str(months)? };
            groups.insert((row.try_get(2)?, row.try_get(0)?, row.try_get(1)?), group);
        }
        for row in replayed.rows("FROM \"skills_told\"") {
            let shortages: Option<&str> = row.try_get(4)?;
            let shortages = shortages.map(serde_json::from_str).transpose()?;
            skills.insert(
                (row.try_get(0)?, row.try_get(1)?),
                Skills { suppressed: row.try_get(2)?, shortages },
            );
        }
        Ok(Self { groups, skills, year: this_year() })
    }

    fn sum(&self, year: i32, kind: &'static str, ids: impl IntoIterator<Item = Uuid>) -> Sum {
        let mut sum = Sum::default();
        ids.into_iter().filter_map(|id| self.groups.get(&(year, kind, id))).for_each(|group| sum.add(group));
        sum
    }

    fn employer(&self, replayed: &Replayed<'_>) -> anyhow::Result<Json<'_>> {
        let now = self.sum(self.year, "EVERYBODY", [Uuid::nil()]);
        let before = self.sum(self.year - 1, "EVERYBODY", [Uuid::nil()]);
        let group = self.groups.get(&(self.year, "EVERYBODY", Uuid::nil())).context("everybody")?;
        let month = |(at, (figures, sizes)): (usize, (&Figures, &[u32]))| {
            object! {
                "month" => format!("{}-{:02}", self.year, at + 1),
                "figures" => object! {
                    "learners" => sizes[0], "enrolled" => figures.enrolled, "completed" => figures.completed,
                },
            }
        };
        let months =
            group.months.iter().zip(group.sizes.chunks(3)).enumerate().map(month).collect::<Vec<_>>();
        Ok(object! {
            "now" => object! {
                "figures" => object! {
                    "learners" => now.people, "enrolled" => now.enrolled, "completed" => now.completed,
                    "dropped" => now.dropped, "spent" => now.spent()?,
                },
                "months" => months,
            },
            "before" => object! {
                "figures" => object! { "learners" => before.people, "completed" => before.completed },
            },
            "skillsReport" => self.lacking(replayed)?,
        })
    }

    /// What everybody lacks for their jobs.
    fn lacking(&self, replayed: &Replayed<'_>) -> anyhow::Result<Json<'_>> {
        let told = self.skills.get(&("EMPLOYER", Uuid::nil())).and_then(|told| told.shortages.as_ref());
        let told = told.context("stock of skills")?;
        let mut names = HashMap::new();
        for row in replayed.rows("FROM \"skill\" AS") {
            names.insert(SkillId::from_uuid(row.try_get(0)?), row.try_get::<String, _>(1)?);
        }
        let short = |(skill, short): (SkillId, upskill_domain::reports::Shortage)| {
            let name = names.get(&skill).cloned();
            object! { "skill" => object! { "name" => name }, "asked" => short.asked, "short" => short.short }
        };
        let taken: NaiveDate =
            replayed.rows("FROM \"skills_stock\"").next().context("stock of skills")?.try_get(0)?;
        let month = |(back, coverage): (u32, Option<u32>)| {
            let month = taken.checked_sub_months(Months::new(12 - back)).unwrap_or(taken);
            object! { "month" => month.format("%Y-%m").to_string(), "coverageBasisPoints" => coverage }
        };
        Ok(object! {
            "figures" => object! {
                "people" => told.people, "ready" => told.ready, "coverageBasisPoints" => told.coverage(),
            },
            "shortages" => told.skills().into_iter().take(10).map(short).collect::<Vec<_>>(),
            "months" => (0..).zip(told.coverage_before()).map(month).collect::<Vec<_>>(),
        })
    }

    fn departments(&self, replayed: &'r Replayed<'_>) -> anyhow::Result<Json<'_>> {
        let mut below: HashMap<Uuid, Vec<Uuid>> = HashMap::new();
        for row in replayed.rows("\"parent_id\" FROM \"department\" WHERE") {
            if let Some(above) = row.try_get::<Option<Uuid>, _>(1)? {
                below.entry(above).or_default().push(row.try_get(0)?);
            }
        }
        nodes(replayed.rows("FROM \"department\" AS"), 20, |row| {
            let mut within = vec![row.try_get::<Uuid, _>(0)?];
            let mut at = 0;
            while let Some(department) = within.get(at) {
                within.extend(below.get(department).into_iter().flatten());
                at += 1;
            }
            let sum = self.sum(self.year, "DEPARTMENT", within.iter().copied());
            let figures = object! { "learners" => sum.people, "completed" => sum.completed };
            let skills = self.skills(("DEPARTMENT", within[0]), |told| {
                object! { "people" => told.people, "ready" => told.ready }
            });
            Ok(object! {
                "code" => text(row, 1)?, "name" => text(row, 2)?, "report" => told(figures), "skillsReport" => skills,
            })
        })
    }

    /// What some lack, or why it is not told; null where nothing is asked of anybody.
    fn skills(
        &self,
        of: (&'static str, Uuid),
        figures: impl Fn(&Shortages) -> Json<'static>,
    ) -> Option<Json<'_>> {
        let skills = self.skills.get(&of)?;
        let told = skills.shortages.as_ref().map(figures);
        Some(object! { "suppressed" => skills.suppressed, "figures" => told })
    }

    fn course(&self, row: &'r PgRow) -> anyhow::Result<Json<'_>> {
        let sum = self.sum(self.year, "COURSE", [row.try_get(0)?]);
        let figures = object! {
            "enrolled" => sum.enrolled, "completed" => sum.completed, "completionBasisPoints" => sum.completion(),
        };
        Ok(object! { "title" => text(row, 2)?, "report" => told(figures) })
    }

    fn provider(&self, row: &'r PgRow) -> anyhow::Result<Json<'_>> {
        let sum = self.sum(self.year, "PROVIDER", [row.try_get(0)?]);
        let figures = object! { "enrolled" => sum.enrolled, "spent" => sum.spent()? };
        Ok(object! { "name" => text(row, 1)?, "report" => told(figures) })
    }

    fn program(&self, row: &'r PgRow) -> anyhow::Result<Json<'_>> {
        let id = row.try_get(0)?;
        let learners = self.sum(self.year, "PROGRAM", [id]).people;
        let skills = self.skills(("PROGRAM", id), |told| object! { "ready" => told.ready });
        let report = told(object! { "learners" => learners });
        Ok(object! { "name" => text(row, 1)?, "report" => report, "skillsReport" => skills })
    }
}

impl Sum {
    fn add(&mut self, group: &Group) {
        self.people += group.sizes.get(YEAR).copied().unwrap_or(0);
        for figures in &group.months {
            self.enrolled += figures.enrolled;
            self.completed += figures.completed;
            self.dropped += figures.dropped;
            for spent in &figures.spent {
                *self.spent.entry(spent.currency().code()).or_insert(0) += spent.minor();
            }
        }
    }

    fn spent(&self) -> anyhow::Result<Vec<Json<'static>>> {
        let spent = self.spent.iter();
        spent.map(|(currency, minor)| Ok(object! { "amount" => decimal(*minor, currency)? })).collect()
    }

    fn completion(&self) -> Option<u32> {
        let ended = self.completed + self.dropped;
        (self.completed * 10_000 + ended / 2).checked_div(ended)
    }
}

/// What happened to budgets this year, and what is left at its end.
fn budgets<'r>(replayed: &'r Replayed<'_>, year: i32) -> anyhow::Result<Json<'r>> {
    let mut sums: HashMap<Uuid, (i64, i64)> = HashMap::new();
    for row in replayed.rows("FROM \"budget_month\"") {
        let layer = |number: usize| row.try_get::<i64, _>(number + 2);
        let month: NaiveDate = row.try_get(1)?;
        let (spent, available) = sums.entry(row.try_get(0)?).or_default();
        *spent += if month.year() == year { layer(4)? } else { 0 };
        let left = layer(0)? - layer(1)? - layer(2)? - layer(3)? - layer(4)?;
        *available += if month.year() <= year { left } else { 0 };
    }
    nodes(replayed.rows("FROM \"budget\" AS"), 10, |row| {
        let (spent, available) = sums.get(&row.try_get(0)?).copied().unwrap_or_default();
        let amount = |minor| anyhow::Ok(object! { "amount" => decimal(minor, row.try_get(6)?)? });
        Ok(object! {
            "name" => text(row, 1)?,
            "report" => object! {
                "change" => object! { "spent" => amount(spent)? },
                "closing" => object! { "available" => amount(available)? },
            },
        })
    })
}

fn returns<'r>(replayed: &'r Replayed<'_>) -> anyhow::Result<Json<'r>> {
    let mut programs = HashMap::new();
    for row in replayed.rows("\"version\" FROM \"program\"") {
        programs.insert(ProgramId::from_uuid(row.try_get(0)?), text(row, 1)?);
    }
    nodes(replayed.rows("FROM \"roi_report\""), 5, |row| {
        let program = programs.get(&ProgramId::from_uuid(row.try_get(1)?)).copied();
        let figures: serde_json::Value = serde_json::from_str(text(row, 4)?)?;
        let percent = figures.pointer("/outcomes/expected/roiPercent").and_then(serde_json::Value::as_i64);
        let percent = percent.map(|percent| format!("{}.{:02}", percent / 100, percent % 100));
        Ok(object! {
            "number" => row.try_get::<i32, _>(2)?,
            "program" => object! { "name" => program },
            "expected" => object! { "roiPercent" => percent },
        })
    })
}

/// Figures that are told.
fn told(figures: Json<'_>) -> Json<'_> {
    object! { "suppressed" => Json::Null, "figures" => figures }
}

/// The first rows of a list.
fn nodes<'r, 'j>(
    rows: impl Iterator<Item = &'r PgRow>,
    first: usize,
    node: impl Fn(&'r PgRow) -> anyhow::Result<Json<'j>>,
) -> anyhow::Result<Json<'j>> {
    Ok(object! { "nodes" => rows.take(first).map(node).collect::<anyhow::Result<Vec<_>>>()? })
}

fn text(row: &PgRow, at: usize) -> anyhow::Result<&str> {
    Ok(row.try_get(at)?)
}

fn decimal(minor: i64, currency: &str) -> anyhow::Result<String> {
    Ok(Money::sum(minor, Currency::parse(currency)?).decimal())
}
