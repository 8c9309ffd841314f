//! Why a bucket does not do what it was asked for, in words a person can act on.

use std::fmt;
use std::io;
use std::path::PathBuf;

use model::job::Faults;

use super::refusal::Refusal;
use super::transport::Trouble;

/// Where in the world of buckets something happened. It is what errors end in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ObjectLocation {
    /// The server, such as `https://s3.eu-central-1.amazonaws.com`.
    pub endpoint: String,
    /// The bucket's name.
    pub bucket: String,
    /// The object's key, when it was about one.
    pub key: Option<String>,
}

impl fmt::Display for ObjectLocation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { endpoint, bucket, key } = self;
        match key {
            Some(key) => write!(f, "{key} in {bucket} at {endpoint}"),
            None => write!(f, "{bucket} at {endpoint}"),
        }
    }
}

/// Why a bucket does not do what it was asked for. None of these carries any part of a key, a signed address or the
/// server's own words but S3's error code and a region's name.
#[derive(Debug, thiserror::Error)]
pub enum BucketError {
    /// The profile breaks rules.
    #[error("The bucket's profile cannot be used. {0}")]
    Profile(Faults),
    /// The key cannot be an object's name.
    #[error(
        "An object cannot have this name; use names between single slashes, at most {limit} bytes: {place}"
    )]
    BadKey {
        /// Bytes that a key may have.
        limit: usize,
        /// Where.
        place: ObjectLocation,
    },
    /// There is no such access key id.
    #[error("The server does not know the access key id; enter the bucket's keys again: {place}")]
    WrongKey {
        /// Where.
        place: ObjectLocation,
    },
    /// The secret does not belong to the access key id.
    #[error("The secret access key does not fit the access key id; enter the bucket's keys again: {place}")]
    WrongSecret {
        /// Where.
        place: ObjectLocation,
    },
    /// Temporary keys have run out.
    #[error("The session token is not valid any more; get new temporary keys and enter them: {place}")]
    SessionEnded {
        /// Where.
        place: ObjectLocation,
    },
    /// The keys are good and may not do this.
    #[error("These keys may not {action}; ask whoever runs the bucket to allow it: {place}")]
    AccessDenied {
        /// What they may not.
        action: &'static str,
        /// Where.
        place: ObjectLocation,
    },
    /// There is no such bucket.
    #[error("There is no bucket of this name; check the name, the endpoint and the region: {place}")]
    NoSuchBucket {
        /// Where.
        place: ObjectLocation,
    },
    /// The bucket is in another region.
    #[error("The bucket is not in the region {region}; {}: {place}", next_region(expected.as_deref()))]
    WrongRegion {
        /// The profile's region.
        region: String,
        /// The bucket's region, where the server tells.
        expected: Option<String>,
        /// Where.
        place: ObjectLocation,
    },
    /// The bucket is at another server of the same house.
    #[error("The bucket is at another endpoint; enter {expected} in its profile: {place}")]
    WrongEndpoint {
        /// Where the server says it is.
        expected: String,
        /// Where.
        place: ObjectLocation,
    },
    /// The server takes no checksum headers.
    #[error("The server does not accept checksums; switch checksums off in the bucket's profile: {place}")]
    ChecksumRejected {
        /// Where.
        place: ObjectLocation,
    },
    /// The clocks of the two machines differ by more than S3 allows (15 minutes).
    #[error("This machine's clock and the server's differ too much; set the clock and try again: {place}")]
    ClockSkew {
        /// Where.
        place: ObjectLocation,
    },
    /// There is an object of that name, and it was not to be replaced.
    #[error("An object of this name is already there; choose another name or allow replacing it: {place}")]
    ObjectExists {
        /// Where.
        place: ObjectLocation,
    },
    /// No connection came about.
    #[error("The server could not be reached; check the endpoint and the network: {place}")]
    Unreachable {
        /// Where.
        place: ObjectLocation,
        /// What the system said.
        #[source]
        source: io::Error,
    },
    /// The connection kept ending.
    #[error("The connection was cut, also when tried again; try later, what was sent is kept: {place}")]
    Interrupted {
        /// Where.
        place: ObjectLocation,
        /// What the system said.
        #[source]
        source: io::Error,
    },
    /// The server has too much to do, or trouble of its own.
    #[error(
        "The server is overloaded or has trouble of its own ({status}); try again in a few minutes: {place}"
    )]
    Busy {
        /// The HTTP status.
        status: u16,
        /// Where.
        place: ObjectLocation,
    },
    /// What arrived is not what was sent.
    #[error(
        "{found} bytes arrived of {sent}, so the file stays on this machine; upload it again and replace what is there: {place}"
    )]
    SizeDiffers {
        /// Bytes of the file.
        sent: u64,
        /// Bytes that the server has.
        found: u64,
        /// Where.
        place: ObjectLocation,
    },
    /// What was sent is not there.
    #[error(
        "The server took the file and does not have it, so it stays on this machine; upload it again: {place}"
    )]
    NotThere {
        /// Where.
        place: ObjectLocation,
    },
    /// Any other refusal.
    #[error("The server refused to {action} ({}); look this up in its documentation: {place}", answer(*status, code.as_deref()))]
    Refused {
        /// What it refused.
        action: &'static str,
        /// The HTTP status.
        status: u16,
        /// S3's word for it.
        code: Option<String>,
        /// Where.
        place: ObjectLocation,
    },
    /// The answer is not S3's.
    #[error("The server's answer is not that of an S3 server; check the endpoint: {place}")]
    NotUnderstood {
        /// Where.
        place: ObjectLocation,
    },
    /// The file cannot be read.
    #[error("The file cannot be read; check that it is there and may be read: {}", path.display())]
    FileUnreadable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: io::Error,
    },
    /// The file was written to while it went up.
    #[error("The file changed while it was being uploaded; upload it again: {}", path.display())]
    FileChanged {
        /// The file.
        path: PathBuf,
    },
}

