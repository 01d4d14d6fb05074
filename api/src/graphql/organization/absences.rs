//! Who is away when.

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use upskill_domain::access::Action;
use upskill_domain::access::Actor;
use upskill_domain::kernel::{AbsenceId, EmployeeId, Period};
use upskill_domain::organization::{
    self as domain, AbsenceFilter as Filter, AbsenceOver, RecordAbsence, RecordAbsenceRefusal,
};

use super::loaders::Absences;
use super::types::Employee;
use crate::graphql::context::RequestContext;
use crate::graphql::error::{ApiError, Isolated, isolated};
use crate::graphql::filter::{OneOf, ids};
use crate::graphql::id::{Id, wire};
use crate::graphql::key::key;
use crate::graphql::page::{Connection, PageArguments};
use crate::graphql::personal::{DataClass, personal, who};
use crate::graphql::plain::Known;
use crate::graphql::refusal::{answered, user_errors};
use crate::graphql::scalars::{Date, DateTime};

/// Some days on which a person is away. Why is not kept. For the person, `HR_ADMIN` and `HR_ANALYST`.
#[derive(Clone)]
pub(crate) struct Absence(domain::Absence);

impl From<domain::Absence> for Absence {
    fn from(absence: domain::Absence) -> Self {
        Self(absence)
    }
}

impl Known for Absence {
    const KNOWN: &'static [&'static str] = &["id", "fromOn", "untilOn", "createdAt", "endedAt"];
}

impl Absence {
    /// The absence with this id, batched with other look-ups of the request.
    pub(crate) async fn load(ctx: &Context<'_>, id: AbsenceId) -> Result<Option<Self>, ApiError> {
        Ok(ctx.load::<Absences, _>(id).await?.map(Self))
    }
}

/// Some days on which a person is away. Why is not kept. For the person, `HR_ADMIN` and `HR_ANALYST`.
#[Object(directive = personal::apply(DataClass::Employment, who(Action::ReadAbsences)))]
impl Absence {
    /// The id.
    pub(crate) async fn id(&self) -> ID {
        wire(self.0.id)
    }

    /// Who is away.
    async fn employee(&self, ctx: &Context<'_>) -> Isolated<Employee> {
        Employee::load(ctx, self.0.employee).await.transpose()
    }

    /// The first day at the employer.
    async fn from_on(&self) -> Date {
        Date(self.0.period.from())
    }

    /// The last day.
    async fn until_on(&self) -> Date {
        Date(self.0.period.to())
    }

    /// When it was recorded.
    async fn created_at(&self) -> DateTime {
        DateTime(self.0.created_at)
    }

    /// Who recorded it; null for the installation itself.
    async fn created_by(&self, ctx: &Context<'_>) -> Isolated<Employee> {
        Employee::load(ctx, self.0.created_by?).await.transpose()
    }

    /// When it was ended before its last day was over; null when it was not.
    async fn ended_at(&self) -> Option<DateTime> {
        self.0.ended_at.map(DateTime)
    }
}

/// Some days on which a person will be away.
#[derive(InputObject)]
pub(crate) struct RecordAbsenceInput {
    /// Who; the caller when not given. Somebody else takes `HR_ADMIN`.
    employee_id: Option<Id<EmployeeId>>,
    /// The first day at the employer.
    from_on: Date,
    /// The last day, not before the first and not over; at most 366 days in all.
    until_on: Date,
    /// Makes a retry safe: the same key with the same input answers with the first result. 1 to 200 printable ASCII
    /// characters, remembered for at least 24 hours.
    idempotency_key: Option<String>,
}

/// An absence to end.
#[derive(InputObject)]
pub(crate) struct EndAbsenceInput {
    /// Which one.
    id: Id<AbsenceId>,
}

/// Which absences to list. Conditions add up.
#[derive(InputObject, Default)]
pub(crate) struct AbsenceFilter {
    /// Of one of these people.
    employee: Option<OneOf<Id<EmployeeId>>>,
    /// That hold on this day.
    on: Option<Date>,
}

