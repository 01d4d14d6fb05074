//! The measures of selections, with every fragment expanded and none walked twice.
//!
//! A fragment is measured once and its measures are reused wherever it is spread, so a document in which fragments
//! double each other 24 times over costs 24 steps here, where a plain walk takes 2²⁴.

use std::{collections::HashMap, convert::Infallible, rc::Rc};

use async_graphql::{
    Name, Positioned, Value,
    parser::types::{ExecutableDocument, Field, FragmentDefinition, Selection, SelectionSet},
};

use super::{
    analysis::Rejection,
    cost::{Cost, Factor, Measured},
    limits::{Limits, Measure},
};

/// Selections inside each other, fragments included, that the analysis follows. The executor stops at 32.
const DEEPEST_NESTING: u64 = 64;
/// Lists of the introspection schema inside each other; the usual introspection query has one.
const DEEPEST_INTROSPECTION: u64 = 2;

/// The arguments that tell how long a list is.
const LENGTHS: [(&str, Measured); 3] =
    [("first", Measured::Value), ("last", Measured::Value), ("ids", Measured::Items)];

/// A mutation that works through a list of its input, and has a result for every item.
struct Batch {
    mutation: &'static str,
    /// The list in its input.
    list: &'static str,
    /// What the work on one item costs, whatever is selected of its result.
    item: u64,
}

/// All of them. Every decision is a transaction of its own; an invitation is one altogether.
const BATCHES: [Batch; 2] = [
    Batch { mutation: "decideFundingRequests", list: "decisions", item: 10 },
    Batch { mutation: "inviteParticipants", list: "employeeIds", item: 0 },
];

/// The field below such a mutation that has a result for every item.
const RESULTS: &str = "results";

/// The measures of a selection set.
#[derive(Debug, Default)]
pub(super) struct Measures {
    depth: u64,
    selections: u64,
    /// Fields of this level itself, those of fragments included.
    pub fields: u64,
    pub aliases: u64,
    pub directives: u64,
    introspection_lists: u64,
    /// Whether this level has `nodes` or `edges`, so that the field above it is a connection.
    is_connection: bool,
    /// A connection at this level or below it that does not say how long it may be.
    unbounded: Option<Name>,
    pub cost: Cost,
    /// What stands below the results of a batch, and so costs as often as the input of a field above has items.
    per_item: Cost,
}

/// Walks the selections of one document.
pub(super) struct Walk<'a> {
    fragments: &'a HashMap<Name, Positioned<FragmentDefinition>>,
    /// `None` while a fragment is being measured: to meet it then means that it contains itself.
    measured: HashMap<&'a str, Option<Rc<Measures>>>,
    limits: &'a Limits,
}

impl<'a> Walk<'a> {
    pub(super) fn new(document: &'a ExecutableDocument, limits: &'a Limits) -> Self {
        Self { fragments: &document.fragments, measured: HashMap::new(), limits }
    }

    /// Measures what an operation selects.
    pub(super) fn root(&mut self, set: &'a SelectionSet) -> Result<Measures, Rejection> {
        let mut measures = self.selection_set(set, 0)?;
        let page = Factor::of(self.limits.default_page_size);
        measures.cost.add_times(&std::mem::take(&mut measures.per_item), &page);
        Ok(measures)
    }

    /// Measures every fragment, those that no operation uses included: a cycle among them is as dangerous to
    /// whoever walks.
    pub(super) fn fragments(&mut self) -> Result<(), Rejection> {
        self.fragments.keys().try_for_each(|name| self.fragment(name, 0).map(drop))
    }

    fn selection_set(&mut self, set: &'a SelectionSet, nesting: u64) -> Result<Measures, Rejection> {
        Measure::Nesting.check(nesting, DEEPEST_NESTING)?;
        let mut sum = Measures::default();
        for selection in &set.items {
            sum.selections += 1;
            sum.directives += selection.node.directives().len() as u64;
            match &selection.node {
                Selection::Field(field) => self.field(&field.node, &mut sum, nesting)?,
                Selection::InlineFragment(inline) => {
                    sum.add(&self.selection_set(&inline.node.selection_set.node, nesting + 1)?);
                }
                Selection::FragmentSpread(spread) => {
                    if let Some(measures) = self.fragment(&spread.node.fragment_name.node, nesting)? {
                        sum.add(&measures);
                    }
                }
            }
            // At every step, so that no sum grows beyond what the next step can bear.
            Measure::Selections.check(sum.selections, self.limits.selections)?;
            Measure::Depth.check(sum.depth, self.limits.depth)?;
        }
        Ok(sum)
    }

