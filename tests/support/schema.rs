//! The schema as its clients learn it: by asking.

use serde_json::Value;

use crate::app::{Caller, TestApp};
use crate::database::TestDb;

const INTROSPECTION: &str = "{ __schema {
  queryType { name } mutationType { name }
  types {
    kind name description specifiedByURL isOneOf
    fields(includeDeprecated: true) {
      name description type { ...T } isDeprecated deprecationReason
      args { name description type { ...T } defaultValue }
    }
    inputFields { name description type { ...T } defaultValue }
    interfaces { name }
    enumValues(includeDeprecated: true) { name description }
  }
} }
fragment T on __Type { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name } } } } }";

/// A schema.
pub struct SchemaDocument {
    types: Vec<Value>,
}

impl SchemaDocument {
    /// The schema that the program serves.
    pub async fn current() -> Self {
        let app = TestApp::start(TestDb::sqlite().await).await;
        Self::read(&app.anonymous()).await
    }

    /// The schema as a caller learns it.
    pub async fn read(caller: &Caller) -> Self {
        let answer = caller.ask(INTROSPECTION).await;
        let types = answer.data("/__schema/types");
        let types = types.as_array().expect("types").iter();
        Self { types: types.filter(|kind| !text(kind, "name").starts_with("__")).cloned().collect() }
    }

    /// The types that are not the language's own.
    pub fn types(&self) -> impl Iterator<Item = &Value> {
        self.types.iter()
    }

    /// The types of a kind, such as `OBJECT`.
    pub fn of_kind(&self, kind: &str) -> impl Iterator<Item = &Value> {
        self.types.iter().filter(move |candidate| candidate["kind"] == kind)
    }

    /// A type by name.
    pub fn named(&self, name: &str) -> &Value {
        self.types.iter().find(|kind| kind["name"] == name).unwrap_or_else(|| panic!("no type {name}"))
    }

    /// The names of the fields of a type.
    pub fn fields(&self, name: &str) -> Vec<String> {
        items(self.named(name), "fields").map(|field| text(field, "name").to_owned()).collect()
    }
}

/// The members of a list of an introspected value; none where it is null.
pub fn items<'a>(value: &'a Value, list: &str) -> impl Iterator<Item = &'a Value> {
    value[list].as_array().into_iter().flatten()
}

/// A text of an introspected value; empty where it is null.
pub fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value[name].as_str().unwrap_or_default()
}

/// A type reference as the language writes it, such as `[Employee!]!`.
pub fn written(reference: &Value) -> String {
    match text(reference, "kind") {
        "NON_NULL" => format!("{}!", written(&reference["ofType"])),
        "LIST" => format!("[{}]", written(&reference["ofType"])),
        _ => text(reference, "name").to_owned(),
    }
}
