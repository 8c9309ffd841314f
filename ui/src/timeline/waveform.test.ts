import { describe, expect, it } from 'vitest';
import { buildPyramid, peak } from './pyramid';
import { ticks } from './ruler';
import { fit } from './scale';
import { cutTicks, interestCurve, stretches, waveform } from './waveform';

const SECOND = 1_000_000;

/** Silence but for one loud stretch of ten milliseconds. */
function click(seconds: number, at: number): ArrayBuffer {
  const pairs = new Int8Array(seconds * 200);
  pairs[at * 200] = -128;
  pairs[at * 200 + 1] = 127;
  return pairs.buffer;
}

describe('the peaks pyramid', () => {
  it.each([10, 600, 7200])('never loses a click in %i s of sound, whatever the zoom', (seconds) => {
    const pyramid = buildPyramid(click(seconds, 3));
    for (const width of [7, 100, 1501]) {
      const bars = waveform(pyramid, fit(seconds * SECOND, width), seconds * SECOND, 64);
      expect(Math.max(...bars.map((bar) => bar.height))).toBe(64);
    }
  });

  it('is silent past the end and in an empty sound', () => {
    expect(peak(buildPyramid(click(1, 0)), 5 * SECOND, 6 * SECOND)).toEqual({ low: 0, high: 0 });
    expect(peak(buildPyramid(new ArrayBuffer(0)), 0, SECOND)).toEqual({ low: 0, high: 0 });
    expect(buildPyramid(new ArrayBuffer(3)).levels[0]?.low.length).toBe(1);
  });

  it('draws no bar after the end of the material', () => {
    const bars = waveform(buildPyramid(click(1, 0)), { start: 0, perPixel: 5_000, width: 1000 }, SECOND, 64);
    expect(bars.at(-1)!.x).toBeLessThan(200);
  });
});

describe('other lanes', () => {
  const view = fit(100 * SECOND, 1000);

  it('keeps the strongest interest of a column', () => {
    const values = new Array<number>(1000).fill(0);
    values[501] = 1;
    const curve = interestCurve({ hop: SECOND / 10, values }, fit(100 * SECOND, 10), 40);
    expect(Math.min(...curve.map((point) => point.y))).toBe(0);
    expect(interestCurve({ hop: 0, values: [] }, view, 40)).toEqual([]);
  });

  it('shows stretches that are in sight, never thinner than a pixel', () => {
    const list = [
      { start: 0, end: 10_000 },
      { start: 50 * SECOND, end: 60 * SECOND },
    ];
    expect(stretches(list, view, 8)).toEqual([
      { x: 0, y: 0, width: 1, height: 8 },
      { x: 500, y: 0, width: 100, height: 8 },
    ]);
    expect(stretches(list, { ...view, start: 70 * SECOND }, 8)).toEqual([]);
  });

  it('thins out cuts that would touch', () => {
    expect(cutTicks([0, 100_000, 200_000, 10 * SECOND], view)).toEqual([0, 100]);
  });
});

describe('the ruler', () => {
  it.each([
    [10, 1000, '0.1 s at the closest look'],
    [600, 1000, 'a fitted ten minutes'],
    [7200, 700, 'two hours in a small window'],
  ])('labels %i s on %i pixels without touching labels (%s)', (seconds, width) => {
    const view = fit(seconds * SECOND, width);
    const labels = ticks(view, seconds * SECOND).filter((tick) => tick.labelled);
    expect(labels.length).toBeGreaterThan(2);
    for (const [index, label] of labels.slice(1).entries())
      expect(label.pixel - labels[index]!.pixel).toBeGreaterThanOrEqual(84);
  });
});
