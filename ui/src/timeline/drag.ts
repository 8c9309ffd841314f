import type { Micros, Stretch } from '../ipc/bindings';
import { clamp } from './scale';

/** What of a range is being dragged. */
export type Grip = 'body' | 'start' | 'end';

/** No range is shorter: a clip needs a few frames. */
export const SHORTEST: Micros = 100_000;

/** `origin` after its grip has moved by `delta`, kept inside the material and no shorter than the shortest range. */
export function dragged(grip: Grip, origin: Stretch, delta: Micros, duration: Micros): Stretch {
  const { start, end } = origin;
  switch (grip) {
    case 'body': {
      const moved = Math.round(clamp(start + delta, 0, duration - (end - start)));
      return { start: moved, end: moved + (end - start) };
    }
    case 'start':
      return { start: Math.round(clamp(start + delta, 0, end - SHORTEST)), end };
    case 'end':
      return { start, end: Math.round(clamp(end + delta, start + SHORTEST, duration)) };
  }
}

/** `range` with one end put at `time`; the other end gives way where it would come too close. */
export function withEdge(edge: 'start' | 'end', time: Micros, range: Stretch, duration: Micros): Stretch {
  const length = range.end - range.start;
  if (edge === 'start') {
    const start = Math.min(time, duration - SHORTEST);
    return { start, end: time < range.end - SHORTEST ? range.end : Math.min(duration, start + length) };
  }
  const start = time > range.start + SHORTEST ? range.start : Math.max(0, time - length);
  return { start, end: Math.max(time, SHORTEST) };
}

/** How far several stretches can move together: `delta`, or less where one of them would leave the material. */
export function together(stretches: Stretch[], delta: Micros, duration: Micros): Micros {
  const back = Math.min(...stretches.map(({ start }) => start));
  const on = Math.min(...stretches.map(({ end }) => duration - end));
  return clamp(delta, -back, Math.max(0, on));
}

/** A new range of `length` from `time`, shifted back where the material ends; null when the material is too short for any. */
export function placed(time: Micros, length: Micros, duration: Micros): Stretch | null {
  if (duration < SHORTEST) return null;
  const fitting = clamp(length, SHORTEST, duration);
  const start = Math.round(clamp(time, 0, duration - fitting));
  return { start, end: Math.round(start + fitting) };
}
