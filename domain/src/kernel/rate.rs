//! Rates between currencies: exact decimals, and the one place where money is rounded.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{Currency, Money, MoneyError};

/// How much of one currency a unit of another is worth: a decimal above 0, kept exactly as a whole number and the places
/// after its decimal point, without zeros at the end.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Rate {
    mantissa: i64,
    scale: u32,
}

/// Why something is no rate.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RateError {
    /// The text is no decimal number.
    #[error("'{text}' is not a decimal number; an example is 1.0834")]
    NotDecimal {
        /// The text as given, shortened.
        text: String,
    },
    /// Nothing is worth nothing.
    #[error("the rate is 0; a rate is above 0")]
    Zero,
    /// More places than a rate has.
    #[error("'{text}' has more than {} decimals", Rate::MAX_SCALE)]
    TooPrecise {
        /// The text as given, shortened.
        text: String,
    },
    /// More digits than a rate has.
    #[error("'{text}' has more than {} digits", Rate::MAX_DIGITS)]
    TooLong {
        /// The text as given, shortened.
        text: String,
    },
}

impl Rate {
    /// Places after the decimal point that a rate may have.
    pub const MAX_SCALE: u32 = 12;
    /// Digits that a rate may have, those after the decimal point among them.
    pub const MAX_DIGITS: usize = 15;

    /// A rate from its whole number and its places, as the database stores it.
    pub fn new(mantissa: i64, scale: i32) -> Result<Self, RateError> {
        let text = || format!("{mantissa}e-{scale}");
        let places = u32::try_from(scale).ok().filter(|places| *places <= Self::MAX_SCALE);
        let scale = places.ok_or_else(|| RateError::TooPrecise { text: text() })?;
        match mantissa {
            ..0 => Err(RateError::NotDecimal { text: text() }),
            0 => Err(RateError::Zero),
            1_000_000_000_000_000.. => Err(RateError::TooLong { text: text() }),
            _ => Ok(Self { mantissa, scale }.shortened()),
        }
    }

    /// Reads a decimal such as `1.0834` or `158`. No exponent, no grouping, no sign.
    pub fn parse(text: &str) -> Result<Self, RateError> {
        let short = || text.chars().take(40).collect();
        let (whole, fraction) = match text.split_once('.') {
            Some((whole, fraction)) if !fraction.is_empty() => (whole, fraction.trim_end_matches('0')),
            Some(_) => return Err(RateError::NotDecimal { text: short() }),
            None => (text, ""),
        };
        let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() || !all_digits(whole) || !all_digits(fraction) {
            return Err(RateError::NotDecimal { text: short() });
        }
        let places = u32::try_from(fraction.len()).unwrap_or(u32::MAX);
        if places > Self::MAX_SCALE {
            return Err(RateError::TooPrecise { text: short() });
        }
        let digits = format!("{whole}{fraction}");
        let digits = digits.trim_start_matches('0');
        if digits.is_empty() {
            return Err(RateError::Zero);
        }
        if digits.len() > Self::MAX_DIGITS {
            return Err(RateError::TooLong { text: short() });
        }
        let mantissa = digits.parse().map_err(|_| RateError::TooLong { text: short() })?;
        Ok(Self { mantissa, scale: places }.shortened())
    }

    /// The whole number, to be divided by ten to the power of [`Rate::scale`].
    pub fn mantissa(self) -> i64 {
        self.mantissa
    }

    /// The places after the decimal point.
    pub fn scale(self) -> i32 {
        i32::try_from(self.scale).unwrap_or(0)
    }

    /// An amount in another currency at this rate, rounded to that one's minor units; half a unit goes to the even
    /// neighbor, so that many conversions lean to neither side.
    pub fn convert(self, money: Money, to: Currency) -> Result<Money, MoneyError> {
        let ten_to = |power: u32| 10_i128.checked_pow(power).ok_or(MoneyError::OutOfRange);
        let product = i128::from(money.minor()).checked_mul(self.mantissa.into());
        let product = product.and_then(|product| product.checked_mul(ten_to(to.exponent()).ok()?));
        let divisor = ten_to(self.scale.saturating_add(money.currency().exponent()))?;
        let minor = half_even(product.ok_or(MoneyError::OutOfRange)?, divisor);
        Money::new(i64::try_from(minor).map_err(|_| MoneyError::OutOfRange)?, to)
    }

    /// Without zeros at the end, so that one rate is written in one way.
    fn shortened(self) -> Self {
        let Self { mut mantissa, mut scale } = self;
        while scale > 0 && mantissa % 10 == 0 {
            mantissa /= 10;
            scale = scale.saturating_sub(1);
        }
        Self { mantissa, scale }
    }
}

