import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FakeFrames } from '../ipc/fake/frames';
import { BEAT, Hand } from './hand.svelte';

let hand: Hand;
let frames: FakeFrames;

beforeEach(() => {
  frames = new FakeFrames();
  hand = new Hand();
});
afterEach(() => frames.end());

/** Something near the hand, and what is shown of it far away. */
function moved() {
  let [near] = $state([0]);
  const far = hand.far('time', () => near);
  return { move: (to: number) => hand.move(() => (near = to)), shown: () => ({ near, far: far() }) };
}

describe('a hand that holds nothing', () => {
  it('is followed at once by everything', () => {
    const { move, shown } = moved();
    move(3);
    expect(shown()).toEqual({ near: 3, far: 3 });
    expect(frames.waiting, 'and no frame is asked for').toEqual([]);
  });
});

describe('a hand that holds something', () => {
  it('is followed at once by what is near, and at a beat by what is far', () => {
    const { move, shown } = moved();
    hand.take();
    expect(shown()).toEqual({ near: 0, far: 0 });
    move(1);
    expect(shown()).toEqual({ near: 1, far: 0 });
    frames.next();
    move(2);
    expect(shown()).toEqual({ near: 2, far: 0 });
    frames.next(BEAT);
    frames.next();
    expect(shown()).toEqual({ near: 2, far: 2 });
  });

  it('is followed by both in no frame', () => {
    const { move, shown } = moved();
    hand.take();
    let last = shown();
    let beats = 0;
    for (let step = 1; step <= 60; step++) {
      move(step);
      frames.next();
      const next = shown();
      const [nearMoved, farMoved] = [next.near !== last.near, next.far !== last.far];
      expect(nearMoved && farMoved, `frame ${step}`).toBe(false);
      expect(nearMoved || farMoved, `frame ${step} shows something new`).toBe(true);
      if (farMoved) beats++;
      last = next;
    }
    expect(beats, 'several times a second').toBeGreaterThanOrEqual(Math.floor((60 * 16) / (BEAT + 3 * 16)));
  });

  it('leaves out what a later move has overtaken while one waits', () => {
    const seen: number[] = [];
    hand.take();
    frames.next(BEAT);
    for (const step of [1, 2, 3]) hand.move(() => seen.push(step));
    expect(seen, 'the frame of what is far comes first').toEqual([]);
    frames.next();
    frames.next();
    expect(seen).toEqual([3]);
  });

  it('waits for what paints much, and until that can be painted', () => {
    const seen: (number | string)[] = [];
    const move = (step: number) => {
      hand.move(() => seen.push(step));
      frames.next();
    };
    hand.take();
    move(1);
    hand.alone(() => seen.push('picture'));
    for (const step of [2, 3, 4, 5]) move(step);
    expect(seen).toEqual([1, 2, 'picture', 4, 5]);
    hand.alone(() => seen.push('late'));
    hand.letGo();
    hand.alone(() => seen.push('later'));
    move(6);
    expect(seen, 'nothing of it once the hand has let go').toEqual([1, 2, 'picture', 4, 5, 6]);
  });

  it('leaves everything exact at once when it lets go', () => {
    const { move, shown } = moved();
    hand.take();
    frames.next(BEAT);
    move(7);
    hand.letGo();
    expect(shown()).toEqual({ near: 7, far: 7 });
    move(8);
    expect(shown()).toEqual({ near: 8, far: 8 });
  });
});
