import type { EvidenceView, Micros, Stretch } from '../ipc/bindings';
import { peak, type Pyramid } from './pyramid';
import { toPixel, toTime, viewEnd, type View } from './scale';

/** In CSS pixels from the top left of a lane. */
export type Rectangle = { x: number; y: number; width: number; height: number };

/** One bar for every `step` pixels, mirrored about the middle as the sound is; silence leaves a hairline. */
export function waveform(pyramid: Pyramid, view: View, duration: Micros, height: number, step = 2): Rectangle[] {
  const middle = height / 2;
  const bars: Rectangle[] = [];
  for (let x = 0; x < view.width; x += step) {
    const start = toTime(view, x);
    if (start >= duration) break;
    const { low, high } = peak(pyramid, start, toTime(view, x + step));
    const top = middle - Math.max(0, high) * middle;
    const bottom = middle + Math.max(0, -low) * middle;
    bars.push({ x, y: Math.min(top, middle - 0.5), width: step, height: Math.max(1, bottom - top) });
  }
  return bars;
}

export type Point = { x: number; y: number };

/** The strongest interest of each column as a line, top of the lane = 1. */
export function interestCurve(
  interest: Pick<EvidenceView['interest'], 'hop' | 'values'>,
  view: View,
  height: number,
  step = 2,
): Point[] {
  const { hop, values } = interest;
  if (hop <= 0 || values.length === 0) return [];
  const end = values.length * hop;
  const points: Point[] = [];
  for (let x = 0; x <= view.width; x += step) {
    const time = toTime(view, x);
    if (time > end) break;
    const from = Math.min(values.length - 1, Math.floor(time / hop));
    const to = Math.max(from + 1, Math.min(values.length, Math.ceil(toTime(view, x + step) / hop)));
    let strongest = 0;
    for (let index = from; index < to; index++) strongest = Math.max(strongest, values[index] ?? 0);
    points.push({ x, y: height - Math.min(1, strongest) * height });
  }
  return points;
}

/** What of the stretches is in sight; one that would be thinner than a pixel keeps a pixel. Expects them in order. */
export function stretches(list: Stretch[], view: View, height: number): Rectangle[] {
  const end = viewEnd(view);
  const found: Rectangle[] = [];
  for (const stretch of list) {
    if (stretch.end <= view.start) continue;
    if (stretch.start >= end) break;
    const x = Math.max(0, toPixel(view, stretch.start));
    const width = Math.min(view.width, toPixel(view, stretch.end)) - x;
    found.push({ x, y: 0, width: Math.max(1, width), height });
  }
  return found;
}

/** Where ticks of cuts go, at most one for every `apart` pixels so that a fast film does not become a solid bar. */
export function cutTicks(cuts: Micros[], view: View, apart = 3): number[] {
  const found: number[] = [];
  for (const cut of cuts) {
    const x = toPixel(view, cut);
    if (x < 0) continue;
    if (x > view.width) break;
    const last = found.at(-1);
    if (last === undefined || x - last >= apart) found.push(x);
  }
  return found;
}

/** A shot in sight, and its place in the material. */
export type Shot = { x: number; width: number; index: number };

/** The shots in sight; none where they would be too narrow to be told apart. */
export function shots(cuts: Micros[], view: View, duration: Micros, apart = 3): Shot[] {
  const edges = [0, ...cuts, duration];
  const found: Shot[] = [];
  for (let index = 0; index + 1 < edges.length; index++) {
    const [start, end] = [edges[index] ?? 0, edges[index + 1] ?? 0];
    if (end <= view.start) continue;
    if (start >= viewEnd(view)) break;
    const x = Math.max(0, toPixel(view, start));
    found.push({ x, width: Math.min(view.width, toPixel(view, end)) - x, index });
  }
  const narrow = found.length > 1 && view.width / found.length < apart * 2;
  return narrow ? [] : found;
}
