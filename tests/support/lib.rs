//! What the tests share: databases, the application under test, and stories to start from.

pub mod app;
pub mod database;
mod postgres;
pub mod story;

pub use app::{Answer, Caller, TestApp};
pub use database::{Engine, TestDb};
