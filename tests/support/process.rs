//! The program itself, as an operator starts it.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::OnceLock;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::checkout;

/// How long a process may take for a step before the test gives up on it.
const PATIENCE: Duration = Duration::from_mins(1);

/// The program's file. Cargo builds it once in a test run, beside the tests and with their profile.
pub fn program() -> &'static Path {
    static PROGRAM: OnceLock<PathBuf> = OnceLock::new();
    PROGRAM.get_or_init(|| {
        let tests = std::env::current_exe().expect("the tests' own file");
        let profile = tests.ancestors().nth(2).expect("target/<profile>/deps/<tests>");
        let mut build = Command::new(option_env!("CARGO").unwrap_or("cargo"));
        build.args(["build", "--quiet", "--locked", "--package", "upskill-api", "--bin", "upskill"]);
        build.current_dir(checkout::tests());
        build.env("CARGO_TARGET_DIR", profile.parent().expect("target"));
        if profile.ends_with("release") {
            build.arg("--release");
        }
        let built = build.status().expect("cargo can be started");
        let program = profile.join(format!("upskill{}", std::env::consts::EXE_SUFFIX));
        assert!(built.success() && program.exists(), "{} was not built", program.display());
        program
    })
}

/// A place to run the program: a database, a key of its own, and no settings from elsewhere.
pub struct Site {
    folder: TempDir,
    database: String,
}

impl Site {
    /// A site over a database.
    pub fn over(database: &str) -> Self {
        let folder = tempfile::tempdir().expect("a folder for the program");
        Self { folder, database: database.to_owned() }
    }

    /// A file in the site's folder.
    pub fn file(&self, name: &str, content: &[u8]) -> PathBuf {
        let path = self.folder.path().join(name);
        std::fs::write(&path, content).expect("the file is written");
        path
    }

    /// A command of the program.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(program());
        command.args(arguments).current_dir(self.folder.path()).stdin(Stdio::null());
        command.env("UPSKILL__DATABASE__URL", &self.database);
        command.env("UPSKILL__HTTP__LISTEN", "127.0.0.1:0");
        command.env("UPSKILL__LOG__FORMAT", "json");
        command.env("UPSKILL__LOG__FILTER", "info");
        command
    }

    /// Runs a command to its end.
    pub fn run(&self, arguments: &[&str]) -> Finished {
        Finished::from(self.command(arguments).output().expect("the program can be started"))
    }

    /// Founds Northwind with Xenia as its administrator.
    pub fn found_northwind(&self) {
        let founded = self.run(&[
            "import",
            "employer",
            "--slug",
            "northwind",
            "--name",
            "Northwind",
            "--currency",
            "EUR",
            "--admin",
            "X1",
            "--admin-name",
            "Xenia Admin",
            "--admin-hired-on",
            "2020-01-01",
        ]);
        assert_eq!(founded.code, Some(0), "{founded:?}");
    }

    /// A token of a person of Northwind.
    pub fn token(&self, person: &str) -> String {
        let printed = self.run(&["token", "--employer", "northwind", "--as", person]);
        assert_eq!(printed.code, Some(0), "{printed:?}");
        printed.out.trim().to_owned()
    }

    /// Starts the server and waits until it listens.
    pub fn serve(&self) -> Server {
        self.start(&["serve"], "serving")
    }

    /// Starts a command and waits until it says, with this message, where it listens.
    pub fn start(&self, arguments: &[&str], message: &str) -> Server {
        let mut command = self.command(arguments);
        let mut child =
            command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().expect("the program can be started");
        let (send, lines) = channel();
        let errors = BufReader::new(child.stderr.take().expect("its standard error"));
        // Ends with the process, whose pipe it reads.
        std::thread::spawn(move || errors.lines().map_while(Result::ok).all(|line| send.send(line).is_ok()));
        let mut server = Server { child, lines, address: String::new() };
        server.wait_for(message)["listen"].as_str().expect("an address").clone_into(&mut server.address);
        server
    }
}

/// A command that has ended.
#[derive(Debug)]
pub struct Finished {
    /// Its exit code; none when a signal ended it.
    pub code: Option<i32>,
    /// What it printed.
    pub out: String,
    /// What it complained about.
    pub err: String,
}

impl From<Output> for Finished {
    fn from(output: Output) -> Self {
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("output in UTF-8");
        Self { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
    }
}

/// A server that runs; killed when it is still there at the end.
pub struct Server {
    child: Child,
    lines: Receiver<String>,
    /// The address it listens on.
    pub address: String,
}

impl Server {
    /// Waits for a log line with a message, and returns its fields.
    pub fn wait_for(&self, message: &str) -> Value {
        let mut seen = Vec::new();
        loop {
            let Ok(line) = self.lines.recv_timeout(PATIENCE) else { panic!("no \"{message}\" in {seen:#?}") };
            let fields =
                serde_json::from_str::<Value>(&line).map_or(Value::Null, |line| line["fields"].clone());
            if fields["message"] == message {
                return fields;
            }
            seen.push(line);
        }
    }

    /// Sends a signal, such as `TERM`.
    pub fn signal(&self, signal: &str) {
        let pid = self.child.id().to_string();
        let sent = Command::new("kill").args([&format!("-{signal}"), &pid]).status().expect("kill is there");
        assert!(sent.success(), "the signal {signal} was not sent");
    }

    /// Waits for the process to end.
    pub fn ended(mut self) -> Option<i32> {
        self.child.wait().expect("the process ends").code()
    }

    /// Sends a document, and returns the status and the body, or nothing when no whole answer came.
    pub async fn ask(&self, token: &str, document: &str, variables: Value) -> Option<(u16, Value)> {
        ask(&self.address, token, document, variables).await
    }
}

/// Sends a document to a server, and returns the status and the body, or nothing when no whole answer came.
pub async fn ask(address: &str, token: &str, document: &str, variables: Value) -> Option<(u16, Value)> {
    let request = reqwest::Client::new()
        .post(format!("http://{address}/graphql"))
        .bearer_auth(token)
        .timeout(PATIENCE)
        .json(&json!({ "query": document, "variables": variables }));
    let response = request.send().await.ok()?;
    let status = response.status().as_u16();
    Some((status, response.json().await.ok()?))
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
