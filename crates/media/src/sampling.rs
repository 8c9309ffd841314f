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

/// A frame that is predicted this much worse than usual (its packet is so many times as large) may begin a new shot.
const SURPRISE: f64 = 2.5;

/// How fast the usual size follows: the weight of the newest packet.
const NEWEST: f64 = 0.1;

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

/// Where a packet is surprisingly large, the frames up to it are wanted too: a cut is likely among them, and with all its
/// frames seen nobody needs to look for it again.
#[derive(Default)]
pub(crate) struct Surprises {
    /// The latest time of a packet so far: B-frames come after the later frame that they are predicted from.
    latest: Option<MediaTime>,
    /// Bytes of a packet that is no B-frame, on average.
    usual: f64,
    /// Packets of frames before this time are decoded.
    wanted_until: Option<MediaTime>,
}

impl Surprises {
    /// Whether the next packet is to be decoded in any case: it has so many bytes, and its frame is shown at `time`.
    pub(crate) fn wants(&mut self, time: Option<MediaTime>, bytes: usize) -> bool {
        let Some(time) = time else { return false };
        if self.latest.is_none_or(|latest| latest < time) {
            let bytes = bytes as f64;
            let surprising = self.usual > 0.0 && bytes > SURPRISE * self.usual;
            self.wanted_until = surprising.then_some(time);
            let counted = if self.usual > 0.0 { bytes.min(SURPRISE * self.usual) } else { bytes };
            self.usual += (counted - self.usual) * if self.usual > 0.0 { NEWEST } else { 1.0 };
            self.latest = Some(time);
        }
        self.wanted_until.is_some_and(|until| time <= until)
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

    #[test]
    fn all_frames_up_to_a_surprise_are_decoded() {
        let mut surprises = Surprises::default();
        let mut check = |frame: i64, bytes, expected| {
            let found = surprises.wants(Some(MediaTime::from_millis(frame * 40)), bytes);
            assert_eq!(found, expected, "for frame {frame} of {bytes} bytes");
        };
        check(0, 4_000, false);
        for group in 0..5 {
            check(group * 3 + 3, 4_000, false);
            check(group * 3 + 1, 500, false);
            check(group * 3 + 2, 500, false);
        }
        check(18, 20_000, true);
        check(16, 500, true);
        check(17, 9_000, true);
        check(21, 4_000, false);
        check(19, 500, false);
    }
}
