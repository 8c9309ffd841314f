import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { View } from './scale';
import { LaneTiles, placing, TILE, type Drawing } from './tiles';

const view: View = { start: 3_000_000, perPixel: 10_000, width: 1000 };

describe('placing tiles', () => {
  it('covers what is in sight and moves by exactly what was scrolled', () => {
    const before = placing(view, view.perPixel);
    expect([before.first, before.last]).toEqual([0, 2]);
    expect(before.shift, 'the first tile begins with the material').toBe(-300);
    expect(placing({ ...view, start: 3_100_000 }, view.perPixel).shift).toBe(-310);
  });

  it('keeps places small however far into the material', () => {
    const far = placing({ ...view, start: 7_000_000_000 }, view.perPixel);
    expect(Math.abs(far.shift)).toBeLessThan(65 * TILE);
  });

  it('stretches tiles of another zoom to where they belong', () => {
    const { shift, stretch } = placing({ ...view, perPixel: 5_000 }, view.perPixel);
    expect([shift, stretch]).toEqual([-600, 2]);
  });
});

describe('drawing tiles', () => {
  const parts = vi.fn<(part: View) => void>();
  const drawn = () => parts.mock.calls.map(([{ start }]) => start / view.perPixel);
  const host = document.createElement('div');
  let tiles: LaneTiles;
  const drawing: Drawing = {
    lanes: [{ name: 'one', top: 0, height: 20, part: (part) => (parts(part), () => undefined) }],
    height: 20,
    ratio: 1,
    revision: 0,
    colour: () => '',
  };

  beforeEach(() => {
    vi.useFakeTimers();
    const nothing = () => undefined;
    const names = ['save', 'restore', 'beginPath', 'rect', 'clip', 'clearRect', 'setTransform'];
    const context = Object.fromEntries(names.map((name) => [name, nothing]));
    vi.spyOn(HTMLCanvasElement.prototype, 'getContext').mockReturnValue(context as never);
    host.replaceChildren();
    tiles = new LaneTiles();
    const release = tiles.attach(host);
    tiles.show(view, drawing);
    return () => {
      release();
      parts.mockReset();
      vi.useRealTimers();
      vi.restoreAllMocks();
    };
  });

  it('draws each tile once while the view is scrolled, and only what comes into sight', () => {
    expect(drawn()).toEqual([0, TILE, 2 * TILE]);
    for (let start = view.start; start < 6_000_000; start += 50_000) tiles.show({ ...view, start }, drawing);
    expect(drawn()).toEqual([0, TILE, 2 * TILE, 3 * TILE]);
    expect(host.childElementCount, 'what has gone out of sight is used again').toBe(3);
  });

  it('stretches while the hand zooms, and draws anew when it rests', () => {
    tiles.show({ ...view, perPixel: 8_000 }, drawing);
    expect(drawn().length).toBe(3);
    expect(host.style.transform).toContain('scaleX(1.25)');
    vi.runAllTimers();
    expect(host.style.transform).toContain('scaleX(1)');
    expect(drawn().length).toBeGreaterThan(3);
  });

  it('draws a lane anew when there is something else to draw, and all of them in another look', () => {
    const other = { ...drawing.lanes[0]!, name: 'other', top: 21 };
    tiles.show(view, { ...drawing, lanes: [...drawing.lanes, other], height: 41 });
    expect(drawn().length, 'another height clears all').toBe(9);
    tiles.show(view, {
      ...drawing,
      lanes: [...drawing.lanes, { ...other, part: (part) => (parts(part), () => undefined) }],
      height: 41,
    });
    expect(drawn().length).toBe(12);
    tiles.show(view, { ...drawing, revision: 1 });
    expect(drawn().length).toBe(15);
  });
});
