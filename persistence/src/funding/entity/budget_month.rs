//! The table of sums of ledgers, month by month.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "budget_month")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) employer_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) budget_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) month: Date,
    pub(crate) allocated: i64,
    pub(crate) distributed: i64,
    pub(crate) reserved: i64,
    pub(crate) committed: i64,
    pub(crate) spent: i64,
    pub(crate) returned: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
