import { describe, expect, it } from 'vitest';
import { firstSnapshot } from '../ipc/fake/scenes';
import { SECOND } from '../time/timecode';
import { Trim } from './trim';

const material = firstSnapshot('done').materials[0]!;
const range = { ...material.ranges[0]!, start: 10 * SECOND, end: 20 * SECOND };
const FRAME = SECOND / 25;

function trimming() {
  const trim = new Trim();
  let gestures = 0;
  const by = (frames: number, playhead: number, now = range) =>
    trim.by(frames, material, { numerator: 25, denominator: 1 }, now, playhead, () => ++gestures);
  return { by };
}

describe('trimming by keys', () => {
  it('moves the end that is nearer to the playhead and shows its new frame', () => {
    const { by } = trimming();
    expect(by(-1, 10 * SECOND)).toMatchObject({
      stretch: { start: 10 * SECOND - FRAME, end: 20 * SECOND },
      playhead: 10 * SECOND - FRAME,
    });
    expect(by(10, 19 * SECOND)).toMatchObject({
      stretch: { start: 10 * SECOND, end: 20 * SECOND + 10 * FRAME },
      playhead: 20 * SECOND + 9 * FRAME,
    });
  });

  it('never crosses the other end or leaves the video', () => {
    const { by } = trimming();
    const short = { ...range, start: 0, end: SECOND / 5 };
    const { start, end } = by(10, 0, short).stretch;
    expect(end - start).toBeGreaterThanOrEqual(100_000);
    expect(by(-10, 0, { ...range, start: 0 }).stretch.start).toBe(0);
  });

  it('makes presses in a row one gesture, and another end or an edit between a new one', () => {
    const { by } = trimming();
    const first = by(1, 10 * SECOND);
    const moved = { ...range, ...first.stretch };
    const second = by(1, first.playhead, moved);
    expect(second.gesture).toBe(first.gesture);
    expect(by(1, 20 * SECOND, { ...range, ...second.stretch }).gesture, 'the other end').not.toBe(first.gesture);
    const third = by(1, 10 * SECOND);
    expect(by(1, 10 * SECOND, { ...range, end: 25 * SECOND }).gesture, 'moved meanwhile').not.toBe(third.gesture);
  });
});
