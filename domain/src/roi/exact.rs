//! Exact arithmetic on amounts: whole numbers throughout, rounded once, where something is written down.
//!
//! What is written down is what is added up: a sum of lines is the sum of what the lines show, to the cent.

use serde::{Deserialize, Serialize};

use crate::kernel::{Currency, Money, half_even};

/// A decimal with a fixed number of places, kept as a whole number of its last place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Fixed<const PLACES: u32>(i64);

impl<const PLACES: u32> Fixed<PLACES> {
    /// From a whole number of the last place.
    pub fn from_last_place(units: i64) -> Self {
        Self(units)
    }

    /// The whole number of the last place.
    pub fn last_place(self) -> i64 {
        self.0
    }

    /// A quotient; half a unit of the last place goes to the even neighbor. `None` by nothing, or where it does not fit.
    pub(super) fn quotient(dividend: i128, divisor: i128) -> Option<Self> {
        let (dividend, divisor) =
            if divisor < 0 { (dividend.checked_neg()?, divisor.checked_neg()?) } else { (dividend, divisor) };
        if divisor == 0 {
            return None;
        }
        let scaled = dividend.checked_mul(10_i128.checked_pow(PLACES)?)?;
        i64::try_from(half_even(scaled, divisor)).ok().map(Self)
    }
}

impl<const PLACES: u32> std::fmt::Display for Fixed<PLACES> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let places = usize::try_from(PLACES).unwrap_or(0);
        let sign = if self.0 < 0 { "-" } else { "" };
        let digits = format!("{:0>width$}", self.0.unsigned_abs(), width = places.saturating_add(1));
        let (whole, fraction) = digits.split_at(digits.len().saturating_sub(places));
        write!(f, "{sign}{whole}.{fraction}")
    }
}

/// An amount times a whole number, divided by another, rounded to minor units.
pub(super) fn part(of: Money, times: i128, by: i128) -> Money {
    rounded(i128::from(of.minor()).saturating_mul(times), by, of.currency())
}

/// A quotient of minor units, rounded to one. What is beyond all amounts is the largest that can be written.
pub(super) fn rounded(dividend: i128, divisor: i128, currency: Currency) -> Money {
    let minor = half_even(dividend, divisor.max(1));
    let most = i128::from(i64::MAX);
    Money::sum(i64::try_from(minor.clamp(most.saturating_neg(), most)).unwrap_or(i64::MAX), currency)
}

/// What amounts of one currency come to.
pub(super) fn total(amounts: impl Iterator<Item = Money>, currency: Currency) -> Money {
    Money::sum(amounts.fold(0_i64, |sum, amount| sum.saturating_add(amount.minor())), currency)
}

/// Something that is rounded as a whole, divided by weights: each part is what the running sum of the weights comes to, less
/// what it came to before. So the parts are less than a unit off, and add up to the whole whatever their signs.
pub(super) fn divided(weights: impl IntoIterator<Item = i64>, worth: impl Fn(i64) -> i64) -> Vec<i64> {
    let (mut sum, mut before) = (0_i64, 0_i64);
    let part = |weight: i64| {
        sum = sum.saturating_add(weight);
        let now = worth(sum);
        now.saturating_sub(std::mem::replace(&mut before, now))
    };
    weights.into_iter().map(part).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_decimal_shows_its_places() {
        for (units, text) in [(0, "0.00"), (5, "0.05"), (-6_400, "-64.00"), (15_050, "150.50")] {
            assert_eq!(Fixed::<2>::from_last_place(units).to_string(), text);
        }
    }

    #[test]
    fn parts_of_what_is_rounded_add_up_to_it() {
        let third = |sum: i64| i64::try_from(half_even(i128::from(sum).saturating_mul(100), 3)).unwrap_or(0);
        assert_eq!(divided([1, 1, 1], third), [33, 34, 33]);
        assert_eq!(divided([4, -2, 1], third), [133, -66, 33]);
        assert_eq!(divided([], third), [0_i64; 0]);
    }

    #[test]
    fn a_quotient_is_rounded_once_to_the_even_neighbor() {
        assert_eq!(Fixed::<2>::quotient(1, 3).map(Fixed::last_place), Some(33));
        assert_eq!(Fixed::<0>::quotient(5, 2).map(Fixed::last_place), Some(2));
        assert_eq!(Fixed::<0>::quotient(7, -2).map(Fixed::last_place), Some(-4));
        assert_eq!(Fixed::<2>::quotient(1, 0), None);
    }
}
