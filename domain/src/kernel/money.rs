//! Money is a whole number of a currency's minor units, never a float, and never added across currencies.

use std::fmt;

use serde::{Deserialize, Serialize};

/// An ISO 4217 currency that has minor units (so not gold, and not `XXX`).
#[derive(Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Currency(iso_currency::Currency);

impl Currency {
    /// Reads a code such as `EUR`.
    pub fn parse(code: &str) -> Result<Self, MoneyError> {
        iso_currency::Currency::from_code(code)
            .filter(|currency| currency.exponent().is_some())
            .map(Self)
            .ok_or_else(|| MoneyError::UnknownCurrency { code: code.chars().take(20).collect() })
    }

    /// The three letters.
    pub fn code(self) -> &'static str {
        self.0.code()
    }

    /// How many decimals the currency has: 2 for EUR, 0 for JPY, 3 for KWD.
    pub fn exponent(self) -> u32 {
        self.0.exponent().map_or(0, u32::from)
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl From<Currency> for String {
    fn from(currency: Currency) -> Self {
        currency.code().to_owned()
    }
}

impl TryFrom<String> for Currency {
    type Error = MoneyError;
    fn try_from(code: String) -> Result<Self, MoneyError> {
        Self::parse(&code)
    }
}

/// An amount of one currency.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Money {
    minor: i64,
    currency: Currency,
}

/// Why something is not an amount of money, or two amounts do not go together.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MoneyError {
    /// No such currency, or one without minor units.
    #[error("'{code}' is not an ISO 4217 currency in use; an example is EUR")]
    UnknownCurrency {
        /// The code as given.
        code: String,
    },
    /// The text is no decimal number.
    #[error("'{text}' is not a decimal number; an example is 1200.00")]
    NotDecimal {
        /// The text as given, shortened.
        text: String,
    },
    /// More decimals than the currency has.
    #[error("{currency} has {exponent} decimals, but '{text}' has more")]
    TooPrecise {
        /// The text as given.
        text: String,
        /// The currency.
        currency: Currency,
        /// Its number of decimals.
        exponent: u32,
    },
    /// Beyond what an amount may be.
    #[error("an amount must lie within plus or minus 10 trillion minor units")]
    OutOfRange,
    /// Two currencies met.
    #[error("{left} and {right} do not add up; convert one of them first")]
    CurrencyMismatch {
        /// One of them.
        left: Currency,
        /// The other.
        right: Currency,
    },
}

impl Money {
    /// The largest amount either way. Far below what 64 bits hold, so that sums over a million rows still fit.
    pub const MAX_MINOR: i64 = 10_000_000_000_000;

    /// An amount in minor units.
    pub fn new(minor: i64, currency: Currency) -> Result<Self, MoneyError> {
        if (-Self::MAX_MINOR..=Self::MAX_MINOR).contains(&minor) {
            Ok(Self { minor, currency })
        } else {
            Err(MoneyError::OutOfRange)
        }
    }

    /// A sum over amounts, which may go beyond what one amount may be. It is shown, never stored.
    pub fn sum(minor: i64, currency: Currency) -> Self {
        Self { minor, currency }
    }

    /// Nothing, in a currency.
    pub fn zero(currency: Currency) -> Self {
        Self { minor: 0, currency }
    }

    /// Reads a decimal such as `1200`, `-3.5` or `1200.00`. No exponent, no grouping, no more decimals than the
    /// currency has.
    pub fn parse(text: &str, currency: Currency) -> Result<Self, MoneyError> {
        let not_decimal = || MoneyError::NotDecimal { text: text.chars().take(40).collect() };
        let (negative, digits) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
        let (whole, fraction) = match digits.split_once('.') {
            Some((whole, fraction)) if !fraction.is_empty() => (whole, fraction),
            Some(_) => return Err(not_decimal()),
            None => (digits, ""),
        };
        let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() || !all_digits(whole) || !all_digits(fraction) {
            return Err(not_decimal());
        }
        let exponent = currency.exponent();
        let scale = usize::try_from(exponent).unwrap_or(0);
        if fraction.len() > scale {
            return Err(MoneyError::TooPrecise { text: text.chars().take(40).collect(), currency, exponent });
        }
        let minor: i64 = format!("{whole}{fraction:0<scale$}").parse().map_err(|_| MoneyError::OutOfRange)?;
        Self::new(if negative { minor.checked_neg().unwrap_or(0) } else { minor }, currency)
    }

