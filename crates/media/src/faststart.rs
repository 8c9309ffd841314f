//! Fragmented MP4 files, told apart by their boxes.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::Path;

/// Boxes looked at before giving up on a file.
const MOST_BOXES: usize = 4_096;

/// True when an MP4 or MOV file keeps its index in fragments, which players seek in inexactly. A file that cannot be
/// read counts as fragmented.
pub(crate) fn is_fragmented(path: &Path) -> bool {
    File::open(path).ok().and_then(|mut file| has_fragment(&mut file)).unwrap_or(true)
}

fn has_fragment(file: &mut (impl Read + Seek)) -> Option<bool> {
    for _ in 0..MOST_BOXES {
        let mut header = [0_u8; 8];
        if file.read_exact(&mut header).is_err() {
            return Some(false);
        }
        let length = u32::from_be_bytes(header[..4].try_into().ok()?);
        if matches!(&header[4..], b"moof" | b"sidx" | b"styp") {
            return Some(true);
        }
        let rest = match length {
            0 => return Some(false),
            1 => {
                let mut long = [0_u8; 8];
                file.read_exact(&mut long).ok()?;
                u64::from_be_bytes(long).checked_sub(16)?
            }
            length => u64::from(length).checked_sub(8)?,
        };
        file.seek(SeekFrom::Current(i64::try_from(rest).ok()?)).ok()?;
    }
    None
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;

    #[test]
    fn fragments_show_among_the_top_level_boxes() {
        let boxes = |names: &[&[u8; 4]]| {
            let bytes: Vec<u8> = names
                .iter()
                .flat_map(|name| [&12_u32.to_be_bytes()[..], &name[..], &[0; 4]].concat())
                .collect();
            has_fragment(&mut Cursor::new(bytes))
        };
        assert_eq!(boxes(&[b"ftyp", b"moov", b"mdat"]), Some(false));
        assert_eq!(boxes(&[b"ftyp", b"moov", b"moof", b"mdat"]), Some(true));
    }
}
