//! Which bucket, on which server, and how it is spoken to.

use model::job::Fault;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use url::{Host, Url};

/// A bucket that somebody delivers to or reads from. It holds no secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BucketProfile {
    /// What the user calls it; its keys are kept under this name.
    pub name: String,
    /// The server, such as `https://oss-cn-shanghai.aliyuncs.com` or `localhost:9000`; `None` is AWS itself.
    #[serde(default)]
    pub endpoint: Option<String>,
    /// The region that requests are signed for; most servers that are not AWS take any.
    #[serde(default = "default_region")]
    pub region: String,
    /// The bucket's name.
    pub bucket: String,
    /// Whether the bucket stands in the path (`host/bucket/key`) and not before the host (`bucket.host/key`).
    #[serde(default)]
    pub path_style: bool,
    /// Whether each body is sent with a SHA-256 checksum that the server compares and keeps. Some servers refuse the
    /// header; the body is covered by the request's signature in any case.
    #[serde(default = "switched_on")]
    pub checksums: bool,
}

/// What a request is signed for when nothing else is known: the first region of AWS, and the one that other servers
/// document as theirs.
const DEFAULT_REGION: &str = "us-east-1";

/// Characters in a profile's name.
const NAME: usize = 64;

fn default_region() -> String {
    DEFAULT_REGION.to_owned()
}

fn switched_on() -> bool {
    true
}

impl BucketProfile {
    /// A bucket of AWS in its first region; change what differs. See [`BucketProfile::at`] for others.
    #[must_use]
    pub fn new(name: impl Into<String>, bucket: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            endpoint: None,
            region: default_region(),
            bucket: bucket.into(),
            path_style: false,
            checksums: true,
        }
    }

    /// Every rule that the profile breaks; empty when it can be used. Fields are named as in its JSON.
    #[must_use]
    pub fn check(&self) -> Vec<Fault> {
        let fault = |field: &str, value: &str, rule: String| Fault::new(field, &Value::from(value), rule);
        let mut faults = Vec::new();
        if let Err(rule) = check_name(&self.name) {
            faults.push(fault("name", &self.name, rule));
        }
        let base = self.base();
        if let Err(rule) = &base {
            faults.push(Fault {
                field: "endpoint".to_owned(),
                value: self.shown_endpoint(),
                rule: rule.clone(),
            });
        }
        if !is_region(&self.region) {
            let rule = "must be letters, digits and hyphens, as in us-east-1".to_owned();
            faults.push(fault("region", &self.region, rule));
        }
        if let Err(rule) = check_bucket(&self.bucket) {
            faults.push(fault("bucket", &self.bucket, rule));
        }
        if let Ok(base) = &base
            && let Err(rule) = self.check_style(base)
        {
            faults.push(Fault::new("pathStyle", &Value::from(self.path_style), rule));
        }
        faults
    }

    /// The bucket before the host has to make a host that can be looked up and that a certificate is valid for.
    fn check_style(&self, base: &Url) -> Result<(), String> {
        if self.path_style {
            return Ok(());
        }
        if !matches!(base.host(), Some(Host::Domain(_))) {
            return Err("must be true where the endpoint is an IP address".to_owned());
        }
        // A wildcard certificate covers one label.
        if base.scheme() == "https" && self.bucket.contains('.') {
            return Err("must be true where the bucket's name has a dot".to_owned());
        }
        Ok(())
    }

    /// The endpoint as a fault may show it: what is pasted there can carry a password or a signature.
    fn shown_endpoint(&self) -> String {
        let text = self.endpoint.as_deref().unwrap_or_default();
        let may_be_secret = text.contains(['@', '?', '#']);
        if may_be_secret { String::new() } else { Fault::new("", &Value::from(text), "").value }
    }

    /// The server's address as errors show it.
    pub(super) fn shown_server(&self) -> String {
        self.base().map_or_else(|_| "the endpoint".to_owned(), |base| without_slash(&base))
    }

    /// The server's address, without the bucket.
    pub(super) fn base(&self) -> Result<Url, String> {
        match self.endpoint.as_deref().map(str::trim) {
            None => parse_endpoint(&aws_endpoint(&self.region)),
            Some(text) => parse_endpoint(text),
        }
    }

    /// The address that every key of the bucket is below of, without a slash at its end.
    pub(super) fn bucket_url(&self) -> Result<String, String> {
        let base = self.base()?;
        if self.path_style {
            return Ok(format!("{}/{}", without_slash(&base), self.bucket));
        }
        let host = base.host_str().ok_or(ENDPOINT)?;
        let port = base.port().map(|port| format!(":{port}")).unwrap_or_default();
        Ok(format!("{}://{}.{host}{port}", base.scheme(), self.bucket))
    }
}

/// The rule for an endpoint.
const ENDPOINT: &str = "must be a server's address, as in https://s3.example.com or localhost:9000";

fn without_slash(base: &Url) -> String {
    base.as_str().trim_end_matches('/').to_owned()
}

/// <https://docs.aws.amazon.com/general/latest/gr/s3.html>: the Chinese regions have a domain of their own.
fn aws_endpoint(region: &str) -> String {
    let domain = if region.starts_with("cn-") { "amazonaws.com.cn" } else { "amazonaws.com" };
    format!("https://s3.{region}.{domain}")
}

fn parse_endpoint(text: &str) -> Result<Url, String> {
    let url = if text.contains("://") { Url::parse(text) } else { Url::parse(&format!("https://{text}")) };
    let mut url = url.map_err(|_| ENDPOINT.to_owned())?;
    if !matches!(url.scheme(), "http" | "https") || url.host().is_none() {
        return Err(ENDPOINT.to_owned());
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err("must not contain a user name or password; keys are entered apart".to_owned());
    }
    if !matches!(url.path(), "" | "/") || url.query().is_some() || url.fragment().is_some() {
        return Err("must end after the server's name; the bucket has a field of its own".to_owned());
    }
    if !text.contains("://") && is_loopback(&url) {
        // Nothing on this machine listens in on itself, and servers for trying things out speak no TLS. It cannot fail:
        // both are web schemes.
        let _ = url.set_scheme("http");
    }
    Ok(url)
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => is_localhost(name),
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

/// `localhost` and every name below it (RFC 6761, section 6.3).
pub(super) fn is_localhost(name: &str) -> bool {
    name == "localhost" || name.ends_with(".localhost")
}

fn check_name(name: &str) -> Result<(), String> {
    let good = !name.is_empty() && name.trim() == name && !name.chars().any(char::is_control);
    if good && name.chars().count() <= NAME {
        return Ok(());
    }
    Err(format!("must be 1 to {NAME} characters without spaces around them"))
}

fn is_region(region: &str) -> bool {
    let plain = region.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
    plain && (1..=NAME).contains(&region.len())
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html>
fn check_bucket(bucket: &str) -> Result<(), String> {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
    if !(3..=63).contains(&bucket.len()) {
        return Err("must have 3 to 63 characters".to_owned());
    }
    if !bucket.chars().all(|c| plain(c) || c == '-' || c == '.') {
        return Err("must be lower-case letters, digits, hyphens and dots".to_owned());
    }
    if !bucket.starts_with(plain) || !bucket.ends_with(plain) || bucket.contains("..") {
        return Err("must begin and end with a letter or a digit, without two dots together".to_owned());
    }
    if bucket.parse::<std::net::Ipv4Addr>().is_ok() {
        return Err("must not look like an IP address".to_owned());
    }
    Ok(())
}
