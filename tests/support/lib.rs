//! What the tests share: databases, the application under test, and stories to start from.

pub mod account;
pub mod app;
pub mod checkout;
pub mod cluster;
pub mod database;
pub mod golden;
mod postgres;
pub mod process;
pub mod schema;
pub mod socket;
pub mod story;
pub mod wire;
pub mod witness;

pub use account::TestAccount;
pub use app::{Answer, Caller, TestApp};
pub use cluster::Cluster;
pub use database::{Engine, TestDb};
pub use golden::assert_golden;
pub use socket::{Heard, Listening, Socket};
pub use wire::{Reply, exchange};
pub use witness::Witness;
