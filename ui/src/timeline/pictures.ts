import type { Micros } from '../ipc/bindings';
import { toPixel, viewEnd, type View } from './scale';

/** Pictures of one strip, as the engine makes them. */
export const STRIP_PICTURES = 16;

/** The closest that pictures lie together; each further distance is twice the one before. */
const CLOSEST: Micros = 31_250;

/** A part of a material's pictures: sixteen of them, `hop` apart. */
export type Strip = { hop: Micros; index: number };

/** Where one picture is drawn, and which picture of which strip it is. */
export type Tile = Strip & { place: number; x: number };

/** The largest distance between pictures that still gives each place `width` pixels wide a picture of its own. */
export function hopFor(view: View, width: number): Micros {
  const wanted = width * view.perPixel;
  return CLOSEST * 2 ** Math.max(0, Math.floor(Math.log2(wanted / CLOSEST)));
}

/** The picture of a distance that stands for a time. */
export function pictureAt(time: Micros, hop: Micros): Strip & { place: number } {
  const picture = Math.max(0, Math.floor(time / hop));
  return { hop, index: Math.floor(picture / STRIP_PICTURES), place: picture % STRIP_PICTURES };
}

/**
 * The pictures in sight, side by side without gaps, each `width` pixels wide. A place stays with its time while the view is scrolled;
 * its picture is the one in its middle.
 */
export function tiles(view: View, duration: Micros, width: number): (Tile & { time: Micros })[] {
  const hop = hopFor(view, width);
  const span = width * view.perPixel;
  const found: (Tile & { time: Micros })[] = [];
  const end = Math.min(duration, viewEnd(view));
  for (let slot = Math.max(0, Math.floor(view.start / span)); slot * span < end; slot++) {
    const time = Math.min(duration - 1, (slot + 0.5) * span);
    found.push({ ...pictureAt(time, hop), x: toPixel(view, slot * span), time });
  }
  return found;
}
