import { describe, expect, it } from 'vitest';
import {
  centre,
  fit,
  isFitted,
  resize,
  reveal,
  scrollBy,
  toPixel,
  toTime,
  viewEnd,
  zoomAbout,
  type View,
} from './scale';

const MINUTE = 60_000_000;
const fitted = fit(10 * MINUTE, 1000);

describe('a view of a material', () => {
  it('fits the material from edge to edge', () => {
    expect(toPixel(fitted, 0)).toBe(0);
    expect(toPixel(fitted, 10 * MINUTE)).toBe(1000);
    expect(isFitted(fitted, 10 * MINUTE)).toBe(true);
  });

  it('turns pixels to times and back', () => {
    const view = zoomAbout(fitted, 10 * MINUTE, 0.1, 300);
    for (const pixel of [0, 1, 499, 1000]) expect(toPixel(view, toTime(view, pixel))).toBeCloseTo(pixel, 3);
  });

  it.each([0, 250, 1000])('keeps the time under the pointer while zooming at pixel %i', (pixel) => {
    const before = toTime(fitted, pixel);
    expect(toTime(zoomAbout(fitted, 10 * MINUTE, 0.25, pixel), pixel)).toBe(before);
  });

  it('never shows time before the beginning or after the end', () => {
    const close = zoomAbout(fitted, 10 * MINUTE, 0.1, 500);
    expect(scrollBy(close, 10 * MINUTE, -1e6).start).toBe(0);
    expect(viewEnd(scrollBy(close, 10 * MINUTE, 1e6))).toBeCloseTo(10 * MINUTE);
    expect(zoomAbout(close, 10 * MINUTE, 1e6, 10)).toEqual(fitted);
  });

  it('stops zooming where a frame is wide enough to point at', () => {
    expect(zoomAbout(fitted, 10 * MINUTE, 1e-9, 0).perPixel).toBe(500);
  });

  it('stays fitted when the window grows, and keeps its zoom otherwise', () => {
    expect(resize(fitted, 10 * MINUTE, 2000)).toEqual(fit(10 * MINUTE, 2000));
    const close = zoomAbout(fitted, 10 * MINUTE, 0.1, 500);
    expect(resize(close, 10 * MINUTE, 2000).perPixel).toBe(close.perPixel);
  });

  it('moves only when a time is out of sight', () => {
    const close: View = zoomAbout(fitted, 10 * MINUTE, 0.1, 0);
    expect(reveal(close, 10 * MINUTE, MINUTE / 2)).toBe(close);
    expect(toPixel(reveal(close, 10 * MINUTE, 5 * MINUTE), 5 * MINUTE)).toBeCloseTo(200);
  });

  it('brings a time into the middle, and stops at the ends', () => {
    const close = zoomAbout(fitted, 10 * MINUTE, 0.1, 0);
    expect(toPixel(centre(close, 10 * MINUTE, 5 * MINUTE), 5 * MINUTE)).toBeCloseTo(500);
    expect(centre(close, 10 * MINUTE, 0).start).toBe(0);
  });

  it('survives a material shorter than the window', () => {
    const view = fit(100_000, 1000);
    expect(view.perPixel).toBe(500);
    expect(scrollBy(view, 100_000, 50).start).toBe(0);
  });
});
