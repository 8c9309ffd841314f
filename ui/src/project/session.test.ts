import { describe, expect, it, vi } from 'vitest';
import type { DropEvent } from '../ipc/backend';
import type { Event, WireError } from '../ipc/bindings';
import { FakeBackend, type Scene } from '../ipc/fake';
import { Session } from './session.svelte';

const full: WireError = { code: 'diskFull', message: 'The disk is full.', path: '/data' };

async function opened(scene: Scene) {
  const backend = new FakeBackend(scene);
  let tell: (event: Event) => void = () => undefined;
  let drop: (event: DropEvent) => void = () => undefined;
  vi.spyOn(backend, 'subscribe').mockImplementation(async (listener) => {
    tell = listener;
    return () => undefined;
  });
  vi.spyOn(backend, 'watchDrops').mockImplementation(async (listener) => {
    drop = listener;
    return () => undefined;
  });
  const session = new Session(backend);
  await session.open();
  return { backend, session, tell: (event: Event) => tell(event), drop: (event: DropEvent) => drop(event) };
}

describe('a session', () => {
  it('never goes back to an older snapshot, however answers overtake each other', async () => {
    const { session, tell } = await opened('done');
    const older = session.snapshot!;
    await session.edit({ kind: 'removeRange', material: 1, range: 1 });
    tell({ type: 'snapshot', snapshot: older });
    expect(session.ranges.some((range) => range.id === 1)).toBe(false);
  });

  it('says why the project cannot be opened, and opens it on the next try', async () => {
    const backend = new FakeBackend('done');
    vi.spyOn(backend, 'bootstrap').mockRejectedValueOnce(full);
    const session = new Session(backend);
    await session.open();
    expect(session.openFault).toEqual(full);
    await session.open();
    expect(session.openFault).toBeNull();
    expect(session.materials.length).toBe(3);
    session.close();
  });

  it('opens without drag and drop when only that cannot be heard, and says so', async () => {
    const backend = new FakeBackend('done');
    vi.spyOn(backend, 'watchDrops').mockRejectedValueOnce(full);
    const session = new Session(backend);
    await session.open();
    expect(session.materials.length).toBe(3);
    expect(session.fault).toEqual(full);
    session.close();
  });

  it('shows a failed command until the next one, and keeps the project as it was', async () => {
    const { backend, session } = await opened('done');
    const before = session.snapshot;
    vi.spyOn(backend, 'edit').mockRejectedValueOnce(full);
    await session.edit({ kind: 'removeRange', material: 1, range: 1 });
    expect(session.fault).toEqual(full);
    expect(session.snapshot).toBe(before);
    await session.edit({ kind: 'removeRange', material: 1, range: 1 });
    expect(session.fault).toBeNull();
  });

  it('lets a range that the engine refuses go back to where it was', async () => {
    const { backend, session } = await opened('done');
    const before = session.ranges;
    vi.spyOn(backend, 'edit').mockRejectedValueOnce(full);
    session.overlay = { material: 1, range: 1, start: 1, end: 2 };
    await session.commitOverlay();
    expect(session.overlay).toBeNull();
    expect(session.ranges).toEqual(before);
  });

  it('adds dropped files one after the other, also while others are being read', async () => {
    const { session, drop } = await opened('empty');
    drop({ type: 'over' });
    expect(session.droppingOver).toBe(true);
    drop({ type: 'dropped', paths: ['/a.mp4'] });
    drop({ type: 'dropped', paths: ['/b.mov'] });
    expect(session.droppingOver).toBe(false);
    await vi.waitFor(() => expect(session.materials.length).toBe(2));
  });

  it('lists files that were refused at the start', async () => {
    const { session, tell } = await opened('empty');
    tell({ type: 'refused', refused: [{ path: '/data', error: full }] });
    expect(session.refused.length).toBe(1);
  });

  it('forgets how far work had come once it is over', async () => {
    const { session, tell } = await opened('analysing');
    const subject = { kind: 'material', material: 2 } as const;
    tell({ type: 'progress', sequence: 1, items: [{ subject, stage: 'analysing', fraction: 0.4, remaining: null }] });
    expect(session.progress.of(subject)?.fraction).toBe(0.4);
    await session.cancelFind();
    expect(session.progress.of(subject)).toBeNull();
    expect(session.cancelling).toBe(false);
  });
});
