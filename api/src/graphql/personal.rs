//! The mark of what tells of people, and the catalog of everything that carries it.
//!
//! A type about people is marked as a whole, so that a field which is added to it is marked, too. A field that leads to people
//! from elsewhere is marked by itself. Who may see it is computed from the policy.

use std::sync::LazyLock;

use async_graphql::parser::parse_schema;
use async_graphql::parser::types::{ConstDirective, TypeKind, TypeSystemDefinition};
use async_graphql::{Enum, InputType as _, Positioned, TypeDirective};
use upskill_domain::access::{AccountScope, Action, Basis};

use super::schema::sdl;

/// What sort of thing is known of a person.
#[derive(Enum, Debug, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "upskill_domain::privacy::DataClass")]
pub(crate) enum DataClass {
    /// Who somebody is and how to reach them.
    Identity,
    /// The terms of their work and their place in the organization.
    Employment,
    /// What they may do and how they prove who they are.
    Access,
    /// What they asked money for, what became of it, and what was spent.
    Funding,
    /// What people say of something or somebody in words of their own.
    Opinion,
    /// What they learn, how far they are, how long it took and whether they apply it.
    Learning,
    /// Results of examinations, and what was handed in as evidence.
    Assessment,
    /// What they master, and which job they have.
    Skills,
    /// What they did in their work for others.
    Activity,
    /// That something happened to them or by them, in the journal.
    Journal,
}

/// Tells of people. On a type it holds for each of its fields, unless a field says otherwise.
#[TypeDirective(location = "Object", location = "FieldDefinition")]
pub(crate) fn personal(
    #[graphql(desc = "What sort of thing it tells.")] class: DataClass,
    #[graphql(desc = "Who may see it, by the policy of the server.")] seen_by: String,
) {
}

/// Who may do something, in the words of the policy.
pub(crate) fn who(action: Action) -> String {
    let people = action.bases().iter().filter(|basis| **basis != Basis::System);
    let accounts = AccountScope::opening(action).map(|scope| format!("a service account with {scope}"));
    people.map(|basis| basis.phrase().to_owned()).chain(accounts).collect::<Vec<_>>().join(", ")
}

/// A field that tells of people.
pub(crate) struct Mark {
    /// The type that it is a field of.
    pub(crate) on: String,
    /// Its name.
    pub(crate) field: String,
    /// What the schema says of it.
    pub(crate) says: String,
    /// What sort of thing it tells.
    pub(crate) class: DataClass,
    /// Who may see it.
    pub(crate) seen_by: String,
}

/// Every field that tells of people, in the order of the schema.
pub(crate) fn marks() -> &'static [Mark] {
    static MARKS: LazyLock<Vec<Mark>> = LazyLock::new(|| read(&sdl()));
    &MARKS
}

fn read(schema: &str) -> Vec<Mark> {
    let Ok(schema) = parse_schema(schema) else { return Vec::new() };
    let types = schema.definitions.iter().filter_map(|definition| match definition {
        TypeSystemDefinition::Type(kind) => Some(&kind.node),
        _ => None,
    });
    let fields = types.flat_map(|kind| {
        let whole = mark(&kind.directives);
        let fields = match &kind.kind {
            TypeKind::Object(object) => object.fields.as_slice(),
            _ => &[],
        };
        fields.iter().filter_map(move |field| {
            let (class, seen_by) = mark(&field.node.directives).or_else(|| whole.clone())?;
            let says = field.node.description.as_ref().map(|says| says.node.clone());
            let (on, field) = (kind.name.node.to_string(), field.node.name.node.to_string());
            Some(Mark { on, field, says: says.unwrap_or_default(), class, seen_by })
        })
    });
    fields.collect()
}

fn mark(directives: &[Positioned<ConstDirective>]) -> Option<(DataClass, String)> {
    let found = directives.iter().find(|directive| directive.node.name.node == "personal")?;
    let argument = |name: &str| {
        let found = found.node.arguments.iter().find(|(known, _)| known.node == name)?;
        Some(found.1.node.clone())
    };
    let class = DataClass::parse(argument("class")).ok()?;
    Some((class, String::parse(argument("seenBy")).ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_type_marks_its_fields_and_a_field_itself() {
        let marks = read(
            r#"type A @personal(class: SKILLS, seenBy: "HR") { "One" b: Int c: Int @personal(class: ACCESS, seenBy: "all") }
               type D { e: Int f: A @personal(class: ACTIVITY, seenBy: "D") }"#,
        );
        let told: Vec<_> = marks
            .iter()
            .map(|mark| (mark.on.as_str(), mark.field.as_str(), mark.class, mark.seen_by.as_str()))
            .collect();
        assert_eq!(
            told,
            [
                ("A", "b", DataClass::Skills, "HR"),
                ("A", "c", DataClass::Access, "all"),
                ("D", "f", DataClass::Activity, "D"),
            ]
        );
        assert_eq!(marks.first().map(|mark| mark.says.as_str()), Some("One"));
        assert!(super::marks().len() > 100, "the schema is marked");
    }

    #[test]
    fn who_may_see_something_is_said_as_the_policy_says_it() {
        assert_eq!(who(Action::ReadAssessments), "HR_ADMIN, the person concerned");
        assert_eq!(
            who(Action::ReadAbsences),
            "HR_ADMIN, HR_ANALYST, the person concerned, a service account with absences:read"
        );
    }
}
