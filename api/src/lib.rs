//! Upskill's GraphQL API: the server, the worker and the command line.
//!
//! * [`http`]: the wire; knows GraphQL over HTTP, limits and telemetry, nothing of the schema
//! * [`graphql`]: the schema, a module per capability
//! * `live`: what happens, passed on to those who follow it
//! * [`auth`]: from a bearer token to a person's name; nothing about permissions
//! * [`actions`]: links that decide, and `redeem`: what becomes of them
//! * `statement`: the ledger of a budget as a file
//! * `personal_data`: everything that is kept of a person as a file
//! * [`worker`]: what happens without anybody asking
//! * [`import`]: files that come in
//! * [`system`]: where time and ids come from
//! * [`seed`]: a believable employer to try everything with
//! * [`installation`]: all of it put together over one database, as `main` and the tests mount it

pub mod actions;
pub mod auth;
pub mod config;
pub mod graphql;
pub mod http;
pub mod import;
pub mod installation;
mod live;
mod personal_data;
mod redeem;
mod schema_executor;
mod secret_file;
pub mod seed;
mod statement;
pub mod system;
mod vitals;
pub mod worker;
