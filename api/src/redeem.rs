//! What becomes of a link that decides: what it shows, and what it does.

use axum::http::StatusCode;
use upskill_domain::app::App;
use upskill_domain::funding::{
    DecisionRefusal, LinkAnswer, LinkClaims, LinkSpent, LinkVerdict, RedeemActionLink, RedeemRefusal,
    RejectionReason,
};
use upskill_domain::kernel::{Failure, Fault};

use crate::actions::ActionLinks;
use crate::graphql::{ApiError, decision_code};
use crate::http::{ActionDone, ActionRefused, ActionShown, ActionWords, RequestInfo, codes};

/// Says what a link would decide.
pub(crate) async fn show(app: &App, links: &ActionLinks, token: &str) -> Result<ActionShown, ActionRefused> {
    let (claims, digest) = links.read(token).ok_or_else(unknown)?;
    let preview = app.funding().preview_action_link(claims, &digest).await.map_err(refused)?;
    Ok(ActionShown {
        verdict: preview.verdict.name(),
        funding_request_id: preview.request.to_string(),
        requester: preview.requester,
        approver: preview.approver,
        title: preview.title,
        amount: preview.amount.to_string(),
        purpose: preview.purpose,
        expires_at: preview.expires_at.format("%Y-%m-%dT%H:%M:%SZ").to_string(),
        spent: preview.spent.map(|spent| spent.to_string()),
    })
}

/// Decides what a link says.
pub(crate) async fn act(
    app: &App,
    links: &ActionLinks,
    (token, words): (&str, ActionWords),
    request: &RequestInfo,
) -> Result<ActionDone, ActionRefused> {
    let (claims, digest) = links.read(token).ok_or_else(unknown)?;
    let answer = answer(claims, words)?;
    let command = RedeemActionLink { claims, digest, answer, request_id: request.request_id.clone() };
    let decided = app.funding().redeem_action_link(command).await.map_err(refused)?;
    Ok(ActionDone {
        outcome: decided.outcome.name(),
        funding_request_id: decided.request.id.to_string(),
        status: decided.request.status.name(),
    })
}

fn answer(claims: LinkClaims, words: ActionWords) -> Result<LinkAnswer, ActionRefused> {
    let ActionWords { note, reason, text } = words;
    match claims.verdict {
        LinkVerdict::Approve => Ok(LinkAnswer::Approve { note }),
        LinkVerdict::Reject => {
            let reason = reason.as_deref().and_then(RejectionReason::named).ok_or_else(|| {
                let names = RejectionReason::ALL.map(RejectionReason::name).join(", ");
                bad_input(format!("a rejection says its reason, one of {names}, and a text"))
            })?;
            Ok(LinkAnswer::Reject { reason, text: text.unwrap_or_default() })
        }
    }
}

fn unknown() -> ActionRefused {
    let message = RedeemRefusal::Unknown.to_string();
    ActionRefused { status: StatusCode::NOT_FOUND, code: codes::NOT_FOUND, message }
}

fn bad_input(message: String) -> ActionRefused {
    ActionRefused { status: StatusCode::BAD_REQUEST, code: codes::BAD_USER_INPUT, message }
}

fn refused(why: Failure<RedeemRefusal>) -> ActionRefused {
    let message = match &why {
        Failure::Refused(refusal) => refusal.to_string(),
        Failure::Fault(_) => String::new(),
    };
    match why {
        Failure::Refused(RedeemRefusal::Unknown) => unknown(),
        Failure::Refused(RedeemRefusal::Spent(spent)) => {
            let code = match spent {
                LinkSpent::Expired(_) => "LINK_EXPIRED",
                LinkSpent::Used(_) => "LINK_USED",
                LinkSpent::Decided(_) => "REQUEST_DECIDED",
                LinkSpent::Stale { .. } => "LINK_STALE",
            };
            ActionRefused { status: StatusCode::GONE, code, message }
        }
        Failure::Refused(RedeemRefusal::Approve(refusal)) => {
            by_rule(decision_code(&DecisionRefusal::Approve(refusal)), message)
        }
        Failure::Refused(RedeemRefusal::Reject(refusal)) => {
            by_rule(decision_code(&DecisionRefusal::Reject(refusal)), message)
        }
        Failure::Fault(fault) => of_fault(fault),
    }
}

fn by_rule(code: &'static str, message: String) -> ActionRefused {
    ActionRefused { status: StatusCode::CONFLICT, code, message }
}

fn of_fault(fault: Fault) -> ActionRefused {
    let status = match &fault {
        Fault::NotFound { .. } => StatusCode::NOT_FOUND,
        Fault::Forbidden(_) => StatusCode::FORBIDDEN,
        Fault::Conflict(_) => StatusCode::CONFLICT,
        Fault::Unavailable(_) => StatusCode::SERVICE_UNAVAILABLE,
        _ => StatusCode::INTERNAL_SERVER_ERROR,
    };
    let error = ApiError::from(fault);
    ActionRefused { status, code: error.code(), message: error.into_message() }
}
