import { describe, expect, it, vi } from 'vitest';
import type { ModelView, TransferProgress } from '../ipc/bindings';
import { FakeBackend, type Scene } from '../ipc/fake';
import { SECOND } from '../time/timecode';
import { grouped, percent, progressLine } from './facts';
import { Models } from './models.svelte';

async function read(scene: Scene) {
  const backend = new FakeBackend(scene);
  const models = new Models(backend);
  await models.read();
  return { backend, models };
}

const one = (models: Models, id: string) => {
  const found = models.list?.find((model) => model.id === id);
  if (!found) throw new Error(`${id} is not listed`);
  return found;
};

describe('models', () => {
  it('misses sound events until their model is there or on its way', async () => {
    const { backend, models } = await read('done');
    expect(models.missingSoundEvents?.name).toBe('YAMNet');
    backend.modelBook.download('yamnet');
    await models.read();
    expect(models.missingSoundEvents).toBeNull();
    backend.modelBook.cancel('yamnet');
    await models.read();
    expect(models.missingSoundEvents?.id).toBe('yamnet');
    expect((await read('installed')).models.missingSoundEvents).toBeNull();
  });

  it('says nothing is missing before it knows', () => {
    expect(new Models(new FakeBackend('done')).missingSoundEvents).toBeNull();
  });

  it('shows the newest progress of a download, and none once it has ended', async () => {
    const { backend, models } = await read('modelStates');
    const newer = { arrivedBytes: 100_000_000, sizeBytes: 190_085_487, tryingAgain: null, remaining: null };
    models.take([{ model: 'whisper-small', progress: newer }]);
    expect(models.progress(one(models, 'whisper-small'))).toEqual(newer);
    backend.modelBook.cancel('whisper-small');
    await models.read();
    expect(models.progress(one(models, 'whisper-small'))).toBeNull();
  });

  it('shows the answer to the newest question, however answers overtake each other', async () => {
    const { backend, models } = await read('installed');
    let late: (list: ModelView[]) => void = () => undefined;
    vi.spyOn(backend, 'models').mockReturnValueOnce(new Promise((resolve) => (late = resolve)));
    const first = models.read();
    await models.read();
    late([]);
    await first;
    expect(models.ready).toBe(7);
  });

  it('keeps the list when it cannot be read again, and says why', async () => {
    const { backend, models } = await read('done');
    vi.spyOn(backend, 'models').mockRejectedValueOnce({ code: 'libraryFailed', message: 'It is locked.', path: null });
    await models.read();
    expect(models.fault?.code).toBe('libraryFailed');
    expect(models.list).toHaveLength(7);
  });

  it('lie in two groups, without an empty one', async () => {
    const list = (await read('done')).models.list ?? [];
    const ids = (members: ModelView[]) => members.map((model) => model.id);
    expect(grouped(list).map(([group, members]) => [group, ids(members)])).toEqual([
      ['finds', ['yamnet', 'yunet', 'silero-vad', 'clip-vit-b32']],
      ['writes', ['whisper-small', 'whisper-tiny', 'whisper-medium']],
    ]);
    expect(grouped(list.slice(0, 1)).map(([group]) => group)).toEqual(['finds']);
  });
});

describe('the line of a download', () => {
  const progress: TransferProgress = { arrivedBytes: 43, sizeBytes: 100, tryingAgain: null, remaining: 12 * SECOND };

  it.each<[Partial<TransferProgress>, string]>([
    [{}, '43\u00a0% · 12 s left'],
    [{ remaining: null }, '43\u00a0%'],
    [{ remaining: 150 * SECOND }, '43\u00a0% · 3 min left'],
    [{ arrivedBytes: 0 }, 'Connecting…'],
    [{ tryingAgain: 'the connection broke off' }, 'Trying again: the connection broke off'],
  ])('of %j reads %s', (change, expected) => expect(progressLine({ ...progress, ...change })).toBe(expected));

  it('says 100 only when all has arrived', () => {
    expect(percent(999, 1000)).toBe(99);
    expect(percent(1000, 1000)).toBe(100);
    expect(percent(0, 0)).toBe(0);
  });
});
