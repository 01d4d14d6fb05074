//! The two employers of the story: their departments, and the people who have a part in it.

use upskill_domain::access::Role;

/// An employer to be told about.
#[derive(Debug)]
pub(super) struct Company {
    pub slug: &'static str,
    pub name: &'static str,
    pub time_zone: &'static str,
    pub currency: &'static str,
    pub country: &'static str,
    /// What external ids begin with.
    pub initial: &'static str,
    /// What e-mail addresses end with.
    pub domain: &'static str,
    /// Departments, those above before those below; the first is the top.
    pub units: &'static [Unit],
    pub cast: &'static [Part],
}

/// A department.
#[derive(Debug)]
pub(super) struct Unit {
    pub code: &'static str,
    pub name: &'static str,
    /// The code of the department above; empty at the top.
    pub above: &'static str,
    /// What people do there.
    pub titles: &'static [&'static str],
    /// How much of the staff works there, in percent.
    pub share: usize,
}

/// Somebody with a part in the story.
#[derive(Debug, Clone, Copy)]
pub(super) struct Part {
    pub name: &'static str,
    pub title: &'static str,
    pub unit: &'static str,
    /// Whom they report to; empty at the top.
    pub manager: &'static str,
    /// Whether they head their department.
    pub heads: bool,
    pub role: Option<Role>,
}

const fn unit(
    code: &'static str,
    name: &'static str,
    above: &'static str,
    titles: &'static [&'static str],
    share: usize,
) -> Unit {
    Unit { code, name, above, titles, share }
}

const fn head(name: &'static str, title: &'static str, unit: &'static str, manager: &'static str) -> Part {
    Part { name, title, unit, manager, heads: true, role: None }
}

const fn part(name: &'static str, title: &'static str, unit: &'static str, manager: &'static str) -> Part {
    Part { name, title, unit, manager, heads: false, role: None }
}

const fn holding(role: Role, part: Part) -> Part {
    Part { role: Some(role), ..part }
}

/// The manager whose desk the story ends at, and three of the people who report to her.
pub(super) const MANAGER: &str = "Mei Tanaka";
pub(super) const ENGINEER: &str = "Diego Álvarez";
pub(super) const AMBITIOUS: &str = "Aisha Rahman";
pub(super) const THRIFTY: &str = "Lukas Novák";
/// More people in her team.
pub(super) const TEAM: usize = 5;

