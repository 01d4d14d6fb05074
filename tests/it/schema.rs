//! The conventions of the schema, checked on what its clients see.

use std::collections::BTreeSet;

use support::assert_golden;
use support::schema::{SchemaDocument, items, text, written};

/// Types whose name says that they are a list of possibly nothing: the items of `nodes(ids:)` have to be nullable.
const LISTS_WITH_GAPS: [&str; 1] = ["Query.nodes"];

/// Asserts that a rule has no exception, and lists those there are.
fn none(rule: &str, exceptions: impl IntoIterator<Item = String>) {
    let exceptions: BTreeSet<_> = exceptions.into_iter().collect();
    assert!(exceptions.is_empty(), "{rule}:\n{exceptions:#?}");
}

/// Every field and input field as `Type.field`, with its type as written.
fn members(schema: &SchemaDocument) -> Vec<(String, String)> {
    let mut members = Vec::new();
    for kind in schema.types() {
        for member in items(kind, "fields").chain(items(kind, "inputFields")) {
            let place = format!("{}.{}", text(kind, "name"), text(member, "name"));
            members.push((place.clone(), written(&member["type"])));
            for argument in items(member, "args") {
                let place = format!("{place}({})", text(argument, "name"));
                members.push((place, written(&argument["type"])));
            }
        }
    }
    members
}

/// Whether a place is a field that an operation begins with.
fn is_root(place: &str) -> bool {
    ["Query.", "Mutation.", "Subscription."].iter().any(|root| place.starts_with(root))
}

#[test]
fn the_committed_schema_is_the_one_that_is_served() {
    assert_golden("../api/schema.graphql", &upskill_api::graphql::sdl());
}

#[tokio::test]
async fn everything_is_described() {
    let schema = SchemaDocument::current().await;
    let mut silent = Vec::new();
    let mut look = |place: String, thing| {
        if text(thing, "description").trim().len() < 4 {
            silent.push(place);
        }
    };
    let own = |name: &str| !["Boolean", "Float", "ID", "Int", "String"].contains(&name);
    for kind in schema.types().filter(|kind| own(text(kind, "name"))) {
        let name = text(kind, "name");
        look(name.to_owned(), kind);
        for list in ["fields", "inputFields", "enumValues"] {
            for member in items(kind, list) {
                let place = format!("{name}.{}", text(member, "name"));
                for argument in items(member, "args") {
                    look(format!("{place}({})", text(argument, "name")), argument);
                }
                look(place, member);
            }
        }
    }
    none("without a description", silent);
}

#[tokio::test]
async fn scalars_say_where_they_are_specified() {
    let schema = SchemaDocument::current().await;
    let own = schema
        .of_kind("SCALAR")
        .filter(|kind| !["Boolean", "Float", "ID", "Int", "String"].contains(&text(kind, "name")));
    none(
        "without @specifiedBy",
        own.filter(|kind| !text(kind, "specifiedByURL").starts_with("https://"))
            .map(|kind| text(kind, "name").to_owned()),
    );
}

#[tokio::test]
async fn names_are_cased_as_graphql_cases_them() {
    let schema = SchemaDocument::current().await;
    let pascal = |name: &str| {
        name.starts_with(|c: char| c.is_ascii_uppercase()) && name.chars().all(|c| c.is_ascii_alphanumeric())
    };
    let camel = |name: &str| {
        name.starts_with(|c: char| c.is_ascii_lowercase()) && name.chars().all(|c| c.is_ascii_alphanumeric())
    };
    let screaming =
        |name: &str| name.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_');
    let mut wrong = Vec::new();
    for kind in schema.types() {
        let name = text(kind, "name");
        if !pascal(name) {
            wrong.push(name.to_owned());
        }
        for member in items(kind, "fields").chain(items(kind, "inputFields")) {
            let names = items(member, "args").chain([member]).map(|thing| text(thing, "name"));
            wrong.extend(names.filter(|member| !camel(member)).map(|member| format!("{name}.{member}")));
        }
        let values = items(kind, "enumValues").map(|value| text(value, "name"));
        wrong.extend(values.filter(|value| !screaming(value)).map(|value| format!("{name}.{value}")));
    }
    none("named in another case", wrong);
}

