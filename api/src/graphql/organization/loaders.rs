//! Neighbors that were not joined.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::dataloader::Loader;
use upskill_domain::access::Actor;
use upskill_domain::app::App;
use upskill_domain::kernel::{DepartmentId, EmployeeId, Fault, RoleGrantId};
use upskill_domain::organization::{Colleague, Department, Employment, RoleGrant};

use crate::graphql::context::RequestLoader;

/// People by id.
pub(crate) struct Colleagues {
    app: App,
    actor: Arc<Actor>,
}

impl RequestLoader for Colleagues {
    fn new(app: App, actor: Arc<Actor>) -> Self {
        Self { app, actor }
    }
}

impl Loader<EmployeeId> for Colleagues {
    type Value = Colleague;
    type Error = Arc<Fault>;

    async fn load(&self, keys: &[EmployeeId]) -> Result<HashMap<EmployeeId, Colleague>, Arc<Fault>> {
        let found = self.app.organization().colleagues_by_id(&self.actor, keys).await?;
        Ok(found.into_iter().map(|colleague| (colleague.id, colleague)).collect())
    }
}

/// Departments by id.
pub(crate) struct Departments {
    app: App,
    actor: Arc<Actor>,
}

impl RequestLoader for Departments {
    fn new(app: App, actor: Arc<Actor>) -> Self {
        Self { app, actor }
    }
}

impl Loader<DepartmentId> for Departments {
    type Value = Department;
    type Error = Arc<Fault>;

    async fn load(&self, keys: &[DepartmentId]) -> Result<HashMap<DepartmentId, Department>, Arc<Fault>> {
        let found = self.app.organization().departments_by_id(&self.actor, keys).await?;
        Ok(found.into_iter().map(|department| (department.id, department)).collect())
    }
}

/// The employment of those people whose employment the actor may see.
pub(crate) struct Employments {
    app: App,
    actor: Arc<Actor>,
}

impl RequestLoader for Employments {
    fn new(app: App, actor: Arc<Actor>) -> Self {
        Self { app, actor }
    }
}

impl Loader<EmployeeId> for Employments {
    type Value = Employment;
    type Error = Arc<Fault>;

    async fn load(&self, keys: &[EmployeeId]) -> Result<HashMap<EmployeeId, Employment>, Arc<Fault>> {
        let found = self.app.organization().employments_by_id(&self.actor, keys).await?;
        Ok(found.into_iter().map(|employment| (employment.employee, employment)).collect())
    }
}

/// Granted roles by id; none for who may not read them.
pub(crate) struct RoleGrants {
    app: App,
    actor: Arc<Actor>,
}

impl RequestLoader for RoleGrants {
    fn new(app: App, actor: Arc<Actor>) -> Self {
        Self { app, actor }
    }
}

impl Loader<RoleGrantId> for RoleGrants {
    type Value = RoleGrant;
    type Error = Arc<Fault>;

    async fn load(&self, keys: &[RoleGrantId]) -> Result<HashMap<RoleGrantId, RoleGrant>, Arc<Fault>> {
        let found = self.app.organization().grants_by_id(&self.actor, keys).await?;
        Ok(found.into_iter().map(|grant| (grant.id, grant)).collect())
    }
}
