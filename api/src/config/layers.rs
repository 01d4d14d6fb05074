//! Laying a file and the environment over the embedded defaults, which are the schema of both.

use std::path::Path;

use serde_path_to_error::Segment;
use toml::{Table, Value};

use super::{Config, ConfigError, Profile, Refusal};

const DEFAULTS: &str = include_str!("../config.default.toml");
const PRODUCTION: &str = include_str!("../config.production.toml");
const PREFIX: &str = "UPSKILL__";

/// Stands for a value that is not repeated: what was written under a name that nobody knows, or in the place of a
/// whole section, may well be a password.
const UNSHOWN: &str = "…";

/// The settings so far, and what was refused on the way.
pub(super) struct Layers {
    settings: Table,
    refusals: Vec<Refusal>,
}

/// Reads a configuration file.
pub(super) fn read(path: &Path) -> Result<Table, ConfigError> {
    let text = std::fs::read_to_string(path)
        .map_err(|source| ConfigError::Unreadable { path: path.to_owned(), source })?;
    text.parse().map_err(|source| ConfigError::Syntax { path: path.to_owned(), source: Box::new(source) })
}

impl Layers {
    /// The embedded defaults of a profile.
    pub(super) fn of(profile: Profile) -> Self {
        let mut layers = Self { settings: embedded(DEFAULTS), refusals: Vec::new() };
        if profile == Profile::Production {
            layers.put_file("the production profile", embedded(PRODUCTION));
        }
        layers
    }

    /// Lays a file over what is there.
    pub(super) fn put_file(&mut self, name: &str, file: Table) {
        overlay(&mut self.settings, file, &Place { file: name, section: String::new() }, &mut self.refusals);
    }

    /// Lays the variables that begin with `UPSKILL__` over what is there.
    pub(super) fn put_environment(&mut self, env: &[(String, String)]) {
        for (name, text) in env {
            let Some(path) = name.strip_prefix(PREFIX) else { continue };
            let (value, remedy) = match find(&mut self.settings, &path.to_lowercase()) {
                Some(slot) => match like(slot, text) {
                    Ok(value) => {
                        *slot = value;
                        continue;
                    }
                    Err(remedy) => (format!("{text:?}"), remedy),
                },
                None => (UNSHOWN.to_owned(), "no such setting; `upskill config` lists them all".to_owned()),
            };
            self.refusals.push(Refusal { key: name.clone(), value, remedy });
        }
    }

    /// Whether the settings so far choose the production profile.
    pub(super) fn asks_for_production(&self) -> bool {
        self.settings.get("profile").and_then(Value::as_str) == Some("production")
    }

    /// Turns the layers into typed settings, unless something was refused.
    pub(super) fn finish(self) -> Result<Config, ConfigError> {
        if !self.refusals.is_empty() {
            return Err(ConfigError::Refused(self.refusals));
        }
        let settings = Value::Table(self.settings);
        serde_path_to_error::deserialize(settings.clone()).map_err(|error| {
            let value =
                value_at(&settings, error.path()).map_or_else(|| UNSHOWN.to_owned(), Value::to_string);
            let remedy = error.inner().message().trim().to_owned();
            ConfigError::Refused(vec![Refusal { key: error.path().to_string(), value, remedy }])
        })
    }
}

/// Where in which file a key stands.
struct Place<'a> {
    file: &'a str,
    section: String,
}

impl Place<'_> {
    fn key(&self, key: &str) -> String {
        if self.section.is_empty() { key.to_owned() } else { format!("{}.{key}", self.section) }
    }
}

fn overlay(below: &mut Table, above: Table, place: &Place<'_>, refusals: &mut Vec<Refusal>) {
    let known = below.keys().cloned().collect::<Vec<_>>().join(", ");
    for (key, value) in above {
        let (value, remedy) = match (below.get_mut(&key), value) {
            (Some(Value::Table(section)), Value::Table(inner)) => {
                overlay(section, inner, &Place { file: place.file, section: place.key(&key) }, refusals);
                continue;
            }
            (Some(slot), value) if slot.same_type(&value) => {
                *slot = value;
                continue;
            }
            (Some(slot), value) => {
                (shown(slot, &value), format!("must be {}, in {}", noun(slot), place.file))
            }
            (None, _) => (UNSHOWN.to_owned(), format!("unknown key in {}; known here: {known}", place.file)),
        };
        refusals.push(Refusal { key: place.key(&key), value, remedy });
    }
}

/// Finds a setting by the name of its variable, `http__listen`.
fn find<'a>(settings: &'a mut Table, path: &str) -> Option<&'a mut Value> {
    match path.split_once("__") {
        Some((section, rest)) => find(settings.get_mut(section)?.as_table_mut()?, rest),
        None => settings.get_mut(path).filter(|value| !value.is_table()),
    }
}

/// Reads the text of a variable as a value of the same type as `model`.
fn like(model: &Value, text: &str) -> Result<Value, String> {
    let value = match model {
        Value::String(_) => Some(Value::String(text.to_owned())),
        Value::Integer(_) => text.parse().ok().map(Value::Integer),
        Value::Boolean(_) => text.parse().ok().map(Value::Boolean),
        Value::Array(_) if text.trim_start().starts_with('[') => {
            format!("list = {text}").parse::<Table>().ok().and_then(|mut table| table.remove("list"))
        }
        Value::Array(_) => Some(Value::Array(
            text.split(',').map(str::trim).filter(|item| !item.is_empty()).map(Value::from).collect(),
        )),
        Value::Float(_) | Value::Datetime(_) | Value::Table(_) => None,
    };
    value.ok_or_else(|| format!("must be {}", noun(model)))
}

fn shown(slot: &Value, value: &Value) -> String {
    match (slot, value) {
        (Value::Table(_), _) | (_, Value::Table(_) | Value::Array(_)) => UNSHOWN.to_owned(),
        (_, value) => value.to_string(),
    }
}

fn noun(model: &Value) -> &'static str {
    match model {
        Value::String(_) => "a string",
        Value::Integer(_) => "a whole number",
        Value::Float(_) => "a number",
        Value::Boolean(_) => "true or false",
        Value::Datetime(_) => "a date and time",
        Value::Array(_) => "a list",
        Value::Table(_) => "a section",
    }
}

fn value_at<'a>(settings: &'a Value, path: &serde_path_to_error::Path) -> Option<&'a Value> {
    path.iter().try_fold(settings, |value, segment| match segment {
        Segment::Map { key } => value.get(key.as_str()),
        Segment::Seq { index } => value.get(*index),
        Segment::Enum { .. } | Segment::Unknown => None,
    })
}

fn embedded(text: &str) -> Table {
    text.parse().expect("the embedded configuration is TOML, as the tests show")
}
