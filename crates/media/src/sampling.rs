//! Which frames an analysis need not decode.

use ffmpeg_next::Discard;
use model::{MediaTime, VideoStream};

/// Pictures a second below which frames are no longer left out.
const WANTED_RATE: f64 = 8.0;

/// The rate is judged over stretches of this length.
const WINDOW: MediaTime = MediaTime::from_whole_seconds(2);

/// Codecs whose decoders can leave out frames that no other frame is predicted from.
const SKIPPABLE: [&str; 6] = ["h264", "hevc", "mpeg4", "mpeg2video", "mpeg1video", "vc1"];

/// Only frames that nothing depends on are ever left out: encoders predict from B-frames too, and without those the
/// pictures that remain would show the wrong thing (tried with x264: frame counters came out false).
///
/// Starts by leaving out what nothing depends on, and stops doing so when too few pictures remain.
pub(crate) struct Sampling {
    discard: Discard,
    window: Option<(MediaTime, u32)>,
}

impl Sampling {
    /// For a stream at its nominal rate; slow streams and those of unknown rate are decoded whole.
    pub(crate) fn new(video: &VideoStream) -> Self {
        let rate = video.frame_rate.map_or(0.0, model::FrameRate::as_hertz);
        let skips = rate >= 2.0 * WANTED_RATE && SKIPPABLE.contains(&video.codec.as_str());
        Self { discard: if skips { Discard::NonReference } else { Discard::Default }, window: None }
    }

    /// What the decoder is to leave out now.
    pub(crate) fn discard(&self) -> Discard {
        self.discard
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

    #[test]
    fn frames_are_left_out_only_where_enough_remain() {
        assert_eq!(Sampling::new(&stream("h264", 30)).discard(), Discard::NonReference);
        assert_eq!(
            Sampling::new(&stream("h264", 10)).discard(),
            Discard::Default,
            "ten a second are few already"
        );
        assert_eq!(
            Sampling::new(&stream("mjpeg", 30)).discard(),
            Discard::Default,
            "every picture stands alone"
        );
        let mut sparse = Sampling::new(&stream("h264", 30));
        (0..10).for_each(|index| sparse.saw(MediaTime::from_millis(index * 250)));
        assert_eq!(sparse.discard(), Discard::Default, "four pictures a second are too few");
    }
}
