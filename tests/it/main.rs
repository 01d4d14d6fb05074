//! Journeys through the real API on real databases, goldens, and the rules that the sources keep.

mod architecture;
mod authorization;
mod journal;
mod organization;
mod policy;
mod schema;
mod statements;
