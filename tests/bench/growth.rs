//! What questions cost in a large company, as a share of what they cost in a small one: what a person's own line and
//! inbox answer must not depend on how many others there are.

use std::time::Duration;

use anyhow::Context as _;
use serde_json::json;
use sqlx::PgPool;

use crate::Options;
use crate::learning;
use crate::load::{self, Load, Requests};
use crate::operations::{DASHBOARD, FINANCE, INBOX, dated};
use crate::prepared::request;
use crate::seed::{self, Seeded, Size};
use crate::server::{Process, Upskill};

/// People in the small company.
const FEW: usize = 1_000;
/// For how many people there is one enrollment where they have hardly begun.
const PEOPLE_TO_AN_ENROLLMENT: usize = 10;

/// For whom three requests wait, or about as many. The largest company also has the fullest inbox, and a longer answer costs more.
const THREE_WAITING: &str = "SELECT max(e.external_id) FROM employee e JOIN approval_step s \
    ON s.employer_id = e.employer_id AND s.assignee_id = e.id JOIN employer o ON o.id = e.employer_id \
    WHERE o.slug = 'northwind' AND s.status = 'WAITING' GROUP BY e.id ORDER BY abs(count(*) - 3), e.id LIMIT 1";

/// Who leads nobody and has asked three times, once this year. Caps and courses at once are counted over such requests.
const THREE_REQUESTS: &str = "SELECT e.external_id FROM employee e JOIN employer o ON o.id = e.employer_id \
    JOIN funding_request r ON r.employer_id = e.employer_id AND r.employee_id = e.id \
    WHERE o.slug = 'northwind' AND e.status = 'ACTIVE' AND NOT EXISTS (SELECT 1 FROM employee report \
    WHERE report.employer_id = e.employer_id AND report.manager_id = e.id) GROUP BY e.id, e.external_id \
    HAVING count(*) = 3 AND count(*) FILTER (WHERE r.submitted_at >= date_trunc('year', now())) = 1 \
    ORDER BY e.id LIMIT 1";

/// A question that is asked in two companies.
struct Question {
    name: &'static str,
    title: &'static str,
    document: &'static str,
    caller: &'static str,
    beside: Beside,
    /// How much longer it may take in the large company.
    at_most: f64,
}

/// Which company stands beside the large one.
#[derive(Clone, Copy, PartialEq)]
enum Beside {
    /// One of few people.
    Few,
    /// One of as many people in the same departments, with the same courses, who have learned a hundredth as much.
    Beginners,
}

const QUESTIONS: [Question; 3] = [
    Question {
        name: "inbox-growth",
        title: "the approvals inbox of one manager",
        document: INBOX,
        caller: THREE_WAITING,
        beside: Beside::Few,
        at_most: 1.25,
    },
    Question {
        name: "preview-growth",
        title: "a preview of a request for a course outside of the catalog",
        document: "{ fundingPreview(input: { course: { outside: { title: \"Thermography\", providerName: \"A School\", \
            url: \"https://courses.example/thermography\", workloadMinutes: 600 } }, \
            quote: { amount: \"120.00\", currency: \"EUR\" } }) { outcome findings { code } \
            budget { name after { available { amount } } } steps { capacity assignee { name } } } }",
        caller: THREE_REQUESTS,
        beside: Beside::Few,
        at_most: 1.25,
    },
    Question {
        name: "dashboard-growth",
        title: "a dashboard of ten tiles",
        document: DASHBOARD,
        caller: FINANCE,
        beside: Beside::Beginners,
        at_most: 1.5,
    },
];

/// Whether a question has this name.
pub(crate) fn knows(name: &str) -> bool {
    QUESTIONS.iter().any(|question| question.name == name)
}

/// A company with a server of its own.
struct Company {
    seeded: Seeded,
    server: Process,
}

/// Asks every question in the large company and in another, in turns, and prints the ratios. Answers how many take longer
/// than they may.
pub(crate) async fn measure(upskill: &Upskill, large: &Seeded, options: &Options) -> anyhow::Result<usize> {
    let mut missed = 0;
    for beside in [Beside::Few, Beside::Beginners] {
        let chosen = |question: &&Question| question.beside == beside && options.chooses(question.name);
        let questions: Vec<_> = QUESTIONS.iter().filter(chosen).collect();
        if questions.is_empty() {
            continue;
        }
        let small = beside.seeded(upskill, options).await?;
        let companies = [
            Company::of(upskill, small, options).await?,
            Company::of(upskill, large.clone(), options).await?,
        ];
        for question in questions {
            missed += usize::from(!question.measure(upskill, &companies, options).await?);
        }
    }
    Ok(missed)
}

