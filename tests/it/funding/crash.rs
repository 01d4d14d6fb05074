//! Killed in a loop of approvals: what was answered is there, and what was not is there whole or not at all.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use serde_json::{Value, json};
use support::both_databases;
use support::process::{Server, Site, ask};
use tokio::sync::Notify;

use super::Desk;

const APPROVE: &str = "mutation($input: ApproveFundingRequestInput!) { approveFundingRequest(input: $input) {
  fundingRequest { id status version decisions { id decidedAt } } userErrors { code } } }";

/// How often the server is killed.
const KILLS: usize = 3;
/// After how many more answers it is.
const ANSWERS: usize = 25;
/// How many approve at the same time.
const CLIENTS: usize = 4;

/// Approvals that are sent one after another, by several clients at once.
struct Approvals {
    token: String,
    requests: Vec<String>,
    next: AtomicUsize,
    answered: Mutex<Vec<(usize, Value)>>,
    enough: Notify,
}

impl Approvals {
    fn answered(&self) -> Vec<(usize, Value)> {
        self.answered.lock().expect("nobody panics with the answers").clone()
    }

    fn sent(&self) -> usize {
        self.next.load(Ordering::Relaxed)
    }

    /// Sends one approval under a key of its own.
    async fn send(&self, address: &str, number: usize) -> Option<(u16, Value)> {
        let input = json!({ "id": self.requests[number], "idempotencyKey": format!("approval-{number}") });
        ask(address, &self.token, APPROVE, json!({ "input": input })).await
    }

    /// Approves until no answer comes any more.
    async fn go_on(self: Arc<Self>, address: String, target: usize) {
        loop {
            let number = self.next.fetch_add(1, Ordering::Relaxed);
            let Some((_, answer)) = self.send(&address, number).await else { return };
            let mut answered = self.answered.lock().expect("nobody panics with the answers");
            answered.push((number, answer));
            if answered.len() == target {
                self.enough.notify_one();
            }
        }
    }

    /// Kills the server while it is in the middle of them.
    async fn killed(self: &Arc<Self>, server: Server) {
        let target = self.answered().len() + ANSWERS;
        let clients: Vec<_> =
            (0..CLIENTS).map(|_| tokio::spawn(self.clone().go_on(server.address.clone(), target))).collect();
        self.enough.notified().await;
        server.signal("KILL");
        assert_eq!(server.ended(), None, "the signal ended it");
        for client in clients {
            client.await.expect("the client ran out of answers");
        }
    }

    /// Every answer that came still stands, and comes again.
    async fn stand(&self, server: &Server) {
        for (number, answer) in self.answered() {
            assert_eq!(answer["data"]["approveFundingRequest"]["userErrors"], json!([]), "{answer}");
            assert_eq!(
                self.send(&server.address, number).await,
                Some((200, answer)),
                "repeated with its key"
            );
        }
    }
}

/// How many approvals there are: as many decisions, and as much money reserved.
async fn done(desk: &Desk, budget: &str) -> usize {
    let approved = desk.app.number("SELECT COUNT(*) FROM funding_request WHERE status = 'APPROVED'").await;
    assert_eq!(desk.app.rows("decision").await, approved);
    assert_eq!(desk.layers(budget).await[2], format!("{approved}.00"));
    usize::try_from(approved).expect("a count")
}

both_databases! {
    async fn approvals_survive_kill_9(desk: Desk) {
        // The program tells the real time, on which the budget has to be open too.
        let period = json!({ "startsOn": "2020-01-01", "endsOn": "2099-12-31" });
        let budget = desk.budget("Learning", "1000", json!({ "period": period })).await;
        let mut requests = Vec::new();
        for number in 0..KILLS * (ANSWERS + 2 * CLIENTS) {
            requests.push(desk.request("E1", &format!("course-{number}"), "1").await);
        }
        let site = Site::over(desk.app.database().url());
        let (token, next, answered, enough) = (site.token("M1"), AtomicUsize::default(), Mutex::default(), Notify::new());
        let approvals = Arc::new(Approvals { token, requests, next, answered, enough });

        let mut server = site.serve();
        for _ in 0..KILLS {
            approvals.killed(server).await;
            server = site.serve();
            let done = done(&desk, &budget).await;
            assert!((approvals.answered().len()..=approvals.sent()).contains(&done), "{done} were done");
            approvals.stand(&server).await;
        }
        // What was sent and not answered can be sent again, whether it was done or not.
        for number in 0..approvals.sent() {
            let (_, answer) = approvals.send(&server.address, number).await.expect("an answer");
            assert_eq!(answer["data"]["approveFundingRequest"]["userErrors"], json!([]), "{number}: {answer}");
        }
        assert_eq!(done(&desk, &budget).await, approvals.sent());
        server.signal("TERM");
        assert_eq!(server.ended(), Some(0));
        let verified = site.run(&["verify"]);
        assert_eq!(verified.code, Some(0), "{verified:?}");
        assert!(verified.out.starts_with("northwind: journal holds, "), "{verified:?}");
    }
}
