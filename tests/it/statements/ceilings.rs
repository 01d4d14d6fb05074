//! Documents, and how many statements each takes.

/// Somebody of Northwind, a document with `$first`, and its statements.
pub(super) type Ceiling = (&'static str, &'static str, u64);

pub(super) const CEILINGS: &[Ceiling] = &[
    ("E1", "query($first: Int) { employees(first: $first) { nodes { name } } }", 2),
    ("E1", "query($first: Int) { employees(first: $first) { edges { cursor node { name } } pageInfo { hasNextPage } } }", 2),
    ("E1", "query($first: Int) { employees(first: $first) { totalCount nodes { name } } }", 3),
    ("E1", "query($first: Int) { employees(first: $first) { nodes { name department { name } manager { name } } } }", 2),
    (
        "H1",
        "query($first: Int) { employees(first: $first, filter: { search: \"Person\" }) { nodes {
           name department { name head { name } parent { name } } manager { name manager { name department { name } } }
           employment { hiredOn }
         } } }",
        6,
    ),
    ("E1", "query($first: Int) { departments(first: $first) { nodes { code parent { code } head { name } } } }", 4),
    ("H1", "query($first: Int) { roleGrants(first: $first) { nodes { role employee { name } grantedBy { name } } } }", 3),
    ("A1", "query($first: Int) { journalEntries(first: $first) { nodes { kind payload actor { name } } } }", 2),
    (
        "A1",
        "query($first: Int) { journalEntries(first: $first, filter: { kind: { in: [\"organization.role_granted\"] } }, direction: DESC) {
           nodes { kind actor { name } } } }",
        3,
    ),
    ("A1", "query($first: Int) { journalEntries(first: $first) { totalCount edges { cursor node { position at kind hash } } pageInfo { hasNextPage } } }", 3),
    ("A1", "query($first: Int) { journalEntries(last: $first) { nodes { kind subjectId capacity requestId } } }", 2),
    ("E1", "{ viewer { eventCursor } }", 2),
    // Lists below lists are read together.
    ("E1", "query($first: Int) { employees(first: $first) { nodes { name reports(first: 5) { totalCount nodes { name manager { name } } } } } }", 4),
    ("E1", "query($first: Int) { departments(first: $first) { nodes { code employees(first: 2) { nodes { name reports(first: 2) { nodes { name } } } } } } }", 4),
    ("E1", "{ viewer { employee { name department { name } manager { name } } roles } }", 3),
    ("E1", "{ employer { name } }", 2),
];

pub(super) const FUNDING_CEILINGS: &[Ceiling] = &[
    ("F1", "query($first: Int) { budgets(first: $first) { nodes { name closing { lapsed { amount } closedBy { name } } } } }", 3),
    ("F1", "query($first: Int) { budgets(first: $first) { nodes { name forecast { months { month expected { amount } available { amount } } } } } }", 5),
    ("F1", "query($first: Int) { budgets(first: $first) { nodes { report(period: \"2026\") { opening { allocated { amount } } months { closing { available { amount } } } }
           before: report(period: \"2025\") { returned { amount } } } } }", 3),
    ("F1", "query($first: Int) { budgets(first: $first) { nodes { name balance { available { amount } } parent { name } owners { name } } } }", 5),
    ("F1", "query($first: Int) { budgets(first: 1) { nodes { ledger(first: $first) { nodes { kind bookedBy { name } request { amount { amount } } } } } } }", 5),
    (
        "F1",
        "query($first: Int) { fundingRequests(first: $first) { nodes { status employee { name department { name } manager { name } }
           budget { name } } } }",
        2,
    ),
    (
        "F1",
        "query($first: Int) { budgets(first: $first) { nodes { children(first: 5) { totalCount nodes { name } } ledger(first: 3) { totalCount nodes { kind } }
           requests(first: 5) { nodes { status employee { name } } } } } }",
        7,
    ),
    ("F1", "query($first: Int) { employees(first: $first) { nodes { name fundingRequests(first: 10) { nodes { status budget { name } } } } } }", 3),
    // How much Clara sees is asked first. What a budget holds is asked for in the name of who may see it, so it does not
    // come joined for everybody.
    ("C1", "query($first: Int) { fundingRequests(first: $first) { nodes { status employee { name } budget { name } } } }", 4),
    (
        "F1",
        "query($first: Int) { fundingRequests(first: $first) { nodes { steps { status assignee { name } }
           decisions { verdict decidedBy { name } grounds { available { amount } } } } } }",
        6,
    ),
    (
        "H1",
        "query($first: Int) { fundingRequests(first: $first) { nodes { comments(first: 3) { totalCount nodes { text author { name } } }
           rounds(first: 3) { totalCount nodes { round } } } } }",
        6,
    ),
    (
        "C1",
        "query($first: Int) { viewer { approvals(first: $first) { nodes { step { capacity } requesterLoad { liveRequests }
           requesterHistory { status } request { employee { name department { name } } budget { balance { available { amount } } } } } } } }",
        4,
    ),
    (
        "C1",
        "query($first: Int) { viewer { approvals(first: $first) { nodes { findings { code } request { taxShares { taxable { amount } } } } } } }",
        7,
    ),
    ("E1", "{ viewer { fundingTasks { kind text request { id status waitsFor } } fundingRequests { nodes { waitsFor } } } }", 3),
    ("E1", "{ fundingAllowance { courses mostNow { amount } taxBuckets { left { amount } } findings { code } } }", 7),
    ("F1", "query($first: Int) { fundingPolicies(first: $first) { totalCount nodes { name status createdBy { name } publishedBy { name } } } }", 4),
    ("F1", "query($first: Int) { exchangeRates(first: $first) { totalCount nodes { from to day rate setBy { name } } } }", 4),
    ("H1", "query($first: Int) { absences(first: $first) { totalCount nodes { employee { name } createdBy { name } } } }", 4),
    ("H1", "query($first: Int) { approvalDelegations(first: $first) { totalCount nodes { employee { name } delegate { name } createdBy { name } } } }", 4),
    // What drafts are checked against is looked up once for all of them: the drafts, departments, holders of roles, those
    // at the top of the line, the people, and the line above each of the two who decide when nobody else can.
    (
        "F1",
        "query($first: Int) { fundingPolicies(first: $first) { nodes { problems { message } rules { eligibleDepartments { name }
           steps { employee { name } } } } } }",
        12,
    ),
];

