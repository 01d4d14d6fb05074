//! How the lists of benefits and reports are read.

use upskill_domain::roi::{BenefitFilter, RoiReportFilter};

use super::types::{Benefit, RoiReport};
use crate::graphql::page::listed;

listed!(Benefit: roi.benefits, count_benefits, BenefitFilter);
listed!(RoiReport: roi.reports, count_reports, RoiReportFilter);
