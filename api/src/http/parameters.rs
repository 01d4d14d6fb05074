//! The parameters of a GraphQL request, from a JSON body or from a query string.

use std::collections::HashMap;

use async_graphql::{Extensions, Value, Variables};
use axum::{extract::Query, http::Uri};
use serde::{
    Deserialize,
    de::{DeserializeOwned, Error},
};
use serde_json::Value as Json;

use super::{
    limits::{Excess, Measure},
    refusal::Refusal,
};

/// The parameters of GraphQL over HTTP. Others are ignored, as the specification asks for.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct Parameters {
    pub query: Option<String>,
    pub document_id: Option<String>,
    pub operation_name: Option<String>,
    pub variables: Variables,
    pub extensions: Extensions,
}

impl Parameters {
    /// Reads a body. Only one that cannot be read is looked at again, to say what is wrong with it.
    pub(super) fn from_body(body: &[u8]) -> Result<Self, Refusal> {
        // The derived reader would also take an array for the fields in their order.
        let is_object = body.trim_ascii_start().first() == Some(&b'{');
        let read = if is_object {
            serde_json::from_slice(body)
        } else {
            Err(serde_json::Error::custom("no object"))
        };
        read.map_err(|error| Refusal::bad_request(diagnose(body, &error)))
    }

    /// Reads a query string, in which variables and extensions are JSON.
    pub(super) fn from_uri(uri: &Uri) -> Result<Self, Refusal> {
        let Ok(Query(mut given)) = Query::<HashMap<String, String>>::try_from_uri(uri) else {
            return Err(Refusal::bad_request("the query string is not URL-encoded text in UTF-8"));
        };
        let mut text = |name: &str| given.remove(name).filter(|value| !value.is_empty());
        Ok(Self {
            query: text("query"),
            document_id: text("documentId"),
            operation_name: text("operationName"),
            variables: json("variables", text("variables"))?,
            extensions: json("extensions", text("extensions"))?,
        })
    }

    /// The operation's name; an empty one is none.
    pub(super) fn operation_name(&self) -> Option<&str> {
        self.operation_name.as_deref().filter(|name| !name.is_empty())
    }

    /// Refuses values that are nested deeper than anybody needs.
    pub(super) fn check_depth(&self, limit: u64) -> Result<(), Excess> {
        let values = self.variables.values().chain(self.extensions.values());
        Measure::VariableDepth.check(values.map(depth).max().unwrap_or(0), limit)
    }
}

/// Lists and objects inside each other. The JSON reader stops at 128, so this cannot run away.
fn depth(value: &Value) -> u64 {
    match value {
        Value::List(items) => 1 + items.iter().map(depth).max().unwrap_or(0),
        Value::Object(fields) => 1 + fields.values().map(depth).max().unwrap_or(0),
        _ => 0,
    }
}

fn json<T: DeserializeOwned + Default>(name: &str, text: Option<String>) -> Result<T, Refusal> {
    let Some(text) = text else { return Ok(T::default()) };
    serde_json::from_str(&text).map_err(|error| {
        Refusal::bad_request(match serde_json::from_str::<Json>(&text) {
            Ok(other) => expectation(name, "a JSON object", &other),
            Err(_) => format!("the parameter \"{name}\" has to be a JSON object, but is not JSON: {error}"),
        })
    })
}

/// A parameter, what it has to be, and whether a value is that.
type Check = (&'static str, &'static str, fn(&Json) -> bool);

/// Says why a body is no request. The reader's own words are the last resort: they know Rust's types, not ours.
fn diagnose(body: &[u8], error: &serde_json::Error) -> String {
    if body.is_empty() {
        return "the body is empty; send a JSON object with the parameter \"query\"".to_owned();
    }
    let fields = match serde_json::from_slice(body) {
        Ok(Json::Object(fields)) => fields,
        Ok(Json::Array(_)) => {
            return "the body is a JSON array; batches are not supported, send one request per operation"
                .to_owned();
        }
        Ok(other) => return format!("the body has to be a JSON object, but is {}", kind(&other)),
        Err(error) => return format!("the body is not JSON: {error}"),
    };
    let is_text = |value: &Json| value.is_string() || value.is_null();
    let is_map = |value: &Json| value.is_object() || value.is_null();
    let checks: [Check; 5] = [
        ("query", "a string", is_text),
        ("documentId", "a string", is_text),
        ("operationName", "a string or null", is_text),
        ("variables", "an object or null", is_map),
        ("extensions", "an object or null", is_map),
    ];
    for (name, expected, fits) in checks {
        if let Some(value) = fields.get(name)
            && !fits(value)
        {
            return expectation(name, expected, value);
        }
    }
    format!("the body cannot be read as a GraphQL request: {error}")
}

