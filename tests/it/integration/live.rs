//! Service accounts on websockets.

use serde_json::json;
use support::{Heard, Socket, TestApp, both_databases};

use super::act;

const JOURNAL: &str = "subscription($after: String) { journal(after: $after) { kind entry { position } } }";

const GRANTS: &str = "subscription($after: String) {
  journal(after: $after, filter: { kind: { in: [\"organization.role_granted\"] } }) { kind } }";

/// What a client hears last.
async fn end(socket: &mut Socket) -> Heard {
    loop {
        match socket.hear().await {
            Heard::Said(_) => {}
            closed => return closed,
        }
    }
}

both_databases! {
    async fn an_account_follows_the_journal_until_it_is_revoked(app: TestApp) {
        let northwind = app.northwind().await;
        let account = app.service_account("northwind", "Events", "journal:read").await;
        app.seal().await;
        let server = app.listen().await;
        let token = app.access_token(&account).await;
        let (mut all, mut some) = (Socket::of(&server, &token).await, Socket::of(&server, &token).await);
        let after = json!({ "after": support::socket::beginning(northwind.id) });
        all.ask("1", JOURNAL, after.clone()).await;
        assert_eq!(all.next("1").await["journal"]["kind"], "organization.employer_founded");
        some.ask("1", GRANTS, after).await;
        assert_eq!(some.next("1").await["journal"]["kind"], "organization.role_granted");
        act(&app, "X1", "revokeServiceAccount", json!({ "id": account.id })).await.data("/revokeServiceAccount/serviceAccount");
        app.seal().await;
        // Whoever does not follow such events is asked who they are as well when one is about them.
        for socket in [&mut all, &mut some] {
            let closed = end(socket).await;
            assert!(matches!(&closed, Heard::Closed(4403, why) if why.contains("has ended")), "{closed:?}");
        }
    }

    async fn what_concerns_a_person_is_told_to_nobody_in_their_name(app: TestApp) {
        app.northwind().await;
        let account = app.service_account("northwind", "Chat", "funding:read people:act").await;
        let server = app.listen().await;
        let bearer = format!("Bearer {}", app.access_token(&account).await);
        let mut socket = Socket::silent(&server).await;
        let payload = json!({ "Authorization": bearer, "Upskill-Act-For": "external-id=E1" });
        socket.say(json!({ "type": "connection_init", "payload": payload })).await;
        assert_eq!(socket.hear().await, Heard::Said(json!({ "type": "connection_ack" })));
        let who = "{ viewer { employee { externalId } roles } }";
        socket.ask("1", who, json!({})).await;
        let told = socket.hear().await;
        assert!(matches!(&told, Heard::Said(said) if said["payload"]["errors"][0]["extensions"]["code"] == "FORBIDDEN"), "{told:?}");
        assert_eq!(socket.hear().await, Heard::Said(json!({ "type": "complete", "id": "1" })));
        socket.ask("2", "subscription { viewerEvents { kind } }", json!({})).await;
        assert_eq!(socket.refused("2").await, "FORBIDDEN");
        // Nobody is let in who says that they act for nobody there is.
        let mut socket = Socket::silent(&server).await;
        let payload = json!({ "Authorization": bearer, "Upskill-Act-For": "external-id=Z9" });
        socket.say(json!({ "type": "connection_init", "payload": payload })).await;
        assert_eq!(socket.closed().await.0, 4403);
    }
}
