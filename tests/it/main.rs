//! Journeys through the real API on real databases, and the rules that the sources keep.

mod architecture;
mod catalog;
mod journal;
mod organization;
mod programs;
mod skills;
