//! Fetches one known file from the web: goes on where it was cut, and takes nothing but the file that was meant.

use std::path::Path;
use std::time::Duration;

use reqwest::header::{CONTENT_LENGTH, CONTENT_RANGE, ETAG, HeaderMap, IF_RANGE, RANGE, RETRY_AFTER};
use reqwest::{Client, Response, StatusCode, Url};

use super::digest::Sha256;
use super::fetch_error::FetchError;
use super::partial::Partial;
use crate::disk::free_bytes;
use crate::engine::waiting;

/// What to fetch, and where it goes.
pub(crate) struct Order<'a> {
    pub(crate) url: &'a str,
    /// Bytes.
    pub(crate) size: u64,
    pub(crate) sha256: Sha256,
    pub(crate) target: &'a Path,
}

/// How far a file has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FetchProgress {
    /// Bytes that are here, those of earlier tries included.
    pub arrived: u64,
    /// Bytes in all.
    pub size: u64,
    /// Why it is being tried again, as the end of a sentence, until bytes arrive.
    pub trying_again: Option<String>,
}

/// How long to wait for a server, and how often to ask again.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limits {
    /// Until a connection stands.
    connect: Duration,
    /// Without a single byte.
    silence: Duration,
    /// Tries in a row that bring nothing.
    tries: u32,
    /// Before the second of them; doubled before each further one.
    first_pause: Duration,
    /// The longest wait that a server may ask for.
    longest_pause: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(15),
            silence: Duration::from_secs(30),
            tries: 4,
            first_pause: Duration::from_millis(500),
            longest_pause: Duration::from_secs(30),
        }
    }
}

/// A try that did not bring the whole file.
struct Setback {
    error: FetchError,
    /// How long the server asks to be left alone.
    wait: Option<Duration>,
}

impl From<FetchError> for Setback {
    fn from(error: FetchError) -> Self {
        Self { error, wait: None }
    }
}

/// Fetches the file. Dropping the future cancels it; what has arrived stays for the next time.
pub(crate) async fn fetch(
    order: &Order<'_>,
    limits: Limits,
    mut on_progress: impl FnMut(FetchProgress),
) -> Result<(), FetchError> {
    let mut partial = waiting(|| Partial::open(order.target))?;
    check_room(order, partial.kept())?;
    let client = client(order, &limits)?;
    let mut resumed = partial.kept() > 0;
    let mut failed = 0;
    let mut tell = |arrived, trying_again| {
        on_progress(FetchProgress { arrived, size: order.size, trying_again });
    };
    tell(partial.kept(), None);
    loop {
        let before = partial.kept();
        match bring(&client, order, &mut partial, &mut |arrived| tell(arrived, None)).await {
            Ok(()) if partial.digest() == order.sha256 => return waiting(|| partial.finish(order.target)),
            // What an earlier run left may have been another version, or damaged on the disk.
            Ok(()) if resumed => {
                resumed = false;
                partial.begin(None)?;
            }
            Ok(()) => {
                partial.begin(None)?;
                return Err(FetchError::WrongContent { server: order.server() });
            }
            Err(Setback { error, wait }) => {
                failed = if partial.kept() > before { 1 } else { failed + 1 };
                if !error.may_pass() || failed >= limits.tries {
                    return Err(error);
                }
                tracing::info!(%error, "a download is tried again");
                tell(partial.kept(), Some(error.to_string()));
                let pause = limits.first_pause * 2_u32.saturating_pow(failed - 1);
                tokio::time::sleep(wait.unwrap_or(pause).min(limits.longest_pause)).await;
            }
        }
    }
}

impl Order<'_> {
    /// The server's name, for messages.
    fn server(&self) -> String {
        Url::parse(self.url).ok().and_then(|url| url.host_str().map(str::to_owned)).unwrap_or_default()
    }

    fn interrupted(&self, kept: u64) -> FetchError {
        FetchError::Interrupted { server: self.server(), kept, size: self.size }
    }

    /// Refuses a size that is not the file's.
    fn check_size(&self, found: u64) -> Result<(), FetchError> {
        let server = self.server();
        if found == self.size {
            Ok(())
        } else {
            Err(FetchError::WrongSize { server, found, size: self.size })
        }
    }
}

/// A full disk is told before gigabytes have gone over the line.
fn check_room(order: &Order<'_>, kept: u64) -> Result<(), FetchError> {
    let folder = order.target.parent().unwrap_or(order.target);
    let needed = order.size.saturating_sub(kept);
    match free_bytes(folder) {
        Some(free) if free < needed => Err(FetchError::NoRoom { needed, free, path: folder.to_owned() }),
        Some(_) | None => Ok(()),
    }
}

