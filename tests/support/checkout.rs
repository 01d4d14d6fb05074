//! Where the tests' files lie.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// The folder `tests`. Cargo runs the tests in it; where they were built is another matter when several checkouts share a
/// target folder.
pub fn tests() -> &'static Path {
    static TESTS: OnceLock<PathBuf> = OnceLock::new();
    TESTS.get_or_init(|| std::env::current_dir().expect("the tests run in a folder"))
}

/// The folder of the workspace.
pub fn root() -> &'static Path {
    tests().parent().expect("the tests lie in the workspace")
}
