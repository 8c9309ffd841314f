//! Small JPEG pictures of a material.

use ffmpeg_next::codec::Context;
use ffmpeg_next::format::Pixel;
use ffmpeg_next::{Packet, Rational, color, encoder, frame};
use model::{MediaTime, SourceInfo};

use crate::container::Container;
use crate::filter::FilterChain;
use crate::luma::LumaScaler;
use crate::orientation::Orientation;
use crate::still::{key_picture_before, pictures_from};
use crate::{MediaError, Source};

/// A picture whose brightest fiftieth stays below this (of 255) shows nothing.
const BLACK: u8 = 40;

/// How much further on to look, in seconds, when a picture is black; the last is tried when all are.
const LATER: [i64; 4] = [0, 2, 5, 15];

/// Pixels that are decoded at most to come from key frames to the pictures behind them: about sixty frames of 1920×1080. An editor
/// waits for this.
const MOST_DECODED: f64 = 125e6;

/// A JPEG of about the picture on screen at `at`, upright and at most `max_width` wide: of the key frame before it, where that
/// one is not black, else of that very picture; and of a somewhat later one where that is black too, as first frames often are.
///
/// # Errors
/// [`MediaError::NoPictureOrSound`] for a file without a picture, [`MediaError::Damaged`] when none can be decoded,
/// and what opening a file can end in.
pub fn thumbnail(
    source: &Source,
    info: &SourceInfo,
    at: MediaTime,
    max_width: u32,
) -> Result<Vec<u8>, MediaError> {
    let mut container = Container::open(source)?;
    let path = source.name();
    let video = info.video.as_ref().ok_or_else(|| MediaError::NoPictureOrSound { path: path.to_owned() })?;
    let orientation =
        container.input.stream(video.index).map(|stream| Orientation::of(&stream)).unwrap_or_default();
    let width = max_width.clamp(16, video.width.max(16));
    let height =
        (f64::from(width) * f64::from(video.height) / f64::from(video.width)).round().max(1.0) as u32;
    let mut scaler = LumaScaler::new(video.width, video.height, orientation);
    let mut small = |frame: &mut frame::Video| {
        let black = scaler.scale(frame).is_ok_and(is_black);
        let mut chain = FilterChain::new(Rational(1, 1_000));
        let picture = chain.push(frame, path, |_, _| filters(orientation, width, height))?.pop();
        Ok::<_, MediaError>((picture, black))
    };
    let (mut best, mut left) = (None, MOST_DECODED);
    let pixels_a_second = f64::from(video.width)
        * f64::from(video.height)
        * video.frame_rate.map_or(30.0, |rate| f64::from(rate.numerator) / f64::from(rate.denominator));
    for later in LATER {
        let from = at.max(MediaTime::ZERO) + MediaTime::from_whole_seconds(later);
        if later > 0 && info.duration <= from {
            break;
        }
        let (mut black, mut cost) = (true, 0.0);
        if let Some((mut key, time)) = key_picture_before(&mut container, info, from)? {
            let (picture, is_black) = small(&mut key)?;
            black = is_black;
            best = picture.filter(|_| best.is_none() || !black).or(best);
            cost = (from - time).as_seconds().max(0.0) * pixels_a_second;
        }
        if black && cost <= left {
            left -= cost;
            // A fade from black hides behind its first frame.
            pictures_from(&mut container, info, from, |frame, _| {
                let (picture, is_black) = small(frame)?;
                black = is_black;
                best = picture.filter(|_| best.is_none() || !black).or(best.take());
                Ok(false)
            })?;
        }
        if !black {
            break;
        }
    }
    let picture = best.ok_or_else(|| container.damaged())?;
    to_jpeg(picture).map_err(|source| MediaError::reading("encode a picture", path, source))
}

fn is_black(luma: &[u8]) -> bool {
    let bright = luma.iter().filter(|&&value| value >= BLACK).count();
    bright * 50 < luma.len()
}

pub(crate) fn filters(orientation: Orientation, width: u32, height: u32) -> String {
    let mut filters: Vec<String> = orientation.filters().into_iter().map(str::to_owned).collect();
    filters.push(format!("scale={width}:{height}:flags=area:out_range=pc:out_color_matrix=bt601"));
    filters.push("format=yuvj420p".to_owned());
    filters.push("setsar=1".to_owned());
    filters.join(",")
}

pub(crate) fn to_jpeg(mut picture: frame::Video) -> Result<Vec<u8>, ffmpeg_next::Error> {
    let codec = encoder::find_by_name("mjpeg").ok_or(ffmpeg_next::Error::EncoderNotFound)?;
    let mut video = Context::new_with_codec(codec).encoder().video()?;
    video.set_width(picture.width());
    video.set_height(picture.height());
    video.set_format(Pixel::YUVJ420P);
    video.set_color_range(color::Range::JPEG);
    video.set_time_base(Rational(1, 25));
    // Quantiser scales of 3 to 5 leave nothing to see at this size.
    video.set_qmin(3);
    video.set_qmax(5);
    let mut encoder = video.open_as(codec)?;
    picture.set_pts(Some(0));
    picture.set_kind(ffmpeg_next::picture::Type::None);
    encoder.send_frame(&picture)?;
    encoder.send_eof()?;
    let mut packet = Packet::empty();
    encoder.receive_packet(&mut packet)?;
    packet.data().map(<[u8]>::to_vec).ok_or(ffmpeg_next::Error::InvalidData)
}
