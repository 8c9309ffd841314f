//! The keys that clients of the HTTP endpoint sign with. Their ids are in the library; their secrets are where those of
//! buckets are, or, on a machine without a keyring, in a file that only its owner may read.

use std::collections::BTreeMap;
use std::fs::OpenOptions;
use std::io::Write;
use std::path::Path;

use delivery::{Credentials, SecretError};
use library::Timestamp;
use serde::{Deserialize, Serialize};

use crate::engine::{Engine, fresh_id, now, waiting};
use crate::{Code, Failure};

/// The library's setting that holds the ids.
const SETTING: &str = "access keys";
/// What the ids of our keys begin with, so that they are told from others.
const PREFIX: &str = "SO";
/// The pair that a container is given its key by.
const ID_VARIABLE: &str = "STANDOUT_ACCESS_KEY_ID";
const SECRET_VARIABLE: &str = "STANDOUT_ACCESS_KEY_SECRET";

/// A key that was made; without its secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccessKey {
    /// What a client signs in the name of.
    pub id: String,
    /// When it was made.
    pub created: Timestamp,
}

/// A key's secret. It is shown by nothing.
pub type AccessSecret = Credentials;

/// A key at the only moment when its secret is told.
pub struct NewAccessKey {
    /// The key.
    pub key: AccessKey,
    /// Its secret.
    pub secret: AccessSecret,
    /// The file that keeps the secret, where it is not the keyring.
    pub file: Option<std::path::PathBuf>,
}

impl Engine {
    /// Makes a key. Its secret is answered once and can be had by nobody later.
    ///
    /// # Errors
    /// When the secret cannot be kept, or the library cannot be written.
    pub fn add_access_key(&self) -> Result<NewAccessKey, Failure> {
        let id: String = PREFIX.chars().chain(fresh_id()?.to_uppercase().chars().take(22)).collect();
        let secret = Credentials::new(&id, &format!("{}{}", fresh_id()?, fresh_id()?), None)
            .map_err(|error| Failure::of_secrets(&error))?;
        let file = self.keep_access_secret(&id, &secret)?;
        let mut keys = self.access_keys()?;
        let key = AccessKey { id, created: now() };
        keys.push(key.clone());
        self.keep_access_keys(&keys)?;
        Ok(NewAccessKey { key, secret, file })
    }

    /// The keys that were made, the oldest first; that of the environment is not among them.
    ///
    /// # Errors
    /// When the library cannot be read.
    pub fn access_keys(&self) -> Result<Vec<AccessKey>, Failure> {
        let setting = self.library.setting(SETTING).map_err(|error| Failure::of_library(&error))?;
        setting.map_or(Ok(Vec::new()), |json| {
            serde_json::from_str(&json).map_err(|error| {
                Failure::new(Code::LibraryFailed, format!("The access keys cannot be read ({error})."))
                    .at(&self.directories.library_file())
            })
        })
    }

    /// Forgets a key; true when there was one. A server that runs refuses it from now on.
    ///
    /// # Errors
    /// When the library or the secrets cannot be written.
    pub fn remove_access_key(&self, id: &str) -> Result<bool, Failure> {
        let mut keys = self.access_keys()?;
        let before = keys.len();
        keys.retain(|key| key.id != id);
        if keys.len() == before {
            return Ok(false);
        }
        self.keep_access_keys(&keys)?;
        if let Err(error) = waiting(|| self.secrets.forget(&entry(id))) {
            tracing::debug!(%error, "the secret of an access key is not in the keyring");
        }
        let file = self.directories.access_key_file();
        let mut secrets = read(&file)?;
        if secrets.remove(id).is_some() {
            write(&file, &secrets)?;
        }
        Ok(true)
    }

    /// The secret of a key; `None` when there is no such key.
    ///
    /// # Errors
    /// When the library or the secrets cannot be read.
    pub fn access_secret(&self, id: &str) -> Result<Option<AccessSecret>, Failure> {
        if let Some(secret) = from_environment(id)? {
            return Ok(Some(secret));
        }
        if !self.access_keys()?.iter().any(|key| key.id == id) {
            return Ok(None);
        }
        if let Some(secret) = read(&self.directories.access_key_file())?.remove(id) {
            return Credentials::new(id, &secret, None)
                .map(Some)
                .map_err(|error| Failure::of_secrets(&error));
        }
        waiting(|| self.secrets.recall(&entry(id))).map_err(|error| Failure::of_secrets(&error))
    }

