//! Where the keys of buckets are kept between runs.

use std::thread;

use model::ObjectStore;
use serde::{Deserialize, Serialize};
use zeroize::{Zeroize, Zeroizing};

use super::credentials::{Credentials, EnvironmentVariables};

/// What the keyring lists our entries under.
const LISTED_AS: &str = "Standout bucket keys";

/// A place that keeps keys, each under the name of its profile. Calls may wait for the user to unlock something.
pub trait SecretStore: Send + Sync {
    /// Keeps the keys of a profile, in place of those it had.
    ///
    /// # Errors
    /// When the place cannot be reached or refuses.
    fn keep(&self, profile: &str, credentials: &Credentials) -> Result<(), SecretError>;

    /// The keys of a profile; `None` when none were kept.
    ///
    /// # Errors
    /// When the place cannot be reached, refuses, or holds what was not written by us.
    fn recall(&self, profile: &str) -> Result<Option<Credentials>, SecretError>;

    /// Removes the keys of a profile; there may be none.
    ///
    /// # Errors
    /// When the place cannot be reached or refuses.
    fn forget(&self, profile: &str) -> Result<(), SecretError>;
}

/// The operating system's own keyring: Secret Service (GNOME Keyring, KWallet), Keychain, Credential Manager.
#[derive(Debug, Clone, Copy, Default)]
pub struct Keyring;

impl SecretStore for Keyring {
    fn keep(&self, profile: &str, credentials: &Credentials) -> Result<(), SecretError> {
        let text = written(credentials).ok_or_else(|| SecretError::unreadable(profile))?;
        with_entry(profile, move |entry| entry.set_secret(text.as_bytes()))
    }

    fn recall(&self, profile: &str) -> Result<Option<Credentials>, SecretError> {
        let found = with_entry(profile, |entry| match entry.get_secret() {
            Ok(secret) => Ok(Some(Zeroizing::new(secret))),
            Err(keyring::Error::NoEntry) => Ok(None),
            Err(error) => Err(error),
        })?;
        let Some(secret) = found else { return Ok(None) };
        read(&secret).map(Some).ok_or_else(|| SecretError::unreadable(profile))
    }

    fn forget(&self, profile: &str) -> Result<(), SecretError> {
        with_entry(profile, |entry| match entry.delete_credential() {
            Err(keyring::Error::NoEntry) => Ok(()),
            other => other,
        })
    }
}

impl Credentials {
    /// The keys to open a profile's bucket with: those in the profile's own environment variables, else those that were
    /// kept, else those of the environment at large. A machine without a keyring has the environment only.
    ///
    /// # Errors
    /// [`SecretError::NotKnown`] or [`SecretError::NoKeyring`] when there are none, with the variables that may hold them;
    /// [`SecretError::Locked`] and others when there may be some that cannot be had.
    pub fn find(
        profile: &str,
        store: ObjectStore,
        secrets: &dyn SecretStore,
        lookup: impl Fn(&str) -> Option<String>,
    ) -> Result<Self, SecretError> {
        let variables = EnvironmentVariables::of_profile(profile);
        if let Some(own) = variables.read(&lookup)? {
            return Ok(own);
        }
        let kept = match secrets.recall(profile) {
            Ok(Some(kept)) => return Ok(kept),
            Ok(None) => SecretError::NotKnown { variables },
            Err(none @ SecretError::NoKeyring { .. }) => none,
            Err(error) => return Err(error),
        };
        Self::from_environment(None, store, lookup)?.ok_or(kept)
    }
}

/// Does something with a profile's entry, on a thread of its own: the Secret Service is spoken to by blocking calls that
/// must not run inside of an asynchronous runtime.
fn with_entry<T: Send>(
    profile: &str,
    act: impl FnOnce(&keyring::Entry) -> keyring::Result<T> + Send,
) -> Result<T, SecretError> {
    let acted = thread::scope(|scope| {
        scope.spawn(|| keyring::Entry::new(LISTED_AS, profile).and_then(|entry| act(&entry))).join()
    });
    match acted {
        Ok(done) => done.map_err(|error| SecretError::from_keyring(profile, error)),
        Err(_panicked) => Err(SecretError::no_keyring(profile, None)),
    }
}

/// The form in which the keyring holds keys. It lives for a moment only and wipes itself.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Kept {
    access_key_id: String,
    secret_access_key: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    session_token: Option<String>,
}

impl Drop for Kept {
    fn drop(&mut self) {
        self.access_key_id.zeroize();
        self.secret_access_key.zeroize();
        self.session_token.zeroize();
    }
}

fn written(credentials: &Credentials) -> Option<Zeroizing<String>> {
    let kept = Kept {
        access_key_id: credentials.access_key_id().to_owned(),
        secret_access_key: credentials.secret_access_key().to_owned(),
        session_token: credentials.session_token().map(str::to_owned),
    };
    serde_json::to_string(&kept).ok().map(Zeroizing::new)
}

fn read(secret: &[u8]) -> Option<Credentials> {
    let kept: Kept = serde_json::from_slice(secret).ok()?;
    Credentials::new(&kept.access_key_id, &kept.secret_access_key, kept.session_token.as_deref()).ok()
}

/// Why keys cannot be kept or had. None of these carries any part of a key.
#[derive(Debug, thiserror::Error)]
pub enum SecretError {
    /// What was entered cannot be a key.
    #[error(
        "The {what} is empty or has characters that no key has; copy it again from the server's settings"
    )]
    Malformed {
        /// Which of the three.
        what: &'static str,
    },
    /// Half of a pair of environment variables is set.
    #[error("Only one of two keys is in the environment; set {missing} as well")]
    HalfSet {
        /// The variable that is not there.
        missing: String,
    },
    /// Nobody entered any.
    #[error(
        "No keys are known for this bucket; enter them, or set {} and {} in the environment",
        variables.access_key_id,
        variables.secret_access_key
    )]
    NotKnown {
        /// The environment variables that do as well.
        variables: EnvironmentVariables,
    },
    /// This machine has no keyring, or none that answers.
    #[error(
        "No keyring answers on this machine, so keys cannot be kept; set {} and {} in the environment instead",
        variables.access_key_id,
        variables.secret_access_key
    )]
    NoKeyring {
        /// The environment variables that do instead.
        variables: EnvironmentVariables,
        /// What the system said.
        #[source]
        source: Option<Box<dyn std::error::Error + Send + Sync>>,
    },
    /// The keyring is locked and was not unlocked.
    #[error("The keyring is locked; unlock it and try again")]
    Locked {
        /// What the keyring said.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// The keyring holds something else under this name.
    #[error("What the keyring holds for this bucket cannot be read; enter its keys again: {profile}")]
    Unreadable {
        /// The profile's name.
        profile: String,
    },
}

impl SecretError {
    fn no_keyring(profile: &str, source: Option<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::NoKeyring { variables: EnvironmentVariables::of_profile(profile), source }
    }

    fn unreadable(profile: &str) -> Self {
        Self::Unreadable { profile: profile.to_owned() }
    }

    /// Several of the keyring's errors carry what they could not read; those are dropped whole.
    fn from_keyring(profile: &str, error: keyring::Error) -> Self {
        match error {
            keyring::Error::NoStorageAccess(source) => Self::Locked { source },
            keyring::Error::BadEncoding(_)
            | keyring::Error::BadDataFormat(..)
            | keyring::Error::Ambiguous(_) => Self::unreadable(profile),
            keyring::Error::PlatformFailure(source) => Self::no_keyring(profile, Some(source)),
            _ => Self::no_keyring(profile, None),
        }
    }
}
