//! The actions of the protocol.

mod jobs;
mod media;

use std::sync::Arc;

use engine::{Engine, Failure, Runner};
use serde_json::{Map, Value};

use crate::request::Received;
use crate::{ApiError, Parameters, VERSION};

/// What an action answers, without the request's id.
pub(crate) type Answer = Map<String, Value>;

/// What actions work on.
pub(crate) struct Context<'a> {
    pub(crate) engine: &'a Arc<Engine>,
    pub(crate) runner: &'a Runner,
    /// The key that signed the request.
    pub(crate) key: String,
    pub(crate) parameters: &'a Parameters,
}

/// What the request names is done.
pub(crate) async fn act(
    engine: &Arc<Engine>,
    runner: &Runner,
    key: String,
    request: &Received,
) -> Result<Answer, ApiError> {
    let action = Action::named(request.common("x-acs-action", "Action")?)?;
    if request.common("x-acs-version", "Version")? != VERSION {
        return Err(ApiError::bad("InvalidVersion", format!("The version answered is {VERSION}.")));
    }
    let context = Context { engine, runner, key, parameters: &request.parameters };
    match action {
        Action::SubmitHighlightExtractionJob => jobs::submit(context).await,
        Action::GetSmartHandleJob => jobs::get(context).await,
        Action::ListSmartJobs => jobs::list(context).await,
        Action::DeleteSmartJob => jobs::delete(context).await,
        Action::RegisterMediaInfo => media::register(context).await,
        Action::GetMediaInfo => media::get(context).await,
    }
}

/// What can be asked for; the names are the protocol's.
#[derive(Debug, Clone, Copy)]
enum Action {
    SubmitHighlightExtractionJob,
    GetSmartHandleJob,
    ListSmartJobs,
    DeleteSmartJob,
    RegisterMediaInfo,
    GetMediaInfo,
}

impl Action {
    const ALL: [Self; 6] = [
        Self::SubmitHighlightExtractionJob,
        Self::GetSmartHandleJob,
        Self::ListSmartJobs,
        Self::DeleteSmartJob,
        Self::RegisterMediaInfo,
        Self::GetMediaInfo,
    ];

    fn named(name: &str) -> Result<Self, ApiError> {
        Self::ALL.into_iter().find(|action| format!("{action:?}") == name).ok_or_else(|| {
            let shown: String = name.chars().take(64).collect();
            let message = format!("The action {shown} is not answered here; these are: {:?}.", Self::ALL);
            ApiError::not_found("InvalidAction.NotFound", message)
        })
    }
}

/// Asks the engine what may wait for a disk, apart from the threads that serve connections.
pub(crate) async fn ask<T: Send + 'static>(
    engine: &Arc<Engine>,
    work: impl FnOnce(&Engine) -> Result<T, Failure> + Send + 'static,
) -> Result<T, ApiError> {
    let engine = Arc::clone(engine);
    match tokio::task::spawn_blocking(move || work(&engine)).await {
        Ok(answer) => answer.map_err(|failure| ApiError::of_failure(&failure)),
        Err(error) => {
            tracing::error!(%error, "an action ended unexpectedly");
            Err(ApiError::internal())
        }
    }
}

/// An answer of these fields; those that are `null` are left out, as the service does.
pub(crate) fn answer<const N: usize>(fields: [(&str, Value); N]) -> Answer {
    let given = fields.into_iter().filter(|(_, value)| !value.is_null());
    given.map(|(name, value)| (name.to_owned(), value)).collect()
}