impl Beside {
    async fn seeded(self, upskill: &Upskill, options: &Options) -> anyhow::Result<Seeded> {
        let postgres = crate::postgres()?;
        match self {
            Self::Few => {
                let size = Size { people: FEW, requests: crate::REQUESTS };
                seed::seed(&postgres, upskill, ("upskill_bench_small", size), options.reuse).await
            }
            Self::Beginners => {
                let size = Size { people: options.people, requests: 0 };
                let seeded =
                    seed::seed(&postgres, upskill, ("upskill_bench_beginners", size), options.reuse).await?;
                learning::fill(upskill, &seeded, options.people / PEOPLE_TO_AN_ENROLLMENT).await?;
                Ok(seeded)
            }
        }
    }
}

impl Company {
    async fn of(upskill: &Upskill, seeded: Seeded, options: &Options) -> anyhow::Result<Self> {
        let server = upskill.serve(&seeded.url, options.connections).await?;
        Ok(Self { seeded, server })
    }

    /// How large it is, in words.
    async fn size(&self) -> anyhow::Result<String> {
        let count = "SELECT (SELECT count(*) FROM employee), (SELECT count(*) FROM enrollment)";
        let (people, enrollments): (i64, i64) = sqlx::query_as(count).fetch_one(&self.seeded.pool).await?;
        Ok(format!("{people} people with {enrollments} enrollments"))
    }
}

impl Question {
    /// Asks it in both companies, the large one last; answers whether it takes no longer there than it may.
    async fn measure(
        &self,
        upskill: &Upskill,
        companies: &[Company; 2],
        options: &Options,
    ) -> anyhow::Result<bool> {
        let requests = [
            self.asked(upskill, &companies[0].seeded).await?,
            self.asked(upskill, &companies[1].seeded).await?,
        ];
        let mut loads = [Vec::new(), Vec::new()];
        for round in 0..=options.rounds {
            let mut order = [0, 1];
            if round % 2 == 1 {
                order.reverse();
            }
            for at in order {
                let lasting = Duration::from_secs(options.seconds);
                let load = load::run(companies[at].server.address, &requests[at], lasting).await?;
                // The first round warms up.
                loads[at].extend((round > 0).then_some(load));
            }
        }
        println!("\n{}", self.title);
        for (company, loads) in companies.iter().zip(&loads) {
            let (rate, p50) = (median(loads, Load::per_second), median(loads, |load| load.p50_ms));
            println!(
                "  {rate:>6.0} requests/s, half of them within {p50:.1} ms, among {}",
                company.size().await?
            );
        }
        let [few, many] = loads.map(|loads| median(&loads, Load::per_second));
        let longer = few / many;
        let word = if longer <= self.at_most { "ok" } else { "MISSED" };
        println!("  {longer:.2} times as long, at most {:.2}: {word}", self.at_most);
        Ok(longer <= self.at_most)
    }

    /// The same request over and over.
    async fn asked(&self, upskill: &Upskill, seeded: &Seeded) -> anyhow::Result<Requests> {
        let caller = self.caller(&seeded.pool).await?;
        let token = upskill.run(&seeded.url, &["token", "--employer", seed::EMPLOYER, "--as", &caller])?;
        let whole = request("/graphql", &token, &json!({ "query": dated(self.document) }).to_string());
        Ok(std::rc::Rc::new(move |_| std::rc::Rc::clone(&whole)))
    }

    async fn caller(&self, pool: &PgPool) -> anyhow::Result<String> {
        let found: Option<String> = sqlx::query_scalar(self.caller).fetch_optional(pool).await?;
        found.with_context(|| format!("{}: the seed has nobody to ask it", self.name))
    }
}

fn median(loads: &[Load], of: impl Fn(&Load) -> f64) -> f64 {
    let mut values: Vec<f64> = loads.iter().map(of).collect();
    values.sort_unstable_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}
