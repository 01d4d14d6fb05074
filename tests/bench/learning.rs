//! Enrollments by the hundred thousand. Telling them through the use cases would take hours, so their rows are written in
//! bulk: with the entries of the journal that belong to them, in the product's own words and under its own seal. What
//! reports are made of is then counted by the product, which also has to find the whole of it right.

use std::fmt::{Display, Write as _};
use std::ops::Range;
use std::time::Instant;

use anyhow::{Context as _, ensure};
use chrono::{DateTime, TimeDelta, Utc};
use sqlx::{Connection as _, PgConnection};
use upskill_domain::access::{Actor, Roles, Who};
use upskill_domain::journal::{Entry, Hash, Seal};
use upskill_domain::kernel::{CourseId, EmployeeId, EmployerId, EnrollmentId, LearningTimeId, TypedId};
use upskill_domain::learning::{LearningEvent, WithdrawalReason};
use uuid::Uuid;

use crate::seed::{EMPLOYER, Seeded};
use crate::server::Upskill;

/// How many enrollments are written at once.
const AT_ONCE: usize = 20_000;
/// How long a course takes. Whoever began later than that before today would still be learning.
const LASTS_DAYS: i64 = 30;
/// Since when people enroll, in days before today: all of this year and nearly all of the last.
const SINCE_DAYS: i64 = 660;

/// Gives an employer as many enrollments as it is to have, and has them counted. They are of people who work there, in
/// courses that are offered, over two years; all of them are over, and one in six was not completed.
pub(crate) async fn fill(upskill: &Upskill, seeded: &Seeded, wanted: usize) -> anyhow::Result<()> {
    let mut connection = PgConnection::connect_with(&seeded.options).await?;
    let known: i64 = sqlx::query_scalar("SELECT count(*) FROM enrollment").fetch_one(&mut connection).await?;
    let missing = wanted.saturating_sub(usize::try_from(known)?);
    if missing > 0 {
        timed(&format!("{known} enrollments are there, {missing} were written"), async {
            let mut tx = connection.begin().await?;
            let employer = Employer::read(&mut tx).await?;
            let mut journal = Journal::of(&mut tx, employer.id).await?;
            for first in (0..missing).step_by(AT_ONCE) {
                let numbers = first..missing.min(first + AT_ONCE);
                copy(&mut tx, &employer.tell(numbers, missing, &mut journal)?).await?;
            }
            journal.end(&mut tx).await?;
            Ok(tx.commit().await?)
        })
        .await?;
        timed("they were counted for reports", async {
            upskill.run(&seeded.url, &["rebuild", "reports", "--employer", EMPLOYER]).map(drop)
        })
        .await?;
        timed("journal, ledgers, reports and returns were verified", async {
            upskill.run(&seeded.url, &["verify"]).map(drop)
        })
        .await?;
    }
    take_stock(upskill, seeded).await?;
    sqlx::raw_sql("VACUUM ANALYZE").execute(&mut connection).await?;
    sqlx::raw_sql("CHECKPOINT").execute(&mut connection).await?;
    Ok(())
}

/// Has the worker take the stock of skills anew, as it does every day.
async fn take_stock(upskill: &Upskill, seeded: &Seeded) -> anyhow::Result<()> {
    let people: i64 = sqlx::query_scalar("SELECT count(*) FROM employee WHERE status <> 'LEFT'")
        .fetch_one(&seeded.pool)
        .await?;
    sqlx::raw_sql("UPDATE skills_stock SET taken_on = taken_on - 1").execute(&seeded.pool).await?;
    let done = "SELECT count(*) = 0 FROM skills_stock s JOIN employer o ON o.id = s.employer_id \
        WHERE s.taken_at < $1";
    let took = upskill.work_until(&seeded.url, &seeded.pool, done).await?;
    println!("  a worker took stock of the skills of {people} people in {:.1} s", took.as_secs_f64());
    Ok(())
}

