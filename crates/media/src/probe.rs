//! What a file holds, before anything is decoded.
#![allow(
    unsafe_code,
    reason = "sizes, aspect and channel fields of codec parameters are not offered by ffmpeg-next"
)]

use ffmpeg_next::codec::Parameters;
use ffmpeg_next::{Rational, Stream, codec, decoder, ffi, format, media};
use model::{AudioStream, FrameRate, MediaTime, SourceInfo, TextStream, VideoStream};

use crate::codec::codec_name;
use crate::container::{Container, is_readable_text};
use crate::orientation::Orientation;
use crate::{MediaError, Source, duration};

/// Reads what a file holds: streams, their times, how pictures are to be shown, and how long it all lasts.
///
/// # Errors
/// [`MediaError::NotFound`], [`MediaError::Unreadable`], [`MediaError::NotMedia`], [`MediaError::NoPictureOrSound`],
/// [`MediaError::Encrypted`], one of the `Remote…` variants, or [`MediaError::UnsupportedCodec`] when the picture, or all of the sound of a file
/// without a picture, has no decoder.
pub fn probe(source: &Source) -> Result<SourceInfo, MediaError> {
    let mut container = Container::open(source)?;
    let size = i64::try_from(container.size()).unwrap_or(i64::MAX);
    let picture = container.main_picture();
    let video = picture.as_ref().map(|stream| describe_video(&container, stream)).transpose()?;
    let streams = || container.input.streams();
    let kind = |stream: &Stream<'_>| stream.parameters().medium();
    let audio: Vec<AudioStream> = streams()
        .filter(|stream| kind(stream) == media::Type::Audio)
        .map(|stream| describe_audio(&container, &stream))
        .collect();
    let text = streams().filter(|stream| kind(stream) == media::Type::Subtitle).map(describe_text).collect();
    check_playable(&container, video.as_ref(), &audio)?;
    let timed: Vec<usize> =
        video.iter().map(|video| video.index).chain(audio.iter().map(|audio| audio.index)).collect();
    let container_name = container.format_name();
    let duration = duration::measure(&mut container, &timed, size)?;
    Ok(SourceInfo { container: container_name, duration, size, video, audio, text })
}

/// Refuses files of which nothing could ever be shown or heard.
fn check_playable(
    container: &Container,
    video: Option<&VideoStream>,
    audio: &[AudioStream],
) -> Result<(), MediaError> {
    let path = || container.path.clone();
    let indices = video.iter().map(|video| video.index).chain(audio.iter().map(|audio| audio.index));
    if indices.clone().any(|index| container.is_encrypted(index)) {
        return Err(MediaError::Encrypted { path: path() });
    }
    if video.is_none() && audio.is_empty() {
        return Err(MediaError::NoPictureOrSound { path: path() });
    }
    if video.is_none() && container.main_sound().is_none() {
        let codec = audio.first().map_or_else(String::new, |audio| audio.codec.clone());
        return Err(MediaError::UnsupportedCodec { codec, path: path() });
    }
    Ok(())
}

fn describe_video(container: &Container, stream: &Stream<'_>) -> Result<VideoStream, MediaError> {
    let parameters = stream.parameters();
    let codec = stream_codec(&parameters);
    if decoder::find(parameters.id()).is_none() {
        return Err(MediaError::UnsupportedCodec { codec, path: container.path.clone() });
    }
    let orientation = Orientation::of(stream);
    let (width, height) = shown_size(stream, orientation);
    if width == 0 || height == 0 {
        return Err(container.damaged());
    }
    let base = stream.time_base();
    let rate = [stream.avg_frame_rate(), stream.rate()]
        .into_iter()
        .find_map(|rate| FrameRate::new(rate.numerator(), rate.denominator()));
    Ok(VideoStream {
        index: stream.index(),
        codec,
        pixel_format: pixel_format(&parameters),
        width,
        height,
        rotation: orientation.rotation,
        frame_rate: rate,
        time_base: (base.numerator(), base.denominator()),
        start: start_of(container, stream),
    })
}

/// Width and height with square pixels and after turning.
fn shown_size(stream: &Stream<'_>, orientation: Orientation) -> (u32, u32) {
    let parameters = stream.parameters();
    // SAFETY: both pointers belong to the live container that `stream` borrows; only plain fields are read.
    let (width, height, of_codec, of_stream) = unsafe {
        let raw = &*parameters.as_ptr();
        let of_stream = (*stream.as_ptr()).sample_aspect_ratio;
        (raw.width, raw.height, Rational::from(raw.sample_aspect_ratio), Rational::from(of_stream))
    };
    let is_set = |aspect: &Rational| aspect.0 > 0 && aspect.1 > 0;
    let aspect = [of_stream, of_codec].into_iter().find(is_set).unwrap_or(Rational(1, 1));
    let (width, height) = square_size(width.max(0).unsigned_abs(), height.max(0).unsigned_abs(), aspect);
    if orientation.swaps_sides() { (height, width) } else { (width, height) }
}

