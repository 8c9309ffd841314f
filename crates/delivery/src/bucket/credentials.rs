//! The keys of a bucket, and the environment variables they may come from.

use std::fmt;

use model::ObjectStore;
use zeroize::Zeroizing;

use super::secrets::SecretError;

/// The keys that requests to a bucket are signed with. They are overwritten in memory when dropped, cannot be
/// serialised, and are shown by nothing.
#[derive(Clone, PartialEq, Eq)]
pub struct Credentials {
    access_key_id: Zeroizing<String>,
    secret_access_key: Zeroizing<String>,
    session_token: Option<Zeroizing<String>>,
}

impl Credentials {
    /// Keys as a person enters them: spaces and line breaks around them are taken off, and an empty session token is none.
    ///
    /// # Errors
    /// [`SecretError::Malformed`] when one is empty or has characters that no key has.
    pub fn new(
        access_key_id: &str,
        secret_access_key: &str,
        session_token: Option<&str>,
    ) -> Result<Self, SecretError> {
        Ok(Self {
            access_key_id: key("access key id", access_key_id)?,
            secret_access_key: key("secret access key", secret_access_key)?,
            session_token: session_token
                .filter(|token| !token.trim().is_empty())
                .map(|token| key("session token", token))
                .transpose()?,
        })
    }

    /// Keys from environment variables, which `lookup` reads: first the profile's own, then those of Aliyun where the
    /// bucket is theirs, then those of AWS. See [`EnvironmentVariables`].
    ///
    /// # Errors
    /// [`SecretError::HalfSet`] when one variable of a pair is there without the other, [`SecretError::Malformed`] when a
    /// value cannot be a key.
    pub fn from_environment(
        profile: Option<&str>,
        store: ObjectStore,
        lookup: impl Fn(&str) -> Option<String>,
    ) -> Result<Option<Self>, SecretError> {
        for variables in EnvironmentVariables::of(profile, store) {
            if let Some(found) = variables.read(&lookup)? {
                return Ok(Some(found));
            }
        }
        Ok(None)
    }

    pub(super) fn access_key_id(&self) -> &str {
        &self.access_key_id
    }

    /// The secret, for who verifies signatures with it. It goes into no text.
    #[must_use]
    pub fn secret_access_key(&self) -> &str {
        &self.secret_access_key
    }

    pub(super) fn session_token(&self) -> Option<&str> {
        self.session_token.as_ref().map(|token| token.as_str())
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Credentials(hidden)")
    }
}

/// Keys travel in the headers of requests, where anything but printable ASCII would break them.
fn key(what: &'static str, text: &str) -> Result<Zeroizing<String>, SecretError> {
    let text = text.trim();
    let printable = text.chars().all(|c| c.is_ascii_graphic());
    if text.is_empty() || !printable {
        return Err(SecretError::Malformed { what });
    }
    Ok(Zeroizing::new(text.to_owned()))
}

/// The names of the environment variables that one pair of keys may come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EnvironmentVariables {
    /// The variable of the access key id.
    pub access_key_id: String,
    /// The variable of the secret access key.
    pub secret_access_key: String,
    /// The variable of the session token, which only temporary keys have.
    pub session_token: String,
}

impl EnvironmentVariables {
    /// Those that are looked at, in this order: `STANDOUT_BUCKET_<NAME>_ACCESS_KEY_ID` with `_SECRET_ACCESS_KEY` and
    /// `_SESSION_TOKEN` (the profile's name in capitals, everything but letters and digits as `_`); `OSS_ACCESS_KEY_ID`
    /// with `OSS_ACCESS_KEY_SECRET` and `OSS_SESSION_TOKEN` for buckets of Aliyun; `AWS_ACCESS_KEY_ID` with
    /// `AWS_SECRET_ACCESS_KEY` and `AWS_SESSION_TOKEN`.
    #[must_use]
    pub fn of(profile: Option<&str>, store: ObjectStore) -> Vec<Self> {
        let mut variables: Vec<_> = profile.map(Self::of_profile).into_iter().collect();
        if store == ObjectStore::Oss {
            variables.push(Self {
                access_key_id: "OSS_ACCESS_KEY_ID".to_owned(),
                secret_access_key: "OSS_ACCESS_KEY_SECRET".to_owned(),
                session_token: "OSS_SESSION_TOKEN".to_owned(),
            });
        }
        variables.push(Self::with_prefix("AWS"));
        variables
    }

    /// Those of one profile.
    #[must_use]
    pub fn of_profile(name: &str) -> Self {
        let letter = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_uppercase() } else { '_' };
        let name: String = name.chars().map(letter).collect();
        Self::with_prefix(&format!("STANDOUT_BUCKET_{name}"))
    }

    /// The keys in these variables, if they are set; an empty variable is none.
    pub(super) fn read(
        &self,
        lookup: impl Fn(&str) -> Option<String>,
    ) -> Result<Option<Credentials>, SecretError> {
        let Self { access_key_id, secret_access_key, session_token } = self;
        let found =
            |variable: &str| lookup(variable).map(Zeroizing::new).filter(|value| !value.trim().is_empty());
        match (found(access_key_id), found(secret_access_key)) {
            (None, None) => Ok(None),
            (Some(_), None) => Err(SecretError::HalfSet { missing: secret_access_key.clone() }),
            (None, Some(_)) => Err(SecretError::HalfSet { missing: access_key_id.clone() }),
            (Some(id), Some(secret)) => {
                let token = found(session_token);
                Credentials::new(&id, &secret, token.as_ref().map(|token| token.as_str())).map(Some)
            }
        }
    }

    fn with_prefix(prefix: &str) -> Self {
        Self {
            access_key_id: format!("{prefix}_ACCESS_KEY_ID"),
            secret_access_key: format!("{prefix}_SECRET_ACCESS_KEY"),
            session_token: format!("{prefix}_SESSION_TOKEN"),
        }
    }
}
