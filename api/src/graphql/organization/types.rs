//! The objects of the organization.

use async_graphql::{Context, ID, Object, SimpleObject};
use upskill_domain::access::Action;
use upskill_domain::kernel::{DepartmentId, Direction, EmployeeId, Joined, RoleGrantId};
use upskill_domain::organization::{
    self as domain, Colleague, ColleagueCard, ColleagueFilter, ColleagueOrder, ColleagueWith,
};

use super::inputs::{EmployeeOrderField, EmploymentStatus, Role};
use super::loaders::{Colleagues, Departments, Employments, RoleGrants};
use crate::graphql::context::RequestContext;
use crate::graphql::edges::{EmployeeEdges, Reported, Returned, Skilled};
use crate::graphql::error::{ApiError, Isolated, isolated};
use crate::graphql::id::wire;
use crate::graphql::look_ahead::Selection;
use crate::graphql::page::{Connection, OrderBy, PageArguments};
use crate::graphql::personal::{DataClass, personal, who};
use crate::graphql::plain::{Known, Partly};
use crate::graphql::scalars::{CountryCode, Date, DateTime, EmailAddress};

/// A person on the employer's roster, as every colleague may look them up. What only some may see stands in objects of
/// its own, such as `employment`.
#[derive(Clone)]
pub(crate) struct Employee(ColleagueCard);

impl From<ColleagueCard> for Employee {
    fn from(card: ColleagueCard) -> Self {
        Self(card)
    }
}

impl From<Colleague> for Employee {
    fn from(colleague: Colleague) -> Self {
        Self(ColleagueCard { colleague, department: Joined::Unasked, manager: Joined::Unasked })
    }
}

impl Known for Employee {
    const KNOWN: &'static [&'static str] = &["id", "externalId", "name"];
}

impl Employee {
    /// The person with this id, batched with other look-ups of the request.
    pub(crate) async fn load(ctx: &Context<'_>, id: EmployeeId) -> Result<Option<Self>, ApiError> {
        Ok(ctx.load::<Colleagues, _>(id).await?.map(Self::from))
    }

    /// What everybody may know of a person who is here, and of one who has left only who may see their employment.
    async fn if_open<T>(&self, ctx: &Context<'_>, value: Option<T>) -> Result<Option<T>, ApiError> {
        let Colleague { id, left, .. } = self.0.colleague;
        let open = !left || value.is_none() || ctx.load::<Employments, _>(id).await?.is_some();
        Ok(value.filter(|_| open))
    }
}

/// Which neighbors of people the selection asks for.
pub(crate) fn colleague_with(selection: &Selection<'_>) -> ColleagueWith {
    ColleagueWith { department: selection.asks("department"), manager: selection.asks("manager") }
}

/// A person on the employer's roster, as every colleague may look them up. What only some may see stands in objects of
/// its own, such as `employment`.
#[Object(directive = personal::apply(DataClass::Identity, who(Action::ReadDirectory)))]
impl Employee {
    /// The id.
    pub(crate) async fn id(&self) -> ID {
        wire(self.0.colleague.id)
    }

    /// The id that the employer's HR system gave the person, unique within the employer.
    async fn external_id(&self) -> &str {
        &self.0.colleague.external_id
    }

    /// The full name.
    async fn name(&self) -> &str {
        &self.0.colleague.name
    }

    /// The e-mail address, in small letters; null when the roster has none. Of a person who has left it is shown to those
    /// only who see their `employment`.
    async fn email(&self, ctx: &Context<'_>) -> Isolated<EmailAddress> {
        let address = self.0.colleague.email.clone().map(EmailAddress);
        isolated(async { self.if_open(ctx, address).await }).await
    }

    /// What the person does; null when the roster does not say. Of a person who has left it is shown to those only who
    /// see their `employment`.
    async fn job_title(&self, ctx: &Context<'_>) -> Isolated<&str> {
        isolated(async { self.if_open(ctx, self.0.colleague.job_title.as_deref()).await }).await
    }

