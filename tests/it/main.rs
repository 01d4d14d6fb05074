//! Journeys through the real API on real databases, and the rules that the sources keep.

mod architecture;
mod funding;
mod journal;
mod organization;
mod seed;
