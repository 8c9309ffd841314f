//! Range requests over HTTP.

use std::io::Read;
use std::ops::Range;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use ureq::http::{HeaderMap, Response, header};
use ureq::tls::{RootCerts, TlsConfig};
use ureq::{Agent, Body, Error};
use url::Url;

use super::RemoteVersion;
use super::answer::{content_range, is_packed, retry_after, version};
use super::fault::{Fault, Setback};
use super::limits::Limits;

/// Addresses that a server may lead on to, one after the other.
const MOST_REDIRECTS: u32 = 5;

const UNKNOWN_NAME: &str = "its name is not known";

/// Bytes that are sooner read than a new connection is made.
const LITTLE: u64 = 4 << 10;

/// Bytes of files that arrived in this process.
static ARRIVED: AtomicU64 = AtomicU64::new(0);

/// See [`super::arrived_bytes`].
pub(super) fn arrived() -> u64 {
    ARRIVED.load(Ordering::Relaxed)
}

/// Asks one server for parts of one file.
pub(crate) struct Client {
    agent: Agent,
    address: Url,
    /// Where the address led to; asked first from then on.
    led_to: Option<Url>,
}

/// The answer to a range request.
pub(crate) struct Part {
    pub(crate) version: RemoteVersion,
    /// What the body holds: begins where it was asked to, and may end earlier.
    pub(crate) bytes: Range<u64>,
    body: ureq::BodyReader<'static>,
}

impl Part {
    /// Fills the buffer with the next bytes, unless that takes too long.
    pub(crate) fn read_exact(&mut self, buffer: &mut [u8], at_most: Duration) -> Result<(), Fault> {
        let started = Instant::now();
        let mut filled = 0;
        while let Some(rest) = buffer.get_mut(filled..).filter(|rest| !rest.is_empty()) {
            match self.body.read(rest) {
                Ok(0) | Err(_) => return Err(Fault::Interrupted),
                Ok(_) if at_most < started.elapsed() => return Err(Fault::Interrupted),
                Ok(read) => {
                    ARRIVED.fetch_add(read as u64, Ordering::Relaxed);
                    filled += read;
                }
            }
        }
        Ok(())
    }

    /// Takes what little is left, so that the connection can be used again.
    pub(crate) fn end(self) {
        let _ = std::io::copy(&mut self.body.take(LITTLE), &mut std::io::sink());
    }
}

impl Client {
    /// Nothing is sent yet.
    pub(crate) fn new(address: &str, limits: &Limits) -> Result<Self, Fault> {
        let address = Url::parse(address).ok().filter(is_web).ok_or_else(no_address)?;
        let tls = TlsConfig::builder().root_certs(RootCerts::PlatformVerifier).build();
        let config = Agent::config_builder()
            .tls_config(tls)
            .user_agent(concat!("Standout/", env!("CARGO_PKG_VERSION")))
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .timeout_resolve(Some(limits.connect))
            .timeout_connect(Some(limits.connect))
            .timeout_recv_response(Some(limits.silence))
            .timeout_per_read(Some(limits.silence))
            .timeout_per_write(Some(limits.silence))
            .build();
        Ok(Self { agent: config.new_agent(), address, led_to: None })
    }

    /// Asks for bytes of the file.
    pub(crate) fn get(&mut self, bytes: Range<u64>) -> Result<Part, Setback> {
        if let Some(led_to) = self.led_to.take() {
            // Such an address is often made for a short time only: when it fails, the original one is asked.
            match self.follow(led_to, &bytes) {
                Err(setback) if !setback.fault.may_pass() => {}
                result => return result,
            }
        }
        self.follow(self.address.clone(), &bytes)
    }

    fn follow(&mut self, mut address: Url, bytes: &Range<u64>) -> Result<Part, Setback> {
        for _ in 0..=MOST_REDIRECTS {
            let response = self.ask(&address, bytes)?;
            let Some(next) = redirection(&response) else {
                let part = part(response, bytes)?;
                self.led_to = Some(address).filter(|address| *address != self.address);
                return Ok(part);
            };
            address = followed(&address, &next).ok_or(Fault::Redirected)?;
        }
        Err(Fault::Redirected.into())
    }

    fn ask(&self, address: &Url, bytes: &Range<u64>) -> Result<Response<Body>, Setback> {
        let range = format!("bytes={}-{}", bytes.start, bytes.end.saturating_sub(1));
        let request = self.agent.get(address.as_str()).header(header::RANGE, range);
        let answered = request.header(header::ACCEPT_ENCODING, "identity").call();
        answered.map_err(|error| no_answer(&error).into())
    }
}

