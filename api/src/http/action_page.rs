//! The pages that a browser shows for a link that decides: what it would do with a button to do it, and what it did.

use super::actions::{ActionDone, ActionShown};

pub(super) const CONTENT_TYPE: &str = "text/html; charset=utf-8";

/// Nothing is loaded, nothing runs, and the form goes nowhere else.
pub(super) const CONTENT_SECURITY_POLICY: &str =
    "default-src 'none'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// The reasons of a rejection, as the schema has them.
const REASONS: [(&str, &str); 6] = [
    ("NOT_RELEVANT", "It does not serve the work"),
    ("TOO_EXPENSIVE", "It costs too much for what it is"),
    ("WRONG_TIME", "Another time would be better"),
    ("WORKLOAD", "The person carries enough already"),
    ("BETTER_ALTERNATIVE", "Another course does the same for less, or does it better"),
    ("OTHER", "Something else"),
];

/// What a link would do.
pub(super) fn shown(action: &ActionShown) -> String {
    let ActionShown { requester, approver, title, amount, purpose, expires_at, .. } = action;
    let heading = if action.verdict == "APPROVE" { "Approve this request?" } else { "Reject this request?" };
    let rows = [
        ("Course", title),
        ("For", requester),
        ("Amount", amount),
        ("What it is good for", purpose),
        ("You decide as", approver),
        ("The link works until", expires_at),
    ];
    let rows: Vec<_> =
        rows.iter().map(|(name, value)| format!("<dt>{name}</dt><dd>{}</dd>", escaped(value))).collect();
    let rows = rows.concat();
    let form = match &action.spent {
        Some(why) => format!("<p>{}</p>", escaped(why)),
        None if action.verdict == "APPROVE" => approve_form(),
        None => reject_form(),
    };
    page(heading, &format!("<dl>{rows}</dl>{form}"))
}

fn approve_form() -> String {
    "<form method=\"post\"><p><label>Remark <input name=\"note\" maxlength=\"4000\"></label></p>\
     <p><button>Approve</button></p></form>"
        .to_owned()
}

fn reject_form() -> String {
    let options: Vec<_> =
        REASONS.iter().map(|(name, words)| format!("<option value=\"{name}\">{words}</option>")).collect();
    let options = options.concat();
    format!(
        "<form method=\"post\"><p><label>Reason <select name=\"reason\">{options}</select></label></p>\
         <p><label>Why <textarea name=\"text\" maxlength=\"4000\" required></textarea></label></p>\
         <p><button>Reject</button></p></form>"
    )
}

/// What a link did.
pub(super) fn done(action: &ActionDone) -> String {
    let heading = match action.outcome {
        "APPROVED" => "The request is approved",
        "PASSED_ON" => "Approved; the request waits for the next approver",
        _ => "The request is rejected",
    };
    page(heading, "<p>You can close this page.</p>")
}

/// Why a link did nothing.
pub(super) fn refused(message: &str) -> String {
    page("Nothing was decided", &format!("<p>{}</p>", escaped(message)))
}

fn page(heading: &str, body: &str) -> String {
    format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width\"><meta name=\"robots\" content=\"noindex\">\
         <title>{heading}</title></head><body><h1>{heading}</h1>{body}</body></html>"
    )
}

/// A text that is a text in a page, whoever wrote it.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            other => safe.push(other),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_wrote_stays_text() {
        let action = ActionShown {
            verdict: "APPROVE",
            funding_request_id: "funding_request_1".to_owned(),
            requester: "O'Neil & Co".to_owned(),
            approver: "Max".to_owned(),
            title: "<script>alert(1)</script>".to_owned(),
            amount: "4.00 EUR".to_owned(),
            purpose: "\"quoted\"".to_owned(),
            expires_at: "2026-03-05T09:00:00Z".to_owned(),
            spent: None,
        };
        let page = shown(&action);
        assert!(!page.contains("<script>"), "{page}");
        assert!(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"), "{page}");
        assert!(page.contains("O&#39;Neil &amp; Co") && page.contains("&quot;quoted&quot;"), "{page}");
        assert!(page.contains("<button>Approve</button>"));
        let spent = ActionShown { spent: Some("it expired".to_owned()), ..action };
        assert!(!shown(&spent).contains("<button>"));
    }
}
