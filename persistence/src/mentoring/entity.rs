//! Tables of mentoring.

pub(crate) mod mentor {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "mentor")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) employer_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) id: Uuid,
        pub(crate) employee_id: Uuid,
        pub(crate) about: Option<String>,
        pub(crate) time_zone: String,
        pub(crate) capacity: i32,
        pub(crate) places_taken: i32,
        pub(crate) active_from: Date,
        pub(crate) active_to: Option<Date>,
        pub(crate) version: i32,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub(crate) enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) mod pairing {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "pairing")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) employer_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) id: Uuid,
        pub(crate) mentor_id: Uuid,
        pub(crate) mentored_by_id: Uuid,
        pub(crate) mentee_id: Uuid,
        pub(crate) enrollment_id: Option<Uuid>,
        pub(crate) replaces_id: Option<Uuid>,
        pub(crate) status: String,
        pub(crate) proposed_by_id: Option<Uuid>,
        pub(crate) proposed_at: DateTimeUtc,
        pub(crate) answer_by: Date,
        pub(crate) message: Option<String>,
        pub(crate) mentor_agreed_at: Option<DateTimeUtc>,
        pub(crate) mentee_agreed_at: Option<DateTimeUtc>,
        pub(crate) started_at: Option<DateTimeUtc>,
        pub(crate) paused_at: Option<DateTimeUtc>,
        pub(crate) ended_at: Option<DateTimeUtc>,
        pub(crate) declined_for: Option<String>,
        pub(crate) ended_for: Option<String>,
        pub(crate) closing_note: Option<String>,
        pub(crate) sessions: i32,
        pub(crate) minutes: i32,
        pub(crate) last_session_at: Option<DateTimeUtc>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub(crate) enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) mod mentoring_goal {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "mentoring_goal")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) employer_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) id: Uuid,
        pub(crate) pairing_id: Uuid,
        pub(crate) text: String,
        pub(crate) target_on: Option<Date>,
        pub(crate) status: String,
        pub(crate) url: Option<String>,
        pub(crate) set_by_id: Option<Uuid>,
        pub(crate) set_at: DateTimeUtc,
        pub(crate) closed_at: Option<DateTimeUtc>,
        pub(crate) version: i32,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub(crate) enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) mod mentoring_session {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "mentoring_session")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) employer_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) id: Uuid,
        pub(crate) pairing_id: Uuid,
        pub(crate) starts_at: DateTimeUtc,
        pub(crate) minutes: i32,
        pub(crate) attendance: String,
        pub(crate) topics: Option<String>,
        pub(crate) goals: Option<String>,
        pub(crate) recorded_by_id: Option<Uuid>,
        pub(crate) recorded_at: DateTimeUtc,
        pub(crate) version: i32,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub(crate) enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) mod mentoring_note {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "mentoring_note")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) employer_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) id: Uuid,
        pub(crate) pairing_id: Uuid,
        pub(crate) session_id: Uuid,
        pub(crate) by_id: Uuid,
        pub(crate) text: String,
        pub(crate) at: DateTimeUtc,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub(crate) enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) mod pairing_feedback {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "pairing_feedback")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) employer_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) pairing_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) side: String,
        pub(crate) by_id: Uuid,
        pub(crate) rating: i32,
        pub(crate) comment: Option<String>,
        pub(crate) at: DateTimeUtc,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub(crate) enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
