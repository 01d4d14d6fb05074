//! How the catalog is stored.

use async_trait::async_trait;

use crate::access::Scope;
use crate::kernel::{CourseId, Direction, Fault, LanguageTag, Money, Page, PageRequest, ProviderId, SkillId};

use super::{
    Course, CourseCard, CourseOrder, CoursePrice, CourseStatus, CourseWith, EqfLevel, Participation,
    PriceRange, Provider, ProviderKind, ProviderOrder, SubjectArea, Syllabus, TeachingCourse,
};

/// Writes within one employer's transaction.
#[async_trait]
pub trait CatalogWrites: Send {
    /// A provider, locked.
    async fn lock_provider(&mut self, id: ProviderId) -> Result<Option<Provider>, Fault>;
    /// Providers by id.
    async fn providers(&mut self, ids: &[ProviderId]) -> Result<Vec<Provider>, Fault>;
    /// Providers by the key of their name, see [`Provider::key`].
    async fn providers_by_key(&mut self, keys: &[String]) -> Result<Vec<Provider>, Fault>;
    /// Adds providers whose names are not in use; answers with how many those were.
    async fn insert_providers(&mut self, providers: &[Provider]) -> Result<u64, Fault>;
    /// Replaces a provider by id.
    async fn save_provider(&mut self, provider: &Provider) -> Result<(), Fault>;
    /// A course, locked.
    async fn lock_course(&mut self, id: CourseId) -> Result<Option<Course>, Fault>;
    /// Courses by code, locked.
    async fn lock_courses_by_code(&mut self, codes: &[String]) -> Result<Vec<Course>, Fault>;
    /// Courses by id.
    async fn courses(&mut self, ids: &[CourseId]) -> Result<Vec<Course>, Fault>;
    /// A published course that is described at one of these web addresses.
    async fn published_course_at(&mut self, addresses: &[String]) -> Result<Option<Course>, Fault>;
    /// What courses teach and expect; a course without anything may be left out.
    async fn syllabi(&mut self, ids: &[CourseId]) -> Result<Vec<(CourseId, Syllabus)>, Fault>;
    /// Every pair of a course and a course that it requires.
    async fn required_courses(&mut self) -> Result<Vec<(CourseId, CourseId)>, Fault>;
    /// Adds courses whose codes are not in use; answers with how many those were.
    async fn insert_courses(&mut self, courses: &[(Course, Syllabus)]) -> Result<u64, Fault>;
    /// Replaces courses by id, with what they teach and expect.
    async fn save_courses(&mut self, courses: &[(Course, Syllabus)]) -> Result<(), Fault>;
    /// Adds prices to the history.
    async fn append_prices(&mut self, prices: &[CoursePrice]) -> Result<(), Fault>;
}

/// Which providers a reader wants. A list that is not there means "any", an empty one "none".
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct ProviderFilter {
    /// Of one of these kinds.
    pub kinds: Option<Vec<ProviderKind>>,
    /// Whose name contains this, without regard to case.
    pub search: Option<String>,
}

/// Which courses a reader wants. A list that is not there means "any", an empty one "none". What a course does not say never matches.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct CourseFilter {
    /// In whose code, title, summary, skills or provider's name every one of these words occurs, without regard to
    /// case.
    pub search: Option<String>,
    /// Teaching at least one of these skills.
    pub skills: Option<Vec<SkillId>>,
    /// In one of these fields of education, or in one below.
    pub subjects: Option<Vec<SubjectArea>>,
    /// In science, technology, engineering or mathematics, or expressly not.
    pub stem: Option<bool>,
    /// Offered by one of these.
    pub providers: Option<Vec<ProviderId>>,
    /// Offered by one of these kinds of provider.
    pub provider_kinds: Option<Vec<ProviderKind>>,
    /// Taking at least this many weeks at its quickest.
    pub weeks_at_least: Option<i32>,
    /// Taking at most this many weeks at its slowest.
    pub weeks_at_most: Option<i32>,
    /// With a list price in this range.
    pub price: Option<PriceRange>,
    /// Taught in one of these languages; `en` includes `en-GB`.
    pub languages: Option<Vec<LanguageTag>>,
    /// Taking place in one of these forms.
    pub participations: Option<Vec<Participation>>,
    /// Belonging to a qualification of one of these levels.
    pub eqf_levels: Option<Vec<EqfLevel>>,
    /// With one of these codes.
    pub codes: Option<Vec<String>>,
    /// Of one of these statuses.
    pub statuses: Option<Vec<CourseStatus>>,
}

/// Which courses may stand in for another one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EquivalentSearch {
    /// The course.
    pub course: CourseId,
    /// They cost less than this.
    pub below: Money,
    /// They are none of these.
    pub except: Vec<CourseId>,
    /// At most so many.
    pub limit: u64,
}

/// Reads of the catalog.
#[async_trait]
pub trait CatalogReads: Send + Sync {
    /// Providers by id.
    async fn providers_by_id(&self, scope: Scope, ids: &[ProviderId]) -> Result<Vec<Provider>, Fault>;
    /// The same page of several lists of providers.
    async fn providers(
        &self,
        scope: Scope,
        lists: &[ProviderFilter],
        order: (ProviderOrder, Direction),
        page: &PageRequest,
    ) -> Result<Vec<Page<Provider>>, Fault>;
    /// How many providers each list has.
    async fn count_providers(&self, scope: Scope, lists: &[ProviderFilter]) -> Result<Vec<u64>, Fault>;
    /// Courses by id, of these statuses only.
    async fn courses_by_id(
        &self,
        scope: Scope,
        ids: &[CourseId],
        statuses: &[CourseStatus],
    ) -> Result<Vec<Course>, Fault>;
    /// What courses of these statuses teach and expect; a course without anything may be left out.
    async fn syllabi_by_id(
        &self,
        scope: Scope,
        ids: &[CourseId],
        statuses: &[CourseStatus],
    ) -> Result<Vec<(CourseId, Syllabus)>, Fault>;
    /// The same page of several lists of courses.
    async fn courses(
        &self,
        scope: Scope,
        lists: &[CourseFilter],
        order: (CourseOrder, Direction),
        page: &PageRequest,
        with: CourseWith,
    ) -> Result<Vec<Page<CourseCard>>, Fault>;
    /// Published courses that teach every skill that one course teaches, at its level or above, for less; the cheapest
    /// first, each with who offers it. None to a course that teaches nothing.
    async fn equivalents(
        &self,
        scope: Scope,
        search: &EquivalentSearch,
    ) -> Result<Vec<(Course, Provider)>, Fault>;
    /// The published courses that teach some skills at a level, with those of these skills that they teach.
    async fn teaching_courses(&self, scope: Scope, skills: &[SkillId]) -> Result<Vec<TeachingCourse>, Fault>;
    /// How many courses each list has.
    async fn count_courses(&self, scope: Scope, lists: &[CourseFilter]) -> Result<Vec<u64>, Fault>;
    /// The same page of the prices of several courses of these statuses, the newest last.
    async fn prices(
        &self,
        scope: Scope,
        statuses: &[CourseStatus],
        courses: &[CourseId],
        page: &PageRequest,
    ) -> Result<Vec<Page<CoursePrice>>, Fault>;
    /// How many prices each of several courses of these statuses has had.
    async fn count_prices(
        &self,
        scope: Scope,
        statuses: &[CourseStatus],
        courses: &[CourseId],
    ) -> Result<Vec<u64>, Fault>;
}
