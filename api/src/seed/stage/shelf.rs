//! Things by their id, in the order in which they came.

use std::collections::HashMap;
use std::hash::Hash;

/// Things by their id, in the order in which they came.
#[derive(Debug)]
pub(super) struct Shelf<I, T> {
    items: Vec<T>,
    places: HashMap<I, usize>,
}

impl<I, T> Default for Shelf<I, T> {
    fn default() -> Self {
        Self { items: Vec::new(), places: HashMap::new() }
    }
}

impl<I: Eq + Hash, T: Clone> Shelf<I, T> {
    /// Adds a thing, or replaces the one with its id.
    pub(super) fn put(&mut self, id: I, item: T) {
        if let Some(place) = self.places.get(&id) {
            self.items[*place] = item;
        } else {
            self.places.insert(id, self.items.len());
            self.items.push(item);
        }
    }

    pub(super) fn get(&self, id: &I) -> Option<&T> {
        self.places.get(id).map(|place| &self.items[*place])
    }

    pub(super) fn all(&self) -> &[T] {
        &self.items
    }

    /// Copies of those that are there, in the order asked for.
    pub(super) fn copies(&self, ids: &[I]) -> Vec<T> {
        ids.iter().filter_map(|id| self.get(id)).cloned().collect()
    }
}
