//! Buckets: their profiles are in the library, their secrets in the system's keyring or in the environment.

mod environment;
mod open;

use delivery::{BucketProfile, Credentials, SecretError};
use model::job::Faults;

use crate::engine::{Engine, waiting};
use crate::{Code, Failure};

pub(crate) use environment::from_environment;
use open::open;
pub(crate) use open::{OpenBucket, store_of};

/// The library's setting that holds the profiles.
const SETTING: &str = "buckets";

/// A bucket that an editor set up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BucketView {
    /// Where and how; no secret.
    pub profile: BucketProfile,
    /// Where its secrets are.
    pub secrets: SecretsPlace,
}

/// Where a bucket's secrets are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SecretsPlace {
    /// The system's keyring.
    Keyring,
    /// Environment variables.
    Environment,
    /// Nowhere.
    Missing,
}

impl Engine {
    /// The buckets that were set up, by name.
    ///
    /// # Errors
    /// When the library cannot be read.
    pub fn buckets(&self) -> Result<Vec<BucketView>, Failure> {
        let profiles = self.profiles()?;
        let view = |profile: BucketProfile| BucketView { secrets: self.secrets_place(&profile), profile };
        Ok(waiting(|| profiles.into_iter().map(view).collect()))
    }

    /// Keeps a bucket, in place of the one named `replaces`; without `credentials` those that are kept stay.
    ///
    /// # Errors
    /// Every rule the profile breaks, that its name is taken, or that the keyring or the library cannot be written.
    pub fn save_bucket(
        &self,
        replaces: Option<&str>,
        profile: &BucketProfile,
        credentials: Option<&Credentials>,
    ) -> Result<(), Failure> {
        check(profile)?;
        let mut profiles = self.profiles()?;
        let taken = profiles.iter().any(|other| other.name == profile.name);
        if taken && replaces != Some(profile.name.as_str()) {
            let message = format!("There is a bucket named {} already. Choose another name.", profile.name);
            return Err(Failure::new(Code::InvalidRequest, message));
        }
        let renamed = replaces.filter(|old| *old != profile.name);
        waiting(|| match (credentials, renamed) {
            (Some(credentials), _) => self.keep_secrets(&profile.name, credentials),
            (None, Some(old)) => match self.secrets.recall(old) {
                Ok(Some(credentials)) => self.keep_secrets(&profile.name, &credentials),
                Ok(None) | Err(SecretError::NoKeyring { .. }) => Ok(()),
                Err(error) => Err(Failure::of_secrets(&error)),
            },
            (None, None) => Ok(()),
        })?;
        profiles.retain(|other| Some(other.name.as_str()) != replaces);
        profiles.push(profile.clone());
        profiles.sort_by_key(|profile| profile.name.to_lowercase());
        self.keep_profiles(&profiles)?;
        if let Some(old) = renamed {
            self.forget_secrets(old);
        }
        Ok(())
    }

    /// Forgets a bucket and its secrets. What lies in it is not touched.
    ///
    /// # Errors
    /// When there is no such bucket, or the library cannot be written.
    pub fn remove_bucket(&self, name: &str) -> Result<(), Failure> {
        let mut profiles = self.profiles()?;
        let before = profiles.len();
        profiles.retain(|profile| profile.name != name);
        if profiles.len() == before {
            return Err(unknown(name));
        }
        self.keep_profiles(&profiles)?;
        self.forget_secrets(name);
        Ok(())
    }

    /// Writes, looks at and removes a small object, so that a wrong setting is found before clips are written.
    ///
    /// # Errors
    /// What is wrong with the profile or the secrets, or what the server answers.
    pub async fn test_bucket(
        &self,
        profile: &BucketProfile,
        credentials: Option<Credentials>,
    ) -> Result<(), Failure> {
        check(profile)?;
        let bucket = match credentials {
            Some(credentials) => open(profile, &credentials)?,
            None => open(profile, &self.kept_credentials(profile)?)?,
        };
        // An object that these keys may write but not delete is told by the log: clips can be delivered all the same.
        let tested = bucket.questions.test().await.map_err(|error| Failure::of_bucket(&error))?;
        if let Some(key) = tested.left_behind {
            tracing::warn!(key, "the object of a connection test could not be removed");
        }
        Ok(())
    }

    fn profiles(&self) -> Result<Vec<BucketProfile>, Failure> {
        self.read_setting(SETTING)
    }

    fn read_setting(&self, key: &str) -> Result<Vec<BucketProfile>, Failure> {
        let setting = self.library.setting(key).map_err(|error| Failure::of_library(&error))?;
        setting.map_or(Ok(Vec::new()), |json| {
            serde_json::from_str(&json).map_err(|error| {
                Failure::new(Code::LibraryFailed, format!("The buckets cannot be read ({error})."))
                    .at(&self.directories.library_file())
            })
        })
    }

    fn keep_profiles(&self, profiles: &[BucketProfile]) -> Result<(), Failure> {
        self.keep_setting(SETTING, profiles)
    }

    fn keep_setting(&self, key: &str, profiles: &[BucketProfile]) -> Result<(), Failure> {
        let json = serde_json::to_string(profiles).map_err(|error| {
            Failure::new(Code::Internal, format!("The buckets cannot be written as JSON ({error})."))
        })?;
        self.library.set_setting(key, Some(&json)).map_err(|error| Failure::of_library(&error))
    }

    fn keep_secrets(&self, name: &str, credentials: &Credentials) -> Result<(), Failure> {
        self.secrets.keep(name, credentials).map_err(|error| Failure::of_secrets(&error))
    }

    /// A secret that cannot be removed is of no use without its profile, so that is only logged.
    fn forget_secrets(&self, name: &str) {
        if let Err(error) = waiting(|| self.secrets.forget(name)) {
            tracing::debug!(%error, "a bucket's secrets are not forgotten");
        }
    }
}

/// Keys as a person enters them.
///
/// # Errors
/// [`Code::SecretsUnavailable`] when one is empty or cannot be a key.
pub fn read_credentials(
    access_key_id: &str,
    secret_access_key: &str,
    session_token: Option<&str>,
) -> Result<Credentials, Failure> {
    Credentials::new(access_key_id, secret_access_key, session_token)
        .map_err(|error| Failure::of_secrets(&error))
}

fn check(profile: &BucketProfile) -> Result<(), Failure> {
    Faults::none_of(profile.check())
        .map_err(|faults| Failure::new(Code::InvalidRequest, format!("{faults}.")))
}

fn unknown(name: &str) -> Failure {
    Failure::new(
        Code::BucketMissing,
        format!("No bucket named {name} is set up. Set it up, or choose another."),
    )
}
