//! Packs the voiced parts of a stream of samples into pieces that the network hears at once.
//!
//! Whisper hears 30 seconds at a time and takes as long for one second as for thirty, so short stretches are put together.
//! Each stretch remembers where it came from: what is said in it gets its time from there.

use model::{MediaTime, Samples, TimeRange};

const RATE: usize = Samples::RATE as usize;
/// What the network hears at once.
pub(super) const LONGEST: usize = 30 * RATE;
/// Heard around each stretch: the voice detector's edges cut soft consonants off.
const MARGIN: MediaTime = MediaTime::from_millis(200);
/// A pause up to this length stays as it is: it tells the network where sentences end.
const KEPT_PAUSE: MediaTime = MediaTime::from_millis(1_000);
/// Silence between stretches that lie further apart.
const SEPARATION: usize = RATE / 2;
/// A stretch that is too long for any piece begins in what is left of the present one if that is at least so long.
const WORTH_BEGINNING: usize = 8 * RATE;
/// Such a stretch is divided at the softest spot in this much before the end of the piece …
const SEARCHED: usize = 8 * RATE;
/// … measured over the length of a short pause.
const SPOT: usize = RATE / 5;

/// Voiced sound for the network.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Piece {
    /// At most [`LONGEST`].
    pub(super) samples: Vec<f32>,
    pub(super) stretches: Vec<Stretch>,
}

/// A part of a piece as it was in the material.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stretch {
    /// Its first sample in the piece.
    pub(super) offset: usize,
    /// Its first sample in the material.
    pub(super) source: usize,
    /// In samples.
    pub(super) length: usize,
}

impl Piece {
    /// How many samples of the material it holds.
    pub(super) fn voiced(&self) -> usize {
        self.stretches.iter().map(|stretch| stretch.length).sum()
    }
}

impl Stretch {
    pub(super) fn end(self) -> usize {
        self.offset + self.length
    }
}

/// Packs samples that follow one another from time zero.
pub(super) struct Packer {
    /// What is taken: ascending, apart by more than [`KEPT_PAUSE`], in samples.
    voiced: Vec<(usize, usize)>,
    next: usize,
    position: usize,
    piece: Piece,
}

impl Packer {
    pub(super) fn new(voiced: &[TimeRange], duration: MediaTime) -> Self {
        let whole = TimeRange::new(MediaTime::ZERO, duration);
        let mut ranges: Vec<TimeRange> = voiced
            .iter()
            .filter_map(|range| whole.intersection(TimeRange::new(range.start - MARGIN, range.end + MARGIN)))
            .collect();
        ranges.sort_by_key(|range| range.start);
        let mut joined: Vec<TimeRange> = Vec::new();
        for range in ranges {
            match joined.last_mut() {
                Some(last) if range.start <= last.end + KEPT_PAUSE => last.end = last.end.max(range.end),
                _ => joined.push(range),
            }
        }
        let voiced = joined.iter().map(|range| (sample(range.start), sample(range.end))).collect();
        Self { voiced, next: 0, position: 0, piece: Piece::default() }
    }

    /// How many samples all pieces will hold, without the silence between stretches.
    pub(super) fn total(&self) -> usize {
        self.voiced.iter().map(|(from, to)| to - from).sum()
    }

    /// Takes the next samples, and answers the pieces that they fill.
    pub(super) fn take(&mut self, mut values: &[f32]) -> Vec<Piece> {
        let mut filled = Vec::new();
        while !values.is_empty() {
            while self.voiced.get(self.next).is_some_and(|(_, end)| *end <= self.position) {
                self.next += 1;
            }
            let Some((start, end)) = self.voiced.get(self.next).copied() else {
                self.position += values.len();
                break;
            };
            let taken = if self.position < start {
                values.len().min(start - self.position)
            } else {
                if self.position == start {
                    filled.extend(self.begin(end - start));
                }
                let taken = values.len().min(end - self.position).min(LONGEST - self.piece.samples.len());
                self.append(&values[..taken]);
                taken
            };
            self.position += taken;
            values = &values[taken..];
            if self.piece.samples.len() == LONGEST {
                filled.push(self.divide(self.position < end));
            }
        }
        filled
    }

    /// What is left when the sound has ended.
    pub(super) fn finish(self) -> Option<Piece> {
        (!self.piece.stretches.is_empty()).then_some(self.piece)
    }

    /// Makes room for a stretch of this length, and answers the piece that has none.
    fn begin(&mut self, length: usize) -> Option<Piece> {
        let used = self.piece.samples.len();
        let mut full = None;
        if used > 0 {
            let room = LONGEST.saturating_sub(used + SEPARATION);
            if length <= room || (length > LONGEST && room >= WORTH_BEGINNING) {
                self.piece.samples.resize(used + SEPARATION, 0.0);
            } else {
                full = Some(std::mem::take(&mut self.piece));
            }
        }
        let offset = self.piece.samples.len();
        self.piece.stretches.push(Stretch { offset, source: self.position, length: 0 });
        full
    }

    fn append(&mut self, values: &[f32]) {
        self.piece.samples.extend(values.iter().map(|value| if value.is_finite() { *value } else { 0.0 }));
        if let Some(stretch) = self.piece.stretches.last_mut() {
            stretch.length += values.len();
        }
    }

