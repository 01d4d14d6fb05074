use super::*;

const ISSUER: &str = r#"
    [[auth.issuers]]
    issuer = "https://login.example.com/"
    audience = ["upskill"]
    algorithms = ["RS256", "EdDSA"]
    discovery = true
    employer = "acme"
"#;

fn load(file: &str, env: &[(&str, &str)]) -> Result<Config, ConfigError> {
    let table = file.parse().expect("the test writes TOML");
    let env: Vec<_> = env.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    Config::from_layers(Some(&("upskill.toml".to_owned(), table)), &env)
}

fn accepted(file: &str, env: &[(&str, &str)]) -> Config {
    load(file, env).unwrap_or_else(|error| panic!("{error}"))
}

/// The one refusal, as an operator reads it.
fn refused(file: &str, env: &[(&str, &str)]) -> String {
    match load(file, env) {
        Err(ConfigError::Refused(refusals)) if refusals.len() == 1 => refusals[0].to_string(),
        other => panic!("one refusal was expected, not {other:?}"),
    }
}

fn production(rest: &str) -> String {
    format!("profile = \"production\"\n{rest}\n{ISSUER}")
}

#[test]
fn the_defaults_serve_on_a_developers_machine() {
    let config = accepted("", &[]);
    assert_eq!(config.profile, Profile::Development);
    assert_eq!(config.database.url.expose(), "sqlite://var/upskill.db");
    assert_eq!(config.database.max_connections, 8);
    assert!(config.database.migrate_on_start);
    assert_eq!(config.http.listen.to_string(), "127.0.0.1:8080");
    assert!(config.graphql.introspection && config.graphql.graphiql);
    assert_eq!(config.graphql.max_depth, 15);
    assert_eq!(config.graphql.max_complexity, 10_000);
    assert_eq!(config.graphql.max_tokens, 5_000);
    assert_eq!(config.graphql.trusted_documents, None);
    assert!(config.auth.development.enabled);
    assert!(config.auth.issuers.is_empty());
    assert!(config.worker.embedded);
    assert_eq!(config.worker.seal_interval_ms, 250);
    assert_eq!(config.log.format, LogFormat::Pretty);
}

#[test]
fn every_default_has_a_sentence_above_it() {
    let mut above = "";
    for line in include_str!("../config.default.toml").lines() {
        let is_key = line.contains(" = ") && !line.starts_with('#');
        assert!(!is_key || above.starts_with('#'), "{line:?} has no comment");
        above = line;
    }
}

#[test]
fn production_starts_from_safer_defaults() {
    let config = accepted(&production(""), &[]);
    assert!(!config.database.migrate_on_start);
    assert!(!config.graphql.introspection && !config.graphql.graphiql);
    assert!(!config.auth.development.enabled);
    assert!(!config.worker.embedded);
    assert!(!config.http.metrics);
    assert_eq!(config.log.format, LogFormat::Json);
}

#[test]
fn production_may_be_chosen_and_overridden_in_the_environment() {
    let config = accepted(
        ISSUER,
        &[("UPSKILL__PROFILE", "production"), ("UPSKILL__DATABASE__MIGRATE_ON_START", "true")],
    );
    assert_eq!(config.profile, Profile::Production);
    assert!(config.database.migrate_on_start);
    assert!(!config.worker.embedded);
}

#[test]
fn the_environment_overrides_the_file_and_the_file_the_defaults() {
    let file = "[http]\nlisten = \"0.0.0.0:1\"\nbody_limit_bytes = 7";
    let config = accepted(
        file,
        &[
            ("UPSKILL__HTTP__LISTEN", "0.0.0.0:2"),
            ("UPSKILL__HTTP__CORS_ORIGINS", "https://a.example.com, https://b.example.com"),
            ("UPSKILL__GRAPHQL__TRUSTED_DOCUMENTS", "documents.json"),
            ("UPSKILL__HTTP__METRICS_LISTEN", "127.0.0.1:9464"),
            ("UPSKILL_SERVICE_PORT", "set by an orchestrator for a service of that name"),
            ("HOME", "/root"),
        ],
    );
    assert_eq!(config.http.listen.port(), 2);
    assert_eq!(config.http.body_limit_bytes, 7);
    assert_eq!(config.http.cors_origins, ["https://a.example.com", "https://b.example.com"]);
    assert_eq!(config.graphql.trusted_documents.as_deref(), Some(Path::new("documents.json")));
    assert_eq!(config.http.metrics_listen.map(|address| address.port()), Some(9464));
}

