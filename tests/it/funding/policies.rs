//! Funding policies: how they come into force, and how requests go by them.

mod approval;
mod booking;
mod impact;
mod judging;
mod writing;

use serde_json::{Value, json};
use support::Answer;

use super::{Desk, eur, merge, outside};

const DRAFT: &str = "mutation($input: DraftFundingPolicyInput!) { draftFundingPolicy(input: $input) {
  fundingPolicy { id name number status version problems { message } createdBy { externalId }
    rules { currency reservationDays steps { relation } } }
  userErrors { code field message } } }";

const CHANGE: &str = "mutation($input: ChangeFundingPolicyInput!) { changeFundingPolicy(input: $input) {
  fundingPolicy { id name version problems { message } rules { mostPerRequest { amount currency } } }
  userErrors { code field message } } }";

const PUBLISH: &str = "mutation($input: PublishFundingPolicyInput!) { publishFundingPolicy(input: $input) {
  fundingPolicy { number status version publishedAt publishedBy { externalId } } userErrors { code field message } } }";

const DISCARD: &str =
    "mutation($input: DiscardFundingPolicyDraftInput!) { discardFundingPolicyDraft(input: $input) {
  discardedId userErrors { code field message } } }";

const JUDGED: &str = "query($input: FundingPreviewInput!) { fundingPreview(input: $input) {
  outcome policyVersion approvedByPolicy findings { code rule severity message field
    actual { money { amount } count word } limit { money { amount } count word } }
  steps { position capacity dueWithinDays assignee { externalId } }
  alternatives { ... on AmountAlternative { amount { amount } } } } }";

/// Rules in EUR under which the manager decides, with what the test says otherwise.
pub(super) fn rules(more: Value) -> Value {
    let mut rules = json!({ "currency": "EUR", "steps": [{ "who": { "relation": "MANAGER" } }] });
    merge(&mut rules, more);
    rules
}

impl Desk {
    /// Sends one of the documents about policies as Hana.
    async fn write(&self, document: &str, input: Value) -> Answer {
        self.caller("H1").send(document, json!({ "input": input })).await
    }

    /// The id of a draft with these rules.
    pub(super) async fn draft(&self, rules: Value) -> String {
        let input = json!({ "name": "Learning", "from": { "rules": rules } });
        self.write(DRAFT, input).await.text("/draftFundingPolicy/fundingPolicy/id")
    }

    /// Puts rules into force, and answers with the policy's id.
    pub(super) async fn policy(&self, rules: Value) -> String {
        let id = self.draft(rules).await;
        let published = self.write(PUBLISH, json!({ "id": id, "expectedVersion": 1 })).await;
        assert_eq!(published.data("/publishFundingPolicy/userErrors"), json!([]));
        id
    }

    /// What the rules say of a request of Eva's for a course outside the catalog.
    async fn judged(&self, course: &str, price: &str) -> Answer {
        self.caller("E1").send(JUDGED, json!({ "input": outside(course, price, json!({})) })).await
    }

    /// Makes somebody the head of a department.
    pub(super) async fn head(&self, department: &str, person: &str) {
        let change = "mutation($input: ChangeDepartmentInput!) { changeDepartment(input: $input) { userErrors { code } } }";
        let (id, head) = (self.department(department).await, self.person(person).await);
        let changed = self.write(change, json!({ "id": id, "expectedVersion": 1, "headId": head })).await;
        assert_eq!(changed.data("/changeDepartment/userErrors"), json!([]));
    }
}
