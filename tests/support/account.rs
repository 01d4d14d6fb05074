//! Service accounts, made and let in through the API as anybody's are.

use serde_json::json;

use crate::app::{Caller, TestApp};
use crate::wire::{Reply, exchange};

const CREATE: &str = "mutation($input: CreateServiceAccountInput!) { createServiceAccount(input: $input) {
  serviceAccount { id } secret userErrors { message } } }";

/// A service account, and the secret that was shown when it was made.
#[derive(Debug, Clone)]
pub struct TestAccount {
    /// Its id.
    pub id: String,
    /// Its secret.
    pub secret: String,
}

/// How the schema writes scopes.
pub fn scope_names(scopes: &str) -> Vec<String> {
    scopes.split_whitespace().map(|scope| scope.to_uppercase().replace(':', "_")).collect()
}

impl TestApp {
    /// A service account with these scopes, made by Xenia of an employer.
    pub async fn service_account(&self, employer: &str, name: &str, scopes: &str) -> TestAccount {
        let input = json!({ "name": name, "scopes": scope_names(scopes) });
        let made = self.caller(employer, "X1").send(CREATE, json!({ "input": input })).await;
        TestAccount {
            id: made.text("/createServiceAccount/serviceAccount/id"),
            secret: made.text("/createServiceAccount/secret"),
        }
    }

    /// Asks for a token with a form of the test's own.
    pub async fn ask_for_token(&self, headers: &[(&str, &str)], form: &str) -> Reply {
        let form_type = ("content-type", "application/x-www-form-urlencoded");
        let headers = [&[form_type], headers].concat();
        exchange(&self.router(), ("POST", "/oauth/token"), &headers, form.to_owned()).await
    }

    /// Asks for a token as an account does.
    pub async fn ask_as(&self, account: &TestAccount, scope: &str) -> Reply {
        let TestAccount { id, secret } = account;
        let scope = scope.replace(' ', "+");
        let form =
            format!("grant_type=client_credentials&client_id={id}&client_secret={secret}&scope={scope}");
        self.ask_for_token(&[], &form).await
    }

    /// A token of an account, with everything that the account may do.
    pub async fn access_token(&self, account: &TestAccount) -> String {
        let reply = self.ask_as(account, "").await;
        assert_eq!(reply.status, 200, "{}", reply.text);
        reply.json()["access_token"].as_str().expect("a token").to_owned()
    }

    /// A service account that sends requests.
    pub async fn account(&self, employer: &str, name: &str, scopes: &str) -> Caller {
        let account = self.service_account(employer, name, scopes).await;
        self.bearer(&self.access_token(&account).await)
    }
}
