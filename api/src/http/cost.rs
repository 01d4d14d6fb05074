//! The cost of an operation as a polynomial over the lengths that its variables ask for.
//!
//! A document is analyzed once and its cost is asked for at every request, so everything that the text alone says
//! is folded into numbers, and what depends on variables stays as few products: `constant + 12·first + 7·first·last`.
//! All arithmetic saturates: a cost that does not fit is too high anyway.

use std::collections::BTreeMap;

use async_graphql::{Name, Value};

/// How a variable tells a length.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Measured {
    /// Its value is the length: `first: $n`.
    Value,
    /// Its value is the list: `ids: $ids`.
    Items,
    /// Its value is an object that has the list under this name: `input: $input`.
    ItemsOf(&'static str),
}

/// A length that only the variables of a request tell.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Length {
    pub variable: Name,
    pub measured: Measured,
}

impl Length {
    fn of(&self, value: Option<&Value>, default_page_size: u64) -> u64 {
        match (self.measured, value) {
            (Measured::Value, Some(Value::Number(number))) => number.as_u64().unwrap_or(1),
            (Measured::Value, _) => default_page_size,
            (Measured::ItemsOf(list), Some(Value::Object(fields))) => items(fields.get(list)),
            (Measured::Items, value) => items(value),
            (Measured::ItemsOf(_), _) => 1,
        }
    }
}

/// How many a list has; a single value stands for a list of one.
pub(super) fn items(value: Option<&Value>) -> u64 {
    match value {
        Some(Value::List(items)) => items.len() as u64,
        _ => 1,
    }
}

/// A cost: a number plus products with lengths that are not known yet, keyed by those lengths in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Cost {
    constant: u64,
    products: BTreeMap<Vec<Length>, u64>,
}

/// How often the selections below a field are answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Factor {
    pub number: u64,
    pub lengths: Vec<Length>,
}

impl Factor {
    /// Of what is answered once.
    pub(super) fn once() -> Self {
        Self::of(1)
    }

    /// Of what is answered so many times.
    pub(super) fn of(number: u64) -> Self {
        Self { number, lengths: Vec::new() }
    }

    /// Multiplies by the length that an argument tells, where an enum value stands for a variable. `false` when it
    /// tells none.
    pub(super) fn multiply(&mut self, measured: Measured, value: Value) -> bool {
        let number = match (measured, value) {
            (_, Value::Enum(variable)) => {
                self.lengths.push(Length { variable, measured });
                return true;
            }
            (Measured::ItemsOf(list), Value::Object(mut fields)) => {
                let list = fields.swap_remove(list);
                return list.is_some_and(|list| self.multiply(Measured::Items, list));
            }
            (Measured::Value, Value::Number(number)) => number.as_u64().unwrap_or(1),
            (Measured::Items, Value::List(items)) => items.len() as u64,
            _ => return false,
        };
        self.number = self.number.saturating_mul(number);
        true
    }
}

impl Cost {
    /// So many points; a field without anything below it has one.
    pub(super) fn of(constant: u64) -> Self {
        Self { constant, products: BTreeMap::new() }
    }

    /// Adds another cost to this one.
    pub(super) fn add(&mut self, other: &Self) {
        self.constant = self.constant.saturating_add(other.constant);
        for (lengths, &number) in &other.products {
            self.add_product(number, lengths.clone());
        }
    }

    /// Adds another cost as often as the factor says.
    pub(super) fn add_times(&mut self, other: &Self, factor: &Factor) {
        if factor.lengths.is_empty() {
            self.constant = self.constant.saturating_add(other.constant.saturating_mul(factor.number));
        } else {
            self.add_product(other.constant.saturating_mul(factor.number), factor.lengths.clone());
        }
        for (lengths, number) in &other.products {
            let lengths = [factor.lengths.as_slice(), lengths.as_slice()].concat();
            self.add_product(number.saturating_mul(factor.number), lengths);
        }
    }

    fn add_product(&mut self, number: u64, mut lengths: Vec<Length>) {
        lengths.sort_unstable();
        let sum = self.products.entry(lengths).or_default();
        *sum = sum.saturating_add(number);
    }

    /// The cost with these variables.
    pub(super) fn evaluate<'a>(
        &self,
        default_page_size: u64,
        value: impl Fn(&str) -> Option<&'a Value>,
    ) -> u64 {
        self.products.iter().fold(self.constant, |sum, (lengths, &number)| {
            let product = lengths.iter().fold(number, |result, length| {
                result.saturating_mul(length.of(value(&length.variable), default_page_size))
            });
            sum.saturating_add(product)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn length(name: &str, measured: Measured) -> Length {
        Length { variable: Name::new(name), measured }
    }

    fn times(number: u64, lengths: Vec<Length>) -> Factor {
        Factor { number, lengths }
    }

    #[test]
    fn numbers_fold_and_lengths_stay() {
        let n = || length("n", Measured::Value);
        let ids = || length("ids", Measured::Items);
        let mut inner = Cost::of(1);
        inner.add_times(&Cost::of(1), &times(3, vec![n()]));
        let mut outer = Cost::of(1);
        outer.add_times(&inner, &times(2, vec![ids()]));
        outer.add_times(&inner, &times(10, Vec::new()));
        // 1 + 2·ids·(1 + 3·n) + 10·(1 + 3·n)
        let values = [Value::from(5), Value::List(vec![Value::Null; 4])];
        let both = |name: &str| Some(if name == "n" { &values[0] } else { &values[1] });
        assert_eq!(outer.evaluate(20, both), 1 + 2 * 4 * 16 + 10 * 16);
        assert_eq!(outer.evaluate(20, |_| None), 1 + 2 * 61 + 10 * 61);
        assert_eq!(outer.products.len(), 3);
    }

    #[test]
    fn an_astonishing_length_saturates() {
        let mut cost = Cost::of(1);
        let all = Value::from(u64::MAX);
        cost.add_times(&Cost::of(1), &times(u64::MAX, vec![length("n", Measured::Value)]));
        cost.add_times(&cost.clone(), &times(u64::MAX, Vec::new()));
        assert_eq!(cost.evaluate(20, |_| Some(&all)), u64::MAX);
        let negative = Value::from(-1);
        let mut cost = Cost::of(1);
        cost.add_times(&Cost::of(1), &times(7, vec![length("n", Measured::Value)]));
        assert_eq!(cost.evaluate(20, |_| Some(&negative)), 8);
    }
}
