//! An opened source: its streams, its clock and its packets.
#![allow(
    unsafe_code,
    reason = "paths as bytes, the start time and dispositions are not offered by ffmpeg-next"
)]

use std::ffi::CString;
use std::path::{Path, PathBuf};
use std::sync::Once;

use ffmpeg_next::codec::packet::side_data::Type as SideData;
use ffmpeg_next::format::stream::Disposition;
use ffmpeg_next::{Packet, Rational, Stream, codec, decoder, ffi, format, log, media};
use model::MediaTime;

use crate::error::Damage;
use crate::input::{open_file, open_remote};
use crate::probe::stream_codec;
use crate::remote::SharedSession;
use crate::{MediaError, Source};

/// Demuxers that draw text or pictures, or that open other files by name: never a video an editor means.
const REFUSED_FORMATS: [&str; 12] = [
    "tty",
    "image2",
    "image2pipe",
    "hls",
    "applehttp",
    "dash",
    "concat",
    "concatf",
    "sdp",
    "rtsp",
    "ffmetadata",
    "bin",
];

/// Faults in a row after which a demuxer is taken to be stuck.
const MAX_FAULTS: u32 = 10_000;

/// A source opened for reading.
pub(crate) struct Container {
    pub(crate) input: format::context::Input,
    /// The source's name in messages.
    pub(crate) path: PathBuf,
    source: Source,
    /// Where the bytes of a remote source come from.
    remote: Option<SharedSession>,
    /// The container's first instant on FFmpeg's clock, in microseconds.
    origin: MediaTime,
    /// The sound that is listened to instead of the one that players begin with.
    chosen_sound: Option<usize>,
    /// Packets that the demuxer could not read.
    pub(crate) faults: u64,
}

/// Whether a format, by FFmpeg's names of it, is never taken for a video.
pub(crate) fn is_refused(name: &str) -> bool {
    name.split(',').any(|name| REFUSED_FORMATS.contains(&name)) || name.ends_with("_pipe")
}

/// Quiets FFmpeg's own printing: its messages reach the user as [`MediaError`], not on the terminal.
fn silence() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| log::set_level(log::Level::Quiet));
}

/// The name by which FFmpeg opens a file: the `file:` prefix keeps a colon or a leading dash from being read as a protocol.
pub(crate) fn file_url(path: &Path) -> Option<CString> {
    let mut url = b"file:".to_vec();
    #[cfg(unix)]
    {
        use std::os::unix::ffi::OsStrExt;
        url.extend_from_slice(path.as_os_str().as_bytes());
    }
    #[cfg(not(unix))]
    url.extend_from_slice(path.to_str()?.as_bytes());
    CString::new(url).ok()
}

impl Container {
    /// Opens a source and finds its streams.
    pub(crate) fn open(source: &Source) -> Result<Self, MediaError> {
        let remote = match source {
            Source::File(_) => None,
            Source::Remote(remote) => Some(remote.open()?),
        };
        Self::open_with(source, remote)
    }

    /// Opens the same source anew, at its beginning.
    pub(crate) fn reopen(&mut self) -> Result<(), MediaError> {
        let chosen_sound = self.chosen_sound;
        *self = Self::open_with(&self.source, self.remote.clone())?;
        self.chosen_sound = chosen_sound;
        Ok(())
    }

    /// Takes the stream of that index for the main sound, where it is one that can be decoded.
    pub(crate) fn choose_sound(&mut self, index: Option<usize>) {
        self.chosen_sound = index;
    }

    fn open_with(source: &Source, remote: Option<SharedSession>) -> Result<Self, MediaError> {
        silence();
        let input = match (source, &remote) {
            (Source::Remote(address), Some(session)) => open_remote(address, session)?,
            (source, _) => open_file(source.name())?,
        };
        Self::wrap(input, source.clone(), remote)
    }

