import type { Micros } from '../ipc/bindings';
import { SECOND } from '../time/timecode';
import { toPixel, toTime, type View } from './scale';

/** Distances between labels that read well on a clock. */
const STEPS = [0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600].map((step) => step * SECOND);

export type Tick = { time: Micros; pixel: number; labelled: boolean };

/** The smallest distance whose labels stay at least `room` pixels apart. */
export function labelStep(view: View, room = 84): Micros {
  return STEPS.find((step) => step / view.perPixel >= room) ?? 2 * 3600 * SECOND;
}

/** Every tick in sight, five to a label. */
export function ticks(view: View, duration: Micros): Tick[] {
  const step = labelStep(view) / 5;
  const last = Math.min(duration, toTime(view, view.width));
  const found: Tick[] = [];
  for (let index = Math.max(0, Math.floor(view.start / step)); index * step <= last; index++) {
    const time = Math.round(index * step);
    found.push({ time, pixel: toPixel(view, time), labelled: index % 5 === 0 });
  }
  return found;
}
