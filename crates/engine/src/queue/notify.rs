//! Telling the address that a client named that its job has ended.

use std::time::Duration;

use library::{JobId, JobState};
use model::job::Fault;
use reqwest::redirect::Policy;
use reqwest::{Client, Url};
use serde_json::{Value, json};
use tokio_util::sync::CancellationToken;

use crate::Failure;

/// The most redirects that are followed, all on one host.
const MOST_REDIRECTS: usize = 3;

/// How patiently an address is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotifyPolicy {
    /// How often it is tried.
    pub tries: u32,
    /// The pause after the first try; each further one is twice as long.
    pub first_pause: Duration,
    /// How long one try may take.
    pub patience: Duration,
}

impl Default for NotifyPolicy {
    /// Five tries within about half a minute.
    fn default() -> Self {
        Self { tries: 5, first_pause: Duration::from_secs(2), patience: Duration::from_secs(10) }
    }
}

/// The address that a client's data names; data that are no JSON object name none.
pub(super) fn address(user_data: Option<&str>) -> Result<Option<Url>, Fault> {
    let Some(Value::Object(data)) = user_data.and_then(|text| serde_json::from_str(text).ok()) else {
        return Ok(None);
    };
    let Some(named) = data.get("NotifyAddress").filter(|named| **named != Value::String(String::new()))
    else {
        return Ok(None);
    };
    let rule = || Fault::new("UserData.NotifyAddress", named, "must be an http:// or https:// address");
    let url = named.as_str().and_then(|text| Url::parse(text).ok()).ok_or_else(rule)?;
    let is_web = matches!(url.scheme(), "http" | "https") && url.host_str().is_some();
    if is_web { Ok(Some(url)) } else { Err(rule()) }
}

/// Tells that a job has ended, until the address has taken it or patience ends.
pub(super) async fn tell(
    policy: NotifyPolicy,
    cancel: &CancellationToken,
    id: &JobId,
    state: JobState,
    failure: Option<&Failure>,
    user_data: Option<&str>,
) {
    let Ok(Some(url)) = address(user_data) else { return };
    let mut message = json!({ "JobId": id.0, "UserData": user_data });
    message["State"] = if state == JobState::Finished { "Finished" } else { "Failed" }.into();
    if let Some(failure) = failure {
        message["ErrorCode"] = failure.code.name().into();
        message["ErrorMessage"] = failure.to_string().into();
    }
    let client = match client(policy) {
        Ok(client) => client,
        Err(error) => return tracing::warn!(%error, "no address can be told that a job has ended"),
    };
    let mut pause = policy.first_pause;
    for attempt in 1..=policy.tries {
        // The address may hold a password, so no error's own words are logged.
        match send(&client, &url, &message).await {
            Ok(()) => return,
            Err(why) => tracing::info!(job = id.0, attempt, why, "an address was not told"),
        }
        if attempt == policy.tries {
            break;
        }
        tokio::select! {
            () = cancel.cancelled() => return,
            () = tokio::time::sleep(pause) => pause *= 2,
        }
    }
    tracing::warn!(job = id.0, tries = policy.tries, "an address could not be told that its job has ended");
}

async fn send(client: &Client, url: &Url, message: &Value) -> Result<(), String> {
    let request =
        client.post(url.clone()).header("content-type", "application/json").body(message.to_string());
    match request.send().await {
        Ok(answer) if answer.status().is_success() => Ok(()),
        Ok(answer) => Err(format!("status {}", answer.status().as_u16())),
        Err(error) if error.is_timeout() => Err("it did not answer in time".to_owned()),
        Err(error) if error.is_redirect() => Err("it leads elsewhere".to_owned()),
        Err(_) => Err("it cannot be reached".to_owned()),
    }
}

/// A client that stays on the host it was sent to: what was meant for one server is told to no other.
fn client(policy: NotifyPolicy) -> reqwest::Result<Client> {
    let redirects = Policy::custom(|attempt| {
        let host = |url: &Url| (url.host_str().map(str::to_owned), url.port_or_known_default());
        let stays = attempt.previous().first().is_some_and(|first| host(first) == host(attempt.url()));
        if stays && attempt.previous().len() <= MOST_REDIRECTS { attempt.follow() } else { attempt.stop() }
    });
    Client::builder().redirect(redirects).timeout(policy.patience).build()
}