    /// Where the person works; null when they are in no department.
    async fn department(&self, ctx: &Context<'_>) -> Isolated<Partly<Department>> {
        let department = match (&self.0.department, self.0.colleague.department) {
            (Joined::Present(department), _) => Some(Ok(department.as_ref().clone().into())),
            (Joined::Unasked, Some(id)) => Department::load(ctx, id).await.transpose(),
            (Joined::Absent, _) | (Joined::Unasked, None) => None,
        };
        department.map(|read| read.map(Partly))
    }

    /// Whom the person reports to; null at the top of the line.
    async fn manager(&self, ctx: &Context<'_>) -> Isolated<Partly<Employee>> {
        let manager = match (&self.0.manager, self.0.colleague.manager) {
            (Joined::Present(manager), _) => Some(Ok(manager.as_ref().clone().into())),
            (Joined::Unasked, Some(id)) => Employee::load(ctx, id).await.transpose(),
            (Joined::Absent, _) | (Joined::Unasked, None) => None,
        };
        manager.map(|read| read.map(Partly))
    }

    /// Who reports directly to the person and has not left.
    async fn reports(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "Rows from the start of the list, 1 to 100; 20 when neither first nor last is given."
        )]
        first: Option<i32>,
        #[graphql(desc = "Only rows after this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end of the list, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
    ) -> Result<Connection<Employee>, ApiError> {
        let filter =
            ColleagueFilter { managers: Some(vec![self.0.colleague.id]), ..ColleagueFilter::default() };
        let arguments = PageArguments { first, after, last, before };
        Connection::read(ctx, filter, (ColleagueOrder::Name, Direction::Ascending), arguments).await
    }

    /// Status, dates, hours and work place. For the person, the managers above them, `HR_ADMIN` and `HR_ANALYST`; null
    /// for everybody else.
    async fn employment(&self, ctx: &Context<'_>) -> Isolated<Employment> {
        isolated(async { Ok(ctx.load::<Employments, _>(self.0.colleague.id).await?.map(Employment::from)) })
            .await
    }

    /// What other capabilities know of the person.
    #[graphql(flatten)]
    #[expect(clippy::unused_async, reason = "a resolver is async")]
    async fn edges(&self) -> EmployeeEdges {
        EmployeeEdges::of(self.0.colleague.id)
    }
}

/// The terms of a person's work.
#[derive(SimpleObject)]
#[graphql(directive = personal::apply(DataClass::Employment, who(Action::ReadEmployment)))]
pub(crate) struct Employment {
    /// Whether the person is at work.
    status: EmploymentStatus,
    /// The first day.
    hired_on: Date,
    /// The last day; null as long as none is known.
    left_on: Option<Date>,
    /// Agreed working time in minutes a week, 0 to 4800.
    weekly_minutes: i32,
    /// The country of work; null when the roster does not say.
    work_country: Option<CountryCode>,
    /// The region of work within the country, as the employer writes it; null when the roster does not say.
    work_region: Option<String>,
}

impl From<domain::Employment> for Employment {
    fn from(employment: domain::Employment) -> Self {
        Self {
            status: employment.status.into(),
            hired_on: Date(employment.hired_on),
            left_on: employment.left_on.map(Date),
            weekly_minutes: employment.weekly_minutes,
            work_country: employment.work_country.map(CountryCode),
            work_region: employment.work_region,
        }
    }
}

/// A department. Departments form a tree.
#[derive(Clone)]
pub(crate) struct Department(domain::Department);

impl From<domain::Department> for Department {
    fn from(department: domain::Department) -> Self {
        Self(department)
    }
}

impl Known for Department {
    const KNOWN: &'static [&'static str] = &["id", "code", "name", "version"];
}

impl Department {
    /// The department with this id, batched with other look-ups of the request.
    pub(crate) async fn load(ctx: &Context<'_>, id: DepartmentId) -> Result<Option<Self>, ApiError> {
        Ok(ctx.load::<Departments, _>(id).await?.map(Self))
    }
}

