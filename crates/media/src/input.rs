//! Opening: FFmpeg's view of a file, or of bytes that come from elsewhere.
#![allow(unsafe_code, reason = "paths as bytes and guessing a format are not offered by ffmpeg-next")]

use std::ffi::CStr;
use std::io::Read;
use std::path::Path;
use std::ptr;

use ffmpeg_next::format::context::{Input, StreamIo};
use ffmpeg_next::{Dictionary, ffi, format};

use crate::MediaError;
use crate::container::{file_url, is_refused};
use crate::error::Damage;
use crate::remote::{RemoteSource, SharedSession};

/// So many bytes tell what a file begins as.
const BEGINNING: usize = 16 << 10;
/// FFmpeg's guesses that are no surer than this are none, as they are to itself.
const UNSURE: i32 = 25;

/// Opens a file and finds its streams.
pub(crate) fn open_file(path: &Path) -> Result<Input, MediaError> {
    check_file(path)?;
    open_input(path)
}

/// Opens a remote file and finds its streams. FFmpeg sees its bytes and the ending of its name, and may open nothing else.
pub(crate) fn open_remote(source: &RemoteSource, session: &SharedSession) -> Result<Input, MediaError> {
    let path = Path::new(&source.address);
    let stream = StreamIo::from_read_seek(session.reader()).map_err(|error| refusal(path, error))?;
    let name = source.extension().map_or_else(|| "remote".to_owned(), |ending| format!("remote.{ending}"));
    let mut options = Dictionary::new();
    // No protocol has this name.
    options.set("protocol_whitelist", "none");
    let input = format::input_from_stream(stream, Some(&name), Some(options));
    match session.failure() {
        Some(failure) => Err(failure),
        // The bytes themselves came without a fault: it is what they hold that FFmpeg refuses.
        None => input.map_err(|_| no_streams(path, session.reader())),
    }
}

/// What it means that FFmpeg does not open something.
fn refusal(path: &Path, error: ffmpeg_next::Error) -> MediaError {
    match error {
        ffmpeg_next::Error::Other { errno } if errno != ffmpeg_next::error::EINVAL => {
            MediaError::reading("open the file", path, error)
        }
        _ => match std::fs::File::open(path) {
            Ok(file) => no_streams(path, file),
            Err(_) => MediaError::NotMedia { path: path.to_owned() },
        },
    }
}

/// What it means that FFmpeg finds nothing in some bytes: they are of no media file, or of a damaged one.
fn no_streams(path: &Path, bytes: impl Read) -> MediaError {
    let path = path.to_owned();
    let mut beginning = Vec::new();
    let read = bytes.take(BEGINNING as u64).read_to_end(&mut beginning);
    match read.ok().and_then(|_| guess(beginning)) {
        Some(container) => MediaError::Damaged { damage: Damage::Streams { container }, path },
        None => MediaError::NotMedia { path },
    }
}

/// The container that bytes begin as, in words.
fn guess(mut beginning: Vec<u8>) -> Option<String> {
    let length = i32::try_from(beginning.len()).ok()?;
    // FFmpeg may look a little past the end.
    beginning.resize(beginning.len() + ffi::AVPROBE_PADDING_SIZE as usize, 0);
    // SAFETY: the buffer is as long as is said and padded as FFmpeg asks, and outlives the call; no name and no type are given.
    // The format that is found, and its names, are static data of libavformat.
    unsafe {
        let mut data: ffi::AVProbeData = std::mem::zeroed();
        data.filename = c"".as_ptr();
        data.buf = beginning.as_mut_ptr();
        data.buf_size = length;
        let mut score = UNSURE;
        let format = ffi::av_probe_input_format2(&data, 1, &mut score);
        if format.is_null() || is_refused(&text((*format).name)) {
            return None;
        }
        Some(text((*format).long_name))
    }
}

/// A text of FFmpeg's own.
///
/// # Safety
/// `text` is null or a C string.
// SAFETY: it is only handed names of FFmpeg's formats, which are static C strings or null.
unsafe fn text(text: *const std::ffi::c_char) -> String {
    if text.is_null() {
        return String::new();
    }
    // SAFETY: it is a C string, as the caller promises.
    unsafe { CStr::from_ptr(text) }.to_string_lossy().into_owned()
}

/// Refuses what is no readable file before FFmpeg sees it, so that the reason is the system's own.
fn check_file(path: &Path) -> Result<(), MediaError> {
    let unreadable = |source: std::io::Error| match source.kind() {
        std::io::ErrorKind::NotFound => MediaError::NotFound { path: path.to_owned() },
        _ => MediaError::Unreadable { path: path.to_owned(), source },
    };
    // The kind is asked before opening: opening a named pipe would wait for a writer.
    if !std::fs::metadata(path).map_err(unreadable)?.is_file() {
        return Err(MediaError::NotMedia { path: path.to_owned() });
    }
    std::fs::File::open(path).map(drop).map_err(unreadable)
}

fn open_input(path: &Path) -> Result<Input, MediaError> {
    let url = file_url(path).ok_or_else(|| MediaError::NotMedia { path: path.to_owned() })?;
    let mut options = Dictionary::new();
    options.set("protocol_whitelist", "file");
    // SAFETY: `context` starts null, so FFmpeg allocates it and frees it itself when opening fails; on success it is
    // owned by the returned `Input`, or closed here when the streams cannot be found. `options` is given away and
    // taken back, so that what FFmpeg left of it is freed.
    unsafe {
        let mut context = ptr::null_mut();
        let mut raw_options = options.disown();
        let opened = ffi::avformat_open_input(&mut context, url.as_ptr(), ptr::null_mut(), &mut raw_options);
        drop(Dictionary::own(raw_options));
        if opened < 0 {
            return Err(refusal(path, ffmpeg_next::Error::from(opened)));
        }
        let found = ffi::avformat_find_stream_info(context, ptr::null_mut());
        let input = Input::wrap(context);
        if found < 0 {
            return Err(MediaError::reading("find the streams", path, ffmpeg_next::Error::from(found)));
        }
        Ok(input)
    }
}
