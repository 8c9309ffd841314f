//! An upload in parts: how a file is divided, and what has arrived of it.

use serde::{Deserialize, Serialize};

/// Bytes of a part, where the file is not so long that it has to be more. Files below it go up in one request. Servers
/// ask for 5 MiB at least.
pub(super) const PART: u64 = 8 << 20;

/// Parts that an upload may have (<https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html>).
const PARTS: u64 = 10_000;

/// Part sizes are whole numbers of these, so that they read well in a server's log.
const STEP: u64 = 1 << 20;

/// An upload in parts that is under way. Whoever uploads keeps it between the parts and between runs, so that an upload
/// that was cut goes on where it was. It holds no secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Upload {
    /// The object's key.
    pub key: String,
    /// The server's name for the upload.
    pub upload_id: String,
    /// Bytes of the file.
    pub size: u64,
    /// Bytes of each part but the last.
    pub part_size: u64,
    /// The ETag of the object that had the key when the upload began and is to be replaced.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<String>,
    /// The parts that have arrived, by number.
    pub parts: Vec<SentPart>,
}

/// A part that has arrived.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SentPart {
    /// From 1.
    pub number: u32,
    /// Bytes.
    pub size: u64,
    /// BLAKE3 of its bytes, in hex. A file goes on being uploaded only if what was sent of it is still what it holds: size
    /// and time alone would let a clip that was exported anew be joined to the head of the old one.
    pub content: String,
    /// What the server gave for it and wants back in the end: its ETag, with the checksum where there is one.
    pub receipt: String,
}

/// A stretch of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stretch {
    /// The part's number, from 1.
    pub(super) number: u32,
    /// Where it begins.
    pub(super) offset: u64,
    /// Bytes.
    pub(super) size: u64,
}

/// Bytes of a part for a file of so many: [`PART`], or what it takes to stay within [`PARTS`].
pub(super) fn part_size(file: u64) -> u64 {
    PART.max(file.div_ceil(PARTS).div_ceil(STEP) * STEP)
}

impl Upload {
    /// Bytes that have arrived.
    #[must_use]
    pub fn sent(&self) -> u64 {
        self.parts.iter().map(|part| part.size).sum()
    }

    /// Whether every part has arrived.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.missing().is_empty()
    }

    /// Whether the numbers can be those of a file of `size`: what was kept may have been damaged since.
    pub(super) fn is_sound(&self, size: u64) -> bool {
        let sized = self.size == size
            && size >= PART
            && self.part_size >= PART
            && size.div_ceil(self.part_size) <= PARTS;
        sized
            && self.parts.is_sorted_by(|one, next| one.number < next.number)
            && self
                .parts
                .iter()
                .all(|part| self.stretch(part.number).is_some_and(|stretch| stretch.size == part.size))
    }

    /// Where a part lies; `None` when the file has no such part.
    pub(super) fn stretch(&self, number: u32) -> Option<Stretch> {
        let offset = u64::from(number.checked_sub(1)?).checked_mul(self.part_size)?;
        let size = self.size.checked_sub(offset)?.min(self.part_size);
        (size > 0).then_some(Stretch { number, offset, size })
    }

    /// The parts that have not arrived, in order.
    pub(super) fn missing(&self) -> Vec<Stretch> {
        let arrived = |number: u32| self.parts.binary_search_by_key(&number, |part| part.number).is_ok();
        (1..).map_while(|number| self.stretch(number)).filter(|stretch| !arrived(stretch.number)).collect()
    }

    /// Enters a part that has arrived.
    pub(super) fn enter(&mut self, part: SentPart) {
        match self.parts.binary_search_by_key(&part.number, |part| part.number) {
            Ok(at) => self.parts[at] = part,
            Err(at) => self.parts.insert(at, part),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn upload(size: u64, arrived: &[u32]) -> Upload {
        let mut upload = Upload {
            key: "clip.mp4".to_owned(),
            upload_id: "id".to_owned(),
            size,
            part_size: part_size(size),
            replaces: None,
            parts: Vec::new(),
        };
        for number in arrived {
            let size = upload.stretch(*number).expect("the file has this part").size;
            let (content, receipt) = (String::new(), format!("etag-{number}"));
            upload.enter(SentPart { number: *number, size, content, receipt });
        }
        upload
    }

    #[test]
    fn parts_grow_so_that_their_number_stays_within_the_limit() {
        for (file, expected) in
            [(PART, PART), (PART * PARTS, PART), (PART * PARTS + 1, PART + STEP), (5 << 40, 525 * STEP)]
        {
            let size = part_size(file);
            assert_eq!(size, expected, "a part of a file of {file} bytes");
            assert!(file.div_ceil(size) <= PARTS, "{file} bytes need at most {PARTS} parts");
        }
    }

    #[test]
    fn what_is_missing_is_the_rest() {
        let missing = |upload: &Upload| -> Vec<_> {
            upload.missing().into_iter().map(|part| (part.number, part.offset, part.size)).collect()
        };
        let file = 3 * PART + 5;
        let all = [(1, 0, PART), (2, PART, PART), (3, 2 * PART, PART), (4, 3 * PART, 5)];
        assert_eq!(missing(&upload(file, &[])), all);
        assert_eq!(missing(&upload(file, &[3, 1])), [all[1], all[3]], "parts may arrive in any order");
        assert!(upload(file, &[4, 2, 3, 1]).is_whole());
        assert_eq!(
            missing(&upload(2 * PART, &[1])),
            [(2, PART, PART)],
            "a last part may be as long as the others"
        );
        assert_eq!(upload(file, &[4, 1]).sent(), PART + 5);
    }

    #[test]
    fn a_damaged_state_is_noticed() {
        let file = 3 * PART + 5;
        assert!(upload(file, &[1, 4]).is_sound(file));
        assert!(!upload(file, &[1]).is_sound(file + 1), "another size is another file");
        let damaged = |damage: &dyn Fn(&mut Upload)| {
            let mut upload = upload(file, &[1, 2]);
            damage(&mut upload);
            upload.is_sound(file)
        };
        assert!(!damaged(&|upload| upload.part_size = 0));
        assert!(!damaged(&|upload| upload.parts[1].number = 9));
        assert!(!damaged(&|upload| upload.parts[1].size = 9));
        assert!(!damaged(&|upload| upload.parts.reverse()));
        assert!(!damaged(&|upload| upload.parts[1].number = 0));
    }

    #[test]
    fn the_state_is_kept_as_json() {
        let upload = upload(PART + 1, &[1]);
        let json = serde_json::to_value(&upload).expect("it can be written");
        assert_eq!(
            json,
            serde_json::json!({
                "key": "clip.mp4", "uploadId": "id", "size": PART + 1, "partSize": PART,
                "parts": [{"number": 1, "size": PART, "content": "", "receipt": "etag-1"}],
            })
        );
        assert_eq!(serde_json::from_value::<Upload>(json).expect("it can be read"), upload);
    }
}
