//! The ways in which servers and networks fail.

use hyper::Response;
use s3s::Body;

use super::exchange::S3Request;

/// What goes wrong with a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum S3Fault {
    /// The connection ends when half of the body has come in.
    CutInBody,
    /// The server does what was asked, and the connection ends before it says so.
    CutAnswer,
    /// The connection stays, and nothing comes over it any more.
    Stall,
    /// The server refuses.
    Refuse {
        /// The HTTP status.
        status: u16,
        /// S3's word for it.
        code: &'static str,
        /// What it says to people.
        message: &'static str,
    },
    /// The server says that all is well and keeps half of the object.
    LoseHalf,
}

/// A fault, the requests it befalls, and how often.
pub(super) struct Planned {
    pub(super) befalls: Box<dyn Fn(&S3Request) -> bool + Send>,
    pub(super) times: usize,
    pub(super) fault: S3Fault,
}

/// The fault that befalls a request, taken from its plan.
pub(super) fn next(plans: &mut [Planned], request: &S3Request) -> Option<S3Fault> {
    let plan = plans.iter_mut().find(|plan| plan.times > 0 && (plan.befalls)(request))?;
    plan.times -= 1;
    Some(plan.fault.clone())
}

/// A refusal in S3's form. As S3 does, it repeats who asked and what was signed, which must be shown to nobody.
pub(super) fn refusal(
    request: &S3Request,
    status: u16,
    code: &str,
    message: &str,
    region: Option<&str>,
) -> Response<Body> {
    let id = request.access_key_id().unwrap_or_default();
    let signed = request.headers.get("authorization").cloned().unwrap_or_default();
    let region = region.map(|region| format!("<Region>{region}</Region>")).unwrap_or_default();
    let body = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>{code}</Code><Message>{message}</Message>{region}\
         <AWSAccessKeyId>{id}</AWSAccessKeyId><StringToSign>{signed}</StringToSign></Error>"
    );
    let body = if request.method == "HEAD" { Body::empty() } else { Body::from(body) };
    let mut response = Response::new(body);
    *response.status_mut() = hyper::StatusCode::from_u16(status).expect("a fault has a real status");
    response
}
