import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeBackend } from '../ipc/fake';
import { FakeFrames } from '../ipc/fake/frames';
import { Workspace } from './workspace.svelte';

const PAL = { numerator: 25, denominator: 1 };
let frames: FakeFrames;
let workspace: Workspace;
let element: HTMLVideoElement;

beforeEach(async () => {
  frames = new FakeFrames();
  workspace = new Workspace(new FakeBackend('judged'));
  await workspace.session.open();
  element = document.createElement('video');
  vi.spyOn(element, 'load').mockImplementation(() => undefined);
  vi.spyOn(element, 'play').mockResolvedValue();
  const release = workspace.player.attach(element);
  return () => {
    release();
    workspace.session.close();
  };
});
afterEach(() => frames.end());

/** Selects a range and shows its video, whose frames come at a rate. */
function show(material: number, range: number, rate: typeof PAL | null = PAL) {
  const { session, player } = workspace;
  session.selection = { material, range };
  const { duration } = session.material!;
  player.show({ material, duration, rate, url: 'http://127.0.0.1:1/a.mp4' });
  player.loaded();
  return { session, player, duration, range: session.range! };
}

/** The element has played up to a time. */
function played(time: number): void {
  element.currentTime = time / 1_000_000;
  frames.next();
}

describe('the frame at the end of a range', () => {
  it.each([PAL, null])('is the one that was shown when the end was set there (rate %o)', async (rate) => {
    const { session, player, range } = show(1, 1, rate);
    const at = Math.floor(range.start / 40_000) * 40_000 + 2_000_000;
    player.seek(at + 12_345);
    await workspace.setEdge('end');
    expect(session.range?.end, 'just behind the frame').toBe(at + 40_000);
    player.seek(0);
    workspace.showLast(session.range!);
    expect(player.time).toBe(at);
    await workspace.setEdge('end');
    expect(session.range?.end, 'setting it there again changes nothing').toBe(at + 40_000);
  });

  it('is as long as the file says where that is known', async () => {
    const { session, player, range } = show(1, 1);
    const at = range.start + 1_000_000;
    player.learn(1, Float64Array.from([0, at, at + 250_000, at + 260_000]));
    player.seek(at);
    await workspace.setEdge('end');
    expect(session.range?.end).toBe(at + 250_000);
  });

  it('may be the last one of the video', async () => {
    const { session, player, duration } = show(1, 5);
    workspace.show(duration);
    expect(player.time).toBe(duration - 40_000);
    await workspace.setEdge('end');
    expect(session.range?.end).toBe(duration);
  });
});

describe('what was played to its end rests on the last frame of it', () => {
  it('where a range was played', () => {
    const { player, range } = show(1, 1);
    workspace.playSelected();
    played(range.end + 10_000);
    expect(player.speed).toBe(0);
    expect(player.time).toBeLessThan(range.end);
    expect(player.time).toBeGreaterThanOrEqual(range.end - 40_000);
  });

  it('where all kept ranges were played', async () => {
    const { player, range } = show(3, 23);
    workspace.playKept();
    await vi.waitFor(() => expect(player.speed, 'the last of them plays').toBe(1));
    played(range.end + 10_000);
    expect(player.speed).toBe(0);
    expect(player.time).toBeLessThan(range.end);
    expect(player.time).toBeGreaterThanOrEqual(range.end - 40_000);
  });
});
