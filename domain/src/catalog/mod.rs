//! The catalog: who offers which courses, what they teach, and what they cost.
//!
//! A course is a micro-credential on offer: self-study, tasks, assessment, certificate. What is here follows the
//! elements of the Council Recommendation on micro-credentials (2022/C 243/02).
//!
//! * C1: what somebody asks to be funded is frozen as an [`Offer`], so history stays readable after a course changes.
//! * C2: [`MicroCredentialCompleteness`] names the mandatory elements that a course cannot supply.
//! * C3: a price of 0 is a price; no price means that it is unknown. Every price a course ever had is kept.
//! * C4: a course found outside can be adopted: everything but code, title and provider may be unknown.
//!
//! States of a course: DRAFT -> PUBLISHED <-> RETIRED. Drafts are for those who run the catalog; whatever was published
//! once stays readable for everybody.
//!
//! Catalogs come as files of other people's making: [`CourseMapping`] finds the columns, [`plan`] decides every row.
//!
//! Locks: courses in the order of their codes.

mod assessment;
mod cells;
mod closing;
mod commands;
mod course;
mod details;
mod event;
mod line;
mod mapping;
mod micro_credential;
mod milestone;
mod offer;
mod plan;
mod ports;
mod price;
mod provider;
mod queries;
mod sheet;
mod subject;
mod syllabus;
mod workload;

pub use assessment::{AssessmentType, EqfLevel, Supervision};
pub use closing::{ClosingGoal, GapClosing, TeachingCourse};
pub use commands::{
    Catalog, ChangeCourse, ChangeCourseRefusal, ChangeProvider, ChangeProviderRefusal, CreateCourse,
    CreateCourseRefusal, CreateProvider, CreateProviderRefusal, ImportCourses, ImportCoursesRefusal,
    InvalidProvider, ProviderDetails, PublishCourseRefusal, RetireCourseRefusal, SetCoursePrice,
    SetCoursePriceRefusal,
};
pub use course::{Course, CourseCard, CourseOrder, CourseStatus, CourseWith, Participation};
pub use details::{CourseDetails, InvalidCourse};
pub use event::CatalogEvent;
pub use line::{
    CourseColumn, CourseLine, CourseOutcome, CourseProblem, CourseReport, CourseResult, ImportOptions,
    MAX_COURSE_ROWS,
};
pub use mapping::{CourseMapping, MappingError};
pub use micro_credential::{MicroCredentialCompleteness, MicroCredentialElement};
pub use milestone::CourseMilestone;
pub use offer::Offer;
pub use plan::{ChangedCourse, CoursePlan, Importer, KnownCatalog, plan};
pub use ports::{CatalogReads, CatalogWrites, CourseFilter, EquivalentSearch, ProviderFilter};
pub use price::{CoursePrice, PriceRange};
pub use provider::{Provider, ProviderKind, ProviderOrder};
pub use queries::ClosingAsked;
pub use sheet::Sheet;
pub use subject::SubjectArea;
pub use syllabus::{Prerequisites, SkillAtLevel, Syllabus, TaughtSkill};
pub use workload::{Ects, WeekRange};
