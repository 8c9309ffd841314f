//! Trying a bucket out before anything depends on it.

use bytes::Bytes;
use object_store::ObjectStore as _;
use object_store::{ObjectStoreExt, PutPayload};

use super::{Bucket, BucketError};

/// What trying a bucket out left behind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConnectionTest {
    /// The key of the small object that was written and could not be removed: these keys may write but not delete.
    pub left_behind: Option<String>,
}

/// What the small object says to somebody who finds it.
const CONTENT: &[u8] = b"Standout wrote this to test the connection. It can be deleted.\n";

impl Bucket {
    /// Asks the server for objects under a name that nobody has, so that wrong keys, a wrong region or a bucket that is not
    /// there are known before clips are made. Nothing is written; keys that may not list the bucket are good.
    ///
    /// # Errors
    /// The precise cause, as every request of this bucket would meet it.
    pub async fn reach(&self) -> Result<(), BucketError> {
        let nobodys = self.object_path(&format!("standout-connection-test-{}", unique()))?;
        match self.call("list objects", None, self.store.list_with_delimiter(Some(&nobodys))).await {
            Ok(_) | Err(BucketError::AccessDenied { .. }) => Ok(()),
            Err(error) => Err(error),
        }
    }

    /// "Test connection": writes a small object under a name that nobody has, looks it up and removes it. What delivery
    /// needs is so tried, no more: keys that may not list the bucket are good.
    ///
    /// # Errors
    /// The precise cause, as every request of this bucket would meet it.
    pub async fn test(&self) -> Result<ConnectionTest, BucketError> {
        let key = format!("standout-connection-test-{}", unique());
        let path = self.object_path(&key)?;
        let content = PutPayload::from_bytes(Bytes::from_static(CONTENT));
        self.call("write objects", None, self.store.put(&path, content)).await?;
        let seen = self.expect_object(&key, CONTENT.len() as u64).await;
        let removed = self.call("delete objects", Some(&key), self.store.delete(&path)).await;
        seen?;
        match removed {
            Ok(()) => Ok(ConnectionTest { left_behind: None }),
            Err(BucketError::AccessDenied { .. }) => Ok(ConnectionTest { left_behind: Some(key) }),
            Err(error) => Err(error),
        }
    }
}

/// Letters and digits that no other test of a connection has.
fn unique() -> String {
    let mut bytes = [0; 8];
    // Without randomness the process and the time still tell two tests apart.
    if getrandom::fill(&mut bytes).is_err() {
        let since = std::time::UNIX_EPOCH.elapsed().unwrap_or_default();
        bytes = (since.as_nanos() as u64 ^ u64::from(std::process::id())).to_le_bytes();
    }
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