    fn field(&mut self, field: &'a Field, sum: &mut Measures, nesting: u64) -> Result<(), Rejection> {
        let name = field.name.node.as_str();
        let below = self.selection_set(&field.selection_set.node, nesting + 1)?;
        let lists = below.introspection_lists + u64::from(is_introspection_list(name));
        if matches!(name, "__schema" | "__type") {
            Measure::Introspection.check(lists, DEEPEST_INTROSPECTION)?;
        }
        sum.introspection_lists = sum.introspection_lists.max(lists);
        sum.depth = sum.depth.max(below.depth + 1);
        sum.selections += below.selections;
        sum.directives += below.directives;
        sum.fields += 1;
        sum.aliases += below.aliases + u64::from(field.alias.is_some());
        sum.is_connection |= matches!(name, "nodes" | "edges");
        let factor = self.factor(field, below.is_connection);
        match below.unbounded {
            Some(list) if factor.is_some() => return Err(Rejection::Unbounded(list)),
            unbounded => sum.unbounded = sum.unbounded.take().or(unbounded),
        }
        let paged = field.arguments.iter().any(|(name, _)| matches!(name.node.as_str(), "first" | "last"));
        if below.is_connection && !paged {
            sum.unbounded.get_or_insert_with(|| field.name.node.clone());
        }
        sum.cost.add(&Cost::of(1));
        let factor = factor.unwrap_or_else(Factor::once);
        if name == RESULTS {
            sum.per_item.add_times(&below.cost, &factor);
        } else {
            sum.cost.add_times(&below.cost, &factor);
        }
        sum.add_batch(below.per_item, field);
        Ok(())
    }

    /// How often what stands below a list is answered: as often as its arguments ask for, and as a page by default
    /// where they say nothing. `None` for what is no list.
    fn factor(&self, field: &Field, is_connection: bool) -> Option<Factor> {
        let mut factor = Factor::once();
        let mut paged = false;
        for (name, measured) in LENGTHS {
            paged |= argument(field, name).is_some_and(|value| factor.multiply(measured, value));
        }
        let is_list = is_connection || self.limits.lists.contains(field.name.node.as_str());
        if is_list && !paged {
            factor.number = self.limits.default_page_size;
        }
        (paged || is_list).then_some(factor)
    }

    fn fragment(&mut self, name: &'a Name, nesting: u64) -> Result<Option<Rc<Measures>>, Rejection> {
        let Some((name, fragment)) = self.fragments.get_key_value(name.as_str()) else {
            // The validation names the unknown fragment better than a limit could.
            return Ok(None);
        };
        match self.measured.get(name.as_str()) {
            Some(Some(measures)) => return Ok(Some(Rc::clone(measures))),
            Some(None) => return Err(Rejection::Cycle(name.clone())),
            None => {}
        }
        self.measured.insert(name.as_str(), None);
        let mut measures = self.selection_set(&fragment.node.selection_set.node, nesting + 1)?;
        measures.directives += fragment.node.directives.len() as u64;
        let measures = Rc::new(measures);
        self.measured.insert(name.as_str(), Some(Rc::clone(&measures)));
        Ok(Some(measures))
    }
}

impl Measures {
    /// Adds what costs once per item: as often as the batch has items where the field is one, else to the level above.
    fn add_batch(&mut self, mut per_item: Cost, field: &Field) {
        let Some(batch) = BATCHES.iter().find(|batch| batch.mutation == field.name.node) else {
            return self.per_item.add(&per_item);
        };
        let mut items = Factor::once();
        if let Some(input) = argument(field, "input") {
            items.multiply(Measured::ItemsOf(batch.list), input);
        }
        per_item.add(&Cost::of(batch.item));
        self.cost.add_times(&per_item, &items);
    }

    /// Adds what a fragment selects at the same level.
    fn add(&mut self, other: &Self) {
        self.depth = self.depth.max(other.depth);
        self.selections += other.selections;
        self.fields += other.fields;
        self.aliases += other.aliases;
        self.directives += other.directives;
        self.introspection_lists = self.introspection_lists.max(other.introspection_lists);
        self.is_connection |= other.is_connection;
        if self.unbounded.is_none() {
            self.unbounded.clone_from(&other.unbounded);
        }
        self.cost.add(&other.cost);
        self.per_item.add(&other.per_item);
    }
}

/// An argument as a constant, with a word in the place of each variable: the values of the syntax tree have no public
/// name, and no length is a word.
fn argument(field: &Field, name: &str) -> Option<Value> {
    let value = field.get_argument(name)?.node.clone();
    value.into_const_with(|variable| Ok::<_, Infallible>(Value::Enum(variable))).ok()
}

/// The fields of introspection by which one list leads into the next.
fn is_introspection_list(name: &str) -> bool {
    matches!(name, "fields" | "inputFields" | "interfaces" | "possibleTypes")
}