/// Says how long something took.
async fn timed<T>(what: &str, work: impl Future<Output = anyhow::Result<T>>) -> anyhow::Result<T> {
    let begun = Instant::now();
    let outcome = work.await?;
    println!("  {what} in {:.1} s", begun.elapsed().as_secs_f64());
    Ok(outcome)
}

/// A course as it is frozen on an enrollment.
struct Course {
    id: Uuid,
    title: String,
    provider: String,
    url: Option<String>,
    minutes: Option<i32>,
    weeks: Option<i32>,
}

/// The same as the database gives it.
type CourseRow = (Uuid, String, String, Option<String>, Option<i32>, Option<i32>);

/// An employer whose people enroll.
struct Employer {
    id: EmployerId,
    people: Vec<Uuid>,
    courses: Vec<Course>,
    /// Who says that somebody has completed a course.
    hr: EmployeeId,
    /// When the first of them enrolls, and until when the last does.
    since: DateTime<Utc>,
    until: DateTime<Utc>,
}

/// The end of an employer's journal.
struct Journal {
    employer: EmployerId,
    position: i64,
    hash: Hash,
    ids: Fresh,
}

/// Ids that follow all that were given out before, each greater than the one before it.
struct Fresh {
    milliseconds: u128,
    given: u128,
}

impl Fresh {
    fn next<I: TypedId>(&mut self) -> I {
        self.given += 1;
        I::from_uuid(Uuid::from_u128((self.milliseconds << 80) | (0x7000_8000 << 48) | self.given))
    }
}

/// Rows as COPY takes them.
#[derive(Default)]
struct Tables {
    enrollments: String,
    times: String,
    entries: String,
}

/// One enrollment of somebody in a course, and how it ended.
struct Taken<'e> {
    id: EnrollmentId,
    employee: EmployeeId,
    course: &'e Course,
    from: DateTime<Utc>,
    to: DateTime<Utc>,
    end: End,
}

#[derive(Clone, Copy)]
enum End {
    GivenUp,
    Failed,
    Passed,
}

impl Employer {
    async fn read(tx: &mut PgConnection) -> anyhow::Result<Self> {
        let now: DateTime<Utc> =
            sqlx::query_scalar("SELECT date_trunc('day', now())").fetch_one(&mut *tx).await?;
        let since = now - TimeDelta::days(SINCE_DAYS);
        let id: Uuid = sqlx::query_scalar("SELECT id FROM employer WHERE slug = $1")
            .bind(EMPLOYER)
            .fetch_one(&mut *tx)
            .await?;
        let people = "SELECT id FROM employee WHERE employer_id = $1 AND status = 'ACTIVE' AND hired_on <= $2 \
            ORDER BY id";
        let people: Vec<Uuid> =
            sqlx::query_scalar(people).bind(id).bind(since.date_naive()).fetch_all(&mut *tx).await?;
        let courses = "SELECT c.id, c.title, p.name, c.url, c.workload_hours * 60, c.weeks_max FROM course c JOIN provider p \
            ON p.employer_id = c.employer_id AND p.id = c.provider_id WHERE c.employer_id = $1 AND c.status = 'PUBLISHED' ORDER BY c.id";
        let courses: Vec<CourseRow> = sqlx::query_as(courses).bind(id).fetch_all(&mut *tx).await?;
        let course =
            |(id, title, provider, url, minutes, weeks)| Course { id, title, provider, url, minutes, weeks };
        let courses: Vec<Course> = courses.into_iter().map(course).collect();
        ensure!(
            !people.is_empty() && !courses.is_empty(),
            "the seed has nobody who learns, or nothing to learn"
        );
        let hr = "SELECT employee_id FROM role_grant WHERE employer_id = $1 AND role = 'HR_ADMIN' LIMIT 1";
        let hr: Uuid = sqlx::query_scalar(hr).bind(id).fetch_one(&mut *tx).await?;
        Ok(Self {
            id: EmployerId::from_uuid(id),
            people,
            courses,
            hr: EmployeeId::from_uuid(hr),
            since,
            until: now - TimeDelta::days(LASTS_DAYS + 1),
        })
    }