/// What the caller records: for themself when they name nobody.
fn recorded(actor: &Actor, input: RecordAbsenceInput) -> Result<RecordAbsence, ApiError> {
    let employee = input.employee_id.map(|id| id.0).or(actor.employee());
    let period = Period::new(input.from_on.0, input.until_on.0);
    Ok(RecordAbsence {
        key: key(input.idempotency_key)?,
        employee: employee.ok_or_else(|| ApiError::bad_input("input.employeeId", "say who is away"))?,
        period: period.map_err(|error| ApiError::bad_input("input.untilOn", error.to_string()))?,
    })
}

/// Queries of absences.
#[derive(Default)]
pub(crate) struct AbsenceQueries;

#[Object]
impl AbsenceQueries {
    /// Who is away when, the newest first, a page at a time: everybody for `HR_ADMIN` and `HR_ANALYST`, otherwise the
    /// caller.
    #[expect(clippy::too_many_arguments, reason = "a connection has four arguments of its own")]
    async fn absences(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "Rows from the start of the list, 1 to 100; 20 when neither first nor last is given."
        )]
        first: Option<i32>,
        #[graphql(desc = "Only rows after this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end of the list, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
        #[graphql(desc = "Which absences to list; all when not given.")] filter: Option<AbsenceFilter>,
    ) -> Isolated<Connection<Absence>> {
        let filter = filter.unwrap_or_default();
        let filter = Filter { employees: ids(filter.employee), on: filter.on.map(|day| day.0) };
        Some(Connection::read(ctx, filter, (), PageArguments { first, after, last, before }).await)
    }
}

/// Mutations of absences.
#[derive(Default)]
pub(crate) struct AbsenceMutations;

#[Object]
impl AbsenceMutations {
    /// Records that somebody is away for some days. What waits for their decision meanwhile goes to the next who may,
    /// unless somebody stands in for them, and stays there; new requests pass them over. For the person themself and
    /// `HR_ADMIN`.
    async fn record_absence(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who is away, and when.")] input: RecordAbsenceInput,
    ) -> Isolated<RecordAbsencePayload> {
        isolated(async {
            let command = recorded(ctx.actor()?, input)?;
            let outcome = ctx.app()?.organization().record_absence(ctx.actor()?, command).await;
            let (absence, user_errors) = answered(outcome)?;
            Ok(Some(RecordAbsencePayload { absence: absence.map(Absence::from), user_errors }))
        })
        .await
    }

    /// Ends an absence before its last day is over, or before its first: the person is back. For the person themself and
    /// `HR_ADMIN`.
    async fn end_absence(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The absence.")] input: EndAbsenceInput,
    ) -> Isolated<EndAbsencePayload> {
        isolated(async {
            let outcome = ctx.app()?.organization().end_absence(ctx.actor()?, input.id.0).await;
            let (absence, user_errors) = answered(outcome)?;
            Ok(Some(EndAbsencePayload { absence: absence.map(Absence::from), user_errors }))
        })
        .await
    }
}

/// What became of `recordAbsence`.
#[derive(SimpleObject)]
pub(crate) struct RecordAbsencePayload {
    /// The absence; null when refused.
    absence: Option<Absence>,
    /// Why it was refused; empty when it was done.
    user_errors: Vec<RecordAbsenceError>,
}

user_errors! {
    /// Why an absence was not recorded.
    RecordAbsenceError, RecordAbsenceErrorCode for RecordAbsenceRefusal {
        /// There is no such employee, or they have left.
        UnknownEmployee <= RecordAbsenceRefusal::UnknownEmployee(_),
        /// The last day is over.
        Over <= RecordAbsenceRefusal::Over(_),
        /// The days are too many.
        TooLong <= RecordAbsenceRefusal::TooLong { .. },
        /// The person is away on one of these days already.
        Overlaps <= RecordAbsenceRefusal::Overlaps { .. },
        /// The idempotency key was used with another input.
        IdempotencyKeyReused <= RecordAbsenceRefusal::KeyReused(_),
    }
}

/// What became of `endAbsence`.
#[derive(SimpleObject)]
pub(crate) struct EndAbsencePayload {
    /// The absence as it is now; null when refused.
    absence: Option<Absence>,
    /// Why it was refused; empty when it was done.
    user_errors: Vec<EndAbsenceError>,
}

user_errors! {
    /// Why an absence was not ended.
    EndAbsenceError, EndAbsenceErrorCode for AbsenceOver {
        /// It is over, or was ended before.
        Over <= AbsenceOver,
    }
}
