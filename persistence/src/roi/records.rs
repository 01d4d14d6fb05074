//! Columns of cost bands, benefits and reports, and how they read. Estimates, and what a report is based on and comes to,
//! are documents: they are only ever read and written whole.

use sea_orm::ActiveValue::Set;
use upskill_domain::kernel::{Currency, Fault, Money, TypedId};
use upskill_domain::roi::{Benefit, BenefitKind, BenefitStatus, CostBand, RoiReport};
use uuid::Uuid;

use super::entity::{benefit, cost_band, roi_report};
use crate::row::{Cells, Record, document};

impl Record for CostBand {
    type Entity = cost_band::Entity;
    const COLUMNS: &'static [cost_band::Column] = {
        use cost_band::Column as C;
        &[C::Id, C::Code, C::Name, C::HourlyCost, C::Currency, C::Version]
    };

    fn read(cells: &mut Cells<'_>) -> Result<Self, Fault> {
        Ok(Self {
            id: cells.id()?,
            code: cells.take()?,
            name: cells.take()?,
            hourly_cost: {
                let minor = cells.take()?;
                Money::sum(minor, cells.read(Currency::parse)?)
            },
            version: cells.take()?,
        })
    }
}

pub(super) fn band_row(employer: Uuid, band: &CostBand) -> cost_band::ActiveModel {
    cost_band::ActiveModel {
        employer_id: Set(employer),
        id: Set(band.id.uuid()),
        code: Set(band.code.clone()),
        name: Set(band.name.clone()),
        hourly_cost: Set(band.hourly_cost.minor()),
        currency: Set(band.hourly_cost.currency().code().to_owned()),
        version: Set(band.version),
    }
}

impl Record for Benefit {
    type Entity = benefit::Entity;
    const COLUMNS: &'static [benefit::Column] = {
        use benefit::Column as C;
        &[
            C::Id,
            C::ProgramId,
            C::Kind,
            C::Title,
            C::Estimates,
            C::HorizonMonths,
            C::Respondents,
            C::Status,
            C::RecordedBy,
            C::RecordedAt,
            C::ValidatedBy,
            C::ValidatedAt,
            C::WithdrawnAt,
            C::Version,
        ]
    };

    fn read(cells: &mut Cells<'_>) -> Result<Self, Fault> {
        Ok(Self {
            id: cells.id()?,
            program: cells.id()?,
            kind: cells.word(BenefitKind::named)?,
            title: cells.take()?,
            estimates: cells.read(|text| serde_json::from_str(text))?,
            horizon_months: cells.take()?,
            respondents: cells.take()?,
            status: cells.word(BenefitStatus::named)?,
            recorded_by: cells.id_or_none()?,
            recorded_at: cells.take()?,
            validated_by: cells.id_or_none()?,
            validated_at: cells.take()?,
            withdrawn_at: cells.take()?,
            version: cells.take()?,
        })
    }
}

pub(super) fn benefit_row(employer: Uuid, benefit: &Benefit) -> Result<benefit::ActiveModel, Fault> {
    Ok(benefit::ActiveModel {
        employer_id: Set(employer),
        id: Set(benefit.id.uuid()),
        program_id: Set(benefit.program.uuid()),
        kind: Set(benefit.kind.name().to_owned()),
        title: Set(benefit.title.clone()),
        estimates: Set(document(&benefit.estimates)?),
        horizon_months: Set(benefit.horizon_months),
        respondents: Set(benefit.respondents),
        status: Set(benefit.status.name().to_owned()),
        recorded_by: Set(benefit.recorded_by.map(TypedId::uuid)),
        recorded_at: Set(benefit.recorded_at),
        validated_by: Set(benefit.validated_by.map(TypedId::uuid)),
        validated_at: Set(benefit.validated_at),
        withdrawn_at: Set(benefit.withdrawn_at),
        version: Set(benefit.version),
    })
}

impl Record for RoiReport {
    type Entity = roi_report::Entity;
    const COLUMNS: &'static [roi_report::Column] = {
        use roi_report::Column as C;
        &[C::Id, C::ProgramId, C::Number, C::Basis, C::Figures, C::CreatedBy, C::CreatedAt]
    };

    fn read(cells: &mut Cells<'_>) -> Result<Self, Fault> {
        Ok(Self {
            id: cells.id()?,
            program: cells.id()?,
            number: cells.take()?,
            basis: cells.read(|text| serde_json::from_str(text))?,
            figures: cells.read(|text| serde_json::from_str(text))?,
            created_by: cells.id_or_none()?,
            created_at: cells.take()?,
        })
    }
}

pub(super) fn report_row(employer: Uuid, report: &RoiReport) -> Result<roi_report::ActiveModel, Fault> {
    Ok(roi_report::ActiveModel {
        employer_id: Set(employer),
        id: Set(report.id.uuid()),
        program_id: Set(report.program.uuid()),
        number: Set(report.number),
        basis: Set(document(&report.basis)?),
        figures: Set(document(&report.figures)?),
        created_by: Set(report.created_by.map(TypedId::uuid)),
        created_at: Set(report.created_at),
    })
}