#[test]
fn issuers_may_be_named_in_the_environment() {
    let issuers = r#"[{ issuer = "https://login.example.com", audience = ["upskill"], algorithms = ["ES256"],
        jwks_file = "jwks.json", employer_claim = "tenant", subject_claim = "email", subject_is = "EMAIL" }]"#;
    let config = accepted("", &[("UPSKILL__AUTH__ISSUERS", issuers)]);
    let issuer = &config.auth.issuers[0];
    assert_eq!(issuer.key_source(), Some(KeySource::File(Path::new("jwks.json"))));
    assert_eq!(issuer.employer_source(), Some(EmployerSource::Claim("tenant")));
    assert_eq!(issuer.subject_is, SubjectKind::Email);
}

#[test]
fn unknown_keys_are_refused_by_name() {
    let known = "acquire_timeout_ms, max_connections, migrate_on_start, statement_timeout_ms, url";
    assert_eq!(
        refused("[database]\nmax_connection = 3", &[]),
        format!("database.max_connection = …: unknown key in upskill.toml; known here: {known}")
    );
    assert_eq!(
        refused("", &[("UPSKILL__HTTP__LISTN", "0.0.0.0:1")]),
        "UPSKILL__HTTP__LISTN = …: no such setting; `upskill config` lists them all"
    );
    let issuer = format!("{ISSUER}\n    emploier = \"b\"");
    assert!(refused(&issuer, &[]).contains("unknown field `emploier`"), "{}", refused(&issuer, &[]));
}

#[test]
fn wrong_values_are_refused_with_what_would_be_right() {
    let cases = [
        (refused("[http]\nlisten = 80", &[]), "http.listen = 80: must be a string, in upskill.toml"),
        (refused("http = 80", &[]), "http = …: must be a section, in upskill.toml"),
        (
            refused("", &[("UPSKILL__WORKER__EMBEDDED", "yes")]),
            "UPSKILL__WORKER__EMBEDDED = \"yes\": must be true or false",
        ),
        (
            refused("", &[("UPSKILL__DATABASE__MAX_CONNECTIONS", "0")]),
            "database.max_connections = 0: must be at least 1",
        ),
        (
            refused("[log]\nformat = \"xml\"", &[]),
            "log.format = \"xml\": unknown variant `xml`, expected `pretty` or `json`",
        ),
        (refused("[http]\nlisten = \"here\"", &[]), "http.listen = \"here\": invalid socket address syntax"),
        (
            refused("[http]\ncors_origins = [\"https://hr.example.com/\"]", &[]),
            "http.cors_origins = \"https://hr.example.com/\": must be an origin such as https://hr.example.com, \
             without a path or a final slash",
        ),
        (
            refused("[http]\nmetrics_listen = \"there\"", &[]),
            "http.metrics_listen = \"there\": invalid socket address syntax",
        ),
        (
            refused("[http]\nlarge_body_limit_bytes = 1", &[]),
            "http.large_body_limit_bytes = 1: must be at least http.body_limit_bytes",
        ),
        (refused("[auth]\nleeway_seconds = 61", &[]), "auth.leeway_seconds = 61: must be at most 60"),
        (
            refused("[graphql]\ntrusted_only = true", &[]),
            "graphql.trusted_only = true: needs graphql.trusted_documents, or every operation would be refused",
        ),
    ];
    for (found, expected) in cases {
        assert_eq!(found, expected);
    }
}

#[test]
fn all_wrong_keys_are_listed_at_once() {
    let error = load("a = 1\n[http]\nb = 2", &[("UPSKILL__C", "3")]).expect_err("three keys are unknown");
    let ConfigError::Refused(refusals) = error else { panic!("{error}") };
    let keys: Vec<_> = refusals.iter().map(|refusal| refusal.key.as_str()).collect();
    assert_eq!(keys, ["a", "http.b", "UPSKILL__C"]);
}

#[test]
fn an_issuer_is_complete_and_unambiguous() {
    let with = |from: &str, to: &str| refused(&ISSUER.replace(from, to), &[]);
    assert_eq!(
        with("discovery = true", "jwks_file = \"a\"\njwks_url = \"https://b\""),
        "auth.issuers[0].discovery = false with jwks_url = Some(\"https://b\") and jwks_file = Some(\"a\"): \
         set exactly one of discovery, jwks_url and jwks_file"
    );
    assert!(with("employer = \"acme\"", "").ends_with("set exactly one of employer and employer_claim"));
    assert!(with("[\"upskill\"]", "[]").starts_with("auth.issuers[0].audience = []"));
    assert!(with("\"RS256\"", "\"HS256\"").starts_with("auth.issuers[0].algorithms[0] = \"HS256\""));
    let twice = refused(&format!("{ISSUER}{ISSUER}"), &[]);
    assert!(twice.starts_with("auth.issuers[1].issuer = \"https://login.example.com/\""), "{twice}");
    let ours = with("https://login.example.com/", crate::auth::DevelopmentIssuer::ISSUER);
    assert!(ours.starts_with("auth.issuers[0].issuer"), "{ours}");
}

