import { describe, expect, it } from 'vitest';
import { hopFor, pictureAt, STRIP_PICTURES, tiles } from './pictures';
import { fit, scrollBy, zoomAbout } from './scale';

const HOURS = 2 * 3600 * 1_000_000;
const whole = fit(HOURS, 880);

describe('pictures along time', () => {
  it('fill the lane without gaps, from two hours to single frames', () => {
    for (const factor of [1, 0.1, 0.001, 1e-6]) {
      const view = zoomAbout(whole, HOURS, factor, 400);
      const found = tiles(view, HOURS, 64);
      found.slice(1).forEach(({ x }, place) => expect(x - found[place]!.x).toBeCloseTo(64, 3));
      expect(found[0]!.x).toBeLessThanOrEqual(0);
      expect(found.at(-1)!.x + 64).toBeGreaterThanOrEqual(880);
    }
  });

  it('come from few strips whatever is shown', () => {
    for (const factor of [1, 0.3, 0.02, 0.0004]) {
      const view = zoomAbout(whole, HOURS, factor, 400);
      const strips = new Set(tiles(view, HOURS, 64).map(({ index }) => index));
      expect(strips.size).toBeLessThanOrEqual(4);
    }
  });

  it('stay with their time while the view is scrolled', () => {
    const view = zoomAbout(whole, HOURS, 0.1, 400);
    const before = tiles(view, HOURS, 64)[5]!;
    const after = tiles(scrollBy(view, HOURS, 10), HOURS, 64).find(({ time }) => time === before.time)!;
    expect(after.place).toBe(before.place);
    expect(before.x - after.x).toBeCloseTo(10, 3);
  });

  it('are never further apart than a place is wide', () => {
    for (const factor of [1, 0.3, 0.02]) {
      const view = zoomAbout(whole, HOURS, factor, 400);
      expect(hopFor(view, 64)).toBeLessThanOrEqual(64 * view.perPixel);
      expect(hopFor(view, 64)).toBeGreaterThan(32 * view.perPixel);
    }
  });

  it('lie in strips of sixteen', () => {
    expect(pictureAt(35_000_000, 1_000_000)).toEqual({ hop: 1_000_000, index: 2, place: 3 });
    expect(STRIP_PICTURES).toBe(16);
  });
});
