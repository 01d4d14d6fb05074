//! What the tests share: databases, the application under test, and stories to start from.

pub mod database;
mod postgres;
