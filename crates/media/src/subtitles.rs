//! Subtitle files that lie beside a video.

use std::io::Cursor;
use std::path::Path;

use ffmpeg_next::format::{self, context::StreamIo};
use ffmpeg_next::{Dictionary, Packet};
use model::{Cue, MediaTime};

use crate::MediaError;
use crate::charset::decode_text;
use crate::container::Container;
use crate::cues::CueDecoder;

/// Larger files are no subtitles.
const LARGEST: u64 = 32 << 20;

/// Reads a `.srt`, `.vtt`, `.ass` or `.ssa` file in whatever encoding it is. The cues are in order of time, without markup.
///
/// # Errors
/// [`MediaError::NotFound`] and [`MediaError::Unreadable`] when the file cannot be read; [`MediaError::NotMedia`] when
/// it is no subtitle.
pub fn read_subtitles(path: &Path) -> Result<Vec<Cue>, MediaError> {
    let bytes = read_file(path)?;
    let failed = |_| MediaError::NotMedia { path: path.to_owned() };
    let text = decode_text(&bytes).replace("\r\n", "\n").replace('\r', "\n");
    let stream = StreamIo::from_read_seek(Cursor::new(text.into_bytes())).map_err(failed)?;
    // The name tells the format; the directory would tell FFmpeg nothing and may not be UTF-8.
    let extension =
        path.extension().and_then(|extension| extension.to_str()).unwrap_or("srt").to_ascii_lowercase();
    let mut options = Dictionary::new();
    options.set("protocol_whitelist", "file");
    let input = format::input_from_stream(stream, Some(&format!("subtitle.{extension}")), Some(options));
    let mut container = Container::adopt(input.map_err(failed)?, path)?;
    let stream = container.main_text().ok_or_else(|| MediaError::NotMedia { path: path.to_owned() })?;
    let mut decoder = CueDecoder::open(&stream).map_err(failed)?;
    let mut packet = Packet::empty();
    while container.read(&mut packet)? {
        // Times in a subtitle file count from the video's first instant, not from the first cue.
        decoder.take(&packet, MediaTime::ZERO);
    }
    Ok(decoder.finish(MediaTime::from_micros(i64::MAX)))
}

fn read_file(path: &Path) -> Result<Vec<u8>, MediaError> {
    let unreadable = |source: std::io::Error| match source.kind() {
        std::io::ErrorKind::NotFound => MediaError::NotFound { path: path.to_owned() },
        _ => MediaError::Unreadable { path: path.to_owned(), source },
    };
    let metadata = std::fs::metadata(path).map_err(unreadable)?;
    if !metadata.is_file() || metadata.len() > LARGEST {
        return Err(MediaError::NotMedia { path: path.to_owned() });
    }
    std::fs::read(path).map_err(unreadable)
}
