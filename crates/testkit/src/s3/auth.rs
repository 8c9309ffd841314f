//! The one pair of keys that the server knows.

use s3s::auth::{S3Auth, SecretKey};
use s3s::{S3Result, s3_error};

/// The access key id that the server knows.
pub(super) const ACCESS_KEY_ID: &str = "AKIASTANDOUTTESTONLY";
/// Its secret.
pub(super) const SECRET_ACCESS_KEY: &str = "s3cr3t/Of+TheTestServer/ThatNobodyMayEverSee";

/// Knows the one pair; an unknown id is refused with S3's own word for it.
pub(super) struct OnePair;

#[async_trait::async_trait]
impl S3Auth for OnePair {
    async fn get_secret_key(&self, access_key: &str) -> S3Result<SecretKey> {
        if access_key == ACCESS_KEY_ID {
            return Ok(SecretKey::from(SECRET_ACCESS_KEY));
        }
        Err(s3_error!(
            InvalidAccessKeyId,
            "The AWS Access Key Id you provided does not exist in our records."
        ))
    }
}