    /// Some of so many enrollments, with what happened to them.
    fn tell(&self, numbers: Range<usize>, all: usize, journal: &mut Journal) -> anyhow::Result<Tables> {
        let mut tables = Tables::default();
        let seconds = (self.until - self.since).num_seconds();
        for number in numbers {
            let chance = scattered(number as u64);
            // Seconds, for the database keeps no more than microseconds.
            let after = TimeDelta::seconds(seconds * i64::try_from(number)? / i64::try_from(all)?);
            let from = self.since + after;
            let taken = Taken {
                id: journal.ids.next(),
                employee: EmployeeId::from_uuid(*one_of(&self.people, scattered(chance))),
                course: one_of(&self.courses, chance),
                from,
                to: from + TimeDelta::days(LASTS_DAYS),
                end: match number % 12 {
                    3 => End::GivenUp,
                    7 => End::Failed,
                    _ => End::Passed,
                },
            };
            let time = journal.ids.next();
            taken.write(self.id, &mut tables.enrollments);
            taken.log(self.id, (number, time), &mut tables.times);
            for (who, at, event) in taken.events(self.hr, time) {
                journal.record((who, at, &event), &mut tables.entries);
            }
        }
        Ok(tables)
    }
}

impl Taken<'_> {
    fn write(&self, employer: EmployerId, rows: &mut String) {
        let (status, reason) = match self.end {
            End::GivenUp => ("WITHDRAWN", Some(WithdrawalReason::NoTime.name())),
            End::Failed => ("FAILED", None),
            End::Passed => ("COMPLETED", None),
        };
        row(
            rows,
            &[
                &employer.uuid(),
                &self.id.uuid(),
                &self.employee.uuid(),
                &self.course.id,
                &CourseId::from_uuid(self.course.id),
                &escaped(&self.course.title),
                &escaped(&self.course.provider),
                &or_null(self.course.url.as_deref().map(escaped)),
                &or_null(self.course.minutes),
                &or_null(self.course.weeks),
                &self.from.date_naive(),
                &status,
                &or_null(reason),
                &self.from.to_rfc3339(),
                &self.from.to_rfc3339(),
                &self.to.to_rfc3339(),
                &"[]",
                &"[]",
                &1,
            ],
        );
    }

    /// The last day's work: some of it in working time, some not.
    fn log(&self, employer: EmployerId, (number, id): (usize, LearningTimeId), rows: &mut String) {
        let kind = if number % 4 == 1 { "OWN" } else { "WORKING" };
        row(
            rows,
            &[
                &employer.uuid(),
                &id.uuid(),
                &self.id.uuid(),
                &self.to.date_naive(),
                &(60 + number % 5 * 30),
                &kind,
                &self.employee.uuid(),
                &self.to.to_rfc3339(),
            ],
        );
    }

    /// What the journal tells of it, and who did that.
    fn events(
        &self,
        hr: EmployeeId,
        learning_time: LearningTimeId,
    ) -> [(EmployeeId, DateTime<Utc>, LearningEvent); 3] {
        let (enrollment, employee) = (self.id, self.employee);
        let course = Some(CourseId::from_uuid(self.course.id));
        let starts_on = self.from.date_naive();
        let enrolled =
            LearningEvent::Enrolled { enrollment, employee, course, request: None, program: None, starts_on };
        let logged = LearningEvent::TimeLogged { enrollment, employee, learning_time };
        let (who, ended) = match self.end {
            End::GivenUp => (
                employee,
                LearningEvent::Withdrawn { enrollment, employee, reason: WithdrawalReason::NoTime },
            ),
            End::Failed => (hr, LearningEvent::Failed { enrollment, employee }),
            End::Passed => (hr, LearningEvent::Completed { enrollment, employee, course }),
        };
        [(employee, self.from, enrolled), (employee, self.to, logged), (who, self.to, ended)]
    }
}

