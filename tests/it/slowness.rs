//! Clients that take their time: each part of a request has as long as the settings say, however busily it is sent.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

use serde_json::json;
use support::TestDb;
use support::process::Site;

/// How long a slow client waits for an answer before it sends its next byte: much less than the server waits for it.
const PACE: Duration = Duration::from_millis(5);
const SETTINGS: &[u8] = b"[http]\nheader_read_timeout_ms = 150\nbody_read_timeout_ms = 150\n";

/// Sends the beginning of a request at once and then one byte after the other without end, until the server has
/// closed the connection; returns what it said before.
fn dribble(address: &str, beginning: &str, byte: u8) -> String {
    let mut connection = TcpStream::connect(address).expect("a connection");
    connection.set_read_timeout(Some(PACE)).expect("a pace");
    connection.write_all(beginning.as_bytes()).expect("the beginning is sent");
    let (mut said, mut part) = (Vec::new(), [0; 1024]);
    loop {
        match connection.read(&mut part) {
            Ok(0) => break,
            Ok(length) => said.extend_from_slice(&part[..length]),
            Err(error)
                if matches!(error.kind(), std::io::ErrorKind::WouldBlock | std::io::ErrorKind::TimedOut) =>
            {
                // A closed connection is noticed by the next read.
                let _ = connection.write(&[byte]);
            }
            Err(_) => break,
        }
    }
    String::from_utf8(said).expect("an answer in UTF-8")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_client_that_dribbles_is_given_up_and_keeps_nobody_waiting() {
    let database = TestDb::sqlite().await;
    let site = Site::over(database.url());
    site.found_northwind();
    site.file("upskill.toml", SETTINGS);
    let (token, server) = (site.token("X1"), site.serve());

    let head = "POST /graphql HTTP/1.1\r\nHost: x\r\nX-Slow: ";
    assert_eq!(dribble(&server.address, head, b'a'), "", "nothing is said to who has asked nothing yet");
    let head = format!(
        "POST /graphql HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\nContent-Type: application/json\r\n\
         Content-Length: 100000\r\n\r\n"
    );
    let answer = dribble(&server.address, &head, b' ');
    assert!(answer.starts_with("HTTP/1.1 408 Request Timeout\r\n"), "{answer}");
    assert!(answer.contains("the body did not arrive within 150 ms"), "{answer}");
    assert!(answer.contains(r#""code":"REQUEST_TIMEOUT""#), "{answer}");

    let (status, answer) = server.ask(&token, "{ viewer { roles } }", json!({})).await.expect("an answer");
    assert_eq!((status, answer), (200, json!({ "data": { "viewer": { "roles": ["EMPLOYER_ADMIN"] } } })));
    server.signal("TERM");
    assert_eq!(server.ended(), Some(0));
}
