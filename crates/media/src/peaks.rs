//! The waveform as it is drawn: the lowest and highest sample of every hundredth of a second.

use model::Samples;

/// Pairs of (lowest, highest) for each second of sound.
pub const PEAKS_PER_SECOND: u32 = 100;

const SAMPLES_PER_PEAK: usize = (Samples::RATE / PEAKS_PER_SECOND) as usize;

/// Collects peaks from contiguous samples.
#[derive(Default)]
pub(crate) struct PeaksBuilder {
    bytes: Vec<u8>,
    lowest: f32,
    highest: f32,
    count: usize,
}

impl PeaksBuilder {
    /// Takes the next samples of the time line.
    pub(crate) fn push(&mut self, values: &[f32]) {
        for &value in values {
            self.lowest = self.lowest.min(value);
            self.highest = self.highest.max(value);
            self.count += 1;
            if self.count == SAMPLES_PER_PEAK {
                self.close();
            }
        }
    }

    /// The pairs as signed bytes, -127 to 127 for -1 to 1.
    pub(crate) fn finish(mut self) -> Vec<u8> {
        if self.count > 0 {
            self.close();
        }
        self.bytes
    }

    fn close(&mut self) {
        let quantised = |value: f32| ((value * 127.0).round().clamp(-127.0, 127.0) as i8).cast_unsigned();
        self.bytes.extend([quantised(self.lowest), quantised(self.highest)]);
        (self.lowest, self.highest, self.count) = (0.0, 0.0, 0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_pair_holds_the_lowest_and_highest_of_its_hundredth() {
        let mut builder = PeaksBuilder::default();
        let mut loud = vec![0.0; SAMPLES_PER_PEAK];
        (loud[3], loud[7]) = (0.5, -1.5);
        builder.push(&loud);
        builder.push(&[0.25]);
        let bytes: Vec<i8> = builder.finish().into_iter().map(u8::cast_signed).collect();
        assert_eq!(bytes, [-127, 64, 0, 32], "the second, incomplete hundredth counts too");
    }
}