pub(super) const CATALOG_CEILINGS: &[Ceiling] = &[
    ("E1", "query($first: Int) { skills(first: $first) { nodes { name } } }", 2),
    ("E1", "query($first: Int) { providers(first: $first) { totalCount nodes { name kind } } }", 3),
    ("E1", "query($first: Int) { courses(first: $first) { nodes { title provider { name } } } }", 2),
    (
        "E1",
        "query($first: Int) { courses(first: $first, orderBy: { field: DURATION }) { totalCount nodes {
           title price { amount } provider { name } skills { name level skill { kind } } } } }",
        5,
    ),
    ("E1", "query($first: Int) { courses(first: 1) { nodes { title prices(first: $first) { nodes { price { amount } setBy { name } } } } } }", 4),
    ("E1", "query($first: Int) { courses(first: $first) { nodes { title prices(first: 2) { totalCount nodes { price { amount } } } } } }", 4),
    ("H2", "query($first: Int) { programs(first: $first) { nodes { name participants(first: 5) { totalCount nodes { status } } } } }", 4),
    ("E1", "query($first: Int) { programs(first: $first) { nodes { name owner { name } } } }", 3),
    (
        "E1",
        "query($first: Int) { programs(first: $first) { nodes { name owner { name } targetSkills { level skill { name } }
           departments { name } courses { title provider { name } } } } }",
        8,
    ),
    ("H2", "query($first: Int) { participants(first: $first) { nodes { status program { name } employee { name department { name } } } } }", 5),
];

pub(super) const ROI_CEILINGS: &[Ceiling] = &[
    ("H2", "{ costBands { code hourlyCost { amount } } }", 2),
    ("H2", "query($first: Int) { employees(first: $first) { nodes { name costBand { code hourlyCost { amount } } } } }", 3),
    ("F1", "query($first: Int) { benefits(first: $first) { totalCount nodes { title program { name } recordedBy { name } validatedBy { name } } } }", 5),
    (
        "F1",
        "query($first: Int) { roiReports(first: $first) { totalCount nodes { number cost { amount } program { name } createdBy { name }
           costLines { amount { amount } } benefitLines { title benefit { status } } expected { roiPercent } } } }",
        6,
    ),
    ("F1", "{ roiReports(first: 1) { nodes { departments { department { name } figures { cost { amount } } suppressed } } } }", 3),
    (
        "H2",
        "query($first: Int) { departments(first: $first) { nodes { name roi { figures { cost { amount } expected { roiPercent } }
           suppressed programs } } } }",
        5,
    ),
    ("F1", "{ scrapLearning(on: \"2025-01-01\") { total { places } providers { provider { name } courses { course { title } } } } }", 3),
];

/// Reports, in however many rows and years they are asked for.
pub(super) const REPORT_CEILINGS: &[Ceiling] = &[
    ("W1", "{ employer { skillsReport { figures { people } shortages { skill { name } } months { month } } } }", 4),
    ("H2", "query($first: Int) { departments(first: $first) { nodes { skillsReport { suppressed shortages { skill { name } } } } } }", 4),
    ("A1", "query($first: Int) { programs(first: $first) { nodes { skillsReport { figures { ready } } } } }", 4),
    ("H2", "{ employer { report(period: \"2026\") { figures { learners } months { month } } } }", 6),
    ("W1", "query($first: Int) { departments(first: $first) { nodes { name report(period: \"2026\") { figures { learners } months { month } } } } }", 7),
    ("F1", "query($first: Int) { courses(first: $first) { nodes { title report(period: \"2026-Q1\") { figures { enrolled } } } } }", 7),
    (
        "H1",
        "query($first: Int) { departments(first: $first) { nodes { report(period: \"2026-03\") { suppressed } } } courses(first: $first) { nodes {
           report(period: \"2026-Q1\") { suppressed } provider { report(period: \"2026\") { suppressed } } } }
           programs(first: $first) { nodes { now: report(period: \"2026\") { suppressed } before: report(period: \"2025\") { suppressed } } } }",
        11,
    ),
];