    /// Takes over an input that was opened elsewhere, such as one in memory.
    pub(crate) fn adopt(input: format::context::Input, path: &Path) -> Result<Self, MediaError> {
        Self::wrap(input, Source::File(path.to_owned()), None)
    }

    fn wrap(
        input: format::context::Input,
        source: Source,
        remote: Option<SharedSession>,
    ) -> Result<Self, MediaError> {
        let path = source.name().to_owned();
        let name = input.format().name().to_owned();
        if is_refused(&name) {
            return Err(MediaError::NotMedia { path });
        }
        // SAFETY: the pointer is the live context that `input` owns; only a plain field is read.
        let start = unsafe { (*input.as_ptr()).start_time };
        let origin = if start == ffi::AV_NOPTS_VALUE { 0 } else { start };
        Ok(Self {
            input,
            path,
            source,
            remote,
            origin: MediaTime::from_micros(origin),
            chosen_sound: None,
            faults: 0,
        })
    }

    /// The container's names, as FFmpeg lists them.
    pub(crate) fn format_name(&self) -> String {
        self.input.format().name().to_owned()
    }

    /// That nothing can be decoded of what the source says it holds.
    pub(crate) fn damaged(&self) -> MediaError {
        let streams = [self.main_picture(), self.main_sound()].into_iter().flatten();
        let codecs = streams.map(|stream| stream_codec(&stream.parameters())).collect();
        MediaError::Damaged { damage: Damage::Content { codecs }, path: self.path.clone() }
    }

    /// Bytes of the whole source.
    pub(crate) fn size(&self) -> u64 {
        match &self.remote {
            Some(session) => session.version().size,
            None => std::fs::metadata(&self.path).map_or(0, |metadata| metadata.len()),
        }
    }

    /// Fails when bytes could not be fetched: FFmpeg may take that for the end of the file, or for damage.
    fn check_source(&self) -> Result<(), MediaError> {
        self.remote.as_ref().and_then(SharedSession::failure).map_or(Ok(()), Err)
    }

    /// Where the container's first instant lies on its own clock.
    pub(crate) fn origin(&self) -> MediaTime {
        self.origin
    }

    /// Ticks of a stream as time since the container's first instant.
    pub(crate) fn time(&self, ticks: i64, base: Rational) -> MediaTime {
        MediaTime::from_ticks(ticks, base.0, base.1) - self.origin
    }

    /// Time since the container's first instant as the nearest tick of a stream.
    pub(crate) fn ticks(&self, time: MediaTime, base: Rational) -> i64 {
        to_ticks(time + self.origin, base)
    }

    /// The time base of a stream; one microsecond for a stream that is not there.
    pub(crate) fn time_base(&self, index: usize) -> Rational {
        self.input.stream(index).map_or(Rational(1, 1_000_000), |stream| stream.time_base())
    }

    /// Reads the next packet; false at the end. Packets that cannot be read are counted and passed over.
    pub(crate) fn read(&mut self, packet: &mut Packet) -> Result<bool, MediaError> {
        for _ in 0..MAX_FAULTS {
            *packet = Packet::empty();
            let read = packet.read(&mut self.input);
            self.check_source()?;
            match read {
                Ok(()) => return Ok(true),
                Err(ffmpeg_next::Error::Eof) => return Ok(false),
                Err(error @ ffmpeg_next::Error::Other { errno: ffmpeg_next::error::EIO }) => {
                    return Err(MediaError::reading("read the file", &self.path, error));
                }
                Err(_) => self.faults += 1,
            }
        }
        Ok(false)
    }

    /// Moves to the last place at or before `time` from which decoding can start.
    pub(crate) fn seek(&mut self, time: MediaTime) -> Result<(), MediaError> {
        let target = (time + self.origin).as_micros();
        let sought = self.input.seek(target, ..target);
        self.check_source()?;
        sought.map_err(|source| MediaError::reading("seek in the file", &self.path, source))
    }