fn expectation(name: &str, expected: &str, actual: &Json) -> String {
    format!("the parameter \"{name}\" has to be {expected}, but is {}", kind(actual))
}

fn kind(value: &Json) -> &'static str {
    match value {
        Json::Null => "null",
        Json::Bool(_) => "a boolean",
        Json::Number(_) => "a number",
        Json::String(_) => "a string",
        Json::Array(_) => "an array",
        Json::Object(_) => "an object",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(body: &str) -> String {
        Parameters::from_body(body.as_bytes()).expect_err("no request").error.message
    }

    #[test]
    fn what_is_not_known_is_ignored_and_null_is_nothing() {
        let body = br#"{"query":"{a}","operationName":null,"variables":null,"extensions":null,"more":[1]}"#;
        let parameters = Parameters::from_body(body).expect("a request");
        assert_eq!(parameters.query.as_deref(), Some("{a}"));
        assert_eq!(parameters.operation_name(), None);
        assert!(parameters.variables.is_empty());
        assert!(parameters.extensions.is_empty());
    }

    #[test]
    fn a_refusal_names_the_parameter_and_what_was_expected() {
        for (body, expected) in [
            ("", "the body is empty; send a JSON object with the parameter \"query\""),
            ("[]", "the body is a JSON array; batches are not supported, send one request per operation"),
            ("7", "the body has to be a JSON object, but is a number"),
            (r#"{"query":{}}"#, "the parameter \"query\" has to be a string, but is an object"),
            (
                r#"{"query":"{a}","operationName":[]}"#,
                "the parameter \"operationName\" has to be a string or null, but is an array",
            ),
            (
                r#"{"query":"{a}","variables":"x"}"#,
                "the parameter \"variables\" has to be an object or null, but is a string",
            ),
            (
                r#"{"query":"{a}","variables":[1]}"#,
                "the parameter \"variables\" has to be an object or null, but is an array",
            ),
            (
                r#"{"query":"{a}","extensions":false}"#,
                "the parameter \"extensions\" has to be an object or null, but is a boolean",
            ),
        ] {
            assert_eq!(refused(body), expected, "{body}");
        }
        assert_eq!(refused("{\"a"), "the body is not JSON: EOF while parsing a string at line 1 column 3");
        assert!(refused(r#"{"query":"{a}","query":"{b}"}"#).contains("duplicate field `query`"));
    }

    #[test]
    fn a_query_string_carries_json() {
        let uri = Uri::from_static("/graphql?query=%7Ba%7D&operationName=&variables=%7B%22n%22%3A1%7D&x=y");
        let parameters = Parameters::from_uri(&uri).expect("a request");
        assert_eq!(parameters.query.as_deref(), Some("{a}"));
        assert_eq!(parameters.operation_name(), None);
        assert_eq!(parameters.variables.get("n"), Some(&Value::from(1)));
        for (uri, expected) in [
            ("/graphql?variables=[]", "the parameter \"variables\" has to be a JSON object, but is an array"),
            (
                "/graphql?extensions=%22x%22",
                "the parameter \"extensions\" has to be a JSON object, but is a string",
            ),
        ] {
            let refusal = Parameters::from_uri(&Uri::from_static(uri)).expect_err("no request");
            assert_eq!(refusal.error.message, expected);
        }
    }

    #[test]
    fn nesting_of_values_is_bounded() {
        let body = br#"{"query":"{a}","variables":{"v":[{"a":[1]}],"w":1}}"#;
        let parameters = Parameters::from_body(body).expect("a request");
        assert_eq!(parameters.check_depth(3), Ok(()));
        assert_eq!(
            parameters.check_depth(2),
            Err(Excess { measure: Measure::VariableDepth, value: 3, limit: 2 })
        );
    }
}
