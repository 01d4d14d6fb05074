//! Creating and changing providers.

use serde::Serialize;

use crate::access::{Action, Actor, policy};
use crate::app::Keyed;
use crate::journal::{IdempotencyKey, Reused};
use crate::kernel::{
    CountryCode, Failure, Fault, ProviderId, Refusal, Text, TextError, WebAddress, check_version,
};

use crate::catalog::{Catalog, CatalogEvent, Provider, ProviderKind};

/// Details of a provider. What is `None` stays; an inner `None` makes it unknown again.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct ProviderDetails {
    /// Where it issues its credentials.
    pub country: Option<Option<CountryCode>>,
    /// The region within the country.
    pub region: Option<Option<String>>,
    /// Who has accredited it, for what.
    pub accreditation: Option<Option<String>>,
    /// How the quality of its courses is assured.
    pub quality_assurance: Option<Option<String>>,
    /// Its web site.
    pub website: Option<Option<WebAddress>>,
}

/// A provider to create.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CreateProvider {
    /// Makes a retry safe.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// Its name, unique within the employer without regard to case.
    pub name: String,
    /// What sort of organization it is.
    pub kind: ProviderKind,
    /// What else is known.
    pub details: ProviderDetails,
}

/// A provider to change. What is `None` stays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeProvider {
    /// Which one.
    pub id: ProviderId,
    /// The version that the caller saw.
    pub expected_version: i32,
    /// A new name.
    pub name: Option<String>,
    /// Another kind.
    pub kind: Option<ProviderKind>,
    /// What else changes.
    pub details: ProviderDetails,
}

/// Why a provider was not created.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CreateProviderRefusal {
    /// The name is in use.
    #[error("a provider named '{0}' exists already; case and spacing make no difference")]
    NameTaken(String),
    /// A value cannot be taken.
    #[error(transparent)]
    Invalid(#[from] InvalidProvider),
    /// The idempotency key belongs to another request.
    #[error(transparent)]
    KeyReused(#[from] Reused),
}

impl Refusal for CreateProviderRefusal {
    fn field(&self) -> &'static [&'static str] {
        match self {
            Self::NameTaken(_) => &["input", "name"],
            Self::Invalid(invalid) => invalid.field(),
            Self::KeyReused(_) => &["input", "idempotencyKey"],
        }
    }
}

/// Why a provider was not changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ChangeProviderRefusal {
    /// The name is in use.
    #[error("a provider named '{0}' exists already; case and spacing make no difference")]
    NameTaken(String),
    /// A value cannot be taken.
    #[error(transparent)]
    Invalid(#[from] InvalidProvider),
}

impl Refusal for ChangeProviderRefusal {
    fn field(&self) -> &'static [&'static str] {
        match self {
            Self::NameTaken(_) => &["input", "name"],
            Self::Invalid(invalid) => invalid.field(),
        }
    }
}

/// Which value of a provider cannot be taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidProvider {
    /// The name.
    #[error("the name {0}")]
    Name(TextError),
    /// The region.
    #[error("the region {0}")]
    Region(TextError),
    /// The accreditation.
    #[error("the accreditation {0}")]
    Accreditation(TextError),
    /// The quality assurance.
    #[error("the quality assurance {0}")]
    QualityAssurance(TextError),
}

impl Refusal for InvalidProvider {
    fn field(&self) -> &'static [&'static str] {
        match self {
            Self::Name(_) => &["input", "name"],
            Self::Region(_) => &["input", "region"],
            Self::Accreditation(_) => &["input", "accreditation"],
            Self::QualityAssurance(_) => &["input", "qualityAssurance"],
        }
    }
}