impl Journal {
    async fn of(tx: &mut PgConnection, employer: EmployerId) -> anyhow::Result<Self> {
        let tail = "SELECT position, hash, (extract(epoch FROM now()) * 1000)::bigint FROM journal_tail \
            WHERE employer_id = $1 FOR UPDATE";
        let (position, hash, now): (i64, String, i64) =
            sqlx::query_as(tail).bind(employer.uuid()).fetch_one(tx).await?;
        let ids = Fresh { milliseconds: u128::try_from(now)?, given: 0 };
        Ok(Self { employer, position, hash: Hash::parse(&hash).context("a hash")?, ids })
    }

    /// An entry, sealed behind the last one.
    fn record(&mut self, (who, at, event): (EmployeeId, DateTime<Utc>, &LearningEvent), rows: &mut String) {
        let actor = Actor {
            employer: self.employer,
            who: Who::Employee(who),
            roles: Roles::NONE,
            request_id: "bench".to_owned(),
        };
        let entry = Entry::new(self.ids.next(), &actor, at, event);
        let Seal { position, hash } = Seal::new(self.position + 1, self.hash, &entry);
        (self.position, self.hash) = (position, hash);
        row(
            rows,
            &[
                &self.employer.uuid(),
                &entry.id.uuid(),
                &entry.at.to_rfc3339(),
                &"EMPLOYEE",
                &who.uuid(),
                &entry.kind,
                &entry.subject.kind,
                &entry.subject.id,
                &escaped(&entry.payload),
                &entry.request_id,
                &position,
                &hash,
            ],
        );
    }

    async fn end(self, tx: &mut PgConnection) -> anyhow::Result<()> {
        sqlx::query("UPDATE journal_tail SET position = $1, hash = $2 WHERE employer_id = $3")
            .bind(self.position)
            .bind(self.hash.to_string())
            .bind(self.employer.uuid())
            .execute(tx)
            .await?;
        Ok(())
    }
}

async fn copy(tx: &mut PgConnection, tables: &Tables) -> anyhow::Result<()> {
    let enrollments = "COPY enrollment (employer_id, id, employee_id, course_id, subject, title, provider_name, url, \
        workload_minutes, duration_weeks, starts_on, status, withdrawn_for, enrolled_at, started_at, ended_at, \
        milestones, refunds, version) FROM STDIN";
    let times =
        "COPY learning_time (employer_id, id, enrollment_id, day, minutes, kind, by_id, at) FROM STDIN";
    let entries = "COPY journal_entry (employer_id, id, at, actor_kind, actor_id, kind, subject_kind, subject_id, \
        payload, request_id, position, hash) FROM STDIN";
    for (statement, rows) in
        [(enrollments, &tables.enrollments), (times, &tables.times), (entries, &tables.entries)]
    {
        let mut into = tx.copy_in_raw(statement).await?;
        into.send(rows.as_bytes()).await?;
        into.finish().await?;
    }
    Ok(())
}

/// A row is a line of fields with tabs between them.
fn row(rows: &mut String, fields: &[&dyn Display]) {
    for (at, field) in fields.iter().enumerate() {
        let before = if at > 0 { "\t" } else { "" };
        // Nothing goes wrong when a String is written to.
        let _written = write!(rows, "{before}{field}");
    }
    rows.push('\n');
}

fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('\t', "\\t").replace('\n', "\\n")
}

fn or_null(value: Option<impl Display>) -> String {
    value.map_or("\\N".to_owned(), |value| value.to_string())
}

/// A number that looks like chance and is always the same.
fn scattered(number: u64) -> u64 {
    let mixed = (number + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    (mixed ^ (mixed >> 29)).wrapping_mul(0xbf58_476d_1ce4_e5b9) ^ (mixed >> 32)
}

/// One of some, by a number that looks like chance. There is at least one.
fn one_of<T>(some: &[T], chance: u64) -> &T {
    &some[usize::try_from(chance >> 16).unwrap_or(0) % some.len()]
}
