//! What a document asks for, computed once per document and evaluated at each request.

use async_graphql::{
    Name, Value, Variables,
    parser::types::{ExecutableDocument, OperationDefinition, OperationType},
};

use super::{
    cost::Cost,
    limits::{Excess, Limits, Measure},
    selections::Walk,
};

/// Why a document is refused before execution.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum Rejection {
    #[error(transparent)]
    Excess(#[from] Excess),
    #[error("the fragment \"{0}\" contains itself")]
    Cycle(Name),
    #[error("\"{0}\" is a list inside another list; say by first or last how many of each")]
    Unbounded(Name),
}

/// The measures of all operations of a document.
#[derive(Debug)]
pub(super) struct Analysis {
    operations: Vec<Operation>,
}

/// One operation that keeps all limits that do not depend on variables.
#[derive(Debug)]
pub(super) struct Operation {
    pub name: Option<Name>,
    pub kind: OperationType,
    cost: Cost,
    /// Variables that a request has to give, with their types as written.
    required: Vec<(Name, String)>,
    defaults: Vec<(Name, Value)>,
}

impl Analysis {
    /// Measures a document against the limits.
    pub(super) fn of(document: &ExecutableDocument, limits: &Limits) -> Result<Self, Rejection> {
        let mut walk = Walk::new(document, limits);
        let operations = document
            .operations
            .iter()
            .map(|(name, operation)| Operation::of(name, &operation.node, &mut walk, limits))
            .collect::<Result<_, _>>()?;
        // After the operations, whose order of walking is the document's own.
        walk.fragments()?;
        Ok(Self { operations })
    }

    /// The operation that a request means, or why there is none.
    pub(super) fn operation(&self, name: Option<&str>) -> Result<&Operation, String> {
        match (name, self.operations.as_slice()) {
            (None, [only]) => Ok(only),
            (None, several) => Err(format!(
                "the document has {} operations; name one of them by the parameter \"operationName\": {}",
                several.len(),
                self.names()
            )),
            (Some(name), operations) => {
                let found = operations.iter().find(|operation| operation.name.as_deref() == Some(name));
                found.ok_or_else(|| {
                    let name: String = name.chars().take(100).collect();
                    format!("the document has no operation \"{name}\"; it has {}", self.names())
                })
            }
        }
    }

    fn names(&self) -> String {
        let mut names: Vec<_> = self
            .operations
            .iter()
            .map(|operation| operation.name.as_deref().unwrap_or("one without a name"))
            .collect();
        names.sort_unstable();
        names.truncate(10);
        names.join(", ")
    }
}

