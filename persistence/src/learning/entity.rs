//! Tables of enrollments.

pub(crate) mod enrollment {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "enrollment")]
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
        pub(crate) workload_minutes: Option<i32>,
        pub(crate) duration_weeks: Option<i32>,
        pub(crate) request_id: Option<Uuid>,
        pub(crate) program_id: Option<Uuid>,
        pub(crate) starts_on: Date,
        pub(crate) ends_on: Option<Date>,
        pub(crate) status: String,
        pub(crate) resumes_as: Option<String>,
        pub(crate) milestones: String,
        pub(crate) refunds: String,
        pub(crate) withdrawn_for: Option<String>,
        pub(crate) enrolled_at: DateTimeUtc,
        pub(crate) started_at: Option<DateTimeUtc>,
        pub(crate) submitted_at: Option<DateTimeUtc>,
        pub(crate) paused_at: Option<DateTimeUtc>,
        pub(crate) ended_at: Option<DateTimeUtc>,
        pub(crate) version: i32,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub(crate) enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) mod learning_time {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "learning_time")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) employer_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) id: Uuid,
        pub(crate) enrollment_id: Uuid,
        pub(crate) day: Date,
        pub(crate) minutes: i32,
        pub(crate) kind: String,
        pub(crate) note: Option<String>,
        pub(crate) by_id: Option<Uuid>,
        pub(crate) at: DateTimeUtc,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub(crate) enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) mod assessment {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "assessment")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) employer_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) id: Uuid,
        pub(crate) enrollment_id: Uuid,
        pub(crate) attempt: i32,
        pub(crate) outcome: String,
        pub(crate) score: Option<i32>,
        pub(crate) assessed_on: Date,
        pub(crate) by_id: Option<Uuid>,
        pub(crate) at: DateTimeUtc,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub(crate) enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) mod evidence {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "evidence")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) employer_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) id: Uuid,
        pub(crate) enrollment_id: Uuid,
        pub(crate) kind: String,
        pub(crate) title: String,
        pub(crate) url: Option<String>,
        pub(crate) file_reference: Option<String>,
        pub(crate) status: String,
        pub(crate) submitted_by_id: Option<Uuid>,
        pub(crate) submitted_at: DateTimeUtc,
        pub(crate) verifier: Option<String>,
        pub(crate) note: Option<String>,
        pub(crate) verified_by_id: Option<Uuid>,
        pub(crate) verified_at: Option<DateTimeUtc>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub(crate) enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) mod course_terms {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "course_terms")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) employer_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) id: Uuid,
        pub(crate) refunds: String,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub(crate) enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) mod follow_up {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "follow_up")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) employer_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) id: Uuid,
        pub(crate) enrollment_id: Uuid,
        pub(crate) employee_id: Uuid,
        pub(crate) respondent: String,
        pub(crate) after_days: i32,
        pub(crate) opens_on: Date,
        pub(crate) closes_on: Date,
        pub(crate) application: Option<String>,
        pub(crate) obstacle: Option<String>,
        pub(crate) note: Option<String>,
        pub(crate) answered_by_id: Option<Uuid>,
        pub(crate) answered_at: Option<DateTimeUtc>,
        pub(crate) told_at: Option<DateTimeUtc>,
        pub(crate) reminded_at: Option<DateTimeUtc>,
        pub(crate) mentor_id: Option<Uuid>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub(crate) enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) mod course_feedback {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "course_feedback")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) employer_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) id: Uuid,
        pub(crate) rating: i32,
        pub(crate) recommended: bool,
        pub(crate) comment: Option<String>,
        pub(crate) at: DateTimeUtc,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub(crate) enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) mod told_completion {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "told_completion")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) employer_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) id: Uuid,
        pub(crate) source: String,
        pub(crate) external_id: String,
        pub(crate) fingerprint: String,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub(crate) enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
