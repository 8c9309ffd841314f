//! Which frames an analysis need not decode.

use ffmpeg_next::Discard;
use model::{MediaTime, VideoStream};

/// Pictures a second below which fewer frames are left out. An action shorter than a fifth of a second is none.
const WANTED_RATE: f64 = 5.0;

/// The rate is judged over stretches of this length.
const WINDOW: MediaTime = MediaTime::from_whole_seconds(2);

/// What the decoder of a codec can leave out, most first.
///
/// x264 predicts P-frames mostly from other P-frames, and where one is predicted from a B-frame that was left out, FFmpeg
/// takes the nearest frame it has: small pictures of films were then off by 2 to 5 levels of 255 on average until the
/// next key frame, at less than a third of a full decode's cost. HEVC has no such remedy (its encoders write P-frames
/// as B-frames, and a missing reference becomes grey), so that only frames without dependants are left out there, as
/// in codecs whose B-frames never have any.
fn omissions(codec: &str) -> &'static [Discard] {
    match codec {
        "h264" => &[Discard::Bidirectional, Discard::NonReference],
        "hevc" | "mpeg4" | "mpeg2video" | "mpeg1video" | "vc1" => &[Discard::NonReference],
        _ => &[],
    }
}

/// How much is left out: as much as the codec allows at first, less when too few pictures remain.
#[derive(Clone)]
pub(crate) struct Omissions {
    /// What may still be left out, most first; the first is.
    left: &'static [Discard],
    window: Option<(MediaTime, u32)>,
}

impl Omissions {
    /// For a stream at its nominal rate; slow streams and those of unknown rate are decoded whole.
    pub(crate) fn new(video: &VideoStream) -> Self {
        let rate = video.frame_rate.map_or(0.0, model::FrameRate::as_hertz);
        let has_plenty = rate >= 2.0 * WANTED_RATE;
        Self { left: if has_plenty { omissions(&video.codec) } else { &[] }, window: None }
    }

    /// The same, judging the rate from the next picture on.
    pub(crate) fn anew(&self) -> Self {
        Self { window: None, ..*self }
    }

    /// What the decoder is to leave out of the frames that nobody asked for.
    pub(crate) fn discard(&self) -> Discard {
        self.left.first().copied().unwrap_or(Discard::Default)
    }

    /// Takes note of a decoded picture.
    pub(crate) fn saw(&mut self, time: MediaTime) {
        let Some((start, count)) = &mut self.window else {
            self.window = Some((time, 0));
            return;
        };
        *count += 1;
        let length = time - *start;
        if length < WINDOW {
            return;
        }
        if f64::from(*count) < WANTED_RATE * length.as_seconds() {
            self.left = self.left.get(1..).unwrap_or_default();
        }
        self.window = Some((time, 0));
    }
}

#[cfg(test)]
mod tests {
    use model::{FrameRate, Rotation};

    use super::*;

    fn stream(codec: &str, rate: i32) -> VideoStream {
        VideoStream {
            index: 0,
            codec: codec.to_owned(),
            pixel_format: "yuv420p".to_owned(),
            width: 1920,
            height: 1080,
            rotation: Rotation::None,
            frame_rate: FrameRate::new(rate, 1),
            time_base: (1, 1000),
            start: MediaTime::ZERO,
        }
    }

    #[test]
    fn frames_are_left_out_only_where_enough_remain() {
        let check = |codec, rate, expected, reason| {
            assert_eq!(Omissions::new(&stream(codec, rate)).discard(), expected, "{reason}");
        };
        check("h264", 30, Discard::Bidirectional, "P-frames are enough");
        check("hevc", 30, Discard::NonReference, "what was left out would be grey");
        check("h264", 9, Discard::Default, "nine a second are few already");
        check("mjpeg", 30, Discard::Default, "every picture stands alone");
    }

    #[test]
    fn the_fewer_pictures_come_the_less_is_left_out() {
        let mut omissions = Omissions::new(&stream("h264", 30));
        let mut two_seconds_of = |rate: i64, from: i64| {
            (0..=2 * rate).for_each(|i| omissions.saw(MediaTime::from_millis(from + i * 1_000 / rate)));
            omissions.discard()
        };
        assert_eq!(two_seconds_of(6, 0), Discard::Bidirectional, "six a second are enough");
        assert_eq!(two_seconds_of(4, 3_000), Discard::NonReference, "four a second are too few");
        assert_eq!(two_seconds_of(4, 6_000), Discard::Default, "and so are these");
    }
}
