//! Who sees whose pairings.

use serde_json::json;
use support::both_databases;

use super::Guild;

both_databases! {
    async fn pairings_are_for_the_two_the_line_above_the_mentee_and_hr(guild: Guild) {
        let (id, session) = guild.active().await;
        let goal = guild.act("E1", "setMentoringGoal", "goal { id }", json!({ "pairingId": id, "text": "Review" })).await.text("/setMentoringGoal/goal/id");
        let list = "{ pairings { totalCount nodes { id } } }";
        let node = "query($id: ID!) { node(id: $id) { id } }";
        for (person, sees, inside) in [
            ("E1", true, true), ("E3", true, true), ("M1", true, false), ("C1", true, false), ("H1", true, true), ("H2", true, true),
            ("M2", false, false), ("E2", false, false), ("F1", false, false), ("A1", false, false), ("W1", false, false), ("X1", false, false),
        ] {
            let caller = guild.desk.caller(person);
            let nodes: Vec<_> = sees.then(|| json!({ "id": id })).into_iter().collect();
            assert_eq!(caller.ask(list).await.data("/pairings"), json!({ "totalCount": nodes.len(), "nodes": nodes }), "{person}");
            assert_eq!(guild.read(person, &id).await.is_null(), !sees, "{person}");
            for thing in [&session, &goal] {
                let found = caller.send(node, json!({ "id": thing })).await.data("/node");
                assert_eq!(found.is_null(), !inside, "{person} {thing}");
            }
            let what = "query($id: ID!) { pairing(id: $id) { goals { id } sessions { totalCount } } }";
            let what = caller.send(what, json!({ "id": id })).await.data("/pairing");
            let told = if inside { json!({ "goals": [{ "id": goal }], "sessions": { "totalCount": 1 } }) } else { json!({ "goals": [], "sessions": { "totalCount": 0 } }) };
            assert_eq!(what, if sees { told } else { json!(null) }, "{person}");
        }
        guild.app().southwind().await;
        let stranger = guild.app().caller("southwind", "H1");
        for thing in [&id, &session, &goal] {
            assert_eq!(stranger.send(node, json!({ "id": thing })).await.data("/node"), json!(null));
        }
        let viewer = guild.desk.caller("M1").ask("{ viewer { pairings { totalCount } } }").await;
        assert_eq!(viewer.data("/viewer/pairings/totalCount"), json!(0));
    }

    async fn pairings_are_filtered_and_sorted(guild: Guild) {
        let (first, _) = guild.active().await;
        let mia = guild.mentor("M2", 1).await;
        let second = guild.propose("E2", &mia, json!({ "answerWithinDays": 1 })).await.text("/proposePairing/pairing/id");
        let eva = guild.desk.person("E1").await;
        let document = "query($filter: PairingFilter, $order: PairingOrder) { pairings(filter: $filter, orderBy: $order) { nodes { id } } }";
        for (filter, order, ids) in [
            (json!({}), json!(null), vec![&first, &second]),
            (json!({}), json!({ "field": "ANSWER_BY" }), vec![&second, &first]),
            (json!({ "status": { "in": ["PROPOSED"] } }), json!(null), vec![&second]),
            (json!({ "mentor": { "in": [mia] } }), json!(null), vec![&second]),
            (json!({ "mentee": { "in": [eva] } }), json!({ "field": "PROPOSED_AT", "direction": "DESC" }), vec![&first]),
            (json!({ "enrollment": { "in": [] } }), json!(null), vec![]),
        ] {
            let nodes: Vec<_> = ids.iter().map(|id| json!({ "id": id })).collect();
            let found = guild.desk.caller("H1").send(document, json!({ "filter": filter, "order": order })).await;
            assert_eq!(found.data("/pairings/nodes"), json!(nodes), "{filter} {order}");
        }
        let of_person = "query($id: ID!) { employee(id: $id) { pairings { totalCount nodes { id } } } }";
        let of_person = guild.desk.caller("M1").send(of_person, json!({ "id": eva })).await;
        assert_eq!(of_person.data("/employee/pairings"), json!({ "totalCount": 1, "nodes": [{ "id": first }] }));
    }
}