/// A department. Departments form a tree.
#[Object]
impl Department {
    /// The id.
    pub(crate) async fn id(&self) -> ID {
        wire(self.0.id)
    }

    /// The code by which other systems know it, unique within the employer.
    async fn code(&self) -> &str {
        &self.0.code
    }

    /// The name people know.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// The department above; null at the top of the tree.
    async fn parent(&self, ctx: &Context<'_>) -> Isolated<Department> {
        match self.0.parent {
            Some(id) => Department::load(ctx, id).await.transpose(),
            None => None,
        }
    }

    /// Who heads it; null when nobody does.
    #[graphql(directive = personal::apply(DataClass::Employment, who(Action::ReadDirectory)))]
    async fn head(&self, ctx: &Context<'_>) -> Isolated<Employee> {
        match self.0.head {
            Some(id) => Employee::load(ctx, id).await.transpose(),
            None => None,
        }
    }

    /// Who works in it and has not left. Those of departments below are not among them.
    #[graphql(directive = personal::apply(DataClass::Identity, who(Action::ReadDirectory)))]
    #[expect(clippy::too_many_arguments, reason = "a connection has four arguments of its own")]
    async fn employees(
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
            OrderBy<EmployeeOrderField>,
        >,
    ) -> Result<Connection<Employee>, ApiError> {
        let filter = ColleagueFilter { departments: Some(vec![self.0.id]), ..ColleagueFilter::default() };
        let (field, direction) = OrderBy::read(order_by);
        let arguments = PageArguments { first, after, last, before };
        Connection::read(ctx, filter, (field.into(), direction), arguments).await
    }

    /// Counts changes; give it back as `expectedVersion` when changing the department.
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// The reports about it.
    #[graphql(flatten)]
    #[expect(clippy::unused_async, reason = "a resolver is async")]
    async fn reported(&self) -> Reported {
        Reported::department(self.0.id)
    }

    /// What is known of the skills of its people.
    #[graphql(flatten)]
    #[expect(clippy::unused_async, reason = "a resolver is async")]
    async fn skilled(&self) -> Skilled {
        Skilled::department(self.0.id)
    }

    /// What programs took for its people.
    #[graphql(flatten)]
    #[expect(clippy::unused_async, reason = "a resolver is async")]
    async fn returned(&self) -> Returned {
        Returned::department(self.0.id)
    }
}

/// One role that was granted to one person.
#[derive(Clone)]
pub(crate) struct RoleGrant(domain::RoleGrant);

impl From<domain::RoleGrant> for RoleGrant {
    fn from(grant: domain::RoleGrant) -> Self {
        Self(grant)
    }
}

impl RoleGrant {
    /// The grant with this id, for `node`.
    pub(crate) async fn load(ctx: &Context<'_>, id: RoleGrantId) -> Result<Option<Self>, ApiError> {
        Ok(ctx.load::<RoleGrants, _>(id).await?.map(Self))
    }
}

impl Known for RoleGrant {
    const KNOWN: &'static [&'static str] = &["id", "role", "grantedAt"];
}

/// One role that was granted to one person.
#[Object(directive = personal::apply(DataClass::Access, who(Action::ReadRoleGrants)))]
impl RoleGrant {
    /// The id.
    pub(crate) async fn id(&self) -> ID {
        wire(self.0.id)
    }

    /// Who holds the role.
    async fn employee(&self, ctx: &Context<'_>) -> Isolated<Employee> {
        Employee::load(ctx, self.0.employee).await.transpose()
    }

    /// The role.
    async fn role(&self) -> Role {
        self.0.role.into()
    }

    /// Who granted it; null when the installation itself did.
    async fn granted_by(&self, ctx: &Context<'_>) -> Isolated<Employee> {
        match self.0.granted_by {
            Some(id) => Employee::load(ctx, id).await.transpose(),
            None => None,
        }
    }

    /// When it was granted.
    async fn granted_at(&self) -> DateTime {
        DateTime(self.0.granted_at)
    }
}
