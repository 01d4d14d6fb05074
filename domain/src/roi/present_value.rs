//! What money of later months is worth today.
//!
//! A monthly rate is a twelfth root, which no fraction is. It is computed with whole numbers of a fixed size by a fixed
//! number of steps, so that every machine comes to the same digits, today and in ten years.

use super::Share;
use crate::kernel::half_even;

/// One, in the fixed-point numbers of this file: eighteen decimals.
const ONE: i128 = 1_000_000_000_000_000_000;

/// Steps of Newton's method for a cube root. It doubles the correct digits with each, and begins within a factor of two.
const STEPS: u32 = 8;

/// By how much money loses worth with every month that it comes later.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct MonthlyDiscount(i128);

impl MonthlyDiscount {
    /// At an annual rate: one over the twelfth root of one plus the rate.
    pub(super) fn at(annual: Share) -> Self {
        let growth = ONE.saturating_add(i128::from(annual.basis_points()).saturating_mul(ONE / 10_000));
        let quarterly = square_root(square_root(growth));
        Self(divided(ONE, cube_root(quarterly)))
    }

    /// What a unit at the end of each of some months is worth today, with [`Self::places`] decimals.
    pub(super) fn annuity(self, months: u32) -> i128 {
        let start = (0_i128, ONE);
        let (sum, _) = (0..months).fold(start, |(sum, factor), _| {
            let factor = times(factor, self.0);
            (sum.saturating_add(factor), factor)
        });
        sum
    }

    /// What [`Self::annuity`] is a multiple of.
    pub(super) fn places() -> i128 {
        ONE
    }
}

fn times(one: i128, other: i128) -> i128 {
    half_even(one.saturating_mul(other), ONE)
}

fn divided(one: i128, by: i128) -> i128 {
    half_even(one.saturating_mul(ONE), by.max(1))
}

fn square_root(of: i128) -> i128 {
    let scaled = u128::try_from(of.saturating_mul(ONE)).unwrap_or(0);
    i128::try_from(scaled.isqrt()).unwrap_or(0)
}

/// The cube root of a number from one to two.
fn cube_root(of: i128) -> i128 {
    (0..STEPS).fold(of, |root, _| {
        let next = divided(of, times(root, root).max(1));
        half_even(root.saturating_mul(2).saturating_add(next), 3)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn share(points: i32) -> Share {
        Share::new(points).unwrap_or_else(|error| panic!("{error}"))
    }

    #[test]
    fn without_interest_a_month_later_is_worth_the_same() {
        let discount = MonthlyDiscount::at(Share::NONE);
        assert_eq!(discount.annuity(12), 12 * ONE);
    }

    #[test]
    fn the_digits_of_eight_percent_stand_for_ever() {
        // 1.08 to the power of -1/12, to eighteen digits.
        let discount = MonthlyDiscount::at(share(800));
        let exact = 993_607_101_988_294_042_i128;
        assert!((discount.0 - exact).abs() <= 5, "{}", discount.0);
    }

    proptest! {
        #[test]
        fn twelve_months_are_a_year(points in 0_i32..=10_000) {
            let MonthlyDiscount(monthly) = MonthlyDiscount::at(share(points));
            let yearly = (0..12).fold(ONE, |factor, _| times(factor, monthly));
            let exact = divided(ONE, ONE + i128::from(points) * (ONE / 10_000));
            prop_assert!((yearly - exact).abs() <= 50, "{yearly} against {exact}");
        }

        #[test]
        fn more_interest_is_worth_less(points in 0_i32..10_000, months in 1_u32..=60) {
            let less = MonthlyDiscount::at(share(points + 1)).annuity(months);
            prop_assert!(less < MonthlyDiscount::at(share(points)).annuity(months));
        }
    }
}
