import { describe, expect, it } from 'vitest';
import {
  frameAt,
  frameEnd,
  framesFrom,
  frameStart,
  lastBefore,
  readFrameTimes,
  seekTarget,
  stepFrames,
} from './frames';
import { otherSpeed, shuttle, type ShuttleKey, type Speed } from './shuttle';

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

  it('are in a clip when they begin before its end, wherever in a frame that is', () => {
    for (const index of [1, 2, 1000, 172_627])
      expect(lastBefore(frameStart(index, FILM), FILM)).toBe(frameStart(index - 1, FILM));
    expect(lastBefore(frameStart(9, FILM) + 20_000, FILM)).toBe(frameStart(9, FILM));
    expect(lastBefore(1_000_000, null), 'nothing is known of the frames').toBe(960_000);
    expect(lastBefore(0, FILM)).toBe(0);
  });

  it('end where the next one begins, and the last one with the material', () => {
    expect(frameEnd(frameStart(9, FILM) + 20_000, FILM, 60_000_000)).toBe(frameStart(10, FILM));
    expect(frameEnd(900_000, { numerator: 10, denominator: 1 }, 950_000)).toBe(950_000);
    expect(frameEnd(0, null, 1_000_000), 'nothing is known of the frames').toBe(40_000);
  });

  it('are sought at their middle', () => {
    expect(seekTarget(0, { numerator: 25, denominator: 1 })).toBeCloseTo(0.02);
    expect(seekTarget(frameStart(10, FILM), FILM)).toBeCloseTo((10.5 * 1001) / 24_000, 5);
  });
});

describe('frames whose distances vary', () => {
  const times = [0, 40_000, 80_000, 320_000, 360_000];
  const clock = readFrameTimes(new BigInt64Array(times.map(BigInt)).buffer)!;

  it('are found by their own times', () => {
    expect(frameAt(0, clock)).toBe(0);
    expect(frameAt(319_999, clock), 'half a microsecond before it begins').toBe(2);
    expect(frameAt(320_000, clock)).toBe(3);
    expect(frameAt(9_000_000, clock), 'the last one goes on').toBe(4);
  });

  it('are stepped and sought one by one', () => {
    let time = 0;
    const seen = [1, 2, 3, 4, 5].map(() => (time = stepFrames(time, 1, clock, 400_000)));
    expect(seen).toEqual([40_000, 80_000, 320_000, 360_000, 360_000]);
    expect(stepFrames(360_000, -2, clock, 400_000)).toBe(80_000);
    expect(seekTarget(80_000, clock)).toBeCloseTo(0.2);
    expect(seekTarget(360_000, clock), 'the last one lasts as long as the one before').toBeCloseTo(0.38);
  });

  it('move an edge by as much as they last', () => {
    expect(framesFrom(80_000, 1, clock)).toBe(240_000);
    expect(framesFrom(320_000, -1, clock)).toBe(-240_000);
    expect(framesFrom(0, -1, clock)).toBe(-40_000);
  });

  it('are not known where nothing was read', () => {
    expect(readFrameTimes(new ArrayBuffer(0))).toBeNull();
  });
});

describe('J, K and L', () => {
  it.each<[ShuttleKey[], Speed]>([
    [['forward'], 1],
    [['forward', 'forward', 'forward', 'forward'], 4],
    [['back', 'back'], -2],
    [['forward', 'forward', 'back'], -1],
    [['back', 'back', 'back', 'stop', 'forward'], 1],
    [['back', 'back', 'back', 'back'], -4],
  ])('%j plays at %i', (keys, speed) => {
    expect(keys.reduce<Speed>(shuttle, 0)).toBe(speed);
  });
});

it('speeds are chosen one after the other, from a quarter to four times', () => {
  expect(otherSpeed(1, 1)).toBe(1.25);
  expect(otherSpeed(1, -1)).toBe(0.75);
  expect(otherSpeed(0.25, -1)).toBe(0.25);
  expect(otherSpeed(4, 1)).toBe(4);
});