    /// Answers the full piece; where its last stretch goes on, what comes after its softest spot begins the next one.
    fn divide(&mut self, goes_on: bool) -> Piece {
        let mut full = std::mem::take(&mut self.piece);
        let Some(last) = full.stretches.last_mut().filter(|_| goes_on) else { return full };
        let from = last.offset.max(LONGEST - SEARCHED);
        let cut = softest(&full.samples, from).unwrap_or(full.samples.len());
        if cut <= last.offset {
            return full;
        }
        let rest = full.samples.split_off(cut);
        last.length = cut - last.offset;
        let stretch = Stretch { offset: 0, source: last.source + last.length, length: rest.len() };
        self.piece = Piece { samples: rest, stretches: vec![stretch] };
        full
    }
}

/// The middle of the softest spot from a sample on.
fn softest(samples: &[f32], from: usize) -> Option<usize> {
    let power = |at: usize| -> f32 { samples[at..at + SPOT].iter().map(|value| value * value).sum() };
    let spots = (from..).step_by(SPOT / 4).take_while(|at| at + SPOT <= samples.len());
    spots
        .map(|at| (power(at), at))
        .min_by(|one, other| one.0.total_cmp(&other.0))
        .map(|(_, at)| at + SPOT / 2)
}

fn sample(time: MediaTime) -> usize {
    let rate = i128::from(Samples::RATE);
    usize::try_from(i128::from(time.as_micros()) * rate / 1_000_000).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seconds(value: f64) -> MediaTime {
        MediaTime::from_seconds(value).expect("a sensible number of seconds")
    }

    /// Each sample says which one it is, so that a piece tells where it came from.
    fn ramp(length: f64) -> Vec<f32> {
        (0..(length * RATE as f64) as usize).map(|i| i as f32).collect()
    }

    fn pack(voiced: &[(f64, f64)], samples: &[f32], block: usize) -> Vec<Piece> {
        let ranges: Vec<TimeRange> =
            voiced.iter().map(|(from, to)| TimeRange::new(seconds(*from), seconds(*to))).collect();
        let mut packer = Packer::new(&ranges, seconds(samples.len() as f64 / RATE as f64));
        let mut pieces: Vec<Piece> = samples.chunks(block).flat_map(|block| packer.take(block)).collect();
        pieces.extend(packer.finish());
        pieces
    }

    /// The stretches of each piece, in seconds of the material.
    fn check(voiced: &[(f64, f64)], length: f64, expected: &[&[(f64, f64)]]) {
        let samples = ramp(length);
        let pieces = pack(voiced, &samples, 4_096);
        let found: Vec<Vec<(f64, f64)>> = pieces
            .iter()
            .map(|piece| {
                let time = |at: usize| (at as f64 / RATE as f64 * 100.0).round() / 100.0;
                piece.stretches.iter().map(|it| (time(it.source), time(it.source + it.length))).collect()
            })
            .collect();
        assert_eq!(found, expected, "pieces of {voiced:?}");
        let ranges: Vec<TimeRange> =
            voiced.iter().map(|(from, to)| TimeRange::new(seconds(*from), seconds(*to))).collect();
        let total: usize = pieces.iter().map(Piece::voiced).sum();
        assert_eq!(
            total,
            Packer::new(&ranges, seconds(length)).total(),
            "pieces hold everything that is voiced"
        );
        for piece in &pieces {
            assert!(piece.samples.len() <= LONGEST, "a piece is longer than what is heard at once");
            for stretch in &piece.stretches {
                let heard = &piece.samples[stretch.offset..stretch.end()];
                assert_eq!(heard, &samples[stretch.source..stretch.source + stretch.length]);
            }
        }
    }

    #[test]
    fn far_stretches_share_a_piece_and_near_ones_keep_their_pause() {
        check(&[(2.0, 4.0), (5.0, 6.0), (20.0, 22.0)], 60.0, &[&[(1.8, 6.2), (19.8, 22.2)]]);
    }

    #[test]
    fn a_stretch_that_has_no_room_begins_the_next_piece() {
        check(&[(0.0, 20.0), (30.0, 45.0)], 60.0, &[&[(0.0, 20.2)], &[(29.8, 45.2)]]);
    }

    #[test]
    fn silence_gives_no_piece() {
        check(&[], 10.0, &[]);
        check(&[(70.0, 80.0)], 60.0, &[]);
    }

    #[test]
    fn a_long_stretch_is_divided_where_it_is_softest() {
        let mut samples: Vec<f32> = (0..50 * RATE).map(|i| (i as f32 * 0.3).sin()).collect();
        samples[26 * RATE..26 * RATE + RATE / 4].fill(0.0);
        let pieces = pack(&[(0.0, 50.0)], &samples, 1_000);
        assert_eq!(pieces.len(), 2, "50 seconds take two pieces");
        let cut = pieces[0].samples.len() as f64 / RATE as f64;
        assert!((26.0..26.25).contains(&cut), "the cut at {cut} s lies in the pause");
        assert_eq!(pieces[1].stretches[0].source, pieces[0].samples.len(), "nothing is lost at the cut");
        assert_eq!(pieces[0].samples.len() + pieces[1].samples.len(), samples.len());
    }

    #[test]
    fn the_size_of_blocks_does_not_matter() {
        let samples: Vec<f32> = (0..100 * RATE).map(|i| ((i * 7_919) % 1_000) as f32 / 1_000.0).collect();
        let voiced = [(1.0, 3.0), (8.0, 55.0), (58.0, 59.0), (70.0, 99.5)];
        let expected = pack(&voiced, &samples, samples.len());
        for block in [1_021, 4_096, 48_000] {
            assert!(pack(&voiced, &samples, block) == expected, "blocks of {block} give other pieces");
        }
    }
}
