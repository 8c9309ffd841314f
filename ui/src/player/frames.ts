import type { FrameRate, Micros } from '../ipc/bindings';

/** Where a material tells no frame rate, stepping goes by the rate most television is made in. */
const FALLBACK: FrameRate = { numerator: 25, denominator: 1 };

/** The index of the frame shown at `time`. Half a microsecond before a frame belongs to it, since times are rounded. */
export function frameAt(time: Micros, rate: FrameRate | null): number {
  const { numerator, denominator } = rate ?? FALLBACK;
  return Math.floor(((time + 0.5) * numerator) / (denominator * 1_000_000));
}

/** When frame `index` is first shown, to the nearest microsecond. */
export function frameStart(index: number, rate: FrameRate | null): Micros {
  const { numerator, denominator } = rate ?? FALLBACK;
  return Math.round((index * denominator * 1_000_000) / numerator);
}

/** `time` moved by whole frames, inside `[0, duration)`. */
export function stepFrames(time: Micros, frames: number, rate: FrameRate | null, duration: Micros): Micros {
  const last = Math.max(0, frameAt(Math.max(0, duration - 1), rate));
  return frameStart(Math.min(Math.max(0, frameAt(time, rate) + frames), last), rate);
}

/** Seconds to seek to for the frame shown at `time`: its middle, the only place where every web view agrees on the frame. */
export function seekTarget(time: Micros, rate: FrameRate | null): number {
  const index = frameAt(time, rate);
  return (frameStart(index, rate) + frameStart(index + 1, rate)) / 2 / 1_000_000;
}