    /// Whether anybody can sign.
    ///
    /// # Errors
    /// When the library cannot be read, or half of the pair of the environment is set.
    pub fn has_access_keys(&self) -> Result<bool, Failure> {
        Ok(pair()?.is_some() || !self.access_keys()?.is_empty())
    }

    /// Notes that a request signed with this key was taken; false when it was taken before. `expires` is when its date alone
    /// makes it too old.
    ///
    /// # Errors
    /// When the library cannot be written.
    pub fn take_nonce(&self, id: &str, nonce: &str, expires: Timestamp) -> Result<bool, Failure> {
        waiting(|| self.library.take_nonce(id, nonce, expires, now()))
            .map_err(|error| Failure::of_library(&error))
    }

    /// Answers the file, where there is no keyring.
    fn keep_access_secret(
        &self,
        id: &str,
        secret: &AccessSecret,
    ) -> Result<Option<std::path::PathBuf>, Failure> {
        match waiting(|| self.secrets.keep(&entry(id), secret)) {
            Ok(()) => Ok(None),
            Err(SecretError::NoKeyring { .. }) => {
                let file = self.directories.access_key_file();
                let mut secrets = read(&file)?;
                secrets.insert(id.to_owned(), secret.secret_access_key().to_owned());
                write(&file, &secrets)?;
                Ok(Some(file))
            }
            Err(error) => Err(Failure::of_secrets(&error)),
        }
    }

    fn keep_access_keys(&self, keys: &[AccessKey]) -> Result<(), Failure> {
        let json = serde_json::to_string(keys).map_err(|error| {
            Failure::new(Code::Internal, format!("The access keys cannot be written as JSON ({error})."))
        })?;
        self.library.set_setting(SETTING, Some(&json)).map_err(|error| Failure::of_library(&error))
    }
}

/// The name of a key's entry in the keyring, apart from those of buckets.
fn entry(id: &str) -> String {
    format!("access key {id}")
}

/// The pair of the environment.
fn pair() -> Result<Option<(String, String)>, Failure> {
    let variable = |name| std::env::var(name).ok().filter(|value| !value.trim().is_empty());
    let missing = |name| {
        let message = format!("Only one of two keys is in the environment. Set {name} as well.");
        Err(Failure::new(Code::SecretsUnavailable, message))
    };
    match (variable(ID_VARIABLE), variable(SECRET_VARIABLE)) {
        (None, None) => Ok(None),
        (Some(id), Some(secret)) => Ok(Some((id.trim().to_owned(), secret))),
        (Some(_), None) => missing(SECRET_VARIABLE),
        (None, Some(_)) => missing(ID_VARIABLE),
    }
}

fn from_environment(id: &str) -> Result<Option<AccessSecret>, Failure> {
    let Some((own, secret)) = pair()?.filter(|(own, _)| own == id) else { return Ok(None) };
    Credentials::new(&own, &secret, None).map(Some).map_err(|error| Failure::of_secrets(&error))
}

type Secrets = BTreeMap<String, String>;

fn read(file: &Path) -> Result<Secrets, Failure> {
    let unreadable = |words: String| {
        let message = format!(
            "The secrets of the access keys cannot be read ({words}). Remove the file and make keys anew."
        );
        Failure::new(Code::SecretsUnavailable, message).at(file)
    };
    match std::fs::read(file) {
        // What a parser says of a file may repeat parts of it, so its words are left out.
        Ok(json) => serde_json::from_slice(&json).map_err(|_| unreadable("it is damaged".to_owned())),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Secrets::new()),
        Err(error) => Err(unreadable(error.to_string())),
    }
}

/// Under another name first, so that no secret is lost half-way; for the owner's eyes from its first byte on.
fn write(file: &Path, secrets: &Secrets) -> Result<(), Failure> {
    let failed = |error: std::io::Error| Failure::of_write(&error, file);
    let fresh = file.with_extension(format!("{}.new", fresh_id()?));
    let json = serde_json::to_vec(secrets).map_err(|error| failed(error.into()))?;
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let written = options.open(&fresh).and_then(|mut out| {
        out.write_all(&json)?;
        out.sync_all()
    });
    written.and_then(|()| std::fs::rename(&fresh, file)).map_err(failed)
}
