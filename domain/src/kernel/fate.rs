//! What becomes of a row of an import that is taken.

/// What became of what a row of an import told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ImportFate {
    /// It was not there, and is now.
    Created,
    /// It was there, and is another now.
    Updated,
    /// The same was there.
    Unchanged,
}
