//! VP9 without its loop filter, which FFmpeg's decoder cannot be told to leave out.
//!
//! Small pictures of a trailer were off by 0.35 levels of 255 on average by that, and by 1.8 at worst, at three quarters of
//! the cost.
//!
//! How strongly a frame is filtered stands in its header, uncompressed: 0 is not at all. Where it stands is said by section
//! 6.2 of the "VP9 Bitstream & Decoding Process Specification", version 0.6; several frames in one packet by its annex B.

/// Bits of the filter's level.
const LEVEL_BITS: usize = 6;
const SYNC_CODE: usize = 0x49_83_42;
/// The colour space that has its own pattern of fields.
const RGB: usize = 7;

/// Has all frames of a packet decoded without the loop filter. What is no VP9 stays as it is.
pub(crate) fn skip_loop_filter(packet: &mut [u8]) {
    let mut rest = packet;
    for size in frame_sizes(rest) {
        let Some((frame, after)) = rest.split_at_mut_checked(size) else { return };
        if let Some(level) = level_position(frame) {
            (level..level + LEVEL_BITS).for_each(|bit| frame[bit / 8] &= !(0x80 >> (bit % 8)));
        }
        rest = after;
    }
}

/// The sizes of the frames in a packet: an index at its end lists them when they are several.
fn frame_sizes(packet: &[u8]) -> Vec<usize> {
    let indexed = || {
        let marker = *packet.last().filter(|marker| *marker & 0xe0 == 0xc0)?;
        let (count, width) = ((marker & 7) as usize + 1, (marker >> 3 & 3) as usize + 1);
        let index = packet.get(packet.len().checked_sub(2 + count * width)?..)?;
        let little_endian =
            |bytes: &[u8]| bytes.iter().rev().fold(0, |value, byte| value << 8 | *byte as usize);
        (index[0] == marker).then(|| index[1..=count * width].chunks(width).map(little_endian).collect())
    };
    indexed().unwrap_or_else(|| vec![packet.len()])
}

/// The bit of a frame at which the level of its loop filter begins; `None` in a frame that only shows an earlier one.
fn level_position(frame: &[u8]) -> Option<usize> {
    let mut bits = Bits { bytes: frame, position: 0 };
    if bits.take(2)? != 2 {
        return None;
    }
    let profile = bits.take(1)? | bits.take(1)? << 1;
    if profile == 3 {
        bits.take(1)?;
    }
    let shows_existing = bits.flag()?;
    if shows_existing {
        return None;
    }
    let (is_key, is_shown, is_resilient) = (!bits.flag()?, bits.flag()?, bits.flag()?);
    let is_intra_only = !is_key && !is_shown && bits.flag()?;
    if !is_key && !is_resilient {
        bits.take(2)?;
    }
    if is_key || is_intra_only {
        bits.expect_sync_code()?;
        if is_key || profile > 0 {
            bits.pass_colours(profile)?;
        }
        if is_intra_only {
            bits.take(8)?;
        }
        bits.take(32)?;
        bits.pass_render_size()?;
    } else {
        // Which frames it replaces, and which it is predicted from.
        bits.take(8 + 3 * 4)?;
        bits.pass_size_of_references()?;
        bits.pass_render_size()?;
        // Precision of motion, then how pixels between pixels are made.
        bits.take(1)?;
        let is_switchable = bits.flag()?;
        bits.take(if is_switchable { 0 } else { 2 })?;
    }
    bits.take(if is_resilient { 0 } else { 2 })?;
    bits.take(2)?;
    let level = bits.position;
    bits.take(LEVEL_BITS).map(|_| level)
}

/// A header, bit by bit.
struct Bits<'a> {
    bytes: &'a [u8],
    position: usize,
}

