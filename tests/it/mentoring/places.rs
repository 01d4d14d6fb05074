//! M1: a mentor's pairings never take more places than there are, whoever is how quick.

use serde_json::json;
use support::both_databases;

use super::Guild;

both_databases! {
    async fn m1_of_five_who_are_accepted_at_once_two_get_a_place(guild: Guild) {
        let ella = guild.mentor("E3", 2).await;
        let mut proposals = Vec::new();
        for person in ["E1", "E2", "H1", "F1", "A1"] {
            proposals.push(guild.propose(person, &ella, json!({})).await.text("/proposePairing/pairing/id"));
        }
        let accept = "mutation($id: ID!) { acceptPairing(input: { id: $id }) { pairing { id } userErrors { code } } }";
        let sent = proposals.iter().map(|id| {
            let (caller, id) = (guild.desk.caller("E3"), id.clone());
            tokio::spawn(async move { caller.send(accept, json!({ "id": id })).await })
        });
        let sent: Vec<_> = sent.collect();
        let mut outcomes = Vec::new();
        for answer in sent {
            let answer = answer.await.expect("it answers").data("/acceptPairing");
            outcomes.push(if answer["pairing"].is_null() { answer["userErrors"][0]["code"].clone() } else { json!("ACCEPTED") });
        }
        let count = |word: &str| outcomes.iter().filter(|outcome| **outcome == json!(word)).count();
        assert_eq!((count("ACCEPTED"), count("NO_PLACE")), (2, 3), "{outcomes:?}");
        assert_eq!(guild.places(&ella).await, json!(2));
        guild.places_hold().await;
    }

    async fn m3_of_three_mentors_who_are_accepted_at_once_one_mentors(guild: Guild) {
        let mut proposals = Vec::new();
        for mentor in ["E3", "M2", "H1"] {
            let profile = guild.mentor(mentor, 1).await;
            let eva = guild.desk.person("E1").await;
            proposals.push(guild.propose(mentor, &profile, json!({ "menteeId": eva })).await.text("/proposePairing/pairing/id"));
        }
        let accept = "mutation($id: ID!) { acceptPairing(input: { id: $id }) { pairing { id } userErrors { code } } }";
        let sent = proposals.iter().map(|id| {
            let (caller, id) = (guild.desk.caller("E1"), id.clone());
            tokio::spawn(async move { caller.send(accept, json!({ "id": id })).await })
        });
        let sent: Vec<_> = sent.collect();
        let mut accepted = 0;
        for answer in sent {
            let answer = answer.await.expect("it answers").data("/acceptPairing");
            accepted += usize::from(!answer["pairing"].is_null());
        }
        assert_eq!(accepted, 1);
        let list = "{ viewer { pairings { nodes { status } } } }";
        let statuses = guild.desk.caller("E1").ask(list).await.data("/viewer/pairings/nodes");
        let of = |word: &str| statuses.as_array().into_iter().flatten().filter(|node| node["status"] == word).count();
        assert_eq!((of("ACCEPTED"), of("SUPERSEDED")), (1, 2));
        guild.places_hold().await;
    }
}
