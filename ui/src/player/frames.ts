import type { FrameRate, Micros } from '../ipc/bindings';

/**
 * When frames are shown: by a rate, or, once that was read from the file, by the beginning of each frame. Only the latter is right where
 * the distances vary.
 */
export type FrameClock = FrameRate | Float64Array | null;

/** Where a material tells no frame rate, stepping goes by the rate most television is made in. */
const FALLBACK: FrameRate = { numerator: 25, denominator: 1 };

/** The times that the engine sends: microseconds as 64-bit integers. Null where there are none. */
export function readFrameTimes(bytes: ArrayBuffer): Float64Array | null {
  const count = Math.floor(bytes.byteLength / 8);
  return count < 2 ? null : Float64Array.from(new BigInt64Array(bytes, 0, count), Number);
}

/** The index of the frame shown at `time`. Half a microsecond before a frame belongs to it, since times are rounded. */
export function frameAt(time: Micros, clock: FrameClock): number {
  if (clock instanceof Float64Array) return Math.max(0, begun(clock, time + 0.5) - 1);
  const { numerator, denominator } = clock ?? FALLBACK;
  return Math.floor(((time + 0.5) * numerator) / (denominator * 1_000_000));
}

/** How many frames have begun by `time`. */
function begun(times: Float64Array, time: number): number {
  let [low, high] = [0, times.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] ?? Infinity) <= time) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** When frame `index` is first shown, to the nearest microsecond; behind the last one, frames go on as far apart as the last two. */
export function frameStart(index: number, clock: FrameClock): Micros {
  if (clock instanceof Float64Array) {
    const last = clock.length - 1;
    const at = (place: number) => clock[Math.max(0, place)] ?? 0;
    return index <= last ? at(index) : at(last) + (index - last) * (at(last) - at(last - 1));
  }
  const { numerator, denominator } = clock ?? FALLBACK;
  return Math.round((index * denominator * 1_000_000) / numerator);
}

/** `time` moved by whole frames, inside `[0, duration)`. */
export function stepFrames(time: Micros, frames: number, clock: FrameClock, duration: Micros): Micros {
  const last = lastFrame(clock, duration);
  return frameStart(Math.min(Math.max(0, frameAt(time, clock) + frames), last), clock);
}

/** The beginning of the last frame of what ends at `end`: an end is the first instant that is not shown any more. */
export function lastBefore(end: Micros, clock: FrameClock): Micros {
  return frameStart(frameAt(Math.max(0, end - 1), clock), clock);
}

/** When the frame shown at `time` makes room for the next one; the last one is shown until the material ends. */
export function frameEnd(time: Micros, clock: FrameClock, duration: Micros): Micros {
  const index = frameAt(time, clock);
  return index < lastFrame(clock, duration) ? frameStart(index + 1, clock) : duration;
}

/** The last frame that begins inside a material. */
export function lastFrame(clock: FrameClock, duration: Micros): number {
  return Math.max(0, frameAt(Math.max(0, duration - 1), clock));
}

/** How long `frames` frames from the one at `time` last; negative when they lie before it. */
export function framesFrom(time: Micros, frames: number, clock: FrameClock): Micros {
  const index = frameAt(time, clock);
  // Before the first frame they go on as far apart as the first two.
  const missing = Math.max(0, -(index + frames));
  const distance = frameStart(Math.max(0, index + frames), clock) - frameStart(index, clock);
  return distance - missing * (frameStart(1, clock) - frameStart(0, clock));
}

/** Seconds to seek to for the frame shown at `time`: its middle, the only place where every web view agrees on the frame. */
export function seekTarget(time: Micros, clock: FrameClock): number {
  const index = frameAt(time, clock);
  return (frameStart(index, clock) + frameStart(index + 1, clock)) / 2 / 1_000_000;
}