impl Catalog<'_> {
    /// Adds a provider.
    pub async fn create_provider(
        self,
        actor: &Actor,
        command: CreateProvider,
    ) -> Result<Provider, Failure<CreateProviderRefusal>> {
        policy::require(actor, Action::ManageCatalog, &[])?;
        let mut tx = self.core.store.begin(actor.employer).await?;
        let id = self.core.id::<ProviderId>();
        let keyed = Keyed { key: command.key.as_ref(), command: "createProvider", input: &command };
        if let Some(before) = self.core.claim::<_, CreateProviderRefusal>(&mut *tx, actor, keyed, id).await? {
            let found = tx.providers(&[before]).await?.pop();
            return Ok(found.ok_or_else(|| Fault::not_found(before))?);
        }
        let name = checked_name(&command.name).map_err(CreateProviderRefusal::from)?;
        let mut provider = Provider::named(id, name, command.kind);
        apply(&mut provider, command.details).map_err(CreateProviderRefusal::from)?;
        if tx.insert_providers(std::slice::from_ref(&provider)).await? == 0 {
            return Err(CreateProviderRefusal::NameTaken(provider.name).into());
        }
        let event = CatalogEvent::ProviderCreated { provider: id, name: provider.name.clone() };
        self.core.record(&mut *tx, actor, &[event]).await?;
        tx.commit().await?;
        Ok(provider)
    }

    /// Changes what is known of a provider.
    pub async fn change_provider(
        self,
        actor: &Actor,
        command: ChangeProvider,
    ) -> Result<Provider, Failure<ChangeProviderRefusal>> {
        policy::require(actor, Action::ManageCatalog, &[])?;
        let mut tx = self.core.store.begin(actor.employer).await?;
        let found = tx.lock_provider(command.id).await?;
        let before = found.ok_or_else(|| Fault::not_found(command.id))?;
        check_version("provider", Some(command.expected_version), before.version)?;
        let mut provider = before.clone();
        if let Some(name) = &command.name {
            provider.name = checked_name(name).map_err(ChangeProviderRefusal::from)?;
        }
        provider.kind = command.kind.unwrap_or(provider.kind);
        apply(&mut provider, command.details).map_err(ChangeProviderRefusal::from)?;
        let namesakes = tx.providers_by_key(&[provider.key()]).await?;
        if namesakes.iter().any(|namesake| namesake.id != provider.id) {
            return Err(ChangeProviderRefusal::NameTaken(provider.name).into());
        }
        let fields = differences(&before, &provider);
        if fields.is_empty() {
            return Ok(before);
        }
        provider.version = provider.version.saturating_add(1);
        tx.save_provider(&provider).await?;
        let event = CatalogEvent::ProviderChanged { provider: provider.id, fields };
        self.core.record(&mut *tx, actor, &[event]).await?;
        tx.commit().await?;
        Ok(provider)
    }
}

fn checked_name(name: &str) -> Result<String, InvalidProvider> {
    Text::line(name, Text::NAME).map(Text::into_string).map_err(InvalidProvider::Name)
}

fn apply(provider: &mut Provider, details: ProviderDetails) -> Result<(), InvalidProvider> {
    let line = |text: &str| Text::line(text, Text::NAME).map(Text::into_string);
    let paragraph = |text: &str| Text::paragraph(text, Text::NOTE).map(Text::into_string);
    if let Some(region) = details.region {
        provider.region = region.as_deref().map(line).transpose().map_err(InvalidProvider::Region)?;
    }
    if let Some(accreditation) = details.accreditation {
        let read = accreditation.as_deref().map(paragraph).transpose();
        provider.accreditation = read.map_err(InvalidProvider::Accreditation)?;
    }
    if let Some(quality_assurance) = details.quality_assurance {
        let read = quality_assurance.as_deref().map(paragraph).transpose();
        provider.quality_assurance = read.map_err(InvalidProvider::QualityAssurance)?;
    }
    provider.country = details.country.unwrap_or(provider.country);
    if let Some(website) = details.website {
        provider.website = website;
    }
    Ok(())
}

/// The names of the fields in which two states of a provider differ.
fn differences(before: &Provider, after: &Provider) -> Vec<&'static str> {
    let changed = [
        ("name", before.name != after.name),
        ("kind", before.kind != after.kind),
        ("country", before.country != after.country),
        ("region", before.region != after.region),
        ("accreditation", before.accreditation != after.accreditation),
        ("qualityAssurance", before.quality_assurance != after.quality_assurance),
        ("website", before.website != after.website),
    ];
    changed.into_iter().filter(|(_, differs)| *differs).map(|(field, _)| field).collect()
}
