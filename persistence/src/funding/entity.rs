//! Tables of budgets, ledgers and requests.

pub(crate) mod action_link;
pub(crate) mod budget_month;

pub(crate) mod budget {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "budget")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) employer_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) id: Uuid,
        pub(crate) name: String,
        pub(crate) name_key: String,
        pub(crate) department_id: Option<Uuid>,
        pub(crate) program_id: Option<Uuid>,
        pub(crate) starts_on: Date,
        pub(crate) ends_on: Date,
        pub(crate) currency: String,
        pub(crate) parent_id: Option<Uuid>,
        pub(crate) limit_mode: String,
        pub(crate) status: String,
        pub(crate) allocated: i64,
        pub(crate) distributed: i64,
        pub(crate) reserved: i64,
        pub(crate) committed: i64,
        pub(crate) spent: i64,
        pub(crate) available: i64,
        pub(crate) entries: i64,
        pub(crate) version: i32,
        pub(crate) hours_allowance: Option<i64>,
        pub(crate) hours_reserved: i64,
        pub(crate) hours_committed: i64,
        pub(crate) hours_spent: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub(crate) enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) mod budget_owner {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "budget_owner")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) employer_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) budget_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) employee_id: Uuid,
        pub(crate) since: DateTimeUtc,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub(crate) enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) mod ledger_entry {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "ledger_entry")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) employer_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) id: Uuid,
        pub(crate) budget_id: Uuid,
        pub(crate) sequence: i64,
        pub(crate) kind: String,
        pub(crate) allocated: i64,
        pub(crate) distributed: i64,
        pub(crate) reserved: i64,
        pub(crate) committed: i64,
        pub(crate) spent: i64,
        pub(crate) currency: String,
        pub(crate) allocated_after: i64,
        pub(crate) distributed_after: i64,
        pub(crate) reserved_after: i64,
        pub(crate) committed_after: i64,
        pub(crate) spent_after: i64,
        pub(crate) request_id: Option<Uuid>,
        pub(crate) transfer_id: Option<Uuid>,
        pub(crate) reason: Option<String>,
        pub(crate) note: Option<String>,
        pub(crate) document: Option<String>,
        pub(crate) effective_on: Date,
        pub(crate) actor_id: Option<Uuid>,
        pub(crate) at: DateTimeUtc,
        pub(crate) hours_allowance: i64,
        pub(crate) hours_reserved: i64,
        pub(crate) hours_committed: i64,
        pub(crate) hours_spent: i64,
        pub(crate) hours_allowance_after: Option<i64>,
        pub(crate) hours_reserved_after: i64,
        pub(crate) hours_committed_after: i64,
        pub(crate) hours_spent_after: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub(crate) enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) mod funding_request {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "funding_request")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) employer_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) id: Uuid,
        pub(crate) employee_id: Uuid,
        pub(crate) course_id: Option<Uuid>,
        pub(crate) subject: String,
        pub(crate) title: String,
        pub(crate) provider_name: String,
        pub(crate) url: Option<String>,
        pub(crate) price: i64,
        pub(crate) price_currency: String,
        pub(crate) workload_minutes: Option<i32>,
        pub(crate) provider_kind: Option<String>,
        pub(crate) duration_weeks: Option<i32>,
        pub(crate) release_hours: Option<i32>,
        pub(crate) requested: i64,
        pub(crate) amount: i64,
        pub(crate) currency: String,
        pub(crate) conditions: Option<String>,
        pub(crate) co_funding: Option<String>,
        pub(crate) rate_mantissa: Option<i64>,
        pub(crate) rate_scale: Option<i32>,
        pub(crate) rate_day: Option<Date>,
        pub(crate) rate_source: Option<String>,
        pub(crate) tax_rates: Option<String>,
        pub(crate) budget_id: Uuid,
        pub(crate) program_id: Option<Uuid>,
        pub(crate) purpose: String,
        pub(crate) policy_version: i32,
        pub(crate) round: i32,
        pub(crate) status: String,
        pub(crate) reserved_until: Option<Date>,
        pub(crate) expiry_noticed_at: Option<DateTimeUtc>,
        pub(crate) committed: Option<i64>,
        pub(crate) order_number: Option<String>,
        pub(crate) starts_on: Option<Date>,
        pub(crate) proof: Option<String>,
        pub(crate) settled: Option<i64>,
        pub(crate) settled_on: Option<Date>,
        pub(crate) refunded: i64,
        pub(crate) recovered: i64,
        pub(crate) submitted_at: DateTimeUtc,
        pub(crate) decided_at: Option<DateTimeUtc>,
        pub(crate) committed_at: Option<DateTimeUtc>,
        pub(crate) settled_at: Option<DateTimeUtc>,
        pub(crate) ended_at: Option<DateTimeUtc>,
        pub(crate) version: i32,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub(crate) enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) mod approval_step {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "approval_step")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) employer_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) id: Uuid,
        pub(crate) request_id: Uuid,
        pub(crate) position: i32,
        pub(crate) assignee_id: Uuid,
        pub(crate) capacity: String,
        pub(crate) status: String,
        pub(crate) due_within_days: Option<i32>,
        pub(crate) waiting_since: Option<DateTimeUtc>,
        pub(crate) due_at: Option<DateTimeUtc>,
        pub(crate) inbox_at: Option<DateTimeUtc>,
        pub(crate) rule: i32,
        pub(crate) stranded_at: Option<DateTimeUtc>,
        pub(crate) remind_days_before: i32,
        pub(crate) notice: String,
        pub(crate) attend_at: Option<DateTimeUtc>,
        pub(crate) escalated_at: Option<DateTimeUtc>,
        pub(crate) escalated_from_id: Option<Uuid>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub(crate) enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) mod funding_comment {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "funding_comment")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) employer_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) id: Uuid,
        pub(crate) request_id: Uuid,
        pub(crate) by_id: Uuid,
        pub(crate) text: String,
        pub(crate) at: DateTimeUtc,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub(crate) enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) mod decision {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "decision")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) employer_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) id: Uuid,
        pub(crate) request_id: Uuid,
        pub(crate) step_id: Option<Uuid>,
        pub(crate) by_id: Option<Uuid>,
        pub(crate) on_behalf_of_id: Option<Uuid>,
        pub(crate) capacity: String,
        pub(crate) verdict: String,
        pub(crate) reason: Option<String>,
        pub(crate) conditions: Option<String>,
        pub(crate) changes: Option<String>,
        pub(crate) note: Option<String>,
        pub(crate) policy_version: i32,
        pub(crate) by_link: bool,
        pub(crate) price: i64,
        pub(crate) price_currency: String,
        pub(crate) amount: i64,
        pub(crate) currency: String,
        pub(crate) budget_id: Uuid,
        pub(crate) budget_name: String,
        pub(crate) available: i64,
        pub(crate) findings: String,
        pub(crate) at: DateTimeUtc,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub(crate) enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) mod funding_policy {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "funding_policy")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) employer_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) id: Uuid,
        pub(crate) name: String,
        pub(crate) number: Option<i32>,
        pub(crate) status: String,
        pub(crate) rules: String,
        pub(crate) created_at: DateTimeUtc,
        pub(crate) created_by: Option<Uuid>,
        pub(crate) published_at: Option<DateTimeUtc>,
        pub(crate) published_by: Option<Uuid>,
        pub(crate) superseded_at: Option<DateTimeUtc>,
        pub(crate) version: i32,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub(crate) enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) mod budget_closing {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "budget_closing")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) employer_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) id: Uuid,
        pub(crate) successor_id: Option<Uuid>,
        pub(crate) currency: String,
        pub(crate) moved_requests: i64,
        pub(crate) moved_waiting: i64,
        pub(crate) carried_promises: i64,
        pub(crate) carried_money: i64,
        pub(crate) lapsed: i64,
        pub(crate) kept_promises: i64,
        pub(crate) actor_id: Option<Uuid>,
        pub(crate) at: DateTimeUtc,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub(crate) enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) mod approval_delegation {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "approval_delegation")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) employer_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) id: Uuid,
        pub(crate) delegator_id: Uuid,
        pub(crate) delegate_id: Uuid,
        pub(crate) from_on: Date,
        pub(crate) until_on: Date,
        pub(crate) created_by: Option<Uuid>,
        pub(crate) created_at: DateTimeUtc,
        pub(crate) ended_at: Option<DateTimeUtc>,
        pub(crate) holds: bool,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub(crate) enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) mod approval_routing {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "approval_routing")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) employer_id: Uuid,
        pub(crate) position: i64,
        pub(crate) changed_at: Option<DateTimeUtc>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub(crate) enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) mod exchange_rate {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "exchange_rate")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) employer_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) id: Uuid,
        pub(crate) from_currency: String,
        pub(crate) to_currency: String,
        pub(crate) day: Date,
        pub(crate) mantissa: i64,
        pub(crate) scale: i32,
        pub(crate) source: String,
        pub(crate) set_by: Option<Uuid>,
        pub(crate) set_at: DateTimeUtc,
        pub(crate) withdrawn_at: Option<DateTimeUtc>,
        pub(crate) version: i32,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub(crate) enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
