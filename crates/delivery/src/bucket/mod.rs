//! S3-compatible buckets: one client for AWS and for everything that speaks like it.

mod connection;
mod credentials;
mod error;
mod habits;
mod multipart;
mod parts;
mod profile;
mod refusal;
mod secrets;
mod source;
mod transport;
mod upload;

use std::fmt;
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use model::job::{Fault, Faults};
use object_store::aws::{AmazonS3, AmazonS3Builder, Checksum};
use object_store::path::Path as ObjectPath;
use object_store::signer::Signer;
use object_store::{BackoffConfig, ClientOptions, GetOptions, ObjectMeta, ObjectStore, RetryConfig};

pub use connection::ConnectionTest;
pub use credentials::{Credentials, EnvironmentVariables};
pub use error::{BucketError, ObjectLocation};
pub use parts::{SentPart, Upload};
pub use profile::BucketProfile;
pub use secrets::{Keyring, SecretError, SecretStore};
pub use upload::{Delivered, UploadObserver, UploadRequest, UploadStopped};

use error::Asked;
use refusal::Refusal;
use transport::{ObservingConnector, Resolver, Trouble, observed};

/// Bytes that a key may have (<https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html>).
pub(crate) const KEY: usize = 1_024;

/// The longest time a signed address may be valid for: S3 refuses more.
const SIGNED_FOR: Duration = Duration::from_secs(7 * 24 * 3_600);

/// How long a server is waited for, and how often a request is made again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RetryPolicy {
    /// For a connection to come about.
    pub connect_timeout: Duration,
    /// For one request with its answer; a whole part has to get through in it.
    pub request_timeout: Duration,
    /// Times that a request is made again after a cut connection, a time-out or a server's own trouble.
    pub retries: usize,
    /// No request is made again when so much time has gone by since it was first made.
    pub retry_within: Duration,
    /// The first pause before a request is made again; further ones grow, with some chance in them, to 10 seconds.
    pub first_pause: Duration,
}

impl Default for RetryPolicy {
    /// 10 seconds to connect; 5 minutes for a part, which are 8 MiB at 28 kB a second; 6 tries more within a minute.
    fn default() -> Self {
        Self {
            connect_timeout: Duration::from_secs(10),
            request_timeout: Duration::from_secs(300),
            retries: 6,
            retry_within: Duration::from_secs(60),
            first_pause: Duration::from_millis(300),
        }
    }
}

/// A client of one bucket. It opens connections as it needs them, within a tokio runtime.
pub struct Bucket {
    profile: BucketProfile,
    url: String,
    store: AmazonS3,
}

impl fmt::Debug for Bucket {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Bucket").field("profile", &self.profile).finish_non_exhaustive()
    }
}

impl Bucket {
    /// A client for the bucket of a profile. Nothing is sent yet.
    ///
    /// # Errors
    /// [`BucketError::Profile`] with every rule that the profile breaks.
    pub fn open(profile: &BucketProfile, credentials: &Credentials) -> Result<Self, BucketError> {
        Self::open_with(profile, credentials, RetryPolicy::default())
    }

    /// As [`Bucket::open`], with another policy.
    ///
    /// # Errors
    /// [`BucketError::Profile`] with every rule that the profile breaks.
    pub fn open_with(
        profile: &BucketProfile,
        credentials: &Credentials,
        policy: RetryPolicy,
    ) -> Result<Self, BucketError> {
        Faults::none_of(profile.check()).map_err(BucketError::Profile)?;
        let unusable = |rule: String| BucketError::Profile(Faults(vec![Fault::missing("endpoint", rule)]));
        let base = profile.base().map_err(unusable)?;
        let url = profile.bucket_url().map_err(unusable)?;
        let endpoint = if profile.path_style { base.as_str() } else { url.as_str() };
        let mut builder = AmazonS3Builder::new()
            .with_endpoint(endpoint.trim_end_matches('/'))
            .with_virtual_hosted_style_request(!profile.path_style)
            .with_region(&profile.region)
            .with_bucket_name(&profile.bucket)
            .with_access_key_id(credentials.access_key_id())
            .with_secret_access_key(credentials.secret_access_key())
            // Removing one object needs no request for many, which several servers do not know.
            .with_disable_bulk_delete(true)
            .with_retry(retries(policy))
            .with_http_connector(ObservingConnector)
            .with_client_options(client_options(policy, base.scheme() == "http"));
        if let Some(token) = credentials.session_token() {
            builder = builder.with_token(token);
        }
        if profile.checksums {
            builder = builder.with_checksum_algorithm(Checksum::SHA256);
        }
        // What the profile may break was checked; what is left is this machine's TLS, such as a system without certificates.
        let store = builder.build().map_err(|error| BucketError::Unreachable {
            place: place(profile, None),
            source: transport::deepest(&error),
        })?;
        Ok(Self { profile: profile.clone(), url, store })
    }

