//! Journeys through the real API on real databases, goldens, and the rules that the sources keep.

mod architecture;
mod authorization;
mod catalog;
mod connections;
mod documents;
mod funding;
mod fuzz;
mod integration;
mod journal;
mod learning;
mod live;
mod mentoring;
mod migrations;
mod operations;
mod organization;
#[cfg(unix)]
mod outage;
mod policy;
mod privacy;
mod process;
mod programs;
mod reports;
mod roi;
mod schema;
mod seed;
mod skills;
#[cfg(unix)]
mod slowness;
mod soak;
mod statements;
mod tokens;
mod wire;
