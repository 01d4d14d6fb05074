//! Tables of the catalog.

pub(crate) mod provider {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "provider")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) employer_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) id: Uuid,
        pub(crate) name: String,
        pub(crate) name_key: String,
        pub(crate) kind: String,
        pub(crate) country: Option<String>,
        pub(crate) region: Option<String>,
        pub(crate) accreditation: Option<String>,
        pub(crate) quality_assurance: Option<String>,
        pub(crate) website: Option<String>,
        pub(crate) version: i32,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub(crate) enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) mod course {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "course")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) employer_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) id: Uuid,
        pub(crate) code: String,
        pub(crate) title: String,
        pub(crate) title_key: String,
        pub(crate) search_key: String,
        pub(crate) summary: Option<String>,
        pub(crate) provider_id: Uuid,
        pub(crate) subject_area: Option<String>,
        pub(crate) language: Option<String>,
        pub(crate) participation: Option<String>,
        pub(crate) weeks_min: Option<i32>,
        pub(crate) weeks_max: Option<i32>,
        pub(crate) weeks_order: i64,
        pub(crate) workload_hours: Option<i32>,
        pub(crate) paid_release_hours: Option<i32>,
        pub(crate) ects_hundredths: Option<i32>,
        pub(crate) eqf_level: Option<i32>,
        pub(crate) assessment_type: Option<String>,
        pub(crate) supervision: Option<String>,
        pub(crate) learning_outcomes: String,
        pub(crate) milestones: Option<String>,
        pub(crate) credit_toward: Option<String>,
        pub(crate) url: Option<String>,
        pub(crate) price_minor: Option<i64>,
        pub(crate) currency: Option<String>,
        pub(crate) status: String,
        pub(crate) created_at: DateTimeUtc,
        pub(crate) version: i32,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub(crate) enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) mod course_skill {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "course_skill")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) employer_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) course_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) role: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) skill_id: Uuid,
        pub(crate) level: Option<i32>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub(crate) enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) mod course_requirement {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "course_requirement")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) employer_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) course_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) required_id: Uuid,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub(crate) enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) mod course_price {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "course_price")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) employer_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) id: Uuid,
        pub(crate) course_id: Uuid,
        pub(crate) price_minor: Option<i64>,
        pub(crate) currency: Option<String>,
        pub(crate) valid_from: DateTimeUtc,
        pub(crate) set_by: Option<Uuid>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub(crate) enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