fn client(order: &Order<'_>, limits: &Limits) -> Result<Client, FetchError> {
    Client::builder()
        .user_agent(concat!("Standout/", env!("CARGO_PKG_VERSION")))
        // An address that is encrypted leads to none that is not.
        .https_only(order.url.starts_with("https://"))
        .connect_timeout(limits.connect)
        .read_timeout(limits.silence)
        .build()
        .map_err(|error| unreachable(order, error))
}

/// Asks for what is missing and takes it.
async fn bring(
    client: &Client,
    order: &Order<'_>,
    partial: &mut Partial,
    on_arrived: &mut (impl FnMut(u64) + ?Sized),
) -> Result<(), Setback> {
    if partial.kept() > order.size {
        partial.begin(None)?;
    }
    if partial.kept() == order.size {
        return Ok(());
    }
    let mut request = client.get(order.url);
    if partial.kept() > 0 {
        request = request.header(RANGE, format!("bytes={}-", partial.kept()));
        if let Some(tag) = partial.tag() {
            request = request.header(IF_RANGE, tag);
        }
    }
    let response = request.send().await.map_err(|error| unreachable(order, error))?;
    begin(&response, order, partial)?;
    take(response, order, partial, on_arrived).await
}

/// Holds what a server begins to send against what is there already.
fn begin(response: &Response, order: &Order<'_>, partial: &mut Partial) -> Result<(), Setback> {
    let headers = response.headers();
    match response.status() {
        StatusCode::PARTIAL_CONTENT => {
            let (first, size) = content_range(headers).unwrap_or_default();
            order.check_size(size)?;
            if first != partial.kept() {
                let (server, status) = (order.server(), StatusCode::PARTIAL_CONTENT.as_u16());
                return Err(FetchError::Status { server, status }.into());
            }
            Ok(())
        }
        StatusCode::OK => {
            if let Some(size) = length(headers) {
                order.check_size(size)?;
            }
            Ok(partial.begin(strong_tag(headers))?)
        }
        StatusCode::RANGE_NOT_SATISFIABLE => {
            // The server's file is shorter than what is here: it is asked for the whole one the next time.
            partial.begin(None)?;
            Err(order.interrupted(0).into())
        }
        StatusCode::NOT_FOUND | StatusCode::GONE => {
            Err(FetchError::NotThere { server: order.server() }.into())
        }
        status => {
            let error = FetchError::Status { server: order.server(), status: status.as_u16() };
            Err(Setback { error, wait: retry_after(headers) })
        }
    }
}

async fn take(
    mut response: Response,
    order: &Order<'_>,
    partial: &mut Partial,
    on_arrived: &mut (impl FnMut(u64) + ?Sized),
) -> Result<(), Setback> {
    loop {
        match response.chunk().await {
            Ok(Some(bytes)) => {
                let arrived = partial.kept() + bytes.len() as u64;
                if arrived > order.size {
                    partial.begin(None)?;
                    order.check_size(arrived)?;
                }
                partial.append(&bytes)?;
                on_arrived(arrived);
            }
            Ok(None) if partial.kept() == order.size => return Ok(()),
            Ok(None) | Err(_) => return Err(order.interrupted(partial.kept()).into()),
        }
    }
}

fn length(headers: &HeaderMap) -> Option<u64> {
    headers.get(CONTENT_LENGTH)?.to_str().ok()?.trim().parse().ok()
}

/// The first byte and the whole size of `bytes 5-9/10` (RFC 9110, section 14.4).
fn content_range(headers: &HeaderMap) -> Option<(u64, u64)> {
    let (range, size) = headers.get(CONTENT_RANGE)?.to_str().ok()?.strip_prefix("bytes ")?.split_once('/')?;
    let (first, _) = range.split_once('-')?;
    Some((first.trim().parse().ok()?, size.trim().parse().ok()?))
}

/// A tag that may stand in `If-Range`; a weak one may not (RFC 9110, section 13.1.5).
fn strong_tag(headers: &HeaderMap) -> Option<&str> {
    headers.get(ETAG)?.to_str().ok().filter(|tag| !tag.starts_with("W/"))
}

fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    headers.get(RETRY_AFTER)?.to_str().ok()?.trim().parse().ok().map(Duration::from_secs)
}

/// No answer came. The innermost cause says most: the outer ones only that a request failed.
fn unreachable(order: &Order<'_>, error: reqwest::Error) -> FetchError {
    let error = error.without_url();
    if error.is_timeout() {
        return FetchError::Unreachable {
            server: order.server(),
            reason: "it does not answer in time".to_owned(),
        };
    }
    let mut cause: &dyn std::error::Error = &error;
    while let Some(deeper) = cause.source() {
        cause = deeper;
    }
    FetchError::Unreachable { server: order.server(), reason: cause.to_string() }
}

#[cfg(test)]
mod tests;
