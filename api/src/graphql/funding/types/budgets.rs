//! Budgets.

use async_graphql::{Context, ID, Object};
use upskill_domain::access::Action;
use upskill_domain::funding::{self as domain, Balance, OwnedBy};
use upskill_domain::kernel::{self, BudgetId, Direction};

use super::{BudgetClosing, BudgetForecast, FundingRequest, LearningHours, LedgerEntry};
use crate::graphql::context::RequestContext;
use crate::graphql::edges::BudgetReported;
use crate::graphql::error::{ApiError, Isolated};
use crate::graphql::funding::inputs::{
    BudgetOrderField, BudgetStatus, FundingRequestFilter, FundingRequestOrderField, LedgerFilter, LimitMode,
};
use crate::graphql::funding::loaders::{BudgetOwners, Budgets, Closings, Forecasts};
use crate::graphql::id::wire;
use crate::graphql::organization::{Department, Employee};
use crate::graphql::page::{Connection, OrderBy, OrderDirection, PageArguments};
use crate::graphql::personal::{DataClass, personal, who};
use crate::graphql::plain::{Known, Plain};
use crate::graphql::programs::Program;
use crate::graphql::scalars::{Currency, Date, Money};

/// Money for learning, in layers. For its owners, the heads of its department and of those above, whoever a request to
/// it waits for now, `HR_ADMIN`, `HR_ANALYST`, FINANCE and AUDITOR.
#[derive(Clone)]
pub(crate) struct Budget(domain::Budget);

impl From<domain::Budget> for Budget {
    fn from(budget: domain::Budget) -> Self {
        Self(budget)
    }
}

impl Known for Budget {
    const KNOWN: &'static [&'static str] = &[
        "id",
        "name",
        "startsOn",
        "endsOn",
        "currency",
        "limitMode",
        "status",
        "balance",
        "learningHours",
        "version",
    ];
}

impl Budget {
    /// The budget with this id, batched with other look-ups of the request.
    pub(crate) async fn load(ctx: &Context<'_>, id: BudgetId) -> Result<Option<Self>, ApiError> {
        Ok(ctx.load::<Budgets, _>(id).await?.map(Self))
    }
}

/// Money for learning, in layers. For its owners, the heads of its department and of those above, whoever a request to
/// it waits for now, `HR_ADMIN`, `HR_ANALYST`, FINANCE and AUDITOR.
#[Object]
impl Budget {
    /// The id.
    pub(crate) async fn id(&self) -> ID {
        wire(self.0.id)
    }

    /// The name people know.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// The department it belongs to; null when it belongs to a program or to the employer as a whole.
    async fn department(&self, ctx: &Context<'_>) -> Isolated<Department> {
        match self.0.owned_by {
            OwnedBy::Department(id) => Department::load(ctx, id).await.transpose(),
            OwnedBy::Employer | OwnedBy::Program(_) => None,
        }
    }

    /// The program it belongs to; null when it belongs to a department or to the employer as a whole, or when the caller
    /// may not see it.
    async fn program(&self, ctx: &Context<'_>) -> Isolated<Program> {
        match self.0.owned_by {
            OwnedBy::Program(id) => Program::load(ctx, id).await.transpose(),
            OwnedBy::Employer | OwnedBy::Department(_) => None,
        }
    }

    /// The first day it is for.
    async fn starts_on(&self) -> Date {
        Date(self.0.period.from())
    }

    /// The last day it is for.
    async fn ends_on(&self) -> Date {
        Date(self.0.period.to())
    }

    /// The currency of every amount in it.
    async fn currency(&self) -> Currency {
        Currency(self.0.currency)
    }

    /// What happens when a promise needs more than is available.
    async fn limit_mode(&self) -> LimitMode {
        self.0.limit_mode.into()
    }

    /// Where it is in its life.
    async fn status(&self) -> BudgetStatus {
        self.0.status.into()
    }

    /// Its money, layer by layer, as the last entry of its ledger left it.
    async fn balance(&self) -> Plain<BudgetBalance> {
        BudgetBalance::new(self.0.balance, self.0.currency)
    }

    /// Its learning hours: for how much working time it may release people, and what it has promised of that.
    async fn learning_hours(&self) -> LearningHours {
        self.0.hours.into()
    }

    /// The budget it gets its money from; null at the top of the tree, or when the caller may not see that one.
    async fn parent(&self, ctx: &Context<'_>) -> Isolated<Budget> {
        match self.0.parent {
            Some(id) => Budget::load(ctx, id).await.transpose(),
            None => None,
        }
    }

