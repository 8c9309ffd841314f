//! How large a clip will be, before it is written.

use model::job::{RateControl, VideoCodec, VideoEncoding};
use model::{MediaTime, SourceInfo, TimeRange};

use crate::encoders::usual_bits;
use crate::picture_size::PictureSize;
use crate::sound_encoder::sound_bits;

/// Frames a second where the source does not tell.
const USUAL_RATE: f64 = 25.0;

/// The share of a source that its sound takes at most.
const MOST_SOUND: f64 = 1.0 / 3.0;

/// What the file format itself adds.
const OVERHEAD: f64 = 1.005;

/// An estimate of the bytes that a clip of `range` will have.
///
/// With a bit rate it is that rate, with sound as it is encoded, to about a tenth. A copy is its share of the source. With a
/// constant rate factor, the picture decides, which nobody has looked at yet: it is taken to need what film usually needs with
/// that codec and factor at that size, and no more than the source itself spends on it. Both are rough: expect from half
/// to twice as much. A source that was pressed hard before (720 lines in 200 kbit/s) is underestimated by up to a
/// factor of four: its blocks and noise cost bits again.
#[must_use]
pub fn estimated_bytes(
    info: &SourceInfo,
    range: TimeRange,
    width: Option<u32>,
    height: Option<u32>,
    video: VideoEncoding,
) -> u64 {
    let material = TimeRange::new(MediaTime::ZERO, info.duration);
    let Some(range) = range.intersection(material) else { return 0 };
    let seconds = range.duration().as_seconds();
    let whole = info.duration.as_seconds().max(0.001);
    if video.codec == VideoCodec::Copy {
        return (info.size.max(0) as f64 * (seconds / whole).min(1.0)).round() as u64;
    }
    let sound = info.audio.first().map_or(0, |audio| sound_bits(audio.channels as usize)) as f64;
    let picture = match (&info.video, video.rate) {
        (None, _) => 0.0,
        (Some(_), RateControl::Bitrate(kilobits)) => f64::from(kilobits) * 1_000.0,
        (Some(stream), RateControl::Crf(crf)) => {
            let shown = (stream.width, stream.height);
            let size = PictureSize::of(shown, width, height).picture;
            let usual = usual_bits(video.codec, crf, size, rate_of(info));
            usual.min(by_source(info, shown, usual))
        }
    };
    ((picture + sound) / 8.0 * seconds * OVERHEAD).round() as u64
}

/// What the source spends on its pictures, taken to the codec, factor and size of the `usual` bits a second.
fn by_source(info: &SourceInfo, shown: (u32, u32), usual: f64) -> f64 {
    let whole = info.size.max(0) as f64 * 8.0 / info.duration.as_seconds().max(0.001);
    let sound: f64 = info.audio.iter().map(|audio| sound_bits(audio.channels as usize) as f64).sum();
    let picture = whole - sound.min(whole * MOST_SOUND);
    let usual_of_source = usual_bits(VideoCodec::H264, VideoCodec::H264.default_crf(), shown, rate_of(info));
    picture * usual / usual_of_source
}

fn rate_of(info: &SourceInfo) -> f64 {
    let rate = info.video.as_ref().and_then(|video| video.frame_rate);
    rate.map_or(USUAL_RATE, |rate| rate.as_hertz())
}