#[tokio::test]
async fn suffixes_mean_what_they_say() {
    let schema = SchemaDocument::current().await;
    let mut wrong = Vec::new();
    for kind in schema.types() {
        let name = text(kind, "name");
        let expected = match name {
            _ if name.ends_with("Input") || name.ends_with("Filter") || name.ends_with("Order") => {
                "INPUT_OBJECT"
            }
            _ if name.ends_with("Payload") || name.ends_with("Connection") || name.ends_with("Edge") => {
                "OBJECT"
            }
            _ if name.ends_with("Error") => "OBJECT",
            _ if name.ends_with("ErrorCode") || name.ends_with("OrderField") => "ENUM",
            _ => continue,
        };
        if kind["kind"] != expected {
            wrong.push(format!("{name} is {}", kind["kind"]));
        }
    }
    let inputs = schema.of_kind("INPUT_OBJECT").map(|kind| text(kind, "name"));
    let suffixes = ["Input", "Filter", "Order"];
    wrong.extend(
        inputs.filter(|name| !suffixes.iter().any(|suffix| name.ends_with(suffix))).map(str::to_owned),
    );
    none("named after something else", wrong);
}

#[tokio::test]
async fn connections_are_those_of_relay() {
    let schema = SchemaDocument::current().await;
    for kind in schema.of_kind("OBJECT").filter(|kind| text(kind, "name").ends_with("Connection")) {
        let connection = text(kind, "name");
        let listed = connection.trim_end_matches("Connection");
        let fields: Vec<_> =
            items(kind, "fields").map(|field| (text(field, "name"), written(&field["type"]))).collect();
        assert_eq!(
            fields,
            [
                ("edges", format!("[{listed}Edge!]!")),
                ("nodes", format!("[{listed}!]!")),
                ("pageInfo", "PageInfo!".to_owned()),
                ("totalCount", "Int!".to_owned()),
            ],
            "{connection}"
        );
        let edge = schema.named(&format!("{listed}Edge"));
        let fields: Vec<_> =
            items(edge, "fields").map(|field| (text(field, "name"), written(&field["type"]))).collect();
        assert_eq!(
            fields,
            [("node", format!("{listed}!")), ("cursor", "String!".to_owned())],
            "{listed}Edge"
        );
    }
    let mut wrong = Vec::new();
    for kind in schema.of_kind("OBJECT") {
        for field in items(kind, "fields") {
            let answers = written(&field["type"]);
            if !answers.trim_end_matches('!').ends_with("Connection") {
                continue;
            }
            let arguments: Vec<_> = items(field, "args")
                .map(|argument| format!("{}: {}", text(argument, "name"), written(&argument["type"])))
                .collect();
            let relay = ["first: Int", "after: String", "last: Int", "before: String"];
            if !relay.iter().all(|argument| arguments.iter().any(|own| own == argument)) {
                wrong.push(format!("{}.{} takes {arguments:?}", text(kind, "name"), text(field, "name")));
            }
        }
    }
    none("connections without the arguments of one", wrong);
}

#[tokio::test]
async fn mutations_take_one_input_and_answer_with_user_errors_of_their_own() {
    let schema = SchemaDocument::current().await;
    let mut codes = BTreeSet::new();
    for field in items(schema.named("Mutation"), "fields") {
        let name = text(field, "name");
        let (first, rest) = name.split_at(1);
        let stem = format!("{}{rest}", first.to_ascii_uppercase());
        let arguments: Vec<_> = items(field, "args")
            .map(|argument| (text(argument, "name"), written(&argument["type"])))
            .collect();
        assert_eq!(arguments, [("input", format!("{stem}Input!"))], "{name}");
        assert_eq!(written(&field["type"]), format!("{stem}Payload"), "{name}");
        let payload: Vec<_> = items(schema.named(&format!("{stem}Payload")), "fields")
            .map(|field| (text(field, "name"), written(&field["type"])))
            .collect();
        for (field, answers) in &payload {
            let errors = *field == "userErrors";
            assert_eq!(answers.ends_with('!'), errors, "{stem}Payload.{field}: {answers}");
            if errors {
                assert_eq!(*answers, format!("[{stem}Error!]!"), "{name}");
            }
        }
        assert!(payload.iter().any(|(field, _)| *field == "userErrors"), "{stem}Payload has no userErrors");
        assert!(payload.len() > 1, "{stem}Payload says nothing of what was done");
        let error: Vec<_> = items(schema.named(&format!("{stem}Error")), "fields")
            .map(|field| (text(field, "name"), written(&field["type"])))
            .collect();
        let code = format!("{stem}ErrorCode!");
        let expected =
            [("code", code.clone()), ("message", "String!".to_owned()), ("field", "[String!]".to_owned())];
        assert_eq!(error, expected, "{name}");
        assert!(codes.insert(code), "{name} shares its codes");
    }
}

