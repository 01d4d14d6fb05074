//! The program itself: its commands, and its answers to signals.

#![cfg(unix)]

use std::io::{Read as _, Write as _};
use std::net::TcpStream;

use serde_json::json;
use support::process::Site;
use support::{TestDb, both_databases};

/// A site with Northwind, and its administrator's token.
fn northwind(database: &TestDb) -> (Site, String) {
    let site = Site::over(database.url());
    site.found_northwind();
    let token = site.token("X1");
    (site, token)
}

both_databases! {
    async fn it_serves_answers_and_ends_well(database: TestDb) {
        let (site, token) = northwind(&database);
        let server = site.serve();
        let get = async |path: &str| {
            let response = reqwest::get(format!("http://{}{path}", server.address)).await.expect("an answer");
            (response.status().as_u16(), response.text().await.expect("a body"))
        };
        assert_eq!(get("/livez").await, (200, "ok\n".to_owned()));
        let (status, ready) = get("/readyz").await;
        assert_eq!((status, ready.contains("\"ready\":true")), (200, true), "{ready}");
        assert!(get("/metrics").await.1.contains("graphql_operations_total"));
        let (status, answer) = server.ask(&token, "{ viewer { employee { name } } }", json!({})).await.expect("an answer");
        assert_eq!((status, answer), (200, json!({ "data": { "viewer": { "employee": { "name": "Xenia Admin" } } } })));
        server.signal("TERM");
        assert_eq!(server.ended(), Some(0));
    }

    async fn a_request_in_work_is_finished_after_sigterm(database: TestDb) {
        let (site, token) = northwind(&database);
        let server = site.serve();
        let body = json!({ "query": "{ viewer { employee { externalId } } }" }).to_string();
        let (first, rest) = body.split_at(10);
        let mut connection = TcpStream::connect(&server.address).expect("a connection");
        write!(
            connection,
            "POST /graphql HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\nContent-Type: application/json\r\n\
             Content-Length: {}\r\nExpect: 100-continue\r\n\r\n",
            body.len()
        )
        .expect("the head is sent");
        // The server asks for the body, so the request is in work.
        let mut asked = [0; 25];
        connection.read_exact(&mut asked).expect("an interim answer");
        assert_eq!(&asked, b"HTTP/1.1 100 Continue\r\n\r\n");
        connection.write_all(first.as_bytes()).expect("a part of the body is sent");
        server.signal("TERM");
        // Once nobody is let in any more, the server has understood.
        while TcpStream::connect(&server.address).is_ok() {
            std::thread::yield_now();
        }
        connection.write_all(rest.as_bytes()).expect("the rest of the body is sent");
        let mut answer = String::new();
        connection.read_to_string(&mut answer).expect("an answer");
        assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
        assert!(answer.contains(r#"{"data":{"viewer":{"employee":{"externalId":"X1"}}}}"#), "{answer}");
        assert_eq!(server.ended(), Some(0));
    }

    async fn a_messy_roster_is_reported_line_by_line(database: TestDb) {
        let (site, _) = northwind(&database);
        let roster = b"external_id,name,hired_on,manager,email\n\
            E1,Eva Engineer,2024-01-01,X1,e1@example.org\n\
            E2,,2024-01-01,X1,\n\
            E3,Emil Engineer,31.01.2024,X1,\n\
            E1,Eva Again,2024-01-01,X1,\n\
            ,Nobody,2024-01-01,X1,\n\
            E5,Ella Engineer,2024-01-01,ZZ,\n";
        let file = site.file("roster.csv", roster);
        let file = file.to_str().expect("a path in UTF-8");
        let imported = site.run(&["import", "roster", file, "--employer", "northwind"]);
        assert_eq!(imported.code, Some(1), "{imported:?}");
        for (line, reason) in [
            ("line 3", "name"),
            ("line 4", "31.01.2024"),
            ("line 5", "stands on line 2 already"),
            ("line 6", "external_id"),
            ("line 7", "ZZ"),
        ] {
            let told = imported.out.lines().find(|told| told.trim_start().starts_with(line));
            assert!(told.is_some_and(|told| told.contains(reason)), "{line} {reason}: {}", imported.out);
        }
        assert!(imported.out.ends_with("1 created, 0 updated, 0 unchanged, 5 refused\n"), "{}", imported.out);
        let good = site.file("good.csv", b"external_id,name\nE1,Eva Engineer\n");
        let again = site.run(&["import", "roster", good.to_str().expect("a path"), "--employer", "northwind"]);
        assert_eq!((again.code, again.out.as_str()), (Some(0), "0 created, 0 updated, 1 unchanged, 0 refused\n"));
        let nowhere = site.run(&["import", "roster", file, "--employer", "westwind"]);
        assert_eq!(nowhere.code, Some(1));
        assert!(nowhere.err.contains("there is no employer 'westwind'; there is: northwind"), "{nowhere:?}");
    }
}

both_databases! {
    async fn a_file_of_rates_is_reported_line_by_line(database: TestDb) {
        let (site, _) = northwind(&database);
        let rates = b"day,from,to,rate,source\n\
            2026-01-02,USD,EUR,0.92,A bank\n\
            2026-01-02,USD,euro,0.92,A bank\n\
            02.01.2026,USD,EUR,0.92,A bank\n\
            2026-01-02,USD,EUR,0.93,A bank\n\
            2026-01-03,USD,EUR,0,A bank\n\
            2026-01-04,USD,EUR,,A bank\n\
            2199-01-01,USD,EUR,0.92,A bank\n\
            2026-01-05,USD\n";
        let file = site.file("rates.csv", rates);
        let file = file.to_str().expect("a path in UTF-8");
        let dry = site.run(&["import", "rates", file, "--employer", "northwind", "--dry-run"]);
        assert_eq!(dry.code, Some(1), "{dry:?}");
        assert!(dry.out.ends_with("dry run, nothing written: 1 created, 0 updated, 0 unchanged, 7 refused\n"), "{}", dry.out);
        let imported = site.run(&["import", "rates", file, "--employer", "northwind"]);
        for (line, reason) in [
            ("line 3", "to 'euro' is not an ISO 4217 currency"),
            ("line 4", "day '02.01.2026' is not a date"),
            ("line 5", "the pair and the day stand on line 2 already"),
            ("line 6", "the rate is 0"),
            ("line 7", "rate is missing"),
            ("line 8", "still to come"),
            ("line 9", "'to'"),
        ] {
            let told = imported.out.lines().find(|told| told.trim_start().starts_with(line));
            assert!(told.is_some_and(|told| told.contains(reason)), "{line} {reason}: {}", imported.out);
        }
        assert!(imported.out.ends_with("\n1 created, 0 updated, 0 unchanged, 7 refused\n"), "{}", imported.out);
        let good = site.file("good.csv", b"Datum;from;to;rate;source\n2026-01-02;USD;EUR;0.920;A bank\n2026-01-05;USD;EUR;0.93;A bank\n");
        let good = ["import", "rates", good.to_str().expect("a path"), "--employer", "northwind", "--map", "day=Datum"];
        let again = site.run(&good);
        assert_eq!((again.code, again.out.as_str()), (Some(0), "1 created, 0 updated, 1 unchanged, 0 refused\n"), "{again:?}");
    }
}

both_databases! {
    async fn a_file_of_completions_is_reported_line_by_line(database: TestDb) {
        let (site, _) = northwind(&database);
        let roster = site.file("people.csv", b"external_id,name,hired_on\nE1,Eva Engineer,2024-01-01\n");
        let courses = site.file("courses.csv", b"code,title,provider\nC-1,Cloud,Cloudworks\n");
        for (kind, file) in [("roster", &roster), ("courses", &courses)] {
            let status: &[&str] = if kind == "courses" { &["--status", "PUBLISHED"] } else { &[] };
            let known = ["import", kind, file.to_str().expect("a path"), "--employer", "northwind"];
            assert_eq!(site.run(&[&known, status].concat()).code, Some(0), "{kind}");
        }
        let completions = b"Record,employee,course,completed_on,score\n7,E1,C-1,2025-06-30,87.5\n8,Z9,C-1,2025-06-30,\n7,E1,C-1,2025-06-30,90\n9,E1,C-1,30.06.2025,\n";
        let file = site.file("completions.csv", completions);
        let import = ["import", "completions", file.to_str().expect("a path"), "--employer", "northwind", "--source", "Campus", "--map", "external_id=Record"];
        let dry = site.run(&[&import[..], &["--dry-run"]].concat());
        assert!(dry.out.ends_with("dry run, nothing written: 1 created, 0 updated, 0 unchanged, 3 refused\n"), "{dry:?}");
        let imported = site.run(&import);
        assert_eq!(imported.code, Some(1), "{imported:?}");
        for (line, reason) in [
            ("line 3", "nobody has the external id 'Z9'"),
            ("line 4", "the external id stands on line 2 already"),
            ("line 5", "completed_on '30.06.2025' is not a date"),
        ] {
            let told = imported.out.lines().find(|told| told.trim_start().starts_with(line));
            assert!(told.is_some_and(|told| told.contains(reason)), "{line} {reason}: {}", imported.out);
        }
        assert!(imported.out.ends_with("\n1 created, 0 updated, 0 unchanged, 3 refused\n"), "{}", imported.out);
        let again = site.run(&import);
        assert!(again.out.ends_with("\n0 created, 0 updated, 1 unchanged, 3 refused\n"), "{}", again.out);
    }
}

#[test]
fn the_settings_in_effect_are_printed_without_their_secrets() {
    let site = Site::over("postgres://upskill:hunter2@db.example.com/upskill");
    let printed = site.run(&["config"]);
    assert_eq!(printed.code, Some(0), "{printed:?}");
    assert!(printed.out.contains("db.example.com") && printed.out.contains("[http]"), "{}", printed.out);
    assert!(!printed.out.contains("hunter2"), "{}", printed.out);
}

#[test]
fn a_setting_that_nobody_knows_is_refused_by_name() {
    let site = Site::over("sqlite://unused.db");
    let file = site.file("upskill.toml", b"[http]\nlissten = \"0.0.0.0:80\"\n");
    let refused = site.run(&["config", "--config", file.to_str().expect("a path")]);
    assert_eq!(refused.code, Some(1), "{refused:?}");
    assert!(refused.err.contains("http.lissten") && refused.err.contains("listen"), "{}", refused.err);
    let variable =
        site.command(&["config"]).env("UPSKILL__HTTP__LISSTEN", "secret").output().expect("it starts");
    let complaint = String::from_utf8_lossy(&variable.stderr).into_owned();
    assert_eq!(variable.status.code(), Some(1));
    assert!(complaint.contains("UPSKILL__HTTP__LISSTEN") && !complaint.contains("secret"), "{complaint}");
}

#[test]
fn commands_end_with_a_code_that_says_how_it_went() {
    let site = Site::over("sqlite://here.db");
    assert_eq!(site.run(&["nonsense"]).code, Some(2));
    assert_eq!(site.run(&["--help"]).code, Some(0));
    let version = site.run(&["--version"]);
    assert_eq!((version.code, version.out), (Some(0), format!("upskill {}\n", env!("CARGO_PKG_VERSION"))));
    let migrated = site.run(&["migrate"]);
    assert!(
        migrated.code == Some(0) && migrated.out.lines().all(|line| line.starts_with("applied ")),
        "{migrated:?}"
    );
    let status = site.run(&["migrate", "--status"]);
    assert_eq!((status.code, status.out), (Some(0), migrated.out));
    let schema = site.run(&["schema"]);
    assert_eq!((schema.code, schema.out), (Some(0), upskill_api::graphql::sdl()));
    let nowhere = Site::over("postgres://127.0.0.1:1/nothing").run(&["verify"]);
    assert_eq!(nowhere.code, Some(1));
    assert!(
        nowhere.err.starts_with("upskill: cannot open postgres://127.0.0.1:1/nothing"),
        "{}",
        nowhere.err
    );
}
