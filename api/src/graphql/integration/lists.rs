//! How the lists of service accounts are read.

use upskill_domain::integration::ServiceAccountFilter;

use super::types::ServiceAccount;
use crate::graphql::page::listed;

listed!(ServiceAccount: integration.service_accounts, count_service_accounts, ServiceAccountFilter);
