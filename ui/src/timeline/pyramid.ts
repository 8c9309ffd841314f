import type { Micros } from '../ipc/bindings';
import { SECOND } from '../time/timecode';

/** Lowest and highest sample of stretches of equal length. */
type Level = { low: Int8Array; high: Int8Array };

/** The same peaks at ever coarser steps, so that drawing costs the width of the window and not the length of the material. */
export type Pyramid = { levels: Level[] };

export const PEAKS_PER_SECOND = 100;
/** Stretches of one level that make one of the next. */
const FOLD = 4;

/** Takes pairs of signed bytes (lowest, highest). A last odd byte is left out. */
export function buildPyramid(bytes: ArrayBuffer): Pyramid {
  const pairs = new Int8Array(bytes);
  const length = Math.floor(pairs.length / 2);
  let level: Level = { low: new Int8Array(length), high: new Int8Array(length) };
  for (let index = 0; index < length; index++) {
    level.low[index] = pairs[2 * index] ?? 0;
    level.high[index] = pairs[2 * index + 1] ?? 0;
  }
  const levels = [level];
  while (level.low.length > FOLD) {
    level = fold(level);
    levels.push(level);
  }
  return { levels };
}

function fold(level: Level): Level {
  const length = Math.ceil(level.low.length / FOLD);
  const folded = { low: new Int8Array(length), high: new Int8Array(length) };
  for (let index = 0; index < length; index++) {
    const { low, high } = extent(level, index * FOLD, (index + 1) * FOLD);
    folded.low[index] = low;
    folded.high[index] = high;
  }
  return folded;
}

function extent(level: Level, from: number, to: number): { low: number; high: number } {
  let low = 127;
  let high = -128;
  const end = Math.min(to, level.low.length);
  for (let index = Math.max(0, from); index < end; index++) {
    low = Math.min(low, level.low[index] ?? 0);
    high = Math.max(high, level.high[index] ?? 0);
  }
  return low > high ? { low: 0, high: 0 } : { low, high };
}

/** The peaks of one stretch, each from -1 to 1. Past the end of the sound it is silent. */
export function peak(pyramid: Pyramid, start: Micros, end: Micros): { low: number; high: number } {
  const from = (start * PEAKS_PER_SECOND) / SECOND;
  const to = Math.max(from + 1, (end * PEAKS_PER_SECOND) / SECOND);
  // The coarsest level that still has two stretches in this one: finer ones cost more and look the same.
  let step = 1;
  let depth = 0;
  while (step * FOLD * 2 <= to - from && depth + 1 < pyramid.levels.length) {
    step *= FOLD;
    depth++;
  }
  const level = pyramid.levels[depth];
  if (!level) return { low: 0, high: 0 };
  const { low, high } = extent(level, Math.floor(from / step), Math.ceil(to / step));
  return { low: low / 128, high: high / 127 };
}
