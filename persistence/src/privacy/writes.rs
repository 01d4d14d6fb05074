//! Counting what is kept of somebody, and erasing them.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use sea_orm::ConnectionTrait;
use sea_orm::sea_query::{CaseStatement, Expr, ExprTrait, Order, Query, SelectStatement};
use upskill_domain::kernel::{EmployeeId, Fault, TypedId, search_key};
use upskill_domain::privacy::{Obstacle, Obstruction, PrivacyWrites, SECTIONS, Section, Tally};

use super::inventory::source_of;
use super::obstacles::rows_of;
use super::steps::{Change, ERASED_WORDS, STEPS, Step};
use crate::fault::OrFault;
use crate::row::{self, Cells, side_by_side};
use crate::store::Tx;

/// What the directory calls somebody who was erased.
const ERASED_NAME: &str = "Erased person";

#[async_trait]
impl PrivacyWrites for Tx {
    async fn erased_at(&mut self, employee: EmployeeId) -> Result<Option<DateTime<Utc>>, Fault> {
        let select = Query::select()
            .column("erased_at")
            .from("employee")
            .and_where(Expr::col("employer_id").eq(self.tenant()))
            .and_where(Expr::col("id").eq(employee.uuid()))
            .to_owned();
        Ok(row::one_as(&self.tx, &select, instant).await?.flatten())
    }

    async fn personal_tallies(&mut self, employee: EmployeeId) -> Result<Vec<Tally>, Fault> {
        let counted: Vec<(&'static Section, SelectStatement)> = SECTIONS
            .iter()
            .filter_map(|section| {
                let source = source_of(section)?;
                let mut rows = source.rows(self.tenant(), employee);
                let last =
                    source.booked_on.map_or(Expr::cust("CAST(NULL AS date)"), |day| Expr::col(day).max());
                rows.expr(Expr::cust("COUNT(*)")).expr(last);
                Some((section, rows))
            })
            .collect();
        let mut together = side_by_side(counted.iter().map(|(_, rows)| rows.clone()));
        together.order_by("list_number", Order::Asc);
        let tallies = row::all_as(&self.tx, &together, |cells| Ok((cells.count()?, cells.take()?))).await?;
        let tally = |((section, _), (records, booked_on)): (&(&'static Section, _), _)| Tally {
            section,
            records,
            booked_on,
        };
        Ok(counted.iter().zip(tallies).map(tally).collect())
    }

    async fn erasure_obstacles(&mut self, employee: EmployeeId) -> Result<Vec<Obstruction>, Fault> {
        let rows = Obstacle::ALL.map(|obstacle| rows_of(obstacle, self.tenant(), employee));
        let counts = row::counts(&self.tx, rows).await?;
        let obstructions = Obstacle::ALL.into_iter().zip(counts);
        Ok(obstructions.map(|(obstacle, count)| Obstruction { obstacle, count }).collect())
    }

    async fn erase_employee(&mut self, employee: EmployeeId, at: DateTime<Utc>) -> Result<(), Fault> {
        self.silence_documents(employee).await?;
        self.forget_addresses(employee).await?;
        for step in STEPS {
            self.take(step, employee).await?;
        }
        self.entomb(employee, at).await
    }
}

fn instant(cells: &mut Cells<'_>) -> Result<Option<DateTime<Utc>>, Fault> {
    cells.take()
}

impl Tx {
    async fn take(&mut self, step: &Step, person: EmployeeId) -> Result<(), Fault> {
        let (employer, tie) = (self.tenant(), step.tie.holds(self.tenant(), person));
        let mut update = Query::update();
        update.table(step.table);
        match step.change {
            Change::Delete => {
                let delete = Query::delete()
                    .from_table(step.table)
                    .and_where(Expr::col("employer_id").eq(employer))
                    .and_where(tie)
                    .to_owned();
                return self.tx.execute(&delete).await.or_fault().map(|_| ());
            }
            Change::Silence(columns) => {
                for column in columns {
                    let there = Expr::col(*column).is_not_null();
                    update.value(*column, CaseStatement::new().case(there, ERASED_WORDS));
                }
            }
            Change::Empty(columns) => {
                for column in columns {
                    update.value(*column, Option::<String>::None);
                }
            }
        }
        update.and_where(Expr::col("employer_id").eq(employer)).and_where(tie);
        self.tx.execute(&update).await.or_fault().map(|_| ())
    }

    /// Leaves of a person what figures of groups are counted by: their department, their first and their last day.
    async fn entomb(&mut self, person: EmployeeId, at: DateTime<Utc>) -> Result<(), Fault> {
        // Longer than any that a roster may bring, so that no row of one ever means it.
        let external_id = format!("erased:{:0>64}", person.uuid().simple());
        let name_key = search_key(ERASED_NAME);
        let nothing = || Option::<String>::None.into();
        let update = Query::update()
            .table("employee")
            .values([
                ("external_id", external_id.into()),
                ("name", ERASED_NAME.into()),
                ("name_key", name_key.clone().into()),
                ("search_key", name_key.into()),
                ("email", nothing()),
                ("manager_id", Option::<uuid::Uuid>::None.into()),
                ("job_title", nothing()),
                ("weekly_minutes", 0.into()),
                ("work_country", nothing()),
                ("work_region", nothing()),
                ("erased_at", at.into()),
                ("version", Expr::col("version").add(1)),
            ])
            .and_where(Expr::col("employer_id").eq(self.tenant()))
            .and_where(Expr::col("id").eq(person.uuid()))
            .to_owned();
        self.tx.execute(&update).await.or_fault().map(|_| ())
    }
}
