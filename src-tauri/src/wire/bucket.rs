//! Buckets. Secrets cross the border inwards only.

use engine::{Credentials, Failure, SecretsPlace};
use serde::{Deserialize, Serialize};
use specta::Type;

/// Where a bucket is and how it is spoken to; no secret.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct BucketProfile {
    name: String,
    endpoint: Option<String>,
    region: String,
    bucket: String,
    path_style: bool,
    checksums: bool,
}

impl From<BucketProfile> for engine::BucketProfile {
    fn from(profile: BucketProfile) -> Self {
        let BucketProfile { name, endpoint, region, bucket, path_style, checksums } = profile;
        let endpoint = endpoint.filter(|endpoint| !endpoint.trim().is_empty());
        Self { name, endpoint, region, bucket, path_style, checksums }
    }
}

impl From<engine::BucketProfile> for BucketProfile {
    fn from(profile: engine::BucketProfile) -> Self {
        let engine::BucketProfile { name, endpoint, region, bucket, path_style, checksums } = profile;
        Self { name, endpoint, region, bucket, path_style, checksums }
    }
}

/// A bucket that was set up, and where its secrets are.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct BucketView {
    profile: BucketProfile,
    secrets: SecretsView,
}

#[derive(Debug, Clone, Copy, Serialize, Type)]
#[serde(rename_all = "camelCase")]
enum SecretsView {
    Keyring,
    Environment,
    Missing,
}

impl From<engine::BucketView> for BucketView {
    fn from(engine::BucketView { profile, secrets }: engine::BucketView) -> Self {
        let secrets = match secrets {
            SecretsPlace::Keyring => SecretsView::Keyring,
            SecretsPlace::Environment => SecretsView::Environment,
            SecretsPlace::Missing => SecretsView::Missing,
        };
        Self { profile: profile.into(), secrets }
    }
}

/// A bucket's keys as they were typed. Nothing prints them.
#[derive(Clone, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct BucketSecrets {
    access_key_id: String,
    secret_access_key: String,
    session_token: Option<String>,
}

impl TryFrom<BucketSecrets> for Credentials {
    type Error = Failure;

    fn try_from(secrets: BucketSecrets) -> Result<Self, Failure> {
        let BucketSecrets { access_key_id, secret_access_key, session_token } = secrets;
        engine::read_credentials(&access_key_id, &secret_access_key, session_token.as_deref())
    }
}