impl Operation {
    fn of<'a>(
        name: Option<&Name>,
        operation: &'a OperationDefinition,
        walk: &mut Walk<'a>,
        limits: &Limits,
    ) -> Result<Self, Rejection> {
        let mut measures = walk.root(&operation.selection_set.node)?;
        measures.directives += operation.directives.len() as u64;
        let mut required = Vec::new();
        let mut defaults = Vec::new();
        for definition in operation.variable_definitions.iter().map(|definition| &definition.node) {
            measures.directives += definition.directives.len() as u64;
            match &definition.default_value {
                Some(value) => defaults.push((definition.name.node.clone(), value.node.clone())),
                None if definition.var_type.node.nullable => {}
                None => required.push((definition.name.node.clone(), definition.var_type.node.to_string())),
            }
        }
        Measure::RootFields.check(measures.fields, limits.root_fields)?;
        Measure::Aliases.check(measures.aliases, limits.aliases)?;
        Measure::Directives.check(measures.directives, limits.directives)?;
        Ok(Self { name: name.cloned(), kind: operation.ty, cost: measures.cost, required, defaults })
    }

    /// The cost with the variables of a request.
    pub(super) fn cost(&self, variables: &Variables, limits: &Limits) -> u64 {
        self.cost.evaluate(limits.default_page_size, |name| {
            let default =
                || self.defaults.iter().find(|(default, _)| default == name).map(|(_, value)| value);
            variables.get(name).or_else(default)
        })
    }

    /// The first variable that has to be given and is not, with its type.
    pub(super) fn missing_variable(&self, variables: &Variables) -> Option<&(Name, String)> {
        self.required.iter().find(|(name, _)| matches!(variables.get(name), None | Some(Value::Null)))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use async_graphql::parser::parse_query;

    fn analyze(text: &str, limits: &Limits) -> Result<Analysis, Rejection> {
        Analysis::of(&parse_query(text).expect("valid syntax"), limits)
    }

    fn cost(text: &str, variables: serde_json::Value) -> u64 {
        let limits = Limits { lists: BTreeSet::from(["list".to_owned()]), ..Limits::default() };
        let analysis = analyze(text, &limits).expect("within the limits");
        let operation = analysis.operation(None).expect("one operation");
        operation.cost(&Variables::from_json(variables), &limits)
    }

    fn excess(text: &str, limits: &Limits) -> (Measure, u64) {
        match analyze(text, limits) {
            Err(Rejection::Excess(excess)) => (excess.measure, excess.value),
            other => panic!("{text} is no excess but {other:?}"),
        }
    }

    #[test]
    fn every_field_costs_one_and_lists_multiply() {
        let none = || serde_json::json!({});
        for (text, variables, expected) in [
            ("{ a }", none(), 1),
            ("{ a { b c __typename } }", none(), 4),
            ("{ a(first: 50) { nodes { id } } }", none(), 1 + 50 * 2),
            ("{ a(last: 5) { edges { node { id } } } }", none(), 1 + 5 * 3),
            ("{ a { nodes { id } } }", none(), 1 + 20 * 2),
            ("{ a(first: null) { nodes { id } } }", none(), 1 + 20 * 2),
            ("{ a { ...F } } fragment F on A { nodes { id } }", none(), 1 + 20 * 2),
            ("{ nodes(ids: [1, 2, 3]) { id name } }", none(), 1 + 3 * 2),
            ("query($i: ID!) { nodes(ids: [$i, 2]) { id name } }", serde_json::json!({"i": 1}), 1 + 2 * 2),
            (
                "query($ids: [ID!]!) { nodes(ids: $ids) { id } }",
                serde_json::json!({"ids": [1, 2, 3, 4]}),
                1 + 4,
            ),
            ("query($n: Int) { a(first: $n) { nodes { id } } }", serde_json::json!({"n": 100}), 1 + 100 * 2),
            ("query($n: Int) { a(first: $n) { nodes { id } } }", none(), 1 + 20 * 2),
            ("query($n: Int = 7) { a(first: $n) { nodes { id } } }", none(), 1 + 7 * 2),
            (
                "query($n: Int!) { a(first: $n) { b(first: $n) { c } } }",
                serde_json::json!({"n": 9}),
                1 + 9 * (1 + 9),
            ),
            ("{ a(first: -1) { b } }", none(), 2),
            ("{ a { list { b } } }", none(), 1 + 1 + 20),
            ("{ list(first: 3) { b } }", none(), 1 + 3),
            ("mutation { m(input: {decisions: [1, 2]}) { results { a } } }", none(), 1 + 1 + 20),
            (
                "mutation { decideFundingRequests(input: {key: $k, decisions: [{}, $d]}) { r { ...R } c } } \
                 fragment R on R { results { a b } }",
                none(),
                4 + 2 * (2 + 10),
            ),
            (
                "mutation($l: [D!]!) { decideFundingRequests(input: {decisions: $l, key: $k}) { c } }",
                serde_json::json!({"l": [1, 2, 3, 4]}),
                2 + 4 * 10,
            ),
            (
                "mutation($i: I!) { decideFundingRequests(input: $i) { results { a list { b } } } }",
                serde_json::json!({"i": {"decisions": [1, 2, 3, 4, 5]}}),
                2 + 5 * (2 + 20 + 10),
            ),
            (
                "mutation($i: I!) { inviteParticipants(input: $i) { results { a } } }",
                serde_json::json!({"i": {"employeeIds": [1, 2, 3]}}),
                2 + 3,
            ),
            ("{ list { list { b } } }", none(), 1 + 20 * (1 + 20)),
            ("{ list(first: 3) { nodes { b } } }", none(), 1 + 3 * 2),
        ] {
            assert_eq!(cost(text, variables.clone()), expected, "{text} with {variables}");
        }
    }

    #[test]
    fn a_list_inside_another_says_how_long_it_is() {
        let refused = |text: &str| match analyze(text, &Limits::default()) {
            Err(Rejection::Unbounded(list)) => Some(list.to_string()),
            _ => None,
        };
        let within = "{ a(first: 5) { nodes { b { c { nodes { d } } } } } }";
        assert_eq!(refused(within).as_deref(), Some("c"));
        assert_eq!(
            refused("{ a { nodes { ...B } } } fragment B on A { b { edges { node { c } } } }").as_deref(),
            Some("b")
        );
        assert_eq!(refused("{ nodes(ids: [1]) { b { nodes { c } } } }").as_deref(), Some("b"));
        assert_eq!(refused("{ a { nodes { b(last: 5) { nodes { c } } } } }"), None);
        assert_eq!(refused("query($n: Int) { a { nodes { b(first: $n) { nodes { c } } } } }"), None);
        assert_eq!(refused("{ a { b { nodes { c } } } }"), None);
    }

    #[test]
    fn a_page_of_requests_with_four_neighbors_fits_comfortably() {
        let text = "query($n: Int!) { fundingRequests(first: $n) { nodes { id status amount { amount currency }
            employee { id name email } course { id title } budget { id department { name } } approver { id name } } } }";
        assert_eq!(cost(text, serde_json::json!({"n": 50})), 1 + 50 * 20);
    }

    #[test]
    fn limits_count_with_fragments_expanded() {
        let limits = Limits {
            depth: 3,
            selections: 12,
            root_fields: 3,
            aliases: 2,
            directives: 2,
            ..Limits::default()
        };
        for (text, expected) in [
            ("{ a { b { c { d } } } }", (Measure::Depth, 4)),
            ("{ a { b { ...F } } } fragment F on C { c { d } }", (Measure::Depth, 4)),
            ("{ a b c d }", (Measure::RootFields, 4)),
            ("{ ...F ...F } fragment F on Q { a b }", (Measure::RootFields, 4)),
            ("{ a: x b: x c: x }", (Measure::Aliases, 3)),
            ("{ p { ...F } q { ...F } } fragment F on Q { a: x b: x }", (Measure::Aliases, 4)),
            ("{ a @x @y @z }", (Measure::Directives, 3)),
            ("query($v: Int @x) @x { a @x }", (Measure::Directives, 3)),
            ("{ a { b c d e f g h i j k l m } }", (Measure::Selections, 13)),
            ("{ a { ...F } b { ...F } } fragment F on Q { c d e f }", (Measure::Selections, 12)),
        ] {
            if text.starts_with("{ a { ...F } b") {
                assert!(analyze(text, &limits).is_ok(), "{text}");
            } else {
                assert_eq!(excess(text, &limits), expected, "{text}");
            }
        }
    }

    #[test]
    fn fragments_that_double_each_other_are_refused_at_once() {
        let doubled = |level: u8| format!("fragment F{level} on Q {{ ...F{0} ...F{0} }} ", level + 1);
        let bomb: String = (0..24).map(doubled).collect::<Vec<_>>().concat();
        let text = format!("{{ ...F0 }} {bomb} fragment F24 on Q {{ a }}");
        let (measure, value) = excess(&text, &Limits::default());
        assert_eq!(measure, Measure::Selections);
        assert!(value > 5_000 && value < 20_000, "stopped at the first sum beyond the limit, not at {value}");
    }

    #[test]
    fn a_long_chain_of_fragments_is_not_followed() {
        let link = |level: u16| format!("fragment F{level} on Q {{ ...F{} }} ", level + 1);
        let chain: String = (0..500).map(link).collect::<Vec<_>>().concat();
        let text = format!("{{ ...F0 }} {chain} fragment F500 on Q {{ a }}");
        assert_eq!(excess(&text, &Limits::default()), (Measure::Nesting, 65));
    }

    #[test]
    fn a_fragment_that_contains_itself_is_refused_even_if_nobody_uses_it() {
        for text in [
            "{ a { ...F } } fragment F on Q { b { ...F } }",
            "{ a } fragment F on Q { ...G } fragment G on Q { b { ...F } }",
        ] {
            assert!(matches!(analyze(text, &Limits::default()), Err(Rejection::Cycle(_))), "{text}");
        }
    }

    #[test]
    fn introspection_may_not_walk_in_circles() {
        let limits = Limits::default();
        assert!(
            analyze("{ __schema { types { fields { type { interfaces { name } } } } } }", &limits).is_ok()
        );
        let text = "{ __schema { types { fields { type { fields { type { fields { name } } } } } } } }";
        assert_eq!(excess(text, &limits), (Measure::Introspection, 3));
    }

    #[test]
    fn the_operation_is_chosen_by_name() {
        let analysis = analyze("query A { a } mutation B($v: [Int!]!, $w: Int) { b }", &Limits::default())
            .expect("within the limits");
        let operation = analysis.operation(Some("B")).expect("it is there");
        assert_eq!(operation.kind, OperationType::Mutation);
        assert_eq!(
            operation.missing_variable(&Variables::default()),
            Some(&(Name::new("v"), "[Int!]!".to_owned()))
        );
        assert_eq!(
            analysis.operation(None).map(|_| ()),
            Err("the document has 2 operations; name one of them by the parameter \"operationName\": A, B"
                .to_owned())
        );
        assert_eq!(
            analysis.operation(Some("C")).map(|_| ()),
            Err("the document has no operation \"C\"; it has A, B".to_owned())
        );
    }
}