    /// The profile it was opened with.
    #[must_use]
    pub fn profile(&self) -> &BucketProfile {
        &self.profile
    }

    /// The address of an object, as people and players write it: percent-encoded, not signed.
    #[must_use]
    pub fn url(&self, key: &str) -> String {
        format!("{}/{}", self.url, percent_encoded(key))
    }

    /// An address by which the object can be read without keys, also in ranges, for so long (a week at most). Whoever has
    /// it can read the object: it belongs in no log.
    ///
    /// # Errors
    /// [`BucketError::BadKey`]. Nothing is sent: a wrong key shows when the address is read.
    pub async fn signed_url(&self, key: &str, valid_for: Duration) -> Result<String, BucketError> {
        let path = self.object_path(key)?;
        let signing = self.store.signed_url(http::Method::GET, &path, valid_for.min(SIGNED_FOR));
        Ok(self.call("read", Some(key), signing).await?.into())
    }

    /// How many bytes an object has; `None` where there is none. A bucket that is missing shows as missing objects: S3
    /// does not tell them apart here.
    ///
    /// # Errors
    /// When the server cannot be asked or refuses.
    pub async fn exists(&self, key: &str) -> Result<Option<u64>, BucketError> {
        Ok(self.look_up(key).await?.map(|found| found.size))
    }

    /// Size and ETag of an object.
    async fn look_up(&self, key: &str) -> Result<Option<ObjectMeta>, BucketError> {
        let path = self.object_path(key)?;
        let head = GetOptions { head: true, ..GetOptions::default() };
        let trouble = match observed(self.store.get_opts(&path, head)).await {
            Ok(found) => return Ok(Some(found.meta)),
            Err(Trouble::Refused(refusal)) if refusal.is_not_found() => return Ok(None),
            // The answer to a HEAD has no body, so it does not tell a wrong key from a wrong secret. One byte is asked for
            // to be told.
            Err(Trouble::Refused(Refusal { code: None, status: ..500, .. })) => {
                let one_byte = GetOptions::default().with_range(Some(0..1u64));
                match observed(self.store.get_opts(&path, one_byte)).await {
                    Ok(found) => return Ok(Some(found.meta)),
                    Err(trouble) => trouble,
                }
            }
            Err(trouble) => trouble,
        };
        Err(self.error("look up objects", Some(key), trouble))
    }

    /// Makes a call of the client; `action` is what it does, after "may not" or "refused to".
    async fn call<T>(
        &self,
        action: &'static str,
        key: Option<&str>,
        call: impl Future<Output = object_store::Result<T>>,
    ) -> Result<T, BucketError> {
        observed(call).await.map_err(|trouble| self.error(action, key, trouble))
    }

    fn error(&self, action: &'static str, key: Option<&str>, trouble: Trouble) -> BucketError {
        let BucketProfile { region, checksums, .. } = &self.profile;
        BucketError::of(trouble, Asked { action, region, checksums: *checksums }, self.place(key))
    }

    fn place(&self, key: Option<&str>) -> ObjectLocation {
        place(&self.profile, key)
    }

    /// A key in the client's form. Keys with empty, `.` or `..` parts are allowed by S3 and lost by much that lies between.
    fn object_path(&self, key: &str) -> Result<ObjectPath, BucketError> {
        let bad =
            || BucketError::BadKey { limit: KEY, place: self.place(Some(&key.escape_debug().to_string())) };
        if key.is_empty() || key.len() > KEY || key.starts_with('/') || key.ends_with('/') {
            return Err(bad());
        }
        ObjectPath::parse(key).map_err(|_| bad())
    }
}

fn place(profile: &BucketProfile, key: Option<&str>) -> ObjectLocation {
    ObjectLocation {
        endpoint: profile.shown_server(),
        bucket: profile.bucket.clone(),
        key: key.map(str::to_owned),
    }
}

fn retries(policy: RetryPolicy) -> RetryConfig {
    let RetryPolicy { retries, retry_within, first_pause, .. } = policy;
    let backoff =
        BackoffConfig { init_backoff: first_pause, max_backoff: Duration::from_secs(10), base: 2.0 };
    RetryConfig { backoff, max_retries: retries, retry_timeout: retry_within }
}

fn client_options(policy: RetryPolicy, allow_http: bool) -> ClientOptions {
    ClientOptions::new()
        .with_allow_http(allow_http)
        .with_connect_timeout(policy.connect_timeout)
        .with_timeout(policy.request_timeout)
        .with_dns_resolver(Arc::new(Resolver))
}

/// A key in an address: everything but letters, digits and `-._~/` is encoded (RFC 3986, section 2.3).
fn percent_encoded(key: &str) -> String {
    let encoded = |byte: u8| match byte {
        b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
            char::from(byte).to_string()
        }
        _ => format!("%{byte:02X}"),
    };
    key.bytes().map(encoded).collect()
}