/// A picture's size once its pixels are square: the width is stretched or shrunk, the height stays.
pub(crate) fn square_size(width: u32, height: u32, aspect: Rational) -> (u32, u32) {
    // A shape that no screen has is a damaged header, not an aspect.
    let plausible =
        aspect.0 > 0 && aspect.1 > 0 && (1..=16).contains(&(aspect.0.max(aspect.1) / aspect.0.min(aspect.1)));
    if !plausible {
        return (width, height);
    }
    let scaled = (f64::from(width) * f64::from(aspect.0) / f64::from(aspect.1)).round();
    (scaled.clamp(1.0, 65_535.0) as u32, height)
}

fn pixel_format(parameters: &Parameters) -> String {
    // SAFETY: the name is static data of libavutil, or null for a number it does not know.
    unsafe {
        let raw = (*parameters.as_ptr()).format;
        let known = raw >= 0 && !ffi::av_get_pix_fmt_name(pixel_number(raw)).is_null();
        if known { format::Pixel::from(pixel_number(raw)).descriptor().map_or("", |d| d.name()) } else { "" }
    }
    .to_owned()
}

/// The enumeration's value for a number that came from FFmpeg itself; numbers outside it become "none".
fn pixel_number(raw: i32) -> ffi::AVPixelFormat {
    if raw < 0 || raw >= ffi::AVPixelFormat::AV_PIX_FMT_NB as i32 {
        return ffi::AVPixelFormat::AV_PIX_FMT_NONE;
    }
    // SAFETY: the number lies inside the enumeration, whose values are consecutive and generated from the same headers.
    unsafe { std::mem::transmute::<i32, ffi::AVPixelFormat>(raw) }
}

fn describe_audio(container: &Container, stream: &Stream<'_>) -> AudioStream {
    let parameters = stream.parameters();
    let (sample_rate, channels) = sound_shape(&parameters);
    AudioStream {
        index: stream.index(),
        codec: stream_codec(&parameters),
        sample_rate,
        channels,
        language: language(stream),
        start: start_of(container, stream),
    }
}

/// Samples a second and channels, by way of a decoder context because the field's place differs between versions.
pub(crate) fn sound_shape(parameters: &Parameters) -> (u32, u32) {
    codec::Context::from_parameters(parameters.clone())
        .and_then(|context| context.encoder().audio())
        .map_or((0, 0), |audio| (audio.rate(), u32::from(audio.channels())))
}

fn describe_text(stream: Stream<'_>) -> TextStream {
    TextStream {
        index: stream.index(),
        codec: stream_codec(&stream.parameters()),
        language: language(&stream),
        is_text: is_readable_text(&stream),
    }
}

/// Codecs of a source's sound streams, for when none of them can be decoded.
pub(crate) fn sound_codecs(container: &Container, info: &SourceInfo) -> Vec<String> {
    let streams = info.audio.iter().filter_map(|audio| container.input.stream(audio.index));
    streams.map(|stream| stream_codec(&stream.parameters())).collect()
}

/// The codec's name; where FFmpeg knows none, the container's own four letters.
pub(crate) fn stream_codec(parameters: &Parameters) -> String {
    if parameters.id() != codec::Id::None {
        return codec_name(parameters.id()).to_owned();
    }
    // SAFETY: a plain field of live codec parameters is read.
    let tag = unsafe { (*parameters.as_ptr()).codec_tag };
    let letters = tag.to_le_bytes();
    if tag != 0 && letters.iter().all(u8::is_ascii_graphic) {
        letters.iter().copied().map(char::from).collect()
    } else {
        "unknown".to_owned()
    }
}

fn language(stream: &Stream<'_>) -> Option<String> {
    stream.metadata().get("language").filter(|tag| !tag.is_empty() && *tag != "und").map(str::to_owned)
}

fn start_of(container: &Container, stream: &Stream<'_>) -> MediaTime {
    match stream.start_time() {
        ffi::AV_NOPTS_VALUE => MediaTime::ZERO,
        ticks => container.time(ticks, stream.time_base()).max(MediaTime::ZERO),
    }
}