fn is_web(address: &Url) -> bool {
    matches!(address.scheme(), "http" | "https") && address.has_host()
}

/// Where to go on; `None` when that is no web address, or less safe than where it comes from.
fn followed(from: &Url, to: &str) -> Option<Url> {
    let next = from.join(to).ok().filter(is_web)?;
    (from.scheme() == "http" || next.scheme() == "https").then_some(next)
}

fn no_address() -> Fault {
    Fault::Untrusted("its address is none of a web server".to_owned())
}

/// Where an answer leads on to.
fn redirection(response: &Response<Body>) -> Option<String> {
    if !matches!(response.status().as_u16(), 301 | 302 | 303 | 307 | 308) {
        return None;
    }
    response.headers().get(header::LOCATION)?.to_str().ok().map(str::to_owned)
}

fn part(response: Response<Body>, asked: &Range<u64>) -> Result<Part, Setback> {
    let status = response.status().as_u16();
    let headers = response.headers();
    if status != 206 {
        return refusal(status, headers);
    }
    let range = content_range(headers).filter(|_| !is_packed(headers)).ok_or(Fault::WithoutRanges)?;
    let version = version(headers, range.size);
    let bytes = range.bytes.filter(|bytes| bytes.start == asked.start && bytes.end <= asked.end);
    let bytes = bytes.ok_or(Fault::WithoutRanges)?;
    Ok(Part { version, bytes, body: response.into_body().into_reader() })
}

fn refusal(status: u16, headers: &HeaderMap) -> Result<Part, Setback> {
    let fault = match status {
        200 => Fault::WithoutRanges,
        401 | 403 => Fault::Forbidden,
        404 | 410 => Fault::NotFound,
        // An empty file has no byte to send.
        416 if content_range(headers).is_some_and(|range| range.size == 0) => {
            let body = Body::builder().data(Vec::new()).into_reader();
            return Ok(Part { version: version(headers, 0), bytes: 0..0, body });
        }
        416 => Fault::OutOfRange,
        status => Fault::Status(status),
    };
    let wait = retry_after(headers).filter(|_| fault.may_pass());
    Err(Setback { fault, wait })
}

/// Why no answer came, in words that never hold the address.
fn no_answer(error: &Error) -> Fault {
    let unreachable = |reason: &str| Fault::Unreachable(reason.to_owned());
    match error {
        Error::HostNotFound => unreachable(UNKNOWN_NAME),
        Error::Timeout(_) => unreachable("it does not answer in time"),
        Error::Io(error) if error.kind() == std::io::ErrorKind::ConnectionRefused => {
            unreachable("it refuses the connection")
        }
        Error::Io(error) if error.kind() == std::io::ErrorKind::InvalidData => {
            Fault::Untrusted(format!("no safe connection: {error}"))
        }
        // The standard library has no kind of its own for this, only these words.
        Error::Io(error) if error.to_string().contains("lookup address") => unreachable(UNKNOWN_NAME),
        Error::Io(error) => Fault::Unreachable(error.to_string()),
        Error::Rustls(error) => Fault::Untrusted(format!("no safe connection: {error}")),
        Error::Tls(reason) => Fault::Untrusted(format!("no safe connection: {reason}")),
        Error::Protocol(_) | Error::LargeResponseHeader(..) => unreachable("its answer is no HTTP"),
        Error::ConnectProxyFailed(_) | Error::InvalidProxyUrl => {
            unreachable("the proxy does not let it through")
        }
        _ => unreachable("no connection came about"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn redirects_lead_to_web_addresses_that_are_no_less_safe() {
        let check = |from: &str, to: &str, expected: Option<&str>| {
            let from = Url::parse(from).expect("an address");
            assert_eq!(followed(&from, to).as_ref().map(Url::as_str), expected, "from {from} to {to}");
        };
        check("http://host/a/b.mp4", "c.mp4?x=1", Some("http://host/a/c.mp4?x=1"));
        check("http://host/a/b.mp4", "/c.mp4", Some("http://host/c.mp4"));
        check("http://host/a.mp4", "https://other/a.mp4", Some("https://other/a.mp4"));
        check("https://host/a.mp4", "//other/a.mp4", Some("https://other/a.mp4"));
        check("https://host/a.mp4", "http://host/a.mp4", None);
        check("http://host/a.mp4", "file:///a.mp4", None);
        check("http://host/a.mp4", "data:,x", None);
    }
}
