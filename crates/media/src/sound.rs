//! Sound of any shape as one contiguous line of samples.
#![allow(
    unsafe_code,
    reason = "swr_convert's wrapper in ffmpeg-next checks frame fields that differ between versions"
)]

use std::ptr;

use ffmpeg_next::format::Sample;
use ffmpeg_next::format::sample::Type;
use ffmpeg_next::software::resampling;
use ffmpeg_next::{ChannelLayout, Dictionary, ffi, frame};
use model::MediaTime;

/// A frame whose time is further off than this from where the samples so far lead is a hole or an overlap; less is
/// the rounding of timestamps, which must not tear the sound.
const TOLERANCE: MediaTime = MediaTime::from_millis(50);

/// Silence is handed out in pieces of this many samples.
static SILENCE: [f32; 8_192] = [0.0; 8_192];

/// The shape of frames for which a resampler was made.
#[derive(PartialEq, Eq, Clone, Copy)]
struct Shape {
    format: Sample,
    layout: ChannelLayout,
    rate: u32,
}

/// Resamples frames and lays them on a time line without holes: late starts and gaps become silence, overlaps are cut.
pub(crate) struct SoundLine {
    rate: u32,
    channels: usize,
    /// The first sample after the last wanted one.
    until: i64,
    /// The sample that is handed out next.
    position: i64,
    resampler: Option<(Shape, resampling::Context)>,
    /// Where the next resampled value belongs.
    write: i64,
    /// Where the present stretch without holes began, and the input samples since.
    run: Option<(i64, i64)>,
    buffer: Vec<f32>,
    /// True once a frame was taken.
    pub(crate) heard: bool,
}

/// Takes interleaved samples and the number of the first, counted from time zero.
pub(crate) type SoundOut<'a> = dyn FnMut(i64, &[f32]) + 'a;

impl SoundLine {
    /// A line of `channels` (1 or 2) at `rate`, from one time to another.
    pub(crate) fn new(rate: u32, channels: usize, from: MediaTime, until: MediaTime) -> Self {
        let (position, until) = (sample_at(from, rate), sample_at(until, rate));
        Self {
            rate,
            channels,
            until,
            position,
            resampler: None,
            write: position,
            run: None,
            buffer: Vec::new(),
            heard: false,
        }
    }

    /// True when every wanted sample was handed out.
    pub(crate) fn is_full(&self) -> bool {
        self.position >= self.until
    }

    /// Takes a decoded frame that starts at `time`. Frames of a shape no resampler is made for are refused.
    pub(crate) fn push(
        &mut self,
        frame: &frame::Audio,
        time: MediaTime,
        out: &mut SoundOut<'_>,
    ) -> Result<(), ffmpeg_next::Error> {
        if frame.samples() == 0 || frame.rate() == 0 {
            return Ok(());
        }
        let shape = Shape { format: frame.format(), layout: layout_of(frame), rate: frame.rate() };
        if self.resampler.as_ref().is_none_or(|(known, _)| *known != shape) {
            self.drain(out);
            self.resampler = Some((shape, self.make_resampler(shape)?));
            self.run = None;
        }
        self.heard = true;
        let at = sample_at(time, self.rate);
        let tolerance = sample_at(TOLERANCE, self.rate);
        let fits = self.run.is_some_and(|(start, taken)| {
            (at - (start + taken * i64::from(self.rate) / i64::from(shape.rate))).abs() <= tolerance
        });
        if !fits {
            self.drain(out);
            self.run = Some((at, 0));
            self.write = at;
        }
        if let Some((_, taken)) = &mut self.run {
            *taken += frame.samples() as i64;
        }
        self.convert(Some(frame))?;
        self.hand_out(out);
        Ok(())
    }

    /// Hands out what the resampler holds back, then silence up to `end` (no further than the line's own end).
    pub(crate) fn finish(&mut self, end: MediaTime, out: &mut SoundOut<'_>) {
        self.drain(out);
        self.silence_until(sample_at(end, self.rate).min(self.until), out);
    }

