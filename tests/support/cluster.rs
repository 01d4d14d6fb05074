//! A PostgreSQL cluster of a test's own, which the test may stop and start again.

use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use crate::{TestDb, checkout, database};

/// Runs beside the cluster: prints its address, then obeys one word a line. The cluster belongs to whoever owns its
/// folder, and what it prints must not keep this script's output open.
const OBEY: &str = r#"
    echo "$UPSKILL_TEST_POSTGRES"
    folder=${UPSKILL_TEST_POSTGRES#*host=}; folder=${folder%%&*}
    owner=$(stat -c %U "$folder/data")
    control() {
      if [ "$owner" = "$(id -un)" ]; then pg_ctl "$@"; else runuser -u "$owner" -- "$(command -v pg_ctl)" "$@"; fi
    }
    cd "$folder"
    while read -r word; do
      case $word in
        stop) control stop --mode=immediate --wait --pgdata="$folder/data" >/dev/null ;;
        start) control start --wait --pgdata="$folder/data" --log="$folder/server.log" >/dev/null ;;
      esac && echo done
    done
"#;

/// The cluster; it goes with this value.
pub struct Cluster {
    script: Child,
    orders: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
    url: String,
}

impl Cluster {
    /// Starts a cluster; `None` where the run leaves PostgreSQL out, or uses a server from elsewhere and has no
    /// programs to start another one with.
    pub async fn start() -> Option<Self> {
        TestDb::postgres().await?;
        let able = ["initdb", "pg_ctl"].iter().all(|program| {
            Command::new(program).arg("--version").output().is_ok_and(|output| output.status.success())
        });
        if !able {
            database::announce("skipped: PostgreSQL going away (initdb and pg_ctl are not in PATH)");
            return None;
        }
        let mut script = Command::new(checkout::tests().join("with-postgres.sh"))
            .args(["bash", "-c", OBEY])
            .env_remove("UPSKILL_TEST_POSTGRES")
            // What it has answered must be there when it comes back.
            .env("UPSKILL_TEST_POSTGRES_DURABLE", "1")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the script is there");
        let mut answers = BufReader::new(script.stdout.take().expect("its output"));
        let mut url = String::new();
        answers.read_line(&mut url).expect("the cluster's address");
        let url = url.trim().to_owned();
        assert!(url.starts_with("postgres://"), "no cluster was started: {url}");
        Some(Self { orders: script.stdin.take(), script, answers, url })
    }

    /// Where its database is.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Ends the cluster at once, as when its machine is lost; back when it has gone.
    pub fn go_away(&mut self) {
        self.order("stop");
    }

    /// Starts it again; back when it takes connections.
    pub fn come_back(&mut self) {
        self.order("start");
    }

    fn order(&mut self, word: &str) {
        let orders = self.orders.as_mut().expect("the script listens until the end");
        writeln!(orders, "{word}").expect("the script listens");
        let mut answer = String::new();
        self.answers.read_line(&mut answer).expect("the script answers");
        assert_eq!(answer, "done\n", "the cluster did not {word}");
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        // Without anybody to listen to the script ends, and the cluster is taken away with it.
        drop(self.orders.take());
        let _ = self.script.wait();
    }
}
