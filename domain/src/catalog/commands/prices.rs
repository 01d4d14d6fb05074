//! Setting list prices.

use serde::Serialize;

use crate::access::{Action, Actor, policy};
use crate::app::Keyed;
use crate::journal::{IdempotencyKey, Reused};
use crate::kernel::{CourseId, Failure, Fault, Money, Refusal};

use crate::catalog::{Catalog, CatalogEvent, Course};

/// A list price to set, from now on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SetCoursePrice {
    /// Makes a retry safe.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// Of which course.
    pub id: CourseId,
    /// The price per person. 0 is a price; nothing makes it unknown (C3).
    pub price: Option<Money>,
}

/// Why a price was not set.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SetCoursePriceRefusal {
    /// Below zero.
    #[error("a course cannot cost {0}; 0 is the least, and no price means that it is unknown")]
    Negative(Money),
    /// The idempotency key belongs to another request.
    #[error(transparent)]
    KeyReused(#[from] Reused),
}

impl Refusal for SetCoursePriceRefusal {
    fn field(&self) -> &'static [&'static str] {
        match self {
            Self::Negative(_) => &["input", "price"],
            Self::KeyReused(_) => &["input", "idempotencyKey"],
        }
    }
}

impl Catalog<'_> {
    /// Sets the list price of a course, and keeps the former one in its history (C3).
    pub async fn set_course_price(
        self,
        actor: &Actor,
        command: SetCoursePrice,
    ) -> Result<Course, Failure<SetCoursePriceRefusal>> {
        policy::require(actor, Action::ManageCatalog, &[])?;
        let mut tx = self.core.store.begin(actor.employer).await?;
        let keyed = Keyed { key: command.key.as_ref(), command: "setCoursePrice", input: &command };
        let replay = self.core.claim::<_, SetCoursePriceRefusal>(&mut *tx, actor, keyed, command.id).await?;
        let found = tx.lock_course(command.id).await?;
        let mut course = found.ok_or_else(|| Fault::not_found(command.id))?;
        if replay.is_some() {
            return Ok(course);
        }
        let price = not_negative(command.price).map_err(SetCoursePriceRefusal::Negative)?;
        if let Some(entry) = course.set_price(price, self.pricing(actor)) {
            course.touch();
            let syllabus = tx.syllabi(&[course.id]).await?.pop().map(|(_, syllabus)| syllabus);
            tx.save_courses(&[(course.clone(), syllabus.unwrap_or_default())]).await?;
            tx.append_prices(&[entry]).await?;
            self.core
                .record(&mut *tx, actor, &[CatalogEvent::CoursePriced { course: course.id, price }])
                .await?;
        }
        tx.commit().await?;
        Ok(course)
    }
}

/// A price that a course can have: unknown, or at least 0. The other kind comes back as the error.
pub(super) fn not_negative(price: Option<Money>) -> Result<Option<Money>, Money> {
    match price {
        Some(price) if price.is_negative() => Err(price),
        other => Ok(other),
    }
}
