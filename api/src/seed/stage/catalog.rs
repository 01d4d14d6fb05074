//! The catalog on the stage.

use async_trait::async_trait;
use upskill_domain::catalog::{CatalogWrites, Course, CoursePrice, CourseStatus, Provider, Syllabus};
use upskill_domain::kernel::{CourseId, Fault, ProviderId};

use super::Scene;

#[async_trait]
impl CatalogWrites for Scene {
    async fn lock_provider(&mut self, id: ProviderId) -> Result<Option<Provider>, Fault> {
        Ok(self.read().providers.get(&id).cloned())
    }

    async fn providers(&mut self, ids: &[ProviderId]) -> Result<Vec<Provider>, Fault> {
        Ok(self.read().providers.copies(ids))
    }

    async fn providers_by_key(&mut self, keys: &[String]) -> Result<Vec<Provider>, Fault> {
        let props = self.read();
        Ok(props.providers.all().iter().filter(|provider| keys.contains(&provider.key())).cloned().collect())
    }

    async fn insert_providers(&mut self, providers: &[Provider]) -> Result<u64, Fault> {
        let mut props = self.write();
        let known: Vec<String> = props.providers.all().iter().map(Provider::key).collect();
        let new: Vec<&Provider> =
            providers.iter().filter(|provider| !known.contains(&provider.key())).collect();
        for provider in &new {
            props.providers.put(provider.id, (*provider).clone());
        }
        Ok(count(new.len()))
    }

    async fn save_provider(&mut self, provider: &Provider) -> Result<(), Fault> {
        self.write().providers.put(provider.id, provider.clone());
        Ok(())
    }

    async fn lock_course(&mut self, id: CourseId) -> Result<Option<Course>, Fault> {
        Ok(self.read().courses.get(&id).map(|(course, _)| course.clone()))
    }

    async fn lock_courses_by_code(&mut self, codes: &[String]) -> Result<Vec<Course>, Fault> {
        let props = self.read();
        let courses = props.courses.all().iter().map(|(course, _)| course);
        Ok(courses.filter(|course| codes.contains(&course.code)).cloned().collect())
    }

    async fn courses(&mut self, ids: &[CourseId]) -> Result<Vec<Course>, Fault> {
        Ok(self.read().courses.copies(ids).into_iter().map(|(course, _)| course).collect())
    }

    async fn published_course_at(&mut self, addresses: &[String]) -> Result<Option<Course>, Fault> {
        let props = self.read();
        let there = |course: &&Course| {
            let url = course.url.as_ref().map(ToString::to_string);
            course.status == CourseStatus::Published && url.is_some_and(|url| addresses.contains(&url))
        };
        Ok(props.courses.all().iter().map(|(course, _)| course).filter(there).min_by_key(|c| c.id).cloned())
    }

    async fn syllabi(&mut self, ids: &[CourseId]) -> Result<Vec<(CourseId, Syllabus)>, Fault> {
        let found = self.read().courses.copies(ids);
        Ok(found.into_iter().map(|(course, syllabus)| (course.id, syllabus)).collect())
    }

    async fn required_courses(&mut self) -> Result<Vec<(CourseId, CourseId)>, Fault> {
        let props = self.read();
        let pairs = props.courses.all().iter().flat_map(|(course, syllabus)| {
            syllabus.prerequisites.courses.iter().map(|required| (course.id, *required))
        });
        Ok(pairs.collect())
    }

    async fn insert_courses(&mut self, courses: &[(Course, Syllabus)]) -> Result<u64, Fault> {
        let mut props = self.write();
        let known: Vec<String> = props.courses.all().iter().map(|(course, _)| course.code.clone()).collect();
        let new: Vec<_> = courses.iter().filter(|(course, _)| !known.contains(&course.code)).collect();
        for new in &new {
            props.courses.put(new.0.id, (*new).clone());
        }
        Ok(count(new.len()))
    }

    async fn save_courses(&mut self, courses: &[(Course, Syllabus)]) -> Result<(), Fault> {
        let mut props = self.write();
        for changed in courses {
            props.courses.put(changed.0.id, changed.clone());
        }
        Ok(())
    }

    async fn append_prices(&mut self, prices: &[CoursePrice]) -> Result<(), Fault> {
        self.write().prices.extend_from_slice(prices);
        Ok(())
    }
}

pub(super) fn count(number: usize) -> u64 {
    u64::try_from(number).unwrap_or(u64::MAX)
}
