import { describe, expect, it } from 'vitest';
import { dragged, placed, SHORTEST, together, withEdge, type Grip } from './drag';

const DURATION = 100_000_000;
const origin = { start: 10_000_000, end: 25_000_000 };

describe('dragging a range', () => {
  it.each<[Grip, number, number, number]>([
    ['body', 5_000_000, 15_000_000, 30_000_000],
    ['body', -99_000_000, 0, 15_000_000],
    ['body', 99_000_000, 85_000_000, 100_000_000],
    ['start', 5_000_000, 15_000_000, 25_000_000],
    ['start', 99_000_000, 25_000_000 - SHORTEST, 25_000_000],
    ['start', -99_000_000, 0, 25_000_000],
    ['end', 99_000_000, 10_000_000, 100_000_000],
    ['end', -99_000_000, 10_000_000, 10_000_000 + SHORTEST],
  ])('by its %s by %i µs stays inside the material', (grip, delta, start, end) => {
    expect(dragged(grip, origin, delta, DURATION)).toEqual({ start, end });
  });
});

describe('an end that is put somewhere', () => {
  it.each<['start' | 'end', number, number, number]>([
    ['start', 20_000_000, 20_000_000, 25_000_000],
    ['start', 30_000_000, 30_000_000, 45_000_000],
    ['start', 100_000_000, 100_000_000 - SHORTEST, 100_000_000],
    ['end', 20_000_000, 10_000_000, 20_000_000],
    ['end', 5_000_000, 0, 5_000_000],
    ['end', 0, 0, SHORTEST],
  ])('its %s at %i µs takes the other along where that is in the way', (edge, time, start, end) => {
    expect(withEdge(edge, time, origin, DURATION)).toEqual({ start, end });
  });
});

describe('a new range', () => {
  it('begins at the playhead, or earlier where the material ends', () => {
    expect(placed(5_000_000, 15_000_000, DURATION)).toEqual({ start: 5_000_000, end: 20_000_000 });
    expect(placed(99_000_000, 15_000_000, DURATION)).toEqual({ start: 85_000_000, end: 100_000_000 });
    expect(placed(0, 15_000_000, 4_000_000)).toEqual({ start: 0, end: 4_000_000 });
    expect(placed(0, 15_000_000, 50_000)).toBeNull();
  });
});

describe('ranges that move together', () => {
  it('stop where the first of them meets an end', () => {
    const two = [origin, { start: 60_000_000, end: 90_000_000 }];
    expect(together(two, 5_000_000, DURATION)).toBe(5_000_000);
    expect(together(two, 50_000_000, DURATION)).toBe(10_000_000);
    expect(together(two, -50_000_000, DURATION)).toBe(-10_000_000);
  });
});
