//! From a name to a bucket that can be talked to.

use std::sync::Arc;
use std::time::Duration;

use delivery::{Bucket, BucketProfile, Credentials, EnvironmentVariables, RetryPolicy, SecretError};
use model::ObjectStore;

use super::environment::environment;
use super::{SecretsPlace, check, from_environment, unknown};
use crate::Failure;
use crate::engine::{Engine, waiting};

/// The library's setting that holds buckets that were delivered to though nobody set them up, so that what lies in them
/// can be found again.
const SETTING: &str = "buckets of jobs";

/// A bucket that can be talked to.
pub(crate) struct OpenBucket {
    pub(crate) profile: BucketProfile,
    /// Sends and reads; it is patient.
    pub(crate) client: Bucket,
    /// Asks what somebody waits for; it is not.
    pub(crate) questions: Bucket,
}

/// For questions: whoever asked would rather know that there is no answer than wait a minute for it.
const QUESTIONS: RetryPolicy = RetryPolicy {
    connect_timeout: Duration::from_secs(5),
    request_timeout: Duration::from_secs(10),
    retries: 2,
    retry_within: Duration::from_secs(8),
    first_pause: Duration::from_millis(200),
};

impl Engine {
    /// The bucket that was set up under this name.
    pub(crate) fn bucket_named(&self, name: &str) -> Result<Arc<OpenBucket>, Failure> {
        let profile = self.profiles()?.into_iter().find(|profile| profile.name == name);
        self.open_bucket(&profile.ok_or_else(|| unknown(name))?)
    }

    /// The bucket that an address or a job names: as it was set up, as it was delivered to before, else as the environment
    /// says.
    pub(crate) fn bucket_for(
        &self,
        store: ObjectStore,
        bucket: &str,
        endpoint: Option<&str>,
    ) -> Result<Arc<OpenBucket>, Failure> {
        let fits = |profile: &BucketProfile| {
            profile.bucket == bucket && endpoint.is_none_or(|endpoint| is_at(profile, endpoint))
        };
        let mut known = self.profiles()?;
        if endpoint.is_none() {
            known.extend(self.read_setting(SETTING)?);
        }
        let found = known.into_iter().find(fits);
        self.open_bucket(&found.unwrap_or_else(|| from_environment(store, bucket, endpoint)))
    }

    /// The bucket as it is set up now when it still is the one in `noted`, else as it was noted.
    pub(crate) fn bucket_noted(&self, noted: &BucketProfile) -> Result<Arc<OpenBucket>, Failure> {
        let same =
            |profile: &BucketProfile| profile.bucket == noted.bucket && profile.endpoint == noted.endpoint;
        let mut profiles = self.profiles()?;
        let place = profiles
            .iter()
            .position(|profile| profile.name == noted.name && profile.bucket == noted.bucket)
            .or_else(|| profiles.iter().position(same));
        match place {
            Some(place) => self.open_bucket(&profiles.swap_remove(place)),
            None => self.open_bucket(noted),
        }
    }

    /// Notes a bucket that a clip was delivered to, so that the clip can be read again.
    pub(crate) fn note_bucket(&self, profile: &BucketProfile) -> Result<(), Failure> {
        if self.is_set_up(profile)? {
            return Ok(());
        }
        let mut noted = self.read_setting(SETTING)?;
        if noted.contains(profile) {
            return Ok(());
        }
        noted.retain(|other| other.bucket != profile.bucket);
        noted.push(profile.clone());
        self.keep_setting(SETTING, &noted)
    }

    /// A client with the keys that belong to the bucket. Keys of the keyring go only to the server they were entered for: a
    /// job may name any bucket at any endpoint.
    fn open_bucket(&self, profile: &BucketProfile) -> Result<Arc<OpenBucket>, Failure> {
        check(profile)?;
        let credentials = if self.is_set_up(profile)? {
            self.kept_credentials(profile)?
        } else {
            let found = Credentials::from_environment(Some(&profile.name), store_of(profile), environment);
            let missing = || {
                let variables = EnvironmentVariables::of_profile(&profile.name);
                Failure::of_secrets(&SecretError::NotKnown { variables })
            };
            found.map_err(|error| Failure::of_secrets(&error))?.ok_or_else(missing)?
        };
        open(profile, &credentials)
    }

    /// The keys of a bucket that was set up.
    pub(super) fn kept_credentials(&self, profile: &BucketProfile) -> Result<Credentials, Failure> {
        let secrets = self.secrets.as_ref();
        let found = waiting(|| Credentials::find(&profile.name, store_of(profile), secrets, environment));
        found.map_err(|error| Failure::of_secrets(&error))
    }

    fn is_set_up(&self, profile: &BucketProfile) -> Result<bool, Failure> {
        let same = |other: &BucketProfile| {
            other.name == profile.name && other.bucket == profile.bucket && other.endpoint == profile.endpoint
        };
        Ok(self.profiles()?.iter().any(same))
    }

    /// Where the keys of a bucket would be found, in the order of [`Credentials::find`].
    pub(super) fn secrets_place(&self, profile: &BucketProfile) -> SecretsPlace {
        let own = EnvironmentVariables::of_profile(&profile.name).access_key_id;
        let at_large = || Credentials::from_environment(None, store_of(profile), environment);
        if environment(&own).is_some() {
            SecretsPlace::Environment
        } else if matches!(self.secrets.recall(&profile.name), Ok(Some(_))) {
            SecretsPlace::Keyring
        } else if matches!(at_large(), Ok(Some(_))) {
            SecretsPlace::Environment
        } else {
            SecretsPlace::Missing
        }
    }
}

pub(super) fn open(profile: &BucketProfile, credentials: &Credentials) -> Result<Arc<OpenBucket>, Failure> {
    let of_bucket = |error| Failure::of_bucket(&error);
    let client = Bucket::open(profile, credentials).map_err(of_bucket)?;
    let questions = Bucket::open_with(profile, credentials, QUESTIONS).map_err(of_bucket)?;
    Ok(Arc::new(OpenBucket { profile: profile.clone(), client, questions }))
}

/// True when a profile's server is the one that a job names, however each writes it.
fn is_at(profile: &BucketProfile, endpoint: &str) -> bool {
    let host = |text: &str| {
        let text = text.trim().trim_end_matches('/').to_ascii_lowercase();
        text.split_once("://").map_or(text.clone(), |(_, host)| host.to_owned())
    };
    profile.endpoint.as_deref().is_some_and(|own| host(own) == host(endpoint))
}

/// Which addresses lead to a bucket, and whose keys may open it besides its own.
pub(crate) fn store_of(profile: &BucketProfile) -> ObjectStore {
    let of_aliyun = profile.endpoint.as_deref().is_some_and(|endpoint| endpoint.contains("aliyuncs.com"));
    if of_aliyun { ObjectStore::Oss } else { ObjectStore::S3 }
}