    fn make_resampler(&self, shape: Shape) -> Result<resampling::Context, ffmpeg_next::Error> {
        let mut options = Dictionary::new();
        // Mixing channels down must not push the sum beyond full scale.
        options.set("rematrix_maxval", "1.0");
        resampling::Context::get_with(
            shape.format,
            shape.layout,
            shape.rate,
            Sample::F32(Type::Packed),
            ChannelLayout::default(self.channels as i32),
            self.rate,
            options,
        )
    }

    /// Fills the buffer with what the resampler gives for a frame, or with its rest.
    fn convert(&mut self, frame: Option<&frame::Audio>) -> Result<(), ffmpeg_next::Error> {
        self.buffer.clear();
        let Some((_, resampler)) = &mut self.resampler else { return Ok(()) };
        let (data, count) = match frame {
            // SAFETY: `extended_data` of a decoded frame points at its planes, each `samples()` long.
            Some(frame) => (unsafe { (*frame.as_ptr()).extended_data }, frame.samples() as i32),
            None => (ptr::null_mut(), 0),
        };
        // SAFETY: the context is live; the buffer has room for as many interleaved samples as `swr_get_out_samples`
        // says can come, and the input, when there is one, has the shape the resampler was made for.
        let written = unsafe {
            let room = ffi::swr_get_out_samples(resampler.as_mut_ptr(), count).max(0);
            self.buffer.resize(room as usize * self.channels, 0.0);
            let mut output = self.buffer.as_mut_ptr().cast::<u8>();
            ffi::swr_convert(resampler.as_mut_ptr(), &mut output, room, data.cast(), count)
        };
        self.buffer.truncate(written.max(0) as usize * self.channels);
        if written < 0 { Err(ffmpeg_next::Error::from(written)) } else { Ok(()) }
    }

    /// Empties the resampler and makes it ready for samples that do not follow on.
    fn drain(&mut self, out: &mut SoundOut<'_>) {
        if self.run.take().is_none() {
            return;
        }
        if self.convert(None).is_ok() {
            self.hand_out(out);
        }
        if let Some((shape, _)) = self.resampler {
            self.resampler = self.make_resampler(shape).ok().map(|resampler| (shape, resampler));
        }
    }

    /// Hands out the buffer, which belongs at `write`: with silence before it when it comes late, cut where it overlaps.
    fn hand_out(&mut self, out: &mut SoundOut<'_>) {
        let count = (self.buffer.len() / self.channels) as i64;
        let start = self.write;
        self.write += count;
        if count == 0 || self.write <= self.position {
            return;
        }
        self.silence_until(start.min(self.until), out);
        let skip = (self.position - start).clamp(0, count);
        let take = (self.until - self.position).clamp(0, count - skip);
        if take > 0 {
            for value in &mut self.buffer {
                *value = if value.is_finite() { *value } else { 0.0 };
            }
            let values = &self.buffer[skip as usize * self.channels..(skip + take) as usize * self.channels];
            out(self.position, values);
            self.position += take;
        }
    }

    fn silence_until(&mut self, end: i64, out: &mut SoundOut<'_>) {
        while self.position < end {
            let piece = (SILENCE.len() / self.channels) as i64;
            let count = piece.min(end - self.position);
            out(self.position, &SILENCE[..count as usize * self.channels]);
            self.position += count;
        }
    }
}

/// The number of the sample nearest to a time.
pub(crate) fn sample_at(time: MediaTime, rate: u32) -> i64 {
    let scaled = i128::from(time.as_micros()) * i128::from(rate) + 500_000;
    scaled.div_euclid(1_000_000).clamp(i128::from(i64::MIN), i128::from(i64::MAX)) as i64
}

/// The frame's layout, or the usual one for its number of channels when it names none that fits.
fn layout_of(frame: &frame::Audio) -> ChannelLayout {
    let (layout, channels) = (frame.channel_layout(), i32::from(frame.channels()));
    if layout.channels() == channels { layout } else { ChannelLayout::default(channels) }
}
