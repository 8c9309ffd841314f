import { describe, expect, it } from 'vitest';
import { formatDuration, formatLength, formatTimecode, parseTimecode, roundRemaining, SECOND } from './timecode';

describe('formatTimecode', () => {
  it.each([
    [3723.459, '1:02:03.45'],
    [123.45, '2:03.45'],
    [0, '0:00.00'],
    [-1.5, '-0:01.50'],
    [59.999, '0:59.99'],
    [7200, '2:00:00.00'],
  ])('shows %f s as %s', (seconds, shown) => {
    expect(formatTimecode(Math.round(seconds * SECOND))).toBe(shown);
  });
});

describe('parseTimecode', () => {
  it.each([
    ['1:02:03.45', 3723.45],
    ['75.2', 75.2],
    ['1:15', 75],
    ['1;15', 75],
    [' 0:00 ', 0],
    ['12,5', 12.5],
    ['90', 90],
    ['100:00', 6000],
    ['１：０２．５', 62.5],
  ])('reads %s', (text, seconds) => {
    expect(parseTimecode(text)).toBe(Math.round(seconds * SECOND));
  });

  it.each(['', 'abc', '1:60', '1:60:00', '1:2:3:4', '-1', '1.', ':30', '1e3', '99999999999999'])(
    'refuses %j',
    (text) => {
      expect(parseTimecode(text)).toBeNull();
    },
  );

  it('reads back what it shows', () => {
    for (const micros of [0, 10_000, 59_990_000, 60_000_000, 3_723_450_000]) {
      expect(parseTimecode(formatTimecode(micros))).toBe(micros);
    }
  });
});

describe('lengths', () => {
  it.each([
    [14_980_000, '15.0 s'],
    [1_096_000, '1.1 s'],
    [59_980_000, '1:00'],
    [60_000_000, '1:00'],
  ])('shows %i as %s', (micros, shown) => expect(formatDuration(micros)).toBe(shown));

  it('rounds a whole length to the nearest second', () => expect(formatLength(3_599_600_000)).toBe('1:00:00'));
});

describe('roundRemaining', () => {
  it('counts seconds below a minute and whole minutes above', () => {
    expect(roundRemaining(0)).toEqual({ unit: 'seconds', value: 1 });
    expect(roundRemaining(41_200_000)).toEqual({ unit: 'seconds', value: 42 });
    expect(roundRemaining(61_000_000)).toEqual({ unit: 'minutes', value: 2 });
  });
});