/// A quotient by a divisor above 0, rounded to the nearest whole number, and from the middle to the even one.
pub(crate) fn half_even(dividend: i128, divisor: i128) -> i128 {
    let (below, rest) = (dividend.div_euclid(divisor), dividend.rem_euclid(divisor));
    let up = match rest.saturating_mul(2).cmp(&divisor) {
        std::cmp::Ordering::Less => false,
        std::cmp::Ordering::Equal => below % 2 != 0,
        std::cmp::Ordering::Greater => true,
    };
    below.saturating_add(i128::from(up))
}

impl fmt::Display for Rate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scale = usize::try_from(self.scale).unwrap_or(0);
        let digits = format!("{:0>width$}", self.mantissa, width = scale.saturating_add(1));
        let (whole, fraction) = digits.split_at(digits.len().saturating_sub(scale));
        if fraction.is_empty() { f.write_str(whole) } else { write!(f, "{whole}.{fraction}") }
    }
}

impl fmt::Debug for Rate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl From<Rate> for String {
    fn from(rate: Rate) -> Self {
        rate.to_string()
    }
}

impl TryFrom<String> for Rate {
    type Error = RateError;
    fn try_from(text: String) -> Result<Self, RateError> {
        Self::parse(&text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn currency(code: &str) -> Currency {
        Currency::parse(code).unwrap_or_else(|error| panic!("{error}"))
    }

    fn rate(text: &str) -> Rate {
        Rate::parse(text).unwrap_or_else(|error| panic!("{error}"))
    }

    #[test]
    fn a_rate_is_written_in_one_way() {
        for (text, written) in
            [("1.0834", "1.0834"), ("158", "158"), ("1.080", "1.08"), ("007.0", "7"), ("0.00632", "0.00632")]
        {
            assert_eq!(rate(text).to_string(), written);
            assert_eq!(Rate::new(rate(text).mantissa(), rate(text).scale()), Ok(rate(text)));
        }
        assert_eq!(Rate::new(10_800, 4), Ok(rate("1.08")));
    }

    #[test]
    fn what_is_no_rate_is_refused_with_its_value() {
        for text in ["", ".5", "5.", "-1", "+1", "1e3", "1,08", " 1"] {
            assert_eq!(Rate::parse(text), Err(RateError::NotDecimal { text: text.to_owned() }), "{text}");
        }
        assert_eq!(Rate::parse("0.000"), Err(RateError::Zero));
        let precise = "0.1234567890123";
        assert_eq!(Rate::parse(precise), Err(RateError::TooPrecise { text: precise.to_owned() }));
        let long = "1234567890123456";
        assert_eq!(Rate::parse(long), Err(RateError::TooLong { text: long.to_owned() }));
        assert_eq!(Rate::new(0, 2), Err(RateError::Zero));
        assert!(Rate::new(-1, 2).is_err() && Rate::new(1, -1).is_err() && Rate::new(i64::MAX, 0).is_err());
    }

    #[test]
    fn minor_units_are_those_of_each_currency_and_half_goes_to_the_even_neighbor() {
        let cases = [
            ("USD", 10_000, "0.9231", "EUR", "92.31"),
            ("JPY", 10_000, "0.00625", "EUR", "62.50"),
            ("EUR", 10_000, "158.3", "JPY", "15830"),
            ("KWD", 1_000, "3.25", "USD", "3.25"),
            ("USD", 100, "0.3075", "KWD", "0.308"),
            // The middle between two cents.
            ("USD", 1, "0.5", "EUR", "0.00"),
            ("USD", 3, "0.5", "EUR", "0.02"),
            ("USD", 5, "0.5", "EUR", "0.02"),
            ("USD", -3, "0.5", "EUR", "-0.02"),
            ("USD", 0, "123", "EUR", "0.00"),
        ];
        for (from, minor, at, to, expected) in cases {
            let money = Money::new(minor, currency(from)).unwrap_or_else(|error| panic!("{error}"));
            let converted = rate(at).convert(money, currency(to));
            assert_eq!(converted.map(Money::decimal), Ok(expected.to_owned()), "{money} at {at}");
        }
        let most = Money::new(Money::MAX_MINOR, currency("EUR")).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(rate("2").convert(most, currency("USD")), Err(MoneyError::OutOfRange));
        assert_eq!(rate("999999999999999").convert(most, currency("CLF")), Err(MoneyError::OutOfRange));
    }

    proptest! {
        #[test]
        fn a_conversion_is_never_off_by_more_than_half_a_unit(
            minor in 0_i64..1_000_000_000, mantissa in 1_i64..1_000_000, scale in 0_i32..6
        ) {
            let rate = Rate::new(mantissa, scale)?;
            let converted = rate.convert(Money::new(minor, currency("EUR"))?, currency("USD"));
            if let Ok(converted) = converted {
                let power = 10_i128.pow(u32::try_from(rate.scale())?);
                let exact = i128::from(minor) * i128::from(rate.mantissa());
                prop_assert!((i128::from(converted.minor()) * power - exact).abs() * 2 <= power);
            }
        }
    }
}
