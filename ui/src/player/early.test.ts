import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeFrames } from '../ipc/fake/frames';
import { Early } from './early';
import { Player } from './player.svelte';

it('shows only the last of the stretches that are asked for in a row', async () => {
  const shown: string[] = [];
  const begin = vi.fn(async (time: number) => `${time}`);
  const early = new Early(begin, (url) => shown.push(url));
  await Promise.all([1, 2, 3].map((time) => early.want(time)));
  expect(begin.mock.calls).toEqual([[1], [3]]);
  expect(shown, 'the first was overtaken').toEqual(['3']);
  expect([early.start, early.waits]).toEqual([3, false]);
});

it('shows nothing where nothing can be begun, and nothing after its end', async () => {
  const show = vi.fn();
  await new Early(() => Promise.reject(new Error('gone')), show).want(1);
  const early = new Early(async () => 'late', show);
  const wanted = early.want(1);
  early.end();
  await wanted;
  expect(show).not.toHaveBeenCalled();
});

/** A player that shows the beginning of a material, of which there is no copy yet. */
async function early() {
  const element = document.createElement('video');
  vi.spyOn(element, 'load').mockImplementation(() => undefined);
  const play = vi.spyOn(element, 'play').mockResolvedValue();
  vi.spyOn(element, 'pause').mockImplementation(() => undefined);
  const player = new Player();
  player.attach(element);
  const begin = vi.fn(async (time: number) => `http://127.0.0.1:1/from-${time}`);
  const subject = { material: 1, duration: 100_000_000, rate: null, url: null, begin };
  player.show(subject);
  await vi.waitFor(() => expect(element.src).toContain('from-0'));
  player.loaded();
  return { element, play, player, subject };
}

const copy = 'http://127.0.0.1:1/copy';

it('plays while the copy is being made, and goes on in the copy', async () => {
  const { element, play, player, subject } = await early();
  player.seek(40_000_000);
  await vi.waitFor(() => expect(element.src).toContain('from-40000000'));
  player.loaded();
  player.toggle();
  expect(player.speed).toBe(1);
  play.mockClear();
  player.show({ ...subject, url: copy });
  expect(element.src).toContain('copy');
  player.loaded();
  expect(element.currentTime, 'it goes on where it was').toBeCloseTo(40, 0);
  expect(play, 'and still plays').toHaveBeenCalled();
  player.pause();
});

describe('a stretch that is played while the copy takes over', () => {
  const stretch = { start: 2_000_000, end: 5_000_000 };
  let frames: FakeFrames;
  beforeEach(() => void (frames = new FakeFrames()));
  afterEach(() => frames.end());

  it('still ends where it ends', async () => {
    const { element, player, subject } = await early();
    player.playStretch(stretch);
    player.show({ ...subject, url: copy });
    player.loaded();
    expect([player.speed, player.playing]).toEqual([1, stretch]);
    element.currentTime = 5.01;
    frames.next();
    expect(player.speed, 'it rests').toBe(0);
    expect(player.time, 'on its last frame').toBe(4_960_000);
  });

  it('is still followed by what was to follow', async () => {
    const { element, player, subject } = await early();
    const then = vi.fn();
    player.playStretch(stretch, then);
    player.show({ ...subject, url: copy });
    player.loaded();
    element.currentTime = 5.01;
    frames.next();
    expect(then).toHaveBeenCalledOnce();
    player.pause();
  });

  it('is forgotten when it is ended before the copy is shown', async () => {
    const { player, subject } = await early();
    player.playStretch(stretch);
    player.show({ ...subject, url: copy });
    player.toggle();
    player.loaded();
    expect([player.speed, player.playing]).toEqual([0, null]);
  });
});

it('goes on playing where another stretch is shown before the web view has begun to play', async () => {
  const { element, play, player } = await early();
  let refuse: (reason: unknown) => void = () => undefined;
  play.mockImplementationOnce(() => new Promise((_, reject) => (refuse = reject)));
  player.playStretch({ start: 40_000_000, end: 50_000_000 });
  await vi.waitFor(() => expect(element.src).toContain('from-40000000'));
  refuse(new DOMException('The play() request was interrupted by a new load request.', 'AbortError'));
  await Promise.resolve();
  await Promise.resolve();
  expect(player.speed, 'nobody has refused it').toBe(1);
  play.mockClear();
  player.loaded();
  expect(play).toHaveBeenCalledOnce();
  play.mockRejectedValueOnce(new DOMException('There is nothing to play.', 'NotSupportedError'));
  player.setRate(2);
  await vi.waitFor(() => expect(player.speed, 'this is a refusal').toBe(0));
});
