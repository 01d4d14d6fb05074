//! Which fields tell of people: all of them are known, and nobody forgets one.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};
use support::schema::{SchemaDocument, items, text, written};
use support::{TestApp, both_databases};

/// Types that tell of no person, whatever they are asked for. A new type is marked in the schema, or stands here.
const TELL_OF_NOBODY: &[&str] = &[
    // Where an operation begins; what it leads to is marked there.
    "Mutation",
    "Query",
    "Subscription",
    "Viewer",
    "PageInfo",
    // The organization, courses and programs.
    "Department",
    "Employer",
    "Course",
    "CourseAlternative",
    "CourseMilestone",
    "CoursePrice",
    "CourseTerms",
    "CreatedProvider",
    "JobProfile",
    "JobRequirement",
    "MicroCredentialCompleteness",
    "Prerequisites",
    "Program",
    "Provider",
    "RefundStep",
    "RequiredSkill",
    "Skill",
    "SubjectArea",
    "TargetSkill",
    "TaughtSkill",
    "WeekRange",
    // Money that is nobody's, and the rules for it.
    "AmountAlternative",
    "AppliedExchangeRate",
    "Budget",
    "BudgetAlternative",
    "BudgetBalance",
    "BudgetClosing",
    "BudgetEvent",
    "BudgetForecast",
    "BudgetForecastMonth",
    "BudgetReport",
    "BudgetReportMonth",
    "BudgetTreeClosing",
    "CostBand",
    "CostBandReport",
    "ExchangeRate",
    "ExchangeRateReport",
    "Finding",
    "FindingMeasure",
    "FundingApproverKind",
    "FundingChainImpact",
    "FundingPolicy",
    "FundingPolicyImpact",
    "FundingPolicyProblem",
    "FundingPolicyProviderCap",
    "FundingPolicyRules",
    "FundingPolicyStep",
    "FundingRuleImpact",
    "FundingTally",
    "LearningHours",
    "LearningHoursChange",
    "LedgerChange",
    "Money",
    "PreviewFinding",
    "PreviewedBudget",
    "TaxBucket",
    // Groups of people.
    "Benefit",
    "BenefitEstimate",
    "CourseScrap",
    "DepartmentRoi",
    "ProviderScrap",
    "Report",
    "ReportFigures",
    "ReportMonth",
    "RetentionCell",
    "RetentionDifference",
    "RetentionEffect",
    "RoiBenefitLine",
    "RoiCostLine",
    "RoiDepartment",
    "RoiExchangeRate",
    "RoiFigures",
    "RoiHourlyCost",
    "RoiIntangible",
    "RoiOutcome",
    "RoiRange",
    "RoiReport",
    "RoiReturn",
    "ScrapCell",
    "ScrapLearning",
    "SkillShortage",
    "SkillsFigures",
    "SkillsMonth",
    "SkillsReport",
    // Programs of the employer.
    "ClientSecret",
    "ServiceAccount",
    // How something was done, and what is said of fields.
    "ActionLinkPair",
    "AssignJobProfilesReport",
    "CompletionReport",
    "CourseReport",
    "CourseRowResult",
    "FundingDecisionReport",
    "InvitationReport",
    "MonitoredField",
    "RosterReport",
];

/// Types that hold others and say nothing themselves.
const CONTAINERS: [&str; 4] = ["Connection", "Edge", "Payload", "Error"];

/// Places from which everything begins, and reports of what a mutation did: what they lead to is marked there.
const LEAD_ON: [&str; 11] = [
    "Query",
    "Mutation",
    "Subscription",
    "Viewer",
    "AssignJobProfilesReport",
    "CompletionReport",
    "FundingDecisionReport",
    "InvitationReport",
    "RosterReport",
    "BudgetTreeClosing",
    "Finding",
];

/// The type that a field leads to, through lists and pages.
fn leads_to(field: &Value) -> String {
    let kind = written(&field["type"]).replace(['[', ']', '!'], "");
    kind.strip_suffix("Connection").unwrap_or(&kind).to_owned()
}

