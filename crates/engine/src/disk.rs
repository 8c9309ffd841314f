//! What a disk has left.

use std::path::Path;

/// Free bytes on the disk that `folder`, or the nearest folder above it that is there, lies on; `None` where the system
/// does not tell.
pub(crate) fn free_bytes(folder: &Path) -> Option<u64> {
    let present = folder.ancestors().find(|folder| folder.is_dir())?.canonicalize().ok()?;
    let disks = sysinfo::Disks::new_with_refreshed_list().ok()?;
    disks
        .iter()
        .filter(|disk| present.starts_with(disk.mount_point()))
        .max_by_key(|disk| disk.mount_point().components().count())
        .map(sysinfo::Disk::available_space)
}
