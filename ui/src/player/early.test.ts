import { expect, it, vi } from 'vitest';
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

it('plays while the copy is being made, and goes on in the copy', async () => {
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
  player.seek(40_000_000);
  await vi.waitFor(() => expect(element.src).toContain('from-40000000'));
  player.loaded();
  player.toggle();
  expect(player.speed).toBe(1);
  play.mockClear();
  player.show({ ...subject, url: 'http://127.0.0.1:1/copy' });
  expect(element.src).toContain('copy');
  player.loaded();
  expect(element.currentTime, 'it goes on where it was').toBeCloseTo(40, 0);
  expect(play, 'and still plays').toHaveBeenCalled();
  player.pause();
});
