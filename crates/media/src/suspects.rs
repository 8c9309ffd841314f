//! Where a cut may hide among frames that are left out.

use std::collections::VecDeque;

use ffmpeg_next::frame;
use model::{MediaTime, Picture};

use crate::luma::LumaScaler;

/// Whether a cut may lie between two pictures. All frames between them are then decoded, which costs what it finds.
pub type MayHoldCut = fn(&Picture<'_>, &Picture<'_>) -> bool;

/// Follows the frames that others are predicted from, in the order of decoding: where two of them look like different
/// shots, the frames between, which come after both, are wanted, and with all of them seen nobody needs to look for the
/// cut again.
pub(crate) struct Suspects {
    may_hold_cut: MayHoldCut,
    /// The latest frame so far.
    latest: Option<Small>,
    /// Small pictures that were made and not asked for yet, and where in memory the pixels of each frame are.
    made: VecDeque<(usize, Small)>,
    /// Packets of frames before this time are decoded.
    wanted_until: Option<MediaTime>,
}

/// A picture made small, and when it is shown.
struct Small {
    time: MediaTime,
    luma: Vec<u8>,
}

/// Made pictures that are kept: decoders hold back fewer frames than this.
const MADE: usize = 16;

impl Suspects {
    pub(crate) fn new(may_hold_cut: MayHoldCut) -> Self {
        Self { may_hold_cut, latest: None, made: VecDeque::new(), wanted_until: None }
    }

    /// Whether the frame shown at `time` is to be decoded in any case.
    pub(crate) fn want(&self, time: Option<MediaTime>) -> bool {
        self.wanted_until.zip(time).is_some_and(|(until, time)| time < until)
    }

    /// Takes note of a frame that was just decoded. Those shown before the latest depend on it and are passed over.
    pub(crate) fn saw(&mut self, frame: &frame::Video, time: MediaTime, scaler: &mut LumaScaler) {
        if self.latest.as_ref().is_some_and(|latest| time <= latest.time) {
            return;
        }
        let Ok(luma) = scaler.scale(frame) else { return };
        let luma = luma.to_vec();
        let (width, height) = (scaler.width, scaler.height);
        let changed = self.latest.as_ref().is_some_and(|latest| {
            let picture = |time, luma| Picture { time, width, height, luma };
            (self.may_hold_cut)(&picture(latest.time, &latest.luma), &picture(time, &luma))
        });
        self.wanted_until = changed.then_some(time);
        self.made.push_back((address(frame), Small { time, luma: luma.clone() }));
        if self.made.len() > MADE {
            self.made.pop_front();
        }
        self.latest = Some(Small { time, luma });
    }

    /// The small picture of a frame shown at `time`, where it was made already.
    pub(crate) fn made_of(&mut self, frame: &frame::Video, time: MediaTime) -> Option<Vec<u8>> {
        let pixels = address(frame);
        let place = self.made.iter().position(|(address, small)| *address == pixels && small.time == time)?;
        self.made.remove(place).map(|(_, small)| small.luma)
    }

    /// Begins anew behind a gap.
    pub(crate) fn forget(&mut self) {
        *self = Self::new(self.may_hold_cut);
    }
}

fn address(frame: &frame::Video) -> usize {
    frame.data(0).as_ptr().addr()
}

#[cfg(test)]
mod tests {
    use ffmpeg_next::format::Pixel;

    use super::*;
    use crate::orientation::Orientation;

    const SIDE: u32 = 16;

    fn suspects() -> Suspects {
        Suspects::new(|before, after| before.luma[0].abs_diff(after.luma[0]) > 50)
    }

    /// Sees a frame of one grey level.
    fn see(suspects: &mut Suspects, millis: i64, level: u8) -> frame::Video {
        let mut scaler = LumaScaler::new(SIDE, SIDE, Orientation::default());
        let mut frame = frame::Video::new(Pixel::GRAY8, SIDE, SIDE);
        frame.set_color_range(ffmpeg_next::color::Range::JPEG);
        frame.data_mut(0).fill(level);
        suspects.saw(&frame, MediaTime::from_millis(millis), &mut scaler);
        frame
    }

    #[test]
    fn the_frames_between_two_that_look_like_different_shots_are_wanted() {
        let mut suspects = suspects();
        let wants = |suspects: &Suspects, millis| suspects.want(Some(MediaTime::from_millis(millis)));
        see(&mut suspects, 0, 20);
        see(&mut suspects, 120, 30);
        assert!(!wants(&suspects, 40), "the same shot goes on");
        see(&mut suspects, 240, 200);
        assert!(wants(&suspects, 160), "a cut may lie there");
        assert!(!wants(&suspects, 280), "behind the later frame nothing is known yet");
        see(&mut suspects, 200, 30);
        assert!(wants(&suspects, 160), "a frame between them changes nothing");
        see(&mut suspects, 360, 190);
        assert!(!wants(&suspects, 280), "the new shot goes on");
    }

    #[test]
    fn a_small_picture_is_made_once() {
        let mut suspects = suspects();
        let time = MediaTime::from_millis(40);
        let (frame, other) = (see(&mut suspects, 40, 90), frame::Video::new(Pixel::GRAY8, SIDE, SIDE));
        assert_eq!(suspects.made_of(&other, time), None, "another frame at this time has none");
        assert_eq!(suspects.made_of(&frame, time).map(|luma| luma[0]), Some(90), "it is the frame's");
        assert_eq!(suspects.made_of(&frame, time), None, "and is handed over once");
    }

    #[test]
    fn nothing_is_compared_across_a_gap() {
        let mut suspects = suspects();
        see(&mut suspects, 0, 20);
        suspects.forget();
        see(&mut suspects, 120, 200);
        assert!(!suspects.want(Some(MediaTime::from_millis(80))), "what was before the gap is forgotten");
    }
}
