//! What the track headers of an MP4 or MOV file say that FFmpeg does not let be said: when a track ends, though packets
//! go on, and how its pictures are turned. Both are numbers of fixed width, written in place.

use std::fs::{File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::ops::Range;
use std::path::Path;

use model::MediaTime;

use crate::orientation::Orientation;

/// An index beyond this is not one of a clip.
const LARGEST_INDEX: u64 = 256 << 20;

/// Ends every track of a file at `duration`, turns its pictures, and waits until the disk has it.
pub(crate) fn adjust_tracks(path: &Path, duration: MediaTime, orientation: Orientation) -> io::Result<()> {
    let mut file = OpenOptions::new().read(true).write(true).open(path)?;
    let Some((place, length)) = find_index(&mut file)? else { return Ok(()) };
    let mut index = vec![0; length];
    file.seek(SeekFrom::Start(place))?;
    file.read_exact(&mut index)?;
    adjust(&mut index, duration, orientation);
    file.seek(SeekFrom::Start(place))?;
    file.write_all(&index)?;
    file.sync_all()
}

/// Where the content of the `moov` box lies.
fn find_index(file: &mut File) -> io::Result<Option<(u64, usize)>> {
    let mut place = 0;
    loop {
        let mut header = [0; 16];
        file.seek(SeekFrom::Start(place))?;
        let read = file.read(&mut header)?;
        let (short, name, long) = (be32(&header, 0), &header[4..8], be64(&header, 8));
        let (length, head) = if short == 1 { (long, 16) } else { (short, 8) };
        if read < header.len() || length < head {
            return Ok(None);
        }
        if name == b"moov" {
            let length = usize::try_from((length - head).min(LARGEST_INDEX)).unwrap_or(0);
            return Ok(Some((place + head, length)));
        }
        place += length;
    }
}

fn adjust(index: &mut [u8], duration: MediaTime, orientation: Orientation) {
    let whole = 0..index.len();
    let Some(movie) = children(index, whole.clone(), b"mvhd").into_iter().next() else { return };
    let (scale_at, duration_at, wide) = match index.get(movie.start) {
        Some(1) => (movie.start + 20, movie.start + 24, true),
        _ => (movie.start + 12, movie.start + 16, false),
    };
    let scale = be32(index, scale_at);
    // Rounded down: a tick too many would show the frame after the end.
    let limit = (i128::from(duration.as_micros()) * i128::from(scale) / 1_000_000).max(0) as u64;
    shorten(index, duration_at, wide, limit);
    for track in children(index, whole, b"trak") {
        let is_picture = descend(index, &track, &[b"mdia", b"hdlr"])
            .is_some_and(|handler| index.get(handler.start + 8..handler.start + 12) == Some(b"vide"));
        if let Some(header) = descend(index, &track, &[b"tkhd"]) {
            let wide = index.get(header.start) == Some(&1);
            let (duration_at, matrix_at) = if wide { (28, 52) } else { (20, 40) };
            shorten(index, header.start + duration_at, wide, limit);
            if is_picture {
                turn(index, header.start + matrix_at, orientation);
            }
        }
        if let Some(list) = descend(index, &track, &[b"edts", b"elst"]) {
            shorten_edits(index, list, limit);
        }
    }
}

fn shorten_edits(index: &mut [u8], list: Range<usize>, limit: u64) {
    let wide = index.get(list.start) == Some(&1);
    let entry = if wide { 20 } else { 12 };
    let mut left = limit;
    for at in (list.start + 8..list.end).step_by(entry) {
        left -= shorten(index, at, wide, left).min(left);
    }
}

fn turn(index: &mut [u8], matrix: usize, orientation: Orientation) {
    // Nine numbers, row by row; those that say how the axes lie have 16 bits after the point.
    for (place, value) in [0, 1, 3, 4].into_iter().zip(orientation.matrix()) {
        if let Some(bytes) = index.get_mut(matrix + place * 4..matrix + place * 4 + 4) {
            bytes.copy_from_slice(&(value << 16).to_be_bytes());
        }
    }
}

/// Lowers a number to a limit, and gives what it is then.
fn shorten(index: &mut [u8], at: usize, wide: bool, limit: u64) -> u64 {
    let value = if wide { be64(index, at) } else { be32(index, at) };
    if value <= limit {
        return value;
    }
    let bytes = limit.to_be_bytes();
    let bytes = if wide { &bytes[..] } else { &bytes[4..] };
    if let Some(place) = index.get_mut(at..at + bytes.len()) {
        place.copy_from_slice(bytes);
    }
    limit
}

/// The content of the box that the names lead to.
fn descend(index: &[u8], from: &Range<usize>, names: &[&[u8; 4]]) -> Option<Range<usize>> {
    names.iter().try_fold(from.clone(), |range, name| children(index, range, name).into_iter().next())
}

/// The contents of the boxes of a name, one level down.
fn children(index: &[u8], range: Range<usize>, name: &[u8; 4]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = range.start;
    while at + 8 <= range.end {
        let length = be32(index, at) as usize;
        let end = at.saturating_add(length);
        if length < 8 || range.end < end {
            break;
        }
        if index.get(at + 4..at + 8) == Some(name) {
            found.push(at + 8..end);
        }
        at = end;
    }
    found
}

fn be32(bytes: &[u8], at: usize) -> u64 {
    let four = bytes.get(at..at + 4).and_then(|four| four.try_into().ok());
    four.map_or(0, |four| u64::from(u32::from_be_bytes(four)))
}

fn be64(bytes: &[u8], at: usize) -> u64 {
    bytes.get(at..at + 8).and_then(|eight| eight.try_into().ok()).map_or(0, u64::from_be_bytes)
}