#[test]
fn production_refuses_what_only_suits_development() {
    let cases = [
        ("[auth.development]\nenabled = true", "auth.development.enabled = true: anybody with the key file"),
        ("[graphql]\nintrospection = true", "graphql.introspection = true: must be false in production"),
        ("[graphql]\ngraphiql = true", "graphql.graphiql = true: must be false in production"),
    ];
    for (setting, expected) in cases {
        let found = refused(&production(setting), &[]);
        assert!(found.starts_with(expected), "{found}");
    }
    let plain = refused(&production("").replace("https:", "http:"), &[]);
    let expected = "auth.issuers[0].issuer = \"http://login.example.com/\": must be https in production";
    assert!(plain.starts_with(expected), "{plain}");
    let plain = production("").replace("discovery = true", "jwks_url = \"http://login.example.com/keys\"");
    let plain = refused(&plain, &[]);
    let expected =
        "auth.issuers[0].jwks_url = \"http://login.example.com/keys\": must be https in production";
    assert!(plain.starts_with(expected), "{plain}");
    let nobody = refused("profile = \"production\"", &[]);
    assert_eq!(nobody, "auth.issuers = []: nobody could sign in: name at least one [[auth.issuers]]");
}

#[test]
fn passwords_are_never_shown() {
    let cases = [
        ("postgres://ann:s3cret@db/upskill", "postgres://ann:********@db/upskill"),
        (
            "postgres://db/upskill?password=s3cret&user=ann",
            "postgres://db/upskill?password=********&user=ann",
        ),
        ("postgres:///upskill?host=/run/pg", "postgres:///upskill?host=/run/pg"),
        ("sqlite://var/upskill.db", "sqlite://var/upskill.db"),
        ("postgres://ann:s3cret@[db/upskill", "********"),
    ];
    for (url, shown) in cases {
        let config = accepted("", &[("UPSKILL__DATABASE__URL", url)]);
        assert_eq!(config.database.url.expose(), url);
        assert_eq!(config.database.url.to_string(), shown);
        assert!(!format!("{config:?}").contains("s3cret"));
        let rendered = config.render_effective().expect("settings can be written as TOML");
        assert!(rendered.contains(&format!("url = {shown:?}")), "{rendered}");
        assert!(!rendered.contains("s3cret"), "{rendered}");
    }
    let wrong = refused("", &[("UPSKILL__DATABASE__URL", "mysql://ann:s3cret@db/upskill")]);
    assert_eq!(
        wrong,
        "database.url = \"mysql://ann:********@db/upskill\": must begin with sqlite:// or postgres://"
    );
}

#[test]
fn what_is_in_effect_can_be_read_again() {
    let config = accepted(ISSUER, &[("UPSKILL__LOG__FILTER", "debug")]);
    let rendered = config.render_effective().expect("settings can be written as TOML");
    let again = accepted(&rendered, &[]);
    assert_eq!(again.render_effective().expect("settings can be written as TOML"), rendered);
    assert_eq!(again.log.filter, "debug");
    assert_eq!(again.auth.issuers.len(), 1);
}

#[test]
fn a_named_file_must_exist_and_be_toml() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let path = folder.path().join("settings.toml");
    assert!(matches!(Config::load(Some(&path), []), Err(ConfigError::Unreadable { .. })));
    std::fs::write(&path, "[http\n").expect("the folder can be written to");
    assert!(matches!(Config::load(Some(&path), []), Err(ConfigError::Syntax { .. })));
    std::fs::write(&path, "[worker]\nbatch = 9\n").expect("the folder can be written to");
    assert_eq!(Config::load(Some(&path), []).expect("the file is good").worker.batch, 9);
}

#[test]
fn the_files_of_the_deployment_set_only_what_can_be_set() {
    // Cargo runs the tests in the folder of the package.
    let root = Path::new("..");
    let defaults: toml::Table = include_str!("../config.default.toml").parse().expect("TOML");
    for file in ["Dockerfile", "docker-compose.yml"] {
        let text = std::fs::read_to_string(root.join(file)).expect("the file is there");
        let names = text.split(|c: char| !c.is_ascii_alphanumeric() && c != '_');
        let names: Vec<_> = names.filter_map(|word| word.strip_prefix("UPSKILL__")).collect();
        assert!(names.len() >= 2, "{file}");
        for name in names {
            let path = name.to_lowercase();
            let (sections, key) = path.rsplit_once("__").unwrap_or(("", &path));
            let mut sections = sections.split("__").filter(|section| !section.is_empty());
            let section = sections.try_fold(&defaults, |table, section| table.get(section)?.as_table());
            assert!(section.is_some_and(|section| section.contains_key(key)), "{name} in {file}");
        }
    }
}
