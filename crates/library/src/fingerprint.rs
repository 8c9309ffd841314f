//! Telling files apart without reading all of them.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;

use model::Fingerprint;

/// How much a fingerprint reads at either end, in bytes. Containers keep their index and the first or last packets there, so two
/// different recordings of equal size differ in it.
pub const FINGERPRINT_END: u64 = 1 << 20;

/// The fingerprint of a file: a BLAKE3 hash of its size, its first and its last mebibyte. It does not depend on the file's
/// name or place.
///
/// # Errors
/// When the file cannot be opened or read, or is not a regular file.
pub fn fingerprint(path: &Path) -> io::Result<Fingerprint> {
    // Looked at before it is opened: opening a named pipe would wait for a writer that may never come.
    if !std::fs::metadata(path)?.is_file() {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "it is not a regular file"));
    }
    let mut file = File::open(path)?;
    let size = file.metadata()?.len();
    let mut hasher = blake3::Hasher::new();
    hasher.update(&size.to_le_bytes());
    hasher.update_reader((&mut file).take(FINGERPRINT_END))?;
    // The ends of a short file overlap: what the head has covered is not hashed again.
    file.seek(SeekFrom::Start(size.saturating_sub(FINGERPRINT_END).max(FINGERPRINT_END.min(size))))?;
    hasher.update_reader(file.take(FINGERPRINT_END))?;
    Ok(Fingerprint(hasher.finalize().to_hex().to_string()))
}
