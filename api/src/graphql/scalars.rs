//! Scalars, named as graphql-scalars names them.

use async_graphql::{InputObject, InputValueError, InputValueResult, Object, Scalar, ScalarType, Value};
use chrono::{NaiveDate, SecondsFormat, Utc};
use upskill_domain::{kernel, reports};

use super::plain::Plain;

macro_rules! text_scalar {
    ($(#[$doc:meta])* $name:ident($inner:ty) as $wire:literal, $url:expr, $read:expr, $write:expr) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub(crate) struct $name(pub(crate) $inner);

        $(#[$doc])*
        #[Scalar(name = $wire, specified_by_url = $url)]
        impl ScalarType for $name {
            fn parse(value: Value) -> InputValueResult<Self> {
                let Value::String(text) = value else { return Err(InputValueError::expected_type(value)) };
                let read: fn(&str) -> Result<$inner, String> = $read;
                read(&text).map(Self).map_err(InputValueError::custom)
            }

            fn to_value(&self) -> Value {
                let write: fn(&$inner) -> String = $write;
                Value::String(write(&self.0))
            }
        }

        impl From<$inner> for $name {
            fn from(value: $inner) -> Self {
                Self(value)
            }
        }
    };
}

text_scalar! {
    /// A calendar day without a time, as RFC 3339 writes it: `2026-01-31`. Years 1900 to 2199.
    Date(NaiveDate) as "Date", "https://datatracker.ietf.org/doc/html/rfc3339#section-5.6",
    |text| {
        let plausible = NaiveDate::from_ymd_opt(1900, 1, 1)..NaiveDate::from_ymd_opt(2200, 1, 1);
        let day = text.parse::<NaiveDate>().ok().filter(|day| text.len() == 10 && plausible.contains(&Some(*day)));
        day.ok_or_else(|| format!("'{}' is not a date such as 2026-01-31", short(text)))
    },
    NaiveDate::to_string
}

text_scalar! {
    /// An instant in UTC, as RFC 3339 writes it: `2026-01-31T08:30:00Z`. Kept to the microsecond; an offset is
    /// accepted on input and converted.
    DateTime(chrono::DateTime<Utc>) as "DateTime", "https://datatracker.ietf.org/doc/html/rfc3339",
    |text| {
        let instant = chrono::DateTime::parse_from_rfc3339(text).ok();
        let instant = instant.map(|instant| chrono::SubsecRound::trunc_subsecs(instant.to_utc(), 6));
        instant.ok_or_else(|| format!("'{}' is not an instant such as 2026-01-31T08:30:00Z", short(text)))
    },
    |instant| instant.to_rfc3339_opts(SecondsFormat::AutoSi, true)
}

text_scalar! {
    /// An ISO 4217 currency code such as `EUR`.
    Currency(kernel::Currency) as "Currency", "https://www.iso.org/iso-4217-currency-codes.html",
    |text| kernel::Currency::parse(text).map_err(|error| error.to_string()),
    |currency| currency.code().to_owned()
}

text_scalar! {
    /// An ISO 3166-1 alpha-2 country code such as `DE`.
    CountryCode(kernel::CountryCode) as "CountryCode", "https://www.iso.org/iso-3166-country-codes.html",
    |text| kernel::CountryCode::parse(text).map_err(|error| error.to_string()),
    kernel::CountryCode::to_string
}

text_scalar! {
    /// A language as BCP 47 writes it: two or three small letters with an optional region of two capitals, `en` or
    /// `de-AT`.
    Locale(kernel::LanguageTag) as "Locale", "https://www.rfc-editor.org/info/bcp47",
    |text| kernel::LanguageTag::parse(text).map_err(|error| error.to_string()),
    |tag| tag.as_str().to_owned()
}

text_scalar! {
    /// A web address that begins with `https://` or `http://`, at most 2,000 characters.
    Url(kernel::WebAddress) as "URL", "https://url.spec.whatwg.org/",
    |text| kernel::WebAddress::parse(text).map_err(|error| error.to_string()),
    kernel::WebAddress::to_string
}

text_scalar! {
    /// The address of a mailbox such as `eva@example.com`. Input of another form is refused where it is used.
    EmailAddress(String) as "EmailAddress",
    "https://html.spec.whatwg.org/multipage/input.html#valid-e-mail-address",
    |text| Ok(text.to_owned()),
    String::clone
}

text_scalar! {
    /// A time zone of the IANA database such as `Europe/Berlin`.
    TimeZone(String) as "TimeZone", "https://www.iana.org/time-zones",
    |text| Ok(text.to_owned()),
    String::clone
}

text_scalar! {
    /// An exact decimal number as text, such as `"1200.00"`: never a float. An amount of money has as many decimals as
    /// its currency.
    Decimal(String) as "Decimal", "https://en.wikipedia.org/wiki/Decimal",
    |text| Ok(text.to_owned()),
    String::clone
}

text_scalar! {
    /// A calendar year, one of its quarters or one of its months: `2026`, `2026-Q2` or `2026-05`. Years 2000 to 2199.
    ReportPeriod(reports::ReportPeriod) as "ReportPeriod", "https://www.iso.org/iso-8601-date-and-time-format.html",
    |text| reports::ReportPeriod::parse(text).map_err(|error| error.to_string()),
    reports::ReportPeriod::to_string
}

fn short(text: &str) -> String {
    text.chars().take(40).collect()
}

/// An amount of money in one currency.
pub(crate) type Money = Plain<AmountOfMoney>;

/// An amount of money in one currency.
#[derive(Clone, Copy)]
pub(crate) struct AmountOfMoney(kernel::Money);

/// An amount of money in one currency.
#[Object(name = "Money")]
impl AmountOfMoney {
    /// The amount as an exact decimal with as many decimals as the currency has: `"1200.00"` for EUR, `"1200"` for JPY.
    async fn amount(&self) -> Decimal {
        Decimal(self.0.decimal())
    }

    /// The currency.
    async fn currency(&self) -> Currency {
        Currency(self.0.currency())
    }
}

impl From<kernel::Money> for Money {
    fn from(money: kernel::Money) -> Self {
        Self(AmountOfMoney(money))
    }
}

/// An amount of money to be given in.
#[derive(InputObject)]
pub(crate) struct MoneyInput {
    /// The amount as a decimal such as `"1200"` or `"1200.50"`, with no more decimals than the currency has and at most
    /// 10 trillion minor units.
    amount: Decimal,
    /// The currency.
    currency: Currency,
}

impl MoneyInput {
    /// The amount, or what is wrong with it.
    pub(crate) fn read(&self) -> Result<kernel::Money, kernel::MoneyError> {
        kernel::Money::parse(&self.amount.0, self.currency.0)
    }
}
