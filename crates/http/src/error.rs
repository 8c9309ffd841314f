//! Errors as the cloud service words them: a status, a code that clients act on, and a message.

#[cfg(feature = "server")]
use engine::{Code, Failure};
use hyper::StatusCode;

/// Why a request has no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiError {
    /// The status of the HTTP answer.
    pub status: StatusCode,
    /// What clients act on.
    pub code: String,
    /// What happened, to what, and what next.
    pub message: String,
    /// Milliseconds after which the same request may be sent again; only where waiting helps.
    pub retry_after: Option<u32>,
}

impl ApiError {
    fn new(status: StatusCode, code: impl Into<String>, message: impl Into<String>) -> Self {
        Self { status, code: code.into(), message: message.into(), retry_after: None }
    }

    /// Something about the request that its sender can put right.
    pub(crate) fn bad(code: impl Into<String>, message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, code, message)
    }

    /// A request whose form cannot be read.
    pub(crate) fn malformed(message: impl Into<String>) -> Self {
        Self::bad("InvalidParameter", message)
    }

    pub(crate) fn missing(parameter: &str) -> Self {
        let message = format!("The parameter {parameter} is mandatory and was not given.");
        Self::bad(format!("Missing{parameter}"), message)
    }

    pub(crate) fn invalid(parameter: &str, rule: &str) -> Self {
        Self::bad("InvalidParameter", format!("The parameter {parameter} {rule}."))
    }

    pub(crate) fn not_found(code: &str, message: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, code, message)
    }

    pub(crate) fn method() -> Self {
        let message = "Only GET and POST are answered.";
        Self::new(StatusCode::METHOD_NOT_ALLOWED, "UnsupportedHTTPMethod", message)
    }

    pub(crate) fn too_large(limit: usize) -> Self {
        let message = format!("A request's body may have at most {limit} bytes.");
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, "RequestTooLarge", message)
    }

    pub(crate) fn too_slow() -> Self {
        Self::new(
            StatusCode::REQUEST_TIMEOUT,
            "RequestTimeout",
            "The request did not arrive in time. Send it again.",
        )
    }

    /// More than is taken at once.
    pub(crate) fn throttled(message: impl Into<String>, retry_after: u32) -> Self {
        let error = Self::new(StatusCode::TOO_MANY_REQUESTS, "Throttling.User", message);
        Self { retry_after: Some(retry_after), ..error }
    }

    /// A fault on this side; the words for it are in the log, where they may name files.
    pub(crate) fn internal() -> Self {
        let message = "The request could not be done because of a fault of the server; its log tells more.";
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "InternalError", message)
    }

    /// What the engine says of something that a client named.
    #[cfg(feature = "server")]
    pub(crate) fn of_failure(failure: &Failure) -> Self {
        match failure.code {
            Code::InvalidRequest => Self::bad("InvalidParameter", failure.to_string()),
            Code::AssetUnknown => Self::not_found("MediaNotFound", failure.to_string()),
            Code::LibraryFailed
            | Code::DiskFull
            | Code::FolderNotWritable
            | Code::SecretsUnavailable
            | Code::Internal => {
                tracing::error!(%failure, "a request cannot be answered");
                Self::internal()
            }
            code => Self::bad(code.name(), failure.to_string()),
        }
    }
}