    /// The amount in minor units (cents for EUR).
    pub fn minor(self) -> i64 {
        self.minor
    }

    /// The currency.
    pub fn currency(self) -> Currency {
        self.currency
    }

    /// Whether the amount is below zero.
    pub fn is_negative(self) -> bool {
        self.minor < 0
    }

    /// Whether the amount is above zero.
    pub fn is_positive(self) -> bool {
        self.minor > 0
    }

    /// The sum, of one currency only.
    pub fn plus(self, other: Self) -> Result<Self, MoneyError> {
        self.same_currency(other)?;
        Self::new(self.minor.checked_add(other.minor).ok_or(MoneyError::OutOfRange)?, self.currency)
    }

    /// The difference, of one currency only.
    pub fn minus(self, other: Self) -> Result<Self, MoneyError> {
        self.same_currency(other)?;
        Self::new(self.minor.checked_sub(other.minor).ok_or(MoneyError::OutOfRange)?, self.currency)
    }

    fn same_currency(self, other: Self) -> Result<(), MoneyError> {
        if self.currency == other.currency {
            Ok(())
        } else {
            Err(MoneyError::CurrencyMismatch { left: self.currency, right: other.currency })
        }
    }

    /// The decimal text without the currency, with exactly as many decimals as the currency has.
    pub fn decimal(self) -> String {
        let scale = usize::try_from(self.currency.exponent()).unwrap_or(0);
        let sign = if self.minor < 0 { "-" } else { "" };
        let digits = format!("{:0>width$}", self.minor.unsigned_abs(), width = scale.saturating_add(1));
        let (whole, fraction) = digits.split_at(digits.len().saturating_sub(scale));
        if fraction.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") }
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.decimal(), self.currency)
    }
}

impl fmt::Debug for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn currency(code: &str) -> Currency {
        Currency::parse(code).unwrap_or_else(|error| panic!("{error}"))
    }

    #[test]
    fn the_decimals_are_those_of_the_currency() {
        let cases =
            [("EUR", 123_405, "1234.05"), ("JPY", 1234, "1234"), ("KWD", -5, "-0.005"), ("EUR", -7, "-0.07")];
        for (code, minor, text) in cases {
            let money = Money::new(minor, currency(code));
            assert_eq!(money.clone().map(Money::decimal), Ok(text.to_owned()));
            assert_eq!(Money::parse(text, currency(code)), money);
        }
        assert_eq!(Money::parse("12.5", currency("EUR")).map(Money::minor), Ok(1250));
    }

    #[test]
    fn what_is_no_amount_is_refused_with_its_value() {
        let eur = currency("EUR");
        for text in ["", "-", ".5", "5.", "1,200.00", "1e3", " 1", "+1", "0x1", "½"] {
            assert_eq!(
                Money::parse(text, eur),
                Err(MoneyError::NotDecimal { text: text.to_owned() }),
                "{text}"
            );
        }
        assert_eq!(
            Money::parse("1.005", eur),
            Err(MoneyError::TooPrecise { text: "1.005".to_owned(), currency: eur, exponent: 2 })
        );
        assert_eq!(Money::parse("99999999999999999999", eur), Err(MoneyError::OutOfRange));
        assert_eq!(Money::parse("100000000000.01", eur), Err(MoneyError::OutOfRange));
        for code in ["eur", "EURO", "XAU", "XXX", ""] {
            assert_eq!(Currency::parse(code), Err(MoneyError::UnknownCurrency { code: code.to_owned() }));
        }
    }

    proptest! {
        #[test]
        fn text_and_amount_are_two_forms_of_one_value(minor in -Money::MAX_MINOR..=Money::MAX_MINOR, which in 0_usize..3) {
            let currency = currency(["EUR", "JPY", "KWD"][which]);
            let money = Money::new(minor, currency)?;
            prop_assert_eq!(Money::parse(&money.decimal(), currency), Ok(money));
        }

        #[test]
        fn currencies_never_mix(a in -1000_i64..1000, b in -1000_i64..1000) {
            let (eur, usd) = (currency("EUR"), currency("USD"));
            let mixed = Money::new(a, eur)?.plus(Money::new(b, usd)?);
            prop_assert_eq!(mixed, Err(MoneyError::CurrencyMismatch { left: eur, right: usd }));
        }
    }
}
