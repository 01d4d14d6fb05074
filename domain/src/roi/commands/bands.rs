//! Keeping cost bands, and who is in which.

use std::collections::HashMap;

use serde::Serialize;

use super::Roi;
use crate::access::{Action, Actor, policy};
use crate::app::Keyed;
use crate::journal::IdempotencyKey;
use crate::kernel::{CostBandId, EmployeeId, Failure, Fault, Refusals};
use crate::roi::band::{MOST_BANDS, MOST_PLACED, read_bands};
use crate::roi::{CostBand, GivenBand, PlaceInBandRefusal, RoiEvent, SetBandsRefusal};

/// Cost bands to set: all of them or none.
#[derive(Debug, Clone, Serialize)]
pub struct SetCostBands {
    /// Makes a retry safe.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// The bands.
    pub bands: Vec<GivenBand>,
}

/// People to put into a cost band.
#[derive(Debug, Clone)]
pub struct PlaceInCostBand {
    /// Who.
    pub employees: Vec<EmployeeId>,
    /// Which band; none to take them out of theirs.
    pub band: Option<CostBandId>,
}

impl Roi<'_> {
    /// Sets cost bands: new ones, and others in the place of those of the same code. Reports that were made keep what they
    /// were made with.
    pub async fn set_bands(
        self,
        actor: &Actor,
        command: SetCostBands,
    ) -> Result<Vec<CostBand>, Failure<Refusals<SetBandsRefusal>>> {
        policy::require(actor, Action::ManageCostBands, &[])?;
        let mut tx = self.core.store.begin(actor.employer).await?;
        let keyed = Keyed { key: command.key.as_ref(), command: "setCostBands", input: &command };
        let id = self.core.id::<CostBandId>();
        let earlier = self.core.claim::<_, SetBandsRefusal>(&mut *tx, actor, keyed, id).await;
        let replayed = earlier.map_err(Failure::of_several)?.is_some();
        // Two lists that bring a band of the same code wait for each other here.
        let currency = tx.lock_organization().await?.currency;
        let given = read_bands(&command.bands, currency).map_err(Refusals).map_err(Failure::Refused)?;
        let known: HashMap<String, CostBand> =
            tx.lock_cost_bands().await?.into_iter().map(|band| (band.code.clone(), band)).collect();
        if replayed {
            return Ok(given.iter().filter_map(|band| known.get(&band.code).cloned()).collect());
        }
        let count =
            known.len().saturating_add(given.iter().filter(|band| !known.contains_key(&band.code)).count());
        if count > MOST_BANDS {
            return Err(Refusals::from(SetBandsRefusal::TooMany(count)).into());
        }
        let beside = |given: &GivenBand| CostBand::beside(known.get(&given.code), given, self.core.id());
        let placed: Vec<_> = given.iter().map(|given| (beside(given), known.get(&given.code))).collect();
        let news: Vec<CostBand> = placed.iter().filter_map(|(new, _)| new.clone()).collect();
        tx.save_cost_bands(&news).await?;
        let set = |band: &CostBand| RoiEvent::CostBandSet { cost_band: band.id, code: band.code.clone() };
        self.core.record(&mut *tx, actor, &news.iter().map(set).collect::<Vec<_>>()).await?;
        tx.commit().await?;
        Ok(placed.into_iter().filter_map(|(new, known)| new.or_else(|| known.cloned())).collect())
    }

    /// Puts people into a cost band, or takes them out of theirs.
    pub async fn place_in_band(
        self,
        actor: &Actor,
        command: PlaceInCostBand,
    ) -> Result<Option<CostBand>, Failure<PlaceInBandRefusal>> {
        policy::require(actor, Action::ManageCostBands, &[])?;
        let PlaceInCostBand { mut employees, band } = command;
        employees.sort_unstable();
        employees.dedup();
        if !(1..=MOST_PLACED).contains(&employees.len()) {
            return Err(PlaceInBandRefusal::WrongNumber(employees.len()).into());
        }
        let mut tx = self.core.store.begin(actor.employer).await?;
        let bands = tx.lock_cost_bands().await?;
        let band = match band {
            Some(id) => {
                Some(bands.into_iter().find(|band| band.id == id).ok_or_else(|| Fault::not_found(id))?)
            }
            None => None,
        };
        let there = tx.employees(&employees).await?;
        if let Some(missing) = employees.iter().find(|id| there.iter().all(|person| person.id() != **id)) {
            return Err(Fault::not_found(*missing).into());
        }
        let now: HashMap<EmployeeId, CostBandId> = tx.cost_bands_of(&employees).await?.into_iter().collect();
        let target = band.as_ref().map(|band| band.id);
        employees.retain(|person| now.get(person).copied() != target);
        if !employees.is_empty() {
            tx.place_in_cost_band(&employees, target).await?;
            let placed = |person: &EmployeeId| RoiEvent::EmployeePlacedInCostBand {
                employee: *person,
                cost_band: target,
            };
            self.core.record(&mut *tx, actor, &employees.iter().map(placed).collect::<Vec<_>>()).await?;
            tx.commit().await?;
        }
        Ok(band)
    }
}