    /// The picture stream a viewer would be shown, among those that are not cover pictures.
    pub(crate) fn main_picture(&self) -> Option<Stream<'_>> {
        let is_moving = |stream: &Stream<'_>| {
            stream.parameters().medium() == media::Type::Video
                && !stream.disposition().contains(Disposition::ATTACHED_PIC)
        };
        let best = self.input.streams().best(media::Type::Video).filter(|stream| is_moving(stream));
        best.or_else(|| self.input.streams().find(is_moving))
    }

    /// The sound that was chosen, else the one that goes with the main picture: FFmpeg's choice when it can be decoded, else the
    /// first that can.
    pub(crate) fn main_sound(&self) -> Option<Stream<'_>> {
        let decodable = |stream: &Stream<'_>| {
            stream.parameters().medium() == media::Type::Audio
                && decoder::find(stream.parameters().id()).is_some()
        };
        let best = match self.main_picture() {
            Some(picture) => self.input.streams().related(&picture).best(media::Type::Audio),
            None => self.input.streams().best(media::Type::Audio),
        };
        let chosen = self.chosen_sound.and_then(|index| self.input.stream(index)).filter(decodable);
        chosen.or_else(|| best.filter(decodable)).or_else(|| self.input.streams().find(decodable))
    }

    /// The first subtitle stream whose text can be read.
    pub(crate) fn main_text(&self) -> Option<Stream<'_>> {
        let known = |stream: &Stream<'_>| stream.parameters().id() != codec::Id::None;
        let mut readable: Vec<Stream<'_>> = self.input.streams().filter(is_readable_text).collect();
        readable.sort_by_key(|stream| !known(stream));
        readable.into_iter().next()
    }

    /// True when a stream says that its pictures are interlaced.
    pub(crate) fn is_interlaced(&self, index: usize) -> bool {
        use ffi::AVFieldOrder::{AV_FIELD_BB, AV_FIELD_BT, AV_FIELD_TB, AV_FIELD_TT};
        self.input.stream(index).is_some_and(|stream| {
            // SAFETY: the parameters belong to the live stream; only a plain field is read.
            let order = unsafe { (*stream.parameters().as_ptr()).field_order };
            [AV_FIELD_TT, AV_FIELD_BB, AV_FIELD_TB, AV_FIELD_BT].contains(&order)
        })
    }

    /// True when a stream says that its packets are encrypted.
    pub(crate) fn is_encrypted(&self, index: usize) -> bool {
        self.input.stream(index).is_some_and(|stream| {
            stream
                .side_data()
                .any(|data| matches!(data.kind(), SideData::EncryptionInitInfo | SideData::EncryptionInfo))
                || stream.metadata().get("enc_key_id").is_some()
        })
    }
}

/// True for subtitle streams made of text for which there is a decoder, or whose kind FFmpeg does not know: their
/// packets may be plain text, as WebVTT in Matroska is.
pub(crate) fn is_readable_text(stream: &Stream<'_>) -> bool {
    let parameters = stream.parameters();
    if parameters.medium() != media::Type::Subtitle {
        return false;
    }
    if parameters.id() == codec::Id::None {
        return true;
    }
    if decoder::find(parameters.id()).is_none() {
        return false;
    }
    // SAFETY: the descriptor is static data of libavcodec, or null.
    unsafe {
        let descriptor = ffi::avcodec_descriptor_get(parameters.id().into());
        !descriptor.is_null() && (*descriptor).props & ffi::AV_CODEC_PROP_TEXT_SUB != 0
    }
}

/// The nearest tick to a time on FFmpeg's clock.
pub(crate) fn to_ticks(time: MediaTime, base: Rational) -> i64 {
    let scale = i128::from(base.0.max(1)) * 1_000_000;
    let scaled = i128::from(time.as_micros()) * i128::from(base.1.max(1));
    ((scaled + scale / 2).div_euclid(scale)).clamp(i128::from(i64::MIN), i128::from(i64::MAX)) as i64
}
