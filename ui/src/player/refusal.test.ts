import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Player } from './player.svelte';

const file = { material: 1, duration: 10_000_000, rate: null, url: 'http://127.0.0.1:1/a.mp4' };

function playerOf(follows: boolean) {
  const element = document.createElement('video');
  vi.spyOn(element, 'load').mockImplementation(() => undefined);
  vi.spyOn(element, 'pause').mockImplementation(() => undefined);
  const player = new Player();
  player.attach(element);
  const refuse = vi.fn(async () => follows);
  player.show({ ...file, refuse });
  return { player, refuse };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('asks for a copy of a file that the web view refuses', async () => {
  const { player, refuse } = playerOf(true);
  player.failed();
  await vi.advanceTimersByTimeAsync(0);
  expect(refuse).toHaveBeenCalledOnce();
  expect(player.phase, 'the copy is on its way').toBe('loading');
});

it('says that it failed where even the copy is refused', async () => {
  const { player } = playerOf(false);
  player.failed();
  await vi.advanceTimersByTimeAsync(0);
  expect(player.phase).toBe('failed');
});

it('asks for a copy of a file of which nothing is shown for seconds, and only then', async () => {
  const { player, refuse } = playerOf(true);
  await vi.advanceTimersByTimeAsync(4_000);
  expect(refuse).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(2_000);
  expect(refuse).toHaveBeenCalledOnce();
  player.show({ ...file, url: 'http://127.0.0.1:1/b.mp4', refuse });
  player.loaded();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(refuse, 'what is shown is not refused').toHaveBeenCalledOnce();
});

it('goes on waiting for a copy that is slow to come', async () => {
  const { player } = playerOf(false);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(player.phase).toBe('loading');
});
