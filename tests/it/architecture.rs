//! The rules of the house, checked on its own sources: which crate and which capability may know which, where code
//! waits, where transactions open, and that nothing is offered which nobody uses.
//!
//! `ARCHITECTURE.md` gives the reasons. A failure names the file, the line and the rule.

mod bad_examples;
mod capabilities;
mod crates;
mod paths;
mod shape;
mod source;

use std::{fmt, fmt::Display};

use source::{Source, Tree};

struct Violation {
    file: String,
    line: usize,
    rule: String,
}

impl Violation {
    fn new(source: &Source, line: usize, rule: String) -> Self {
        Self { file: source.path.clone(), line, rule }
    }
}

impl Display for Violation {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}:{}: {}", self.file, self.line, self.rule)
    }
}

#[track_caller]
fn assert_none(violations: &[Violation]) {
    let lines: Vec<_> = violations.iter().map(ToString::to_string).collect();
    assert!(lines.is_empty(), "the architecture is broken in {} places:\n{}", lines.len(), lines.join("\n"));
}

#[test]
fn a_crate_depends_only_on_what_it_may() {
    assert_none(&crates::violations(&crates::dependencies()));
}

#[test]
fn every_folder_is_a_capability_of_the_order() {
    assert_none(&capabilities::unknown(&Tree::read()));
}

#[test]
fn a_capability_knows_only_what_stands_below_it() {
    let tree = Tree::read();
    assert_none(&capabilities::imports(&tree));
    assert_none(&capabilities::foreign_ports(&tree));
}

#[test]
fn every_port_method_has_a_caller() {
    assert_none(&capabilities::ports_without_caller(&Tree::read()));
}

#[test]
fn models_do_not_wait() {
    assert_none(&shape::waiting_models(&Tree::read()));
}

#[test]
fn files_are_short() {
    assert_none(&shape::long_files(&Tree::read()));
}

#[test]
fn only_the_store_opens_transactions() {
    assert_none(&shape::stray_transactions(&Tree::read()));
}
