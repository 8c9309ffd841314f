//! Media files: written under the name given, complete and on the disk when [`Muxer::finish`] returns.
#![allow(unsafe_code, reason = "paths that are not UTF-8 and codec tags are not offered by ffmpeg-next")]

use std::path::{Path, PathBuf};
use std::ptr;

use ffmpeg_next::{Dictionary, Packet, Rational, codec, encoder, ffi, format};

use crate::MediaError;
use crate::container::file_url;
use crate::format::FileFormat;

/// Ticks of a second in which edit lists of the QuickTime family count: a fraction of any frame.
const MOVIE_TICKS: &str = "90000";

/// Microseconds of a fragment of a file that grows: it can be played once the first one is there.
const FRAGMENT: &str = "100000";

/// A file being written. Dropped unfinished, it takes the incomplete file away.
pub(crate) struct Muxer {
    output: Option<format::context::Output>,
    path: PathBuf,
    format: FileFormat,
    /// Time bases of the packets that are handed in, by stream.
    time_bases: Vec<Rational>,
    started: bool,
    finished: bool,
    /// What is written can be played while more is being written.
    grows: bool,
}

impl Muxer {
    /// Creates the file, or empties it when it is there.
    pub(crate) fn create(path: &Path, format: FileFormat) -> Result<Self, MediaError> {
        let failed = |code: i32| MediaError::writing("create the file", path, ffmpeg_next::Error::from(code));
        let url = file_url(path).ok_or_else(|| failed(ffi::AVERROR(ffmpeg_next::error::EINVAL)))?;
        // SAFETY: `context` starts null and is allocated by FFmpeg; it is freed here when the file cannot be opened
        // and owned by the returned `Output` otherwise.
        let output = unsafe {
            let mut context = ptr::null_mut();
            let made = ffi::avformat_alloc_output_context2(
                &mut context,
                ptr::null_mut(),
                format.muxer().as_ptr(),
                url.as_ptr(),
            );
            if made < 0 || context.is_null() {
                return Err(failed(made));
            }
            let opened = ffi::avio_open(&mut (*context).pb, url.as_ptr(), ffi::AVIO_FLAG_WRITE);
            if opened < 0 {
                ffi::avformat_free_context(context);
                return Err(failed(opened));
            }
            format::context::Output::wrap(context)
        };
        let path = path.to_owned();
        let output = Some(output);
        Ok(Self {
            output,
            path,
            format,
            time_bases: Vec::new(),
            started: false,
            finished: false,
            grows: false,
        })
    }

    /// Lets the file be played while it is being written, at the price of exact seeking; to be asked for before the start.
    pub(crate) fn grow(&mut self) {
        self.grows = true;
    }

    /// Adds a stream and gives its number.
    pub(crate) fn add_stream(
        &mut self,
        parameters: codec::Parameters,
        time_base: Rational,
    ) -> Result<usize, MediaError> {
        let path = self.path.clone();
        let failed = |source| MediaError::writing("add a stream", &path, source);
        let format = self.format;
        let output = self.output()?;
        let mut stream = output.add_stream(encoder::find(codec::Id::None)).map_err(failed)?;
        // QuickTime and Safari play H.265 under this name only; for the rest FFmpeg knows the names.
        let is_hvc1 = format.has_edit_lists() && parameters.id() == codec::Id::HEVC;
        let tag = if is_hvc1 { u32::from_le_bytes(*b"hvc1") } else { 0 };
        stream.set_parameters(parameters);
        stream.set_time_base(time_base);
        // SAFETY: the stream and its parameters are live. The tag of another container means nothing in this one.
        unsafe {
            let raw = &mut *stream.as_mut_ptr();
            (*raw.codecpar).codec_tag = tag;
            raw.sample_aspect_ratio = (*raw.codecpar).sample_aspect_ratio;
        }
        let index = stream.index();
        self.time_bases.push(time_base);
        Ok(index)
    }

    /// Writes the header; no stream can be added afterwards.
    pub(crate) fn start(&mut self) -> Result<(), MediaError> {
        let path = self.path.clone();
        let mut options = Dictionary::new();
        if self.grows {
            options.set("movflags", "+empty_moov+delay_moov+default_base_moof");
            options.set("frag_duration", FRAGMENT);
            options.set("flush_packets", "1");
        } else if self.format.has_edit_lists() {
            // The index goes to the front, so that a player can begin before the end has arrived.
            options.set("movflags", "+faststart");
            options.set("movie_timescale", MOVIE_TICKS);
        }
        let started = self.output()?.write_header_with(options).map(drop);
        started.map_err(|source| MediaError::writing("write the file", &path, source))?;
        self.started = true;
        Ok(())
    }

    /// Writes a packet whose times are in the time base its stream was added with.
    pub(crate) fn write(&mut self, mut packet: Packet, stream: usize) -> Result<(), MediaError> {
        let path = self.path.clone();
        let from = self.time_bases.get(stream).copied().unwrap_or(Rational(1, 1_000_000));
        let output = self.output()?;
        let to = output.stream(stream).map_or(from, |stream| stream.time_base());
        packet.set_stream(stream);
        packet.rescale_ts(from, to);
        packet.set_position(-1);
        packet
            .write_interleaved(output)
            .map_err(|source| MediaError::writing("write the file", &path, source))
    }

    /// Completes the file and waits until the disk has it.
    pub(crate) fn finish(mut self) -> Result<(), MediaError> {
        let path = self.path.clone();
        let completed = self.output()?.write_trailer();
        completed.map_err(|source| MediaError::writing("complete the file", &path, source))?;
        self.output = None;
        let synced = std::fs::File::open(&path).and_then(|file| file.sync_all());
        synced.map_err(|source| MediaError::from_write(&path, source))?;
        self.finished = true;
        Ok(())
    }

    fn output(&mut self) -> Result<&mut format::context::Output, MediaError> {
        let missing = || MediaError::writing("write the file", &self.path, ffmpeg_next::Error::Bug);
        match &mut self.output {
            Some(output) => Ok(output),
            None => Err(missing()),
        }
    }
}

impl Drop for Muxer {
    fn drop(&mut self) {
        self.output = None;
        if !self.finished {
            let _ = std::fs::remove_file(&self.path);
        }
    }
}
