//! How much to ask for at once: little where it is not known that reading goes on, much where it does.

use std::ops::Range;
use std::time::Duration;

/// Blocks asked for at once after a jump.
const FEWEST: u64 = 1;

/// Blocks asked for at once at most: 8 MiB.
const MOST: u64 = 32;

/// Who has come to be given so many at once has read some megabytes in a row.
const STEADY: u64 = 16;

/// Places at which reading may go on by turns, as it does where sound and picture lie far apart.
const TRAILS: usize = 4;

/// A request that took less is followed by one of twice the size.
const QUICK: Duration = Duration::from_secs(1);

/// A request that took more is followed by one of half the size, so that nobody waits long for the first byte of it.
const SLOW: Duration = Duration::from_secs(3);

/// Where reading has been, and how much was asked for there.
#[derive(Debug, Default)]
pub(crate) struct ReadAhead {
    /// The most recently used is the last.
    trails: Vec<Trail>,
}

#[derive(Debug)]
struct Trail {
    /// The block after the last that was asked for.
    next: u64,
    /// Blocks to ask for when reading reaches it.
    blocks: u64,
}

impl ReadAhead {
    /// How many blocks to ask for when `block` is missing.
    pub(crate) fn blocks_from(&self, block: u64) -> u64 {
        self.trails.iter().find(|trail| trail.next == block).map_or(FEWEST, |trail| trail.blocks)
    }

    /// Notes that blocks were fetched, and how long that took.
    pub(crate) fn fetched(&mut self, run: Range<u64>, took: Duration) {
        let before = self.blocks_from(run.start);
        self.trails.retain(|trail| trail.next != run.start && trail.next != run.end);
        let blocks = match took {
            took if took < QUICK => before * 2,
            took if SLOW < took => before / 2,
            _ => before,
        };
        self.trails.push(Trail { next: run.end, blocks: blocks.clamp(FEWEST, MOST) });
        let outdated = self.trails.len().saturating_sub(TRAILS);
        self.trails.drain(..outdated);
    }

    /// Notes that a block had been there already, so that a trail goes on behind it.
    pub(crate) fn passed(&mut self, block: u64) {
        if let Some(trail) = self.trails.iter_mut().find(|trail| trail.next == block) {
            trail.next = block + 1;
        }
    }

    /// True in a block from which reading is likely to go straight on, because it has for so long.
    pub(crate) fn is_steady_at(&self, block: u64) -> bool {
        let is_here = |trail: &Trail| block < trail.next && trail.next <= block + MOST;
        self.trails.iter().any(|trail| STEADY <= trail.blocks && is_here(trail))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const INSTANT: Duration = Duration::ZERO;

    #[test]
    fn reading_on_asks_for_more_and_a_jump_for_little() {
        let mut ahead = ReadAhead::default();
        let mut asked = Vec::new();
        let mut block = 0;
        for _ in 0..7 {
            let blocks = ahead.blocks_from(block);
            asked.push(blocks);
            ahead.fetched(block..block + blocks, INSTANT);
            block += blocks;
        }
        assert_eq!(asked, [1, 2, 4, 8, 16, 32, 32], "twice as much each time, up to 8 MiB");
        assert_eq!(ahead.blocks_from(900), 1, "after a jump nobody knows how much is wanted");
        ahead.fetched(900..901, INSTANT);
        assert_eq!(ahead.blocks_from(block), 32, "the first place is not forgotten");
    }

    #[test]
    fn a_slow_line_gets_small_requests() {
        let mut ahead = ReadAhead::default();
        ahead.fetched(0..1, INSTANT);
        ahead.fetched(1..3, INSTANT);
        ahead.fetched(3..7, SLOW * 2);
        assert_eq!(ahead.blocks_from(7), 2);
        ahead.fetched(7..9, (QUICK + SLOW) / 2);
        assert_eq!(ahead.blocks_from(9), 2);
    }

    #[test]
    fn reading_is_steady_after_some_megabytes_in_a_row() {
        let mut ahead = ReadAhead::default();
        ahead.fetched(0..1, INSTANT);
        assert!(!ahead.is_steady_at(0), "the first blocks tell nothing");
        for run in [1..3, 3..7, 7..15] {
            ahead.fetched(run, INSTANT);
        }
        assert!(ahead.is_steady_at(7) && ahead.is_steady_at(14), "it is, in what was just read");
        assert!(!ahead.is_steady_at(15), "nobody has come there yet");
        ahead.passed(15);
        assert!(ahead.is_steady_at(15), "also where blocks were there already");
    }

    #[test]
    fn what_was_there_already_does_not_end_a_trail() {
        let mut ahead = ReadAhead::default();
        ahead.fetched(0..1, INSTANT);
        ahead.passed(1);
        assert_eq!(ahead.blocks_from(2), 2);
    }
}