impl Bits<'_> {
    /// The next so many bits, at most 32, the first of them the highest.
    fn take(&mut self, count: usize) -> Option<usize> {
        let mut value = 0;
        for _ in 0..count {
            let byte = *self.bytes.get(self.position / 8)?;
            value = value << 1 | (byte >> (7 - self.position % 8) & 1) as usize;
            self.position += 1;
        }
        Some(value)
    }

    fn flag(&mut self) -> Option<bool> {
        Some(self.take(1)? == 1)
    }

    fn expect_sync_code(&mut self) -> Option<()> {
        (self.take(24)? == SYNC_CODE).then_some(())
    }

    fn pass_colours(&mut self, profile: usize) -> Option<()> {
        // Ten bits or twelve.
        self.take(usize::from(profile >= 2))?;
        let is_rgb = self.take(3)? == RGB;
        let has_sampling = profile % 2 == 1;
        let bits = match (is_rgb, has_sampling) {
            (false, false) => 1,
            (false, true) => 4,
            (true, false) => 0,
            (true, true) => 1,
        };
        self.take(bits).map(|_| ())
    }

    fn pass_render_size(&mut self) -> Option<()> {
        let differs = self.flag()?;
        self.take(if differs { 32 } else { 0 }).map(|_| ())
    }

    /// The size is that of a reference, or its own.
    fn pass_size_of_references(&mut self) -> Option<()> {
        for _ in 0..3 {
            if self.flag()? {
                return Some(());
            }
        }
        self.take(32).map(|_| ())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Bits, written as zeros and ones with spaces between fields.
    fn header(bits: &str) -> Vec<u8> {
        let bits: Vec<u8> = bits.bytes().filter(|bit| *bit != b' ').map(|bit| bit - b'0').collect();
        bits.chunks(8)
            .map(|byte| byte.iter().enumerate().fold(0, |all, (i, bit)| all | bit << (7 - i)))
            .collect()
    }

    const KEY: &str =
        "10 0 0 0 0 1 0 010010011000001101000010 001 0 0000011101111111 0000010000110111 0 1 0 00 ";
    const INTER: &str = "10 0 0 0 1 1 0 00 00000001 000 0 001 0 010 0 1 0 1 0 01 1 0 00 ";

    fn check(before: &str, named: &str) {
        let (mut packet, expected) =
            (header(&format!("{before}101101 110 1111")), header(&format!("{before}000000 110 1111")));
        skip_loop_filter(&mut packet);
        assert_eq!(packet, expected, "of {named} the level alone becomes 0");
    }

    #[test]
    fn the_level_is_found_in_every_kind_of_frame() {
        check(KEY, "a key frame");
        check(INTER, "a frame predicted from others");
        check(
            "10 0 0 0 1 0 0 1 00 010010011000001101000010 00000001 0000011101111111 0000010000110111 0 1 0 00 ",
            "a hidden intra frame",
        );
        check(
            "10 0 1 0 0 1 1 010010011000001101000010 0 010 1 0000011101111111 0000010000110111 1 0000011101111111 0000010000110111 00 ",
            "a resilient key frame of ten bits with a size of its own on screen",
        );
    }

    #[test]
    fn all_frames_of_a_packet_are_changed() {
        let frame = |level| header(&format!("{INTER}{level} 000 1111"));
        let (filtered, plain) = (frame("111111"), frame("000000"));
        let index = [0xc1, filtered.len() as u8, filtered.len() as u8, 0xc1];
        let mut packet = [&filtered[..], &filtered, &index].concat();
        skip_loop_filter(&mut packet);
        assert_eq!(packet, [&plain[..], &plain, &index].concat(), "both frames, and not the index");
    }

    #[test]
    fn what_is_no_frame_stays_as_it_is() {
        let existing = header("10 0 0 1 010 00000000");
        for bytes in [vec![], vec![0xff; 40], vec![0x82], vec![0xc7; 3], existing] {
            let mut packet = bytes.clone();
            skip_loop_filter(&mut packet);
            assert_eq!(packet, bytes, "nothing of it is a level");
        }
    }
}