#[tokio::test]
async fn every_type_is_marked_or_tells_of_nobody() {
    let app = TestApp::start(support::TestDb::sqlite().await).await;
    app.northwind().await;
    let told = app
        .caller("northwind", "W1")
        .ask("{ monitoredFields { type field } }")
        .await
        .data("/monitoredFields");
    let mut marked = BTreeMap::<String, BTreeSet<String>>::new();
    for mark in told.as_array().expect("fields") {
        marked.entry(text(mark, "type").to_owned()).or_default().insert(text(mark, "field").to_owned());
    }
    let schema = SchemaDocument::current().await;
    let types: Vec<&Value> = schema
        .of_kind("OBJECT")
        .filter(|kind| !CONTAINERS.iter().any(|end| text(kind, "name").ends_with(end)))
        .collect();
    let nothing = BTreeSet::new();
    let fields = |kind: &Value| {
        items(kind, "fields").map(|field| text(field, "name").to_owned()).collect::<BTreeSet<_>>()
    };
    let whole = |kind: &Value| marked.get(text(kind, "name")).unwrap_or(&nothing) == &fields(kind);
    let personal: BTreeSet<&str> =
        types.iter().filter(|kind| whole(kind)).map(|kind| text(kind, "name")).collect();
    assert!(personal.contains("Employee") && personal.contains("Assessment"), "{personal:?}");

    let silent: BTreeSet<&str> =
        types.iter().map(|kind| text(kind, "name")).filter(|name| !personal.contains(name)).collect();
    let known: BTreeSet<&str> = TELL_OF_NOBODY.iter().copied().collect();
    let unmarked: Vec<_> = silent.difference(&known).collect();
    assert_eq!(
        unmarked,
        Vec::<&&str>::new(),
        "types that are neither `@personal` nor on the list of those that tell of nobody"
    );
    let wrong: Vec<_> = known.difference(&silent).collect();
    assert_eq!(wrong, Vec::<&&str>::new(), "types on that list that are marked, or are no more");

    let mut forgotten = Vec::new();
    for kind in types
        .iter()
        .filter(|kind| silent.contains(text(kind, "name")) && !LEAD_ON.contains(&text(kind, "name")))
    {
        let marks = marked.get(text(kind, "name")).unwrap_or(&nothing);
        for field in items(kind, "fields") {
            if personal.contains(leads_to(field).as_str()) && !marks.contains(text(field, "name")) {
                forgotten.push(format!("{}.{}", text(kind, "name"), text(field, "name")));
            }
        }
    }
    assert_eq!(forgotten, Vec::<String>::new(), "fields that lead to people and are not `@personal`");
}

both_databases! {
    async fn the_works_council_reads_what_tells_of_people(app: TestApp) {
        app.northwind().await;
        let document = "query($class: DataClass) { monitoredFields(class: $class) { type field description class purpose retention seenBy } }";
        for person in ["W1", "A1", "H1"] {
            let told = app.caller("northwind", person).send(document, json!({ "class": "EMPLOYMENT" })).await.data("/monitoredFields");
            let told = told.as_array().expect("fields");
            assert!(told.iter().all(|field| field["class"] == "EMPLOYMENT"), "{person}");
            let hours = told.iter().find(|field| field["field"] == "weeklyMinutes");
            assert_eq!(hours, Some(&json!({
                "type": "Employment", "field": "weeklyMinutes", "description": "Agreed working time in minutes a week, 0 to 4800.",
                "class": "EMPLOYMENT", "retention": "UNTIL_ERASED",
                "purpose": "to know who approves what, whom programs are for, what hours cost and how many people stay",
                "seenBy": "HR_ADMIN, HR_ANALYST, the person concerned, a manager above the person, a service account with roster:read",
            })), "{person}");
        }
        for person in ["E1", "M1", "H2", "F1", "X1"] {
            assert_eq!(app.caller("northwind", person).send(document, json!({})).await.code(), "FORBIDDEN", "{person}");
        }
    }
}