#[tokio::test]
async fn root_fields_are_nullable_so_that_one_error_leaves_the_others_standing() {
    let schema = SchemaDocument::current().await;
    let members = members(&schema);
    let roots = members.iter().filter(|(place, _)| is_root(place) && !place.contains('('));
    none(
        "root fields that are not nullable",
        roots.filter(|(_, answers)| answers.ends_with('!')).map(|(place, _)| place.clone()),
    );
}

#[tokio::test]
async fn lists_have_no_gaps() {
    let schema = SchemaDocument::current().await;
    let gaps = members(&schema).into_iter().filter(|(place, written)| {
        let items_may_be_null = written.contains('[') && !written.contains("!]");
        items_may_be_null && !LISTS_WITH_GAPS.contains(&place.as_str())
    });
    none("lists of items that may be null", gaps.map(|(place, written)| format!("{place}: {written}")));
    let objects: BTreeSet<_> = schema.of_kind("OBJECT").map(|kind| text(kind, "name").to_owned()).collect();
    let nullable = members(&schema).into_iter().filter(|(place, written)| {
        let of = place.split('.').next().unwrap_or_default();
        let output = objects.contains(of) && !place.contains('(') && !is_root(place);
        // The path of a user error is null where the request as a whole is at fault.
        output && written.ends_with(']') && !(of.ends_with("Error") && *place == format!("{of}.field"))
    });
    none("lists that may be null", nullable.map(|(place, written)| format!("{place}: {written}")));
}

#[tokio::test]
async fn everything_with_an_id_is_a_node() {
    let schema = SchemaDocument::current().await;
    let identified = schema.of_kind("OBJECT").filter(|kind| {
        items(kind, "fields").any(|field| field["name"] == "id" && written(&field["type"]) == "ID!")
    });
    let strangers =
        identified.filter(|kind| !items(kind, "interfaces").any(|interface| interface["name"] == "Node"));
    none("types with an id that node does not find", strangers.map(|kind| text(kind, "name").to_owned()));
}

#[tokio::test]
async fn ids_are_of_the_type_for_ids() {
    let schema = SchemaDocument::current().await;
    let texts = members(&schema).into_iter().filter(|(place, written)| {
        let name = place.trim_end_matches(')').rsplit(['.', '(']).next().unwrap_or_default().to_owned();
        let names_an_id = name == "id" || name.ends_with("Id") || name == "ids" || name.ends_with("Ids");
        // Ids that other systems gave are theirs, whatever their form.
        let foreign = ["externalId", "requestId"].contains(&name.as_str());
        names_an_id && !foreign && written.trim_matches(['[', ']', '!']) != "ID"
    });
    none("ids of another type", texts.map(|(place, written)| format!("{place}: {written}")));
}

#[tokio::test]
async fn one_of_several_is_said_so() {
    let schema = SchemaDocument::current().await;
    let mut wrong = Vec::new();
    for kind in schema.of_kind("INPUT_OBJECT").filter(|kind| kind["isOneOf"] == true) {
        let required = items(kind, "inputFields")
            .filter(|field| written(&field["type"]).ends_with('!') || !field["defaultValue"].is_null());
        wrong.extend(required.map(|field| format!("{}.{}", text(kind, "name"), text(field, "name"))));
    }
    none("fields of a oneOf input that are not optional", wrong);
}
