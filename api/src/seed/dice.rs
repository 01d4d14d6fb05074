//! Chance, from a seed.

use rand::{RngExt as _, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// A generator whose throws are the same every time.
pub(super) struct Dice(ChaCha8Rng);

impl Dice {
    pub(super) fn new(seed: u64) -> Self {
        Self(ChaCha8Rng::seed_from_u64(seed))
    }

    /// A number between two, both included.
    pub(super) fn between(&mut self, low: i64, high: i64) -> i64 {
        self.0.random_range(low..=high)
    }

    /// A place in a list of a length above 0.
    pub(super) fn place(&mut self, length: usize) -> usize {
        self.0.random_range(0..length.max(1))
    }

    /// One of several; there must be one.
    pub(super) fn pick<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.place(of.len())]
    }

    /// True so many times in a hundred.
    pub(super) fn percent(&mut self, chance: u32) -> bool {
        self.0.random_range(0..100) < chance
    }
}