/// Northwind Steel: a steel maker on its way into data, automation and security.
pub(super) static NORTHWIND: Company = Company {
    slug: "northwind",
    name: "Northwind Steel",
    time_zone: "Europe/Berlin",
    currency: "EUR",
    country: "DE",
    initial: "N",
    domain: "northwind.example",
    units: &[
        unit("BOARD", "Executive Board", "", &["Executive Assistant"], 0),
        unit("OPS", "Operations", "BOARD", &["Production Planner"], 2),
        unit("TECH", "Technology", "BOARD", &["Technology Analyst"], 2),
        unit("COM", "Commercial", "BOARD", &["Market Analyst"], 2),
        unit("FIN", "Finance", "BOARD", &["Controller", "Accountant", "Treasury Analyst"], 6),
        unit(
            "HR",
            "People and Culture",
            "BOARD",
            &["HR Business Partner", "Recruiter", "Payroll Specialist"],
            5,
        ),
        unit(
            "MELT",
            "Melting and Casting",
            "OPS",
            &["Melt Shop Operator", "Casting Technician", "Process Metallurgist"],
            16,
        ),
        unit("ROLL", "Rolling Mill", "OPS", &["Mill Operator", "Roll Grinder", "Process Engineer"], 15),
        unit(
            "MAINT",
            "Maintenance",
            "OPS",
            &["Electrical Technician", "Mechanical Technician", "Reliability Engineer"],
            12,
        ),
        unit("QA", "Quality and Laboratory", "OPS", &["Laboratory Technician", "Quality Engineer"], 8),
        unit(
            "ENG",
            "Engineering and Automation",
            "TECH",
            &["Automation Engineer", "Controls Engineer", "Robotics Engineer"],
            11,
        ),
        unit(
            "IT",
            "IT Platforms",
            "TECH",
            &["Cloud Engineer", "System Administrator", "Security Analyst"],
            9,
        ),
        unit(
            "DATA",
            "Data and Analytics",
            "TECH",
            &["Data Engineer", "Data Analyst", "Machine Learning Engineer"],
            6,
        ),
        unit("SALES", "Sales", "COM", &["Account Manager", "Sales Engineer"], 6),
    ],
    cast: &[
        head("Margit Lindqvist", "Chief Executive Officer", "BOARD", ""),
        holding(Role::HrAdmin, head("Farah Haddad", "Chief People Officer", "HR", "Margit Lindqvist")),
        holding(Role::HrAnalyst, part("Jonas Petersen", "People Analyst", "HR", "Farah Haddad")),
        head("Annegret Vogt", "Chief Financial Officer", "FIN", "Margit Lindqvist"),
        holding(Role::Finance, part("Chiara Bellini", "Head of Controlling", "FIN", "Annegret Vogt")),
        holding(Role::Auditor, part("Sven Oksanen", "Internal Auditor", "FIN", "Annegret Vogt")),
        head("Tomasz Wieczorek", "Chief Operating Officer", "OPS", "Margit Lindqvist"),
        head("Leyla Demir", "Chief Technology Officer", "TECH", "Margit Lindqvist"),
        head("Rui Carvalho", "Chief Commercial Officer", "COM", "Margit Lindqvist"),
        head("Priya Raman", "Head of Engineering and Automation", "ENG", "Leyla Demir"),
        part(MANAGER, "Team Lead Automation", "ENG", "Priya Raman"),
        part(ENGINEER, "Automation Engineer", "ENG", MANAGER),
        part(AMBITIOUS, "Controls Engineer", "ENG", MANAGER),
        part(THRIFTY, "Robotics Engineer", "ENG", MANAGER),
        head("Oluwaseun Adeyemi", "Head of IT Platforms", "IT", "Leyla Demir"),
        holding(
            Role::EmployerAdmin,
            part("Kwame Asante", "Identity Administrator", "IT", "Oluwaseun Adeyemi"),
        ),
        head("Hanna Weiss", "Head of Data and Analytics", "DATA", "Leyla Demir"),
        head("Minh Anh Tran", "Head of Quality", "QA", "Tomasz Wieczorek"),
        head("Grzegorz Malinowski", "Head of Melting and Casting", "MELT", "Tomasz Wieczorek"),
        head("Fatima Zahra Idrissi", "Head of the Rolling Mill", "ROLL", "Tomasz Wieczorek"),
        holding(
            Role::WorksCouncil,
            part("Dragana Petrović", "Mill Operator", "ROLL", "Fatima Zahra Idrissi"),
        ),
        head("Pekka Virtanen", "Head of Maintenance", "MAINT", "Tomasz Wieczorek"),
        head("Camille Laurent", "Head of Sales", "SALES", "Rui Carvalho"),
    ],
};

/// Southwind Foods: a small neighbor in the same installation, so that it can be seen that nobody sees across.
pub(super) static SOUTHWIND: Company = Company {
    slug: "southwind",
    name: "Southwind Foods",
    time_zone: "Europe/Zurich",
    currency: "CHF",
    country: "CH",
    initial: "S",
    domain: "southwind.example",
    units: &[
        unit("GM", "General Management", "", &["Office Manager"], 5),
        unit("PLANT", "Plant", "GM", &["Food Technologist", "Line Operator"], 60),
        unit("ADMIN", "Administration", "GM", &["Accountant", "Buyer"], 35),
    ],
    cast: &[
        head("Regula Amstutz", "Managing Director", "GM", ""),
        holding(Role::HrAdmin, part("Beat Zimmerli", "HR Manager", "ADMIN", "Regula Amstutz")),
        holding(Role::Finance, head("Noémie Favre", "Head of Administration", "ADMIN", "Regula Amstutz")),
        holding(Role::EmployerAdmin, part("Arben Krasniqi", "System Administrator", "ADMIN", "Noémie Favre")),
        head("Silvia Caduff", "Plant Manager", "PLANT", "Regula Amstutz"),
    ],
};