fn next_region(expected: Option<&str>) -> String {
    match expected {
        Some(expected) => format!("enter {expected} in its profile"),
        None => "look its region up and enter it in the profile".to_owned(),
    }
}

fn answer(status: u16, code: Option<&str>) -> String {
    match code {
        Some(code) => format!("{status} {code}"),
        None => status.to_string(),
    }
}

/// Whom a request was made of, and in what way.
#[derive(Debug, Clone, Copy)]
pub(super) struct Asked<'a> {
    pub(super) action: &'static str,
    pub(super) region: &'a str,
    pub(super) checksums: bool,
}

impl BucketError {
    /// Where it happened, for those who show that apart; the words end in it.
    #[must_use]
    pub fn place(&self) -> Option<&ObjectLocation> {
        match self {
            Self::BadKey { place, .. }
            | Self::WrongKey { place }
            | Self::WrongSecret { place }
            | Self::SessionEnded { place }
            | Self::AccessDenied { place, .. }
            | Self::NoSuchBucket { place }
            | Self::WrongRegion { place, .. }
            | Self::WrongEndpoint { place, .. }
            | Self::ChecksumRejected { place }
            | Self::ClockSkew { place }
            | Self::ObjectExists { place }
            | Self::Unreachable { place, .. }
            | Self::Interrupted { place, .. }
            | Self::Busy { place, .. }
            | Self::SizeDiffers { place, .. }
            | Self::NotThere { place }
            | Self::Refused { place, .. }
            | Self::NotUnderstood { place } => Some(place),
            Self::Profile(_) | Self::FileUnreadable { .. } | Self::FileChanged { .. } => None,
        }
    }

    /// The error for what a call met.
    pub(super) fn of(trouble: Trouble, asked: Asked<'_>, place: ObjectLocation) -> Self {
        match trouble {
            Trouble::Refused(refusal) => Self::of_refusal(refusal, asked, place),
            Trouble::Unreachable(source) => Self::Unreachable { place, source },
            Trouble::Interrupted(source) => Self::Interrupted { place, source },
            Trouble::NotUnderstood => Self::NotUnderstood { place },
        }
    }

    /// The codes are those of <https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html>, and what servers
    /// that speak like S3 make of them.
    fn of_refusal(refusal: Refusal, asked: Asked<'_>, place: ObjectLocation) -> Self {
        let Refusal { status, code, region, endpoint, names_checksum } = refusal;
        let word = code.as_deref().unwrap_or_default();
        match word {
            "InvalidAccessKeyId" | "UnknownAccessKeyId" | "NotSignedUp" => return Self::WrongKey { place },
            "SignatureDoesNotMatch" => return Self::WrongSecret { place },
            "ExpiredToken" | "InvalidToken" | "TokenRefreshRequired" => return Self::SessionEnded { place },
            "RequestTimeTooSkewed" => return Self::ClockSkew { place },
            "NoSuchBucket" => return Self::NoSuchBucket { place },
            _ => {}
        }
        let elsewhere = MOVED.contains(&word) || status == 301;
        let told = region.as_deref().is_some_and(|region| region != asked.region);
        match endpoint {
            // Aliyun tells the endpoint with AccessDenied, AWS with a redirect.
            Some(host) if !told && (elsewhere || word == "AccessDenied") => {
                let expected = host.strip_prefix(&format!("{}.", place.bucket)).unwrap_or(&host).to_owned();
                return Self::WrongEndpoint { expected, place };
            }
            _ if elsewhere || told => {
                return Self::WrongRegion { region: asked.region.to_owned(), expected: region, place };
            }
            _ => {}
        }
        if word == "AccessDenied" || (word.is_empty() && matches!(status, 401 | 403)) {
            return Self::AccessDenied { action: asked.action, place };
        }
        if asked.checksums && is_about_checksums(status, word, names_checksum) {
            return Self::ChecksumRejected { place };
        }
        if BUSY.contains(&word) || (word != "NotImplemented" && (status == 429 || status >= 500)) {
            return Self::Busy { status, place };
        }
        Self::Refused { action: asked.action, status, code, place }
    }
}

/// Codes of a bucket that is asked for in the wrong place.
const MOVED: [&str; 4] = [
    "AuthorizationHeaderMalformed",
    "PermanentRedirect",
    "TemporaryRedirect",
    "IllegalLocationConstraintException",
];

/// Codes of trouble that passes; they come with success, too, in a late answer.
const BUSY: [&str; 4] = ["SlowDown", "InternalError", "ServiceUnavailable", "RequestTimeout"];

/// Servers that do not know the headers say so in different ways; two statuses and one word are what they share.
fn is_about_checksums(status: u16, code: &str, names_checksum: bool) -> bool {
    matches!(status, 400 | 501) && (names_checksum || code == "NotImplemented" || code.contains("Checksum"))
}
