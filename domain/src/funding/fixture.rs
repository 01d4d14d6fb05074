//! Values to test with.

use std::sync::atomic::{AtomicU64, Ordering};

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use super::posting::Stamp;
use super::{
    ApprovalConditions, Balance, Budget, BudgetStatus, FundingRequest, Hours, LimitMode, OwnedBy,
    RequestStatus, RequestedOffer,
};
use crate::kernel::{Currency, EmployeeId, Ids, Money, Period, TypedId};
use crate::organization::{Colleague, Employee, Employment, EmploymentStatus};

/// Ids in ascending order.
#[derive(Default)]
pub(super) struct Counter(AtomicU64);

impl Ids for Counter {
    fn next(&self) -> Uuid {
        Uuid::from_u128(u128::from(self.0.fetch_add(1, Ordering::Relaxed)) + 1_000)
    }
}

pub(super) fn id<I: TypedId>(n: u128) -> I {
    I::from_uuid(Uuid::from_u128(n))
}

pub(super) fn day(text: &str) -> NaiveDate {
    text.parse().unwrap_or_else(|error| panic!("{text}: {error}"))
}

pub(super) fn at(second: i64) -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + chrono::Duration::seconds(second)
}

pub(super) fn currency(code: &str) -> Currency {
    Currency::parse(code).unwrap_or_else(|error| panic!("{error}"))
}

pub(super) fn eur(minor: i64) -> Money {
    Money::new(minor, currency("EUR")).unwrap_or_else(|error| panic!("{error}"))
}

pub(super) fn stamp(ids: &Counter) -> Stamp<'_> {
    Stamp { ids, by: Some(id(2)), at: at(60), today: day("2026-11-22"), time_zone: chrono_tz::UTC }
}

/// An open budget of the employer in EUR with an allocation that no entry explains.
pub(super) fn budget(allocated: i64) -> Budget {
    Budget {
        id: id(1),
        name: "Learning 2026".to_owned(),
        owned_by: OwnedBy::Employer,
        period: Period::fiscal_year(day("2026-11-22"), 1),
        currency: currency("EUR"),
        parent: None,
        limit_mode: LimitMode::Hard,
        status: BudgetStatus::Open,
        balance: Balance { allocated, ..Balance::ZERO },
        hours: Hours::default(),
        entries: 0,
        version: 1,
    }
}

pub(super) fn employee(n: u128) -> Employee {
    let id: EmployeeId = id(n);
    Employee {
        colleague: Colleague {
            id,
            external_id: format!("E{n}"),
            name: format!("Name {n}"),
            email: None,
            department: None,
            manager: None,
            job_title: None,
            left: false,
        },
        employment: Employment {
            employee: id,
            status: EmploymentStatus::Active,
            hired_on: day("2020-01-01"),
            left_on: None,
            weekly_minutes: 2_400,
            work_country: None,
            work_region: None,
        },
        version: 1,
    }
}

/// A request of employee 1 to budget 1.
pub(super) fn request(minor: i64) -> FundingRequest {
    FundingRequest {
        id: id(9),
        employee: id(1),
        offer: RequestedOffer {
            course: Some(id(7)),
            title: "Cloud".to_owned(),
            provider_name: "Example College".to_owned(),
            url: None,
            price: eur(minor),
            workload_minutes: None,
            provider_kind: None,
            duration_weeks: None,
            release_hours: None,
        },
        requested: eur(minor),
        amount: eur(minor),
        conditions: ApprovalConditions::default(),
        co_funding: Vec::new(),
        converted_at: None,
        tax_rates: Vec::new(),
        budget: id(1),
        program: None,
        purpose: "To run our platform ourselves".to_owned(),
        policy_version: 1,
        round: 1,
        status: RequestStatus::Submitted,
        reserved_until: None,
        expiry_noticed_at: None,
        committed: None,
        order_number: None,
        starts_on: None,
        proof: None,
        settled: None,
        settled_on: None,
        refunded: eur(0),
        recovered: eur(0),
        submitted_at: at(0),
        decided_at: None,
        committed_at: None,
        settled_at: None,
        ended_at: None,
        version: 1,
    }
}
