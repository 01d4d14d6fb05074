//! Random sequences of every funding command, by many people at once, over years of budgets.
//!
//! What is attempted comes from a seed, so a failure can be tried again: `make soak` runs a hundred thousand
//! commands or as many as it is told, `UPSKILL_SOAK_SEED` says where they begin. `make test` runs a few hundred. What the
//! tasks do at the same time is not in their order each time; that is the point.

mod deed;
mod invariants;
mod world;

use std::collections::BTreeMap;
use std::env;
use std::fmt::Write as _;
use std::sync::Arc;

use chrono::TimeDelta;
use proptest::strategy::{Strategy as _, ValueTree as _};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use support::{TestApp, both_databases};

use deed::{Deed, deed};
use world::{Outcome, World};

/// People who act at the same time.
const TASKS: usize = 4;

/// How much is done, from where, in how large steps.
struct Plan {
    commands: usize,
    batch: usize,
    /// Days that pass after each batch: enough that reservations end and budgets are over, however few batches there are.
    days: i64,
    seed: u64,
}

impl Plan {
    #[expect(clippy::disallowed_methods, reason = "how long a soak takes is no setting of the program")]
    fn read() -> Self {
        let number = |name: &str| env::var(name).ok().and_then(|text| text.parse::<u64>().ok());
        let commands = number("UPSKILL_SOAK_COMMANDS").and_then(|count| usize::try_from(count).ok());
        let seed = number("UPSKILL_SOAK_SEED").unwrap_or(20_260_302);
        match commands {
            Some(commands) => Self { commands, batch: 500, days: 3, seed },
            None => Self { commands: 600, batch: 60, days: 20, seed },
        }
    }
}

/// The deeds of one task in one batch.
fn deeds(plan: &Plan, batch: usize, task: usize) -> Vec<Deed> {
    let mut seed = [0; 32];
    seed[..8].copy_from_slice(&plan.seed.to_le_bytes());
    seed[8..16].copy_from_slice(&batch.to_le_bytes());
    seed[16..24].copy_from_slice(&task.to_le_bytes());
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &seed);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    let strategy = deed();
    let draw = |_| strategy.new_tree(&mut runner).expect("a deed").current();
    (0..plan.batch / TASKS).map(draw).collect()
}

/// Does one batch, in several tasks, and adds up what came of each kind.
async fn run(world: &Arc<World>, plan: &Plan, batch: usize, done: &mut BTreeMap<&'static str, [usize; 2]>) {
    let tasks = (0..TASKS).map(|task| {
        let (world, deeds) = (Arc::clone(world), deeds(plan, batch, task));
        tokio::spawn(async move {
            let mut outcomes = Vec::with_capacity(deeds.len());
            for deed in deeds {
                outcomes.push((deed.kind.name(), world.attempt(deed).await));
            }
            outcomes
        })
    });
    for task in tasks.collect::<Vec<_>>() {
        let seed = plan.seed;
        let outcomes = task.await.unwrap_or_else(|error| panic!("batch {batch} of seed {seed}: {error}"));
        for (kind, outcome) in outcomes {
            done.entry(kind).or_default()[usize::from(outcome == Outcome::Refused)] += 1;
        }
    }
}

both_databases! {
    async fn whatever_is_done_the_books_hold(app: TestApp) {
        let plan = Plan::read();
        let world = Arc::new(World::build(&app).await);
        let mut done = BTreeMap::new();
        let mut held = Ok(());
        for batch in 0..plan.commands.div_ceil(plan.batch) {
            world.begin_period().await;
            run(&world, &plan, batch, &mut done).await;
            app.clock.advance(TimeDelta::days(plan.days));
            held = invariants::hold(&app, &world).await;
            if let Err(broken) = &held {
                panic!("after batch {batch} of seed {}: {broken}", plan.seed);
            }
        }
        assert_eq!(held, Ok(()));
        let mut table = String::new();
        for (kind, [done, refused]) in &done {
            let _ = writeln!(table, "{kind:20} {done:7} done {refused:7} refused");
        }
        println!("{table}");
        // A soak that is refused everything proves nothing.
        let idle: Vec<_> = done.iter().filter(|(_, [done, _])| *done == 0).map(|(kind, _)| *kind).collect();
        assert!(plan.commands < 20_000 || idle.is_empty(), "nothing of these was ever done: {idle:?}\n{table}");
        assert!(["Submit", "Decide", "Commit", "Settle"].iter().all(|kind| done[kind][0] > 0), "{table}");
    }
}
