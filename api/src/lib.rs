//! Upskill's GraphQL API.

pub mod auth;
pub mod config;
pub mod graphql;
