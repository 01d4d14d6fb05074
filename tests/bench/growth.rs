//! What questions cost in a large company, as a share of what they cost in a small one: what a person's own line and
//! inbox answer must not depend on how many others there are.

use std::time::Duration;

use anyhow::Context as _;
use serde_json::json;
use sqlx::PgPool;

use crate::Options;
use crate::load::{self, Requests};
use crate::operations::INBOX;
use crate::prepared::request;
use crate::seed::{self, Seeded};
use crate::server::{Process, Upskill};

/// People in the small company.
const FEW: usize = 1_000;
/// How much faster the small company may be answered.
const LEAST: f64 = 0.8;

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

/// Whoever reads of groups.
const ANALYST: &str = "SELECT e.external_id FROM employee e JOIN role_grant g ON g.employer_id = e.employer_id \
    AND g.employee_id = e.id JOIN employer o ON o.id = e.employer_id \
    WHERE o.slug = 'northwind' AND g.role = 'FINANCE' ORDER BY e.external_id LIMIT 1";

/// Ten tiles in one request: everybody this year and the last, month by month, what is missing, departments with both,
/// courses, providers, programs, budgets, what waits to be answered, and returns.
const DASHBOARD: &str = "{ \
    employer { now: report(period: \"2026\") { figures { learners enrolled completed dropped spent { amount } } \
    months { month figures { learners enrolled completed } } } before: report(period: \"2025\") { figures { learners completed } } \
    skillsReport { figures { people ready coverageBasisPoints } shortages(first: 10) { skill { name } asked short } months { month coverageBasisPoints } } } \
    departments(first: 20) { nodes { code name report(period: \"2026\") { suppressed figures { learners completed } } \
    skillsReport { suppressed figures { people ready } } } } \
    courses(first: 10) { nodes { title report(period: \"2026\") { suppressed figures { enrolled completed completionBasisPoints } } } } \
    providers(first: 10) { nodes { name report(period: \"2026\") { suppressed figures { enrolled spent { amount } } } } } \
    programs(first: 5) { nodes { name report(period: \"2026\") { suppressed figures { learners } } skillsReport { suppressed figures { ready } } } } \
    budgets(first: 10) { nodes { name report(period: \"2026\") { change { spent { amount } } closing { available { amount } } } } } \
    roiReports(first: 5) { nodes { number program { name } expected { roiPercent } } } }";

/// A question of one person.
struct Question {
    name: &'static str,
    title: &'static str,
    document: &'static str,
    caller: &'static str,
}

const QUESTIONS: [Question; 3] = [
    Question {
        name: "inbox-growth",
        title: "the approvals inbox of one manager",
        document: INBOX,
        caller: THREE_WAITING,
    },
    Question {
        name: "preview-growth",
        title: "a preview of a request for a course outside of the catalog",
        document: "{ fundingPreview(input: { course: { outside: { title: \"Thermography\", providerName: \"A School\", \
            url: \"https://courses.example/thermography\", workloadMinutes: 600 } }, \
            quote: { amount: \"120.00\", currency: \"EUR\" } }) { outcome findings { code } \
            budget { name after { available { amount } } } steps { capacity assignee { name } } } }",
        caller: THREE_REQUESTS,
    },
    Question {
        name: "dashboard-growth",
        title: "a dashboard of ten tiles",
        document: DASHBOARD,
        caller: ANALYST,
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

/// Asks every question in the large company and in a small one, in turns, and prints the ratios. Answers how many are
/// below the target.
pub(crate) async fn measure(upskill: &Upskill, large: &Seeded, options: &Options) -> anyhow::Result<usize> {
    let chosen = |question: &&Question| options.only.as_ref().is_none_or(|only| question.name == *only);
    let questions: Vec<_> = QUESTIONS.iter().filter(chosen).collect();
    if questions.is_empty() {
        return Ok(0);
    }
    let postgres = crate::postgres()?;
    let small = seed::seed(&postgres, upskill, ("upskill_bench_small", FEW)).await?;
    let companies =
        [Company::of(upskill, small, options).await?, Company::of(upskill, large.clone(), options).await?];
    let mut below = 0;
    for question in questions {
        let mut requests = Vec::new();
        for company in &companies {
            requests.push(question.asked(upskill, &company.seeded).await?);
        }
        let mut rates = [Vec::new(), Vec::new()];
        for round in 0..=options.rounds {
            let mut order = [0, 1];
            if round % 2 == 1 {
                order.reverse();
            }
            for at in order {
                let lasting = Duration::from_secs(options.seconds);
                let load = load::run(companies[at].server.address, &requests[at], lasting).await?;
                #[expect(clippy::cast_precision_loss, reason = "counts of requests are small")]
                let rate = load.requests as f64 / load.elapsed.as_secs_f64();
                // The first round warms up.
                rates[at].extend((round > 0).then_some(rate));
            }
        }
        let [few, many] = rates.map(median);
        let share = many / few;
        let word = if share >= LEAST { "ok" } else { "BELOW" };
        println!(
            "\n{}\n  {few:.0} requests/s among {FEW} people, {many:.0} among {}: {share:.2}, target {LEAST:.2}: {word}",
            question.title, options.people
        );
        below += usize::from(share < LEAST);
    }
    Ok(below)
}

impl Company {
    async fn of(upskill: &Upskill, seeded: Seeded, options: &Options) -> anyhow::Result<Self> {
        let server = upskill.serve(&seeded.url, options.connections).await?;
        Ok(Self { seeded, server })
    }
}

impl Question {
    /// The same request over and over.
    async fn asked(&self, upskill: &Upskill, seeded: &Seeded) -> anyhow::Result<Requests> {
        let caller = self.caller(&seeded.pool).await?;
        let token = upskill.run(&seeded.url, &["token", "--employer", seed::EMPLOYER, "--as", &caller])?;
        let whole = request("/graphql", &token, &json!({ "query": self.document }).to_string());
        Ok(std::rc::Rc::new(move |_| std::rc::Rc::clone(&whole)))
    }

    async fn caller(&self, pool: &PgPool) -> anyhow::Result<String> {
        let found: Option<String> = sqlx::query_scalar(self.caller).fetch_optional(pool).await?;
        found.with_context(|| format!("{}: the seed has nobody to ask it", self.name))
    }
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_unstable_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}
