import type { Micros } from '../ipc/bindings';

/** The part of a material that a timeline shows. */
export type View = {
  /** The time at the left edge. */
  start: Micros;
  /** Time that one CSS pixel covers. */
  perPixel: number;
  /** CSS pixels. */
  width: number;
};

/** The closest look: 2000 pixels are one second, so a frame at 25 per second is eighty pixels wide. */
const CLOSEST = 500;
/** Pixels between the times that things are counted from. */
const ANCHORED = 2048;

export function toPixel(view: View, time: Micros): number {
  return (time - view.start) / view.perPixel;
}

export function toTime(view: View, pixel: number): Micros {
  return Math.round(view.start + pixel * view.perPixel);
}

export function viewEnd(view: View): Micros {
  return view.start + view.width * view.perPixel;
}

/** A time before the left edge that stays while the view is scrolled a little: what is moved as one counts from it. */
export function anchor(view: View): Micros {
  const span = ANCHORED * view.perPixel;
  return Math.floor(view.start / span) * span;
}

/** The whole material from edge to edge. */
export function fit(duration: Micros, width: number): View {
  return { start: 0, perPixel: farthest(duration, width), width };
}

/** Zooms so that the time under `pixel` stays where it is; a factor above one shows more time. */
export function zoomAbout(view: View, duration: Micros, factor: number, pixel: number): View {
  const anchor = view.start + pixel * view.perPixel;
  const perPixel = clamp(view.perPixel * factor, CLOSEST, farthest(duration, view.width));
  return inside({ ...view, start: anchor - pixel * perPixel, perPixel }, duration);
}

export function scrollBy(view: View, duration: Micros, pixels: number): View {
  return inside({ ...view, start: view.start + pixels * view.perPixel }, duration);
}

/** The same look in a window of another width; what was fitted stays fitted. */
export function resize(view: View, duration: Micros, width: number): View {
  const fitted = view.perPixel >= farthest(duration, view.width);
  return fitted ? fit(duration, width) : inside({ ...view, width }, duration);
}

/** Scrolls no further than needed to show `time`, then puts it at a fifth of the width. */
export function reveal(view: View, duration: Micros, time: Micros): View {
  if (time >= view.start && time <= viewEnd(view)) return view;
  return inside({ ...view, start: time - (view.width / 5) * view.perPixel }, duration);
}

/** Brings `time` into the middle, as far as the ends allow. */
export function centre(view: View, duration: Micros, time: Micros): View {
  return inside({ ...view, start: time - (view.width / 2) * view.perPixel }, duration);
}

export function isFitted(view: View, duration: Micros): boolean {
  return view.perPixel >= farthest(duration, view.width);
}

export function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), Math.max(low, high));
}

function farthest(duration: Micros, width: number): number {
  return Math.max(CLOSEST, duration / Math.max(1, width));
}

function inside(view: View, duration: Micros): View {
  const perPixel = clamp(view.perPixel, CLOSEST, farthest(duration, view.width));
  return { ...view, perPixel, start: clamp(view.start, 0, duration - view.width * perPixel) };
}
