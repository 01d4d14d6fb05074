//! The rules of Upskill, and nothing but the rules.
//!
//! This crate knows no database, no wire and no runtime. Its compiler-checked half of that promise is `Cargo.toml`;
//! the other half is a test: only `commands.rs`, `queries.rs`, `ports.rs`, `store.rs` and `app.rs` may be `async`.
//!
//! Read it from left to right; a module may use those to its left, never one to its right:
//!
//! * [`kernel`]: ids, money, time, pages, failures
//! * [`access`]: actors, roles, the policy table
//! * [`journal`]: what happened, sealed; idempotency
//! * [`organization`]: employers, departments, employees, the roster
//! * [`skills`]: the vocabulary of skills
//! * [`catalog`]: providers and courses, their import
//! * [`programs`]: upskilling programs and who takes part
//! * [`funding`]: budgets, their ledgers, requests and decisions
//! * [`learning`]: enrollments, and the time they take
//! * [`mentoring`]: mentors, whom they mentor, and what they do together
//! * [`roi`]: what programs took and what they brought
//! * [`reports`]: what was learned and spent, by department, course, provider and program, for groups of people only
//! * [`privacy`]: what is kept of a person, its export and its erasure
//! * [`integration`]: programs that ask and do things here
//!
//! Every capability has the same anatomy: nouns with their rules (`budget.rs`, `request.rs`), what happened to them
//! (`event.rs`), what can be done (`commands.rs`), what can be asked (`queries.rs`), and what that needs of a store
//! (`ports.rs`). A command reads: begin, load and lock, authorize, decide, save, record, commit.
#![cfg_attr(
    not(test),
    warn(
        clippy::unwrap_used,
        clippy::indexing_slicing,
        clippy::as_conversions,
        clippy::arithmetic_side_effects
    )
)]

pub mod access;
pub mod app;
pub mod catalog;
pub mod funding;
pub mod integration;
pub mod journal;
pub mod kernel;
pub mod learning;
pub mod mentoring;
pub mod organization;
pub mod privacy;
pub mod programs;
pub mod reports;
pub mod roi;
pub mod skills;
pub mod store;
