import { describe, expect, it } from 'vitest';
import { firstSnapshot } from '../ipc/fake/scenes';
import { SECOND } from '../time/timecode';
import { ending, firstTake, nextTake, reelOf } from './reel';

const { materials } = firstSnapshot('judged');

describe('what is played in a row', () => {
  const reel = reelOf(materials, 'kept');

  it('is every kept range, video by video and in order of time', () => {
    expect(reel.map(({ range }) => range)).toEqual([1, 3, 11, 13, 21, 23]);
    const first = reel.filter(({ material }) => material === 1);
    expect(first.map(({ start }) => start)).toEqual(first.map(({ start }) => start).sort((a, b) => a - b));
  });

  it('begins with the selected range where that is kept', () => {
    expect(firstTake(reel, 11)).toBe(2);
    expect(firstTake(reel, 2), 'a dropped one').toBe(0);
    expect(firstTake(reel, null)).toBe(0);
  });

  it('goes on to the next, and rests on the end of the last or begins again in a loop', () => {
    const last = reel.length - 1;
    expect(nextTake(reel, 0, false)).toBe(1);
    expect(nextTake(reel, last, false)).toBeNull();
    expect(nextTake(reel, last, true)).toBe(0);
    expect(nextTake(reel.slice(0, 1), 0, true), 'one alone follows itself').toBe(0);
  });
});

it('the last two seconds of a range are all of a shorter one', () => {
  expect(ending({ start: 10 * SECOND, end: 20 * SECOND }, 2 * SECOND)).toEqual({
    start: 18 * SECOND,
    end: 20 * SECOND,
  });
  expect(ending({ start: 10 * SECOND, end: 11 * SECOND }, 2 * SECOND).start).toBe(10 * SECOND);
});
