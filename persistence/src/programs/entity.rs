//! Tables of programs.

pub(crate) mod program {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "program")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) employer_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) id: Uuid,
        pub(crate) name: String,
        pub(crate) name_key: String,
        pub(crate) search_key: String,
        pub(crate) purpose: Option<String>,
        pub(crate) owner_id: Uuid,
        pub(crate) starts_on: Date,
        pub(crate) ends_on: Date,
        pub(crate) status: String,
        pub(crate) version: i32,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub(crate) enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) mod program_skill {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "program_skill")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) employer_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) program_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) skill_id: Uuid,
        pub(crate) level: i32,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub(crate) enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) mod program_department {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "program_department")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) employer_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) program_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) department_id: Uuid,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub(crate) enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) mod program_course {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "program_course")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) employer_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) program_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) course_id: Uuid,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub(crate) enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) mod participant {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "participant")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) employer_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) id: Uuid,
        pub(crate) program_id: Uuid,
        pub(crate) employee_id: Uuid,
        pub(crate) status: String,
        pub(crate) invited_at: DateTimeUtc,
        pub(crate) joined_at: Option<DateTimeUtc>,
        pub(crate) completed_at: Option<DateTimeUtc>,
        pub(crate) left_at: Option<DateTimeUtc>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub(crate) enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
