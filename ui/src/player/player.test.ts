import { describe, expect, it } from 'vitest';
import { frameAt, frameStart, seekTarget, stepFrames } from './frames';
import { shuttle, type ShuttleKey, type Speed } from './shuttle';

const FILM = { numerator: 24_000, denominator: 1001 };

describe('frames', () => {
  it('come back to the same frame after rounding to microseconds', () => {
    for (const index of [0, 1, 2, 1000, 172_627]) expect(frameAt(frameStart(index, FILM), FILM)).toBe(index);
  });

  it('are stepped one by one without drifting', () => {
    let time = 0;
    for (let step = 0; step < 500; step++) time = stepFrames(time, 1, FILM, 60_000_000);
    expect(time).toBe(frameStart(500, FILM));
    expect(stepFrames(time, -500, FILM, 60_000_000)).toBe(0);
  });

  it('end with the last frame that begins inside the material', () => {
    expect(stepFrames(0, 99, { numerator: 10, denominator: 1 }, 1_000_000)).toBe(900_000);
    expect(stepFrames(0, -1, null, 1_000_000)).toBe(0);
  });

  it('are sought at their middle', () => {
    expect(seekTarget(0, { numerator: 25, denominator: 1 })).toBeCloseTo(0.02);
    expect(seekTarget(frameStart(10, FILM), FILM)).toBeCloseTo((10.5 * 1001) / 24_000, 5);
  });
});

describe('J, K and L', () => {
  it.each<[ShuttleKey[], Speed]>([
    [['forward'], 1],
    [['forward', 'forward', 'forward', 'forward'], 4],
    [['back', 'back'], -2],
    [['forward', 'forward', 'back'], -1],
    [['back', 'back', 'back', 'stop', 'forward'], 1],
  ])('%j plays at %i', (keys, speed) => {
    expect(keys.reduce<Speed>(shuttle, 0)).toBe(speed);
  });
});
