//! Which frames an analysis need not decode.

use ffmpeg_next::Discard;
use model::{MediaTime, VideoStream};

/// Pictures a second below which frames are no longer left out.
const WANTED_RATE: f64 = 8.0;

/// The rate is judged over stretches of this length.
const WINDOW: MediaTime = MediaTime::from_whole_seconds(2);

/// Codecs whose decoders can leave out frames that no other frame is predicted from.
const SKIPPABLE: [&str; 6] = ["h264", "hevc", "mpeg4", "mpeg2video", "mpeg1video", "vc1"];

/// A frame that is predicted this much worse than usual (its packet is so many times as large) may begin a new shot.
const SURPRISE: f64 = 2.5;

/// How fast the usual size follows: the weight of the newest packet.
const NEWEST: f64 = 0.1;

/// Only frames that nothing depends on are ever left out: encoders predict from B-frames too, and without those the
/// pictures that remain would show the wrong thing (tried with x264: frame counters came out false).
///
/// Starts by leaving out what nothing depends on, and stops doing so when too few pictures remain. Where a packet is
/// surprisingly large, the frames up to it are decoded too: a cut is likely among them, and with all its frames seen
/// nobody needs to look for it again.
pub(crate) struct Sampling {
    discard: Discard,
    window: Option<(MediaTime, u32)>,
    /// The latest time of a packet so far: B-frames come after the later frame that they are predicted from.
    latest: Option<MediaTime>,
    /// Bytes of a packet that is no B-frame, on average.
    usual: f64,
    /// Packets of frames before this time are decoded.
    wanted_until: Option<MediaTime>,
}

impl Sampling {
    /// For a stream at its nominal rate; slow streams and those of unknown rate are decoded whole.
    pub(crate) fn new(video: &VideoStream) -> Self {
        let rate = video.frame_rate.map_or(0.0, model::FrameRate::as_hertz);
        let skips = rate >= 2.0 * WANTED_RATE && SKIPPABLE.contains(&video.codec.as_str());
        Self {
            discard: if skips { Discard::NonReference } else { Discard::Default },
            window: None,
            latest: None,
            usual: 0.0,
            wanted_until: None,
        }
    }

    /// What the decoder is to leave out when it gets the next packet, of so many bytes, whose frame is shown at `time`.
    pub(crate) fn discard(&mut self, time: Option<MediaTime>, bytes: usize) -> Discard {
        let Some(time) = time else { return self.discard };
        if self.latest.is_none_or(|latest| latest < time) {
            let bytes = bytes as f64;
            let surprising = self.usual > 0.0 && bytes > SURPRISE * self.usual;
            self.wanted_until = surprising.then_some(time);
            let counted = if self.usual > 0.0 { bytes.min(SURPRISE * self.usual) } else { bytes };
            self.usual += (counted - self.usual) * if self.usual > 0.0 { NEWEST } else { 1.0 };
            self.latest = Some(time);
        }
        if self.wanted_until.is_some_and(|until| time <= until) { Discard::Default } else { self.discard }
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
            self.discard = Discard::Default;
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

    fn first(sampling: &mut Sampling) -> Discard {
        sampling.discard(Some(MediaTime::ZERO), 1_000)
    }

    #[test]
    fn frames_are_left_out_only_where_enough_remain() {
        assert_eq!(first(&mut Sampling::new(&stream("h264", 30))), Discard::NonReference);
        assert_eq!(
            first(&mut Sampling::new(&stream("h264", 10))),
            Discard::Default,
            "ten a second are few already"
        );
        assert_eq!(
            first(&mut Sampling::new(&stream("mjpeg", 30))),
            Discard::Default,
            "every picture stands alone"
        );
        let mut sparse = Sampling::new(&stream("h264", 30));
        (0..10).for_each(|index| sparse.saw(MediaTime::from_millis(index * 250)));
        assert_eq!(first(&mut sparse), Discard::Default, "four pictures a second are too few");
    }

    #[test]
    fn all_frames_up_to_a_surprise_are_decoded() {
        let mut sampling = Sampling::new(&stream("h264", 25));
        let mut check = |frame: i64, bytes, expected| {
            let found = sampling.discard(Some(MediaTime::from_millis(frame * 40)), bytes);
            assert_eq!(found, expected, "for frame {frame} of {bytes} bytes");
        };
        check(0, 4_000, Discard::NonReference);
        for group in 0..5 {
            check(group * 3 + 3, 4_000, Discard::NonReference);
            check(group * 3 + 1, 500, Discard::NonReference);
            check(group * 3 + 2, 500, Discard::NonReference);
        }
        check(18, 20_000, Discard::Default);
        check(16, 500, Discard::Default);
        check(17, 9_000, Discard::Default);
        check(21, 4_000, Discard::NonReference);
        check(19, 500, Discard::NonReference);
    }
}
