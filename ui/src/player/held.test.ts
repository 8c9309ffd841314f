import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { FakeFrames } from '../ipc/fake/frames';
import { BEAT, Hand } from '../painting/hand.svelte';
import { Player } from './player.svelte';

let frames: FakeFrames;

beforeEach(() => void (frames = new FakeFrames()));
afterEach(() => frames.end());

it('the picture follows a hand at its beat, and its last place at once', () => {
  const hand = new Hand();
  const player = new Player(hand);
  const element = document.createElement('video');
  /** Whole seconds: where in its frame a time is sought does not matter here. */
  const sought: number[] = [];
  Object.defineProperty(element, 'currentTime', {
    set: (time: number) => sought.push(Math.floor(time)),
    get: () => 0,
  });
  Object.defineProperty(element, 'seeking', { value: false });
  const release = player.attach(element);
  player.show({ material: 1, duration: 60_000_000, rate: null, url: 'video.mp4' });
  player.loaded();
  sought.length = 0;
  hand.take();
  for (const time of [1, 2, 3]) player.seek(time * 1_000_000);
  expect(player.time, 'the time is where the hand is').toBe(3_000_000);
  expect(sought).toEqual([]);
  frames.next(BEAT);
  frames.next();
  expect(sought).toEqual([3]);
  player.seek(4_000_000);
  hand.letGo();
  expect(sought).toEqual([3, 4]);
  player.seek(5_000_000);
  expect(sought, 'nothing waits any more').toEqual([3, 4, 5]);
  release();
});

it('a copy stands in the place of the picture while the hand seeks, where there is one', () => {
  const hand = new Hand();
  const player = new Player(hand);
  const element = document.createElement('video');
  const size = { videoWidth: 1920, videoHeight: 1080, clientWidth: 640, seeking: false };
  for (const [name, value] of Object.entries(size)) Object.defineProperty(element, name, { value });
  const drawImage = vi.fn();
  const canvas = document.createElement('canvas');
  vi.spyOn(canvas, 'getContext').mockReturnValue({ drawImage } as never);
  const releases = [player.attach(element), player.still.attach(canvas)];
  player.show({ material: 1, duration: 60_000_000, rate: null, url: 'video.mp4' });
  player.loaded();
  hand.take();
  frames.next(BEAT);
  frames.next();
  expect(player.still.shown, 'nothing was sought').toBe(false);
  player.seek(1_000_000);
  frames.next(BEAT);
  frames.next();
  expect(player.still.shown).toBe(true);
  expect([canvas.width, canvas.height], 'no larger than it is seen').toEqual([640, 360]);
  player.sought();
  expect(drawImage, 'what has come waits for a frame of its own').toHaveBeenCalledOnce();
  frames.next();
  frames.next();
  expect(drawImage).toHaveBeenCalledTimes(2);
  hand.letGo();
  expect(player.still.shown).toBe(false);
  for (const release of releases) release();
});