    /// The budgets that get their money from it, by name, as far as the caller may see them.
    #[expect(clippy::too_many_arguments, reason = "a connection has four arguments of its own")]
    async fn children(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "Rows from the start of the list, 1 to 100; 20 when neither first nor last is given."
        )]
        first: Option<i32>,
        #[graphql(desc = "Only rows after this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end of the list, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
        #[graphql(desc = "How the list is sorted; by name when not given.")] order_by: Option<
            OrderBy<BudgetOrderField>,
        >,
    ) -> Result<Connection<Budget>, ApiError> {
        let filter =
            domain::BudgetFilter { parents: Some(vec![self.0.id]), ..domain::BudgetFilter::default() };
        let (field, direction) = OrderBy::read(order_by);
        let arguments = PageArguments { first, after, last, before };
        Connection::read(ctx, filter, (field.into(), direction), arguments).await
    }

    /// The people who answer for it, the longest-standing first; at least one.
    #[graphql(directive = personal::apply(DataClass::Activity, who(Action::ReadBudget)))]
    async fn owners(&self, ctx: &Context<'_>) -> Result<Vec<Employee>, ApiError> {
        let owners = ctx.load::<BudgetOwners, _>(self.0.id).await?.unwrap_or_default();
        let people = owners.into_iter().map(|person| Employee::load(ctx, person));
        Ok(futures_util::future::try_join_all(people).await?.into_iter().flatten().collect())
    }

    /// Its ledger, the newest entry first unless asked for otherwise. Entries never change.
    #[graphql(directive = personal::apply(DataClass::Funding, who(Action::ReadBudget)))]
    #[expect(clippy::too_many_arguments, reason = "a connection has four arguments of its own")]
    async fn ledger(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "Rows from the start of the list, 1 to 100; 20 when neither first nor last is given."
        )]
        first: Option<i32>,
        #[graphql(desc = "Only rows after this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end of the list, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
        #[graphql(desc = "Which entries to list; all when not given.")] filter: Option<LedgerFilter>,
        #[graphql(
            desc = "By sequence: DESC for the newest first, ASC for the oldest.",
            default_with = "OrderDirection::Desc"
        )]
        direction: OrderDirection,
    ) -> Result<Connection<LedgerEntry>, ApiError> {
        let arguments = PageArguments { first, after, last, before };
        let list = (self.0.id, filter.unwrap_or_default().into());
        Connection::read(ctx, list, Direction::from(direction), arguments).await
    }

    /// What was done when it was closed at the end of its days; null before.
    async fn closing(&self, ctx: &Context<'_>) -> Isolated<BudgetClosing> {
        let closing = ctx.load::<Closings, _>(self.0.id).await;
        closing.map(|closing| closing.map(BudgetClosing::from)).transpose()
    }

    /// What it is going to need, month by month, from what is known today; null when its days touch more than 120 months.
    async fn forecast(&self, ctx: &Context<'_>) -> Isolated<BudgetForecast> {
        let domain::Budget { id: budget, period, currency, .. } = self.0;
        let of = domain::ForecastOf { budget, period, currency };
        let forecast = ctx.load::<Forecasts, _>(of).await;
        forecast.map(|forecast| forecast.map(BudgetForecast::from)).transpose()
    }

    /// The reports about it.
    #[graphql(flatten)]
    #[expect(clippy::unused_async, reason = "a resolver is async")]
    async fn reported(&self) -> BudgetReported {
        BudgetReported::of(self.0.id, self.0.currency)
    }

    /// The requests asked of it, as far as the caller may see them.
    #[graphql(directive = personal::apply(DataClass::Funding, who(Action::ReadFundingRequest)))]
    #[expect(clippy::too_many_arguments, reason = "a connection has four arguments of its own")]
    async fn requests(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "Rows from the start of the list, 1 to 100; 20 when neither first nor last is given."
        )]
        first: Option<i32>,
        #[graphql(desc = "Only rows after this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end of the list, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
        #[graphql(desc = "Which of them to list; all when not given. A condition on budgets is overruled.")]
        filter: Option<FundingRequestFilter>,
        #[graphql(desc = "How the list is sorted; by submission when not given.")] order_by: Option<
            OrderBy<FundingRequestOrderField>,
        >,
    ) -> Result<Connection<FundingRequest>, ApiError> {
        let mut filter = domain::RequestFilter::try_from(filter.unwrap_or_default())?;
        filter.budgets = Some(vec![self.0.id]);
        let (field, direction) = OrderBy::read(order_by);
        let arguments = PageArguments { first, after, last, before };
        Connection::read(ctx, filter, (field.into(), direction), arguments).await
    }

    /// Counts changes of the budget itself; give it back as `expectedVersion` when changing it. Money that moves does
    /// not count.
    async fn version(&self) -> i32 {
        self.0.version
    }
}

/// The layers of a budget's money.
pub(crate) struct BudgetBalance {
    layers: Balance,
    currency: kernel::Currency,
}

impl BudgetBalance {
    pub(crate) fn new(layers: Balance, currency: kernel::Currency) -> Plain<Self> {
        Plain(Self { layers, currency })
    }
}

/// The layers of a budget's money.
#[Object]
impl BudgetBalance {
    /// What the budget was given.
    async fn allocated(&self) -> Money {
        money(self.layers.allocated, self.currency)
    }

    /// Of that, what it handed on to budgets below it.
    async fn distributed(&self) -> Money {
        money(self.layers.distributed, self.currency)
    }

    /// Promised to approved requests.
    async fn reserved(&self) -> Money {
        money(self.layers.reserved, self.currency)
    }

    /// Enrolled or ordered.
    async fn committed(&self) -> Money {
        money(self.layers.committed, self.currency)
    }

    /// Invoiced.
    async fn spent(&self) -> Money {
        money(self.layers.spent, self.currency)
    }

    /// What of `allocated` is left. Below 0 only in WARN mode.
    async fn available(&self) -> Money {
        money(self.layers.available(), self.currency)
    }
}

/// A layer as an amount. Layers are kept within what an amount can be.
pub(super) fn money(minor: i64, currency: kernel::Currency) -> Money {
    kernel::Money::new(minor, currency).unwrap_or_else(|_| kernel::Money::zero(currency)).into()
}
