//! What can be done to the catalog.

mod courses;
mod import;
mod offering;
mod prices;
mod providers;

pub use courses::{ChangeCourse, ChangeCourseRefusal, CreateCourse, CreateCourseRefusal};
pub use import::{ImportCourses, ImportCoursesRefusal};
pub use offering::{PublishCourseRefusal, RetireCourseRefusal};
pub use prices::{SetCoursePrice, SetCoursePriceRefusal};
pub use providers::{
    ChangeProvider, ChangeProviderRefusal, CreateProvider, CreateProviderRefusal, InvalidProvider,
    ProviderDetails,
};

use crate::access::Actor;
use crate::app::Core;

use super::course::Pricing;

/// The catalog's use cases.
#[derive(Clone, Copy)]
pub struct Catalog<'a> {
    pub(super) core: &'a Core,
}

impl<'a> Catalog<'a> {
    pub(crate) fn new(core: &'a Core) -> Self {
        Self { core }
    }

    /// A price set by the actor, now.
    fn pricing(self, actor: &Actor) -> Pricing {
        Pricing { id: self.core.id(), at: self.core.clock.now(), by: actor.employee() }
    }
}
