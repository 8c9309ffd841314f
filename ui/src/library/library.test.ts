import { describe, expect, it, vi } from 'vitest';
import type { MediaAsset } from '../ipc/bindings';
import { FakeBackend, type Scene } from '../ipc/fake';
import { Session } from '../project/session.svelte';
import { assetFacts, usage } from './facts';
import { Library } from './library.svelte';
import { Thumbnails } from './thumbnails.svelte';

async function opened(scene: Scene = 'done') {
  const backend = new FakeBackend(scene);
  const session = new Session(backend);
  await session.open();
  const library = new Library(session);
  await library.read();
  return { backend, session, library };
}

const names = (library: Library) => library.assets?.map((asset) => asset.name);

describe('the media library', () => {
  it('shows the answer to the newest search, however answers overtake each other', async () => {
    const { backend, library } = await opened();
    const all = library.assets ?? [];
    let late: (assets: MediaAsset[]) => void = () => undefined;
    vi.spyOn(backend, 'mediaAssets').mockReturnValueOnce(new Promise((resolve) => (late = resolve)));
    library.search = 'reg';
    const first = library.read();
    library.search = 'ferry';
    await library.read();
    late(all);
    await first;
    expect(names(library)).toEqual(['Ferry crossing.mkv']);
  });

  it('chooses what was added, whatever was searched for', async () => {
    const { session, library } = await opened();
    library.search = 'zebra';
    await library.read();
    expect(await library.addText('https://media.example.org/new.mp4')).toBe(true);
    expect(library.search).toBe('');
    expect(library.chosen?.name).toBe('new.mp4');
    expect(await library.addText('no address')).toBe(false);
    expect(session.refused.map((refusal) => refusal.path)).toEqual(['no address']);
  });

  it('chooses the next one after a removal', async () => {
    const { library } = await opened();
    library.choose(1);
    const next = library.assets?.[2]?.id;
    library.removing = true;
    await library.removeChosen();
    expect(library.removing).toBe(false);
    expect(library.chosenId).toBe(next);
  });

  it('adds to the project once, and not what is missing until it is relinked', async () => {
    const { session, library } = await opened('empty');
    const missing = library.assets?.findIndex((asset) => asset.missing) ?? -1;
    library.choose(missing);
    await library.importChosen();
    expect(session.materials).toHaveLength(0);
    await library.relinkChosen();
    await library.importChosen();
    await library.importChosen();
    expect(session.materials).toHaveLength(1);
    expect(library.chosen?.inProject).toBe(true);
  });

  it('keeps what it showed when it cannot be read again, and says why', async () => {
    const { backend, library } = await opened();
    const before = names(library);
    const error = { code: 'libraryFailed', message: 'It is locked.', path: null };
    vi.spyOn(backend, 'mediaAssets').mockRejectedValueOnce(error);
    await library.read();
    expect(library.fault).toEqual(error);
    expect(names(library)).toEqual(before);
    await library.read();
    expect(library.fault).toBeNull();
  });

  it('tells facts and use in one line each', async () => {
    const { library } = await opened();
    const found = (name: string) => library.assets!.find((asset) => asset.name === name)!;
    expect(assetFacts(found('regatta.mov'))).toBe('15:39 · HEVC 3840 × 2160 · 305 MB · no sound');
    expect(assetFacts({ ...found('Podcast 41.wav'), sizeBytes: 0 })).toBe('26:12 · Sound only');
    expect(usage(found('regatta.mov'))).toBe('Not used in a project');
    expect(usage(found('Harbour interview.mp4'))).toBe('In Coast series');
    expect(usage(found('County final, second half, camera B.mov'))).toBe(
      'In 2 projects: Coast series and Season review',
    );
  });
});

describe('thumbnails', () => {
  it('are fetched once and all let go in the end, also those still on their way', async () => {
    const backend = new FakeBackend('done');
    const fetched = vi.spyOn(backend, 'mediaThumbnail').mockResolvedValue(new ArrayBuffer(8));
    const made = vi.spyOn(URL, 'createObjectURL').mockReturnValue('blob:picture');
    const released = vi.spyOn(URL, 'revokeObjectURL').mockReturnValue();
    const thumbnails = new Thumbnails(backend);
    await Promise.all([thumbnails.fetch('a'), thumbnails.fetch('a')]);
    expect(fetched).toHaveBeenCalledTimes(1);
    expect(thumbnails.of('a')).toBe('blob:picture');
    const late = thumbnails.fetch('b');
    thumbnails.dispose();
    await late;
    expect(thumbnails.of('a')).toBeNull();
    expect(made).toHaveBeenCalledTimes(1);
    expect(released).toHaveBeenCalledTimes(1);
  });
});
