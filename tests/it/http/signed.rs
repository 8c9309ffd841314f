//! Signed requests over connections of a test's own, so that a test decides what is in them.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use endpoint::Parameters;
use endpoint::signature::{ALGORITHM, Signed, hash};
use serde_json::Value;

use super::serving::{KEY, SECRET, Serving};

static NONCE: AtomicU64 = AtomicU64::new(0);

/// A whole request, signed by the test's key; with an empty `action`, the query has to say what is asked for.
pub(super) fn request(host: &str, action: &str, query: &str, body: &str) -> String {
    let nonce = format!("{}-{}", std::process::id(), NONCE.fetch_add(1, Ordering::Relaxed));
    let fields = [
        ("content-type", "application/x-www-form-urlencoded".to_owned()),
        ("host", host.to_owned()),
        ("x-acs-action", action.to_owned()),
        ("x-acs-content-sha256", hash(body.as_bytes())),
        ("x-acs-date", now()),
        ("x-acs-signature-nonce", nonce),
        ("x-acs-version", "2020-11-09".to_owned()),
    ];
    let is_said_in_query = |name: &str| action.is_empty() && matches!(name, "x-acs-action" | "x-acs-version");
    let fields = fields.into_iter().filter(|(name, _)| !is_said_in_query(name));
    let headers: Vec<(String, String)> = fields.map(|(name, value)| (name.to_owned(), value)).collect();
    let names: Vec<String> = headers.iter().map(|(name, _)| name.clone()).collect();
    // What cannot be read is not signed, and refused before anybody looks at the signature.
    let query_parameters = Parameters::parse(query).unwrap_or_default();
    let signed =
        Signed { method: "POST", query: &query_parameters, headers: &headers, body: body.as_bytes() };
    let signature = signed.signature(&names, SECRET).expect("signed");
    let names = names.join(";");
    let lines: String = headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
    format!(
        "POST /?{query} HTTP/1.1\r\n{lines}authorization: {ALGORITHM} Credential={KEY},SignedHeaders={names},\
         Signature={signature}\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    )
}

/// This moment in the protocol's form.
fn now() -> String {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).expect("after 1970").as_secs();
    // The civil date of a day count, by Howard Hinnant's `civil_from_days`: days since 0000-03-01 fall into eras of 400 years.
    let days = seconds / 86_400 + 719_468;
    let (era, of_era) = (days / 146_097, days % 146_097);
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = year_of_era + era * 400 + u64::from(month <= 2);
    let time = seconds % 86_400;
    format!("{year:04}-{month:02}-{day:02}T{:02}:{:02}:{:02}Z", time / 3600, time / 60 % 60, time % 60)
}

/// One answer: its status and its body. `None` when the connection was closed instead.
pub(super) fn read_answer(stream: &mut BufReader<TcpStream>) -> Option<(u16, String)> {
    let mut line = String::new();
    if stream.read_line(&mut line).ok()? == 0 {
        return None;
    }
    let status = line.split(' ').nth(1)?.parse().ok()?;
    let mut length = 0;
    loop {
        line.clear();
        if stream.read_line(&mut line).ok()? == 0 || line == "\r\n" {
            break;
        }
        if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().ok()?;
        }
    }
    let mut body = vec![0; length];
    stream.read_exact(&mut body).ok()?;
    Some((status, String::from_utf8(body).ok()?))
}

/// What stands at a path that asks for no signature.
pub(super) fn get(server: &Serving, path: &str) -> (u16, String) {
    let mut stream = server.connect();
    write!(stream, "GET {path} HTTP/1.1\r\nhost: {}\r\n\r\n", server.address).expect("sent");
    read_answer(&mut BufReader::new(stream)).expect("an answer")
}

/// A connection that stays open.
pub(super) struct Connection {
    host: String,
    stream: BufReader<TcpStream>,
}

impl Connection {
    pub(super) fn open(server: &Serving) -> Self {
        Self { host: server.address.to_string(), stream: BufReader::new(server.connect()) }
    }

    /// The answer to an action; `None` when the server is gone.
    pub(super) fn ask(&mut self, action: &str, query: &str, body: &str) -> Option<(u16, Value)> {
        let request = request(&self.host, action, query, body);
        self.stream.get_mut().write_all(request.as_bytes()).ok()?;
        let (status, body) = read_answer(&mut self.stream)?;
        Some((status, serde_json::from_str(&body).expect("an answer is JSON")))
    }
}

/// A form of these parameters.
pub(super) fn form(parameters: &[(&str, &str)]) -> String {
    let escaped = |text: &str| -> String {
        let escape = |byte: u8| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => char::from(byte).to_string(),
            other => format!("%{other:02X}"),
        };
        text.bytes().map(escape).collect()
    };
    let pairs = parameters.iter().map(|(name, value)| format!("{}={}", escaped(name), escaped(value)));
    pairs.collect::<Vec<_>>().join("&")
}
