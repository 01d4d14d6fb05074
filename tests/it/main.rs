//! Journeys through the real API on real databases, goldens, and the rules that the sources keep.

mod architecture;
mod authorization;
mod funding;
mod fuzz;
mod journal;
mod migrations;
mod organization;
mod policy;
mod process;
mod schema;
mod seed;
mod statements;
mod tokens;
mod wire;
