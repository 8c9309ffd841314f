//! Opening: FFmpeg's view of a file, or of bytes that come from elsewhere.
#![allow(unsafe_code, reason = "paths as bytes are not offered by ffmpeg-next")]

use std::path::Path;
use std::ptr;

use ffmpeg_next::format::context::{Input, StreamIo};
use ffmpeg_next::{Dictionary, ffi, format};

use crate::MediaError;
use crate::container::file_url;
use crate::remote::{RemoteSource, SharedSession};

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
        None => input.map_err(|_| MediaError::NotMedia { path: path.to_owned() }),
    }
}

/// What it means that FFmpeg does not open something.
fn refusal(path: &Path, error: ffmpeg_next::Error) -> MediaError {
    match error {
        ffmpeg_next::Error::Other { errno } if errno != ffmpeg_next::error::EINVAL => {
            MediaError::reading("open the file", path, error)
        }
        _ => MediaError::NotMedia { path: path.to_owned() },
    }
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
