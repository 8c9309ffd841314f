import { cleanup, screen, waitFor, within } from '@testing-library/svelte';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Scene } from '../ipc/fake';
import { testids } from '../testids';
import { nameless, open } from './opened';

beforeEach(() => localStorage.clear());
afterEach(cleanup);

const row = (id: string) => screen.findByTestId(testids.model(id));
const state = async (id: string) => (await row(id)).dataset.state;

async function openSettings(scene: Scene) {
  const opened = await open(scene);
  await opened.user.keyboard('{Control>},{/Control}');
  await screen.findByTestId(testids.settingsDialog);
  return opened;
}

describe('settings', () => {
  it('open with Ctrl+, and show every model with its use, size and licence', async () => {
    await openSettings('done');
    const yamnet = await row('yamnet');
    expect(yamnet.textContent).toContain('Hears laughter');
    expect(yamnet.textContent).toContain('4.1 MB · Apache-2.0');
    expect((await row('whisper-tiny')).textContent).toContain('99 languages · quickest');
    expect(nameless()).toEqual([]);
  });

  it('download a model with progress, and it stays when it is there', async () => {
    const { backend, user } = await openSettings('done');
    await user.click(await screen.findByTestId(testids.modelDownload('yamnet')));
    expect(await state('yamnet')).toBe('running');
    backend.modelBook.advance('yamnet');
    await waitFor(async () => expect((await row('yamnet')).textContent).toContain('10\u00a0% · 9 s left'));
    for (let step = 0; step < 9; step++) backend.modelBook.advance('yamnet');
    await waitFor(async () => expect(await state('yamnet')).toBe('installed'));
    expect(screen.queryByTestId(testids.modelDownload('yamnet'))).toBeNull();
  });

  it('cancel a download and keep what has arrived', async () => {
    const { user } = await openSettings('modelStates');
    await user.click(await screen.findByTestId(testids.modelCancel('whisper-small')));
    await waitFor(async () => expect(await state('whisper-small')).toBe('missing'));
    expect((await row('whisper-small')).textContent).toContain('42\u00a0% arrived');
    expect(screen.getByTestId(testids.modelDownload('whisper-small')).textContent).toContain('Resume');
  });

  it('say what to do when there is no network', async () => {
    const { backend, user } = await openSettings('noNetwork');
    await user.click(await screen.findByTestId(testids.modelDownload('yamnet')));
    backend.modelBook.advance('yamnet');
    const alert = within(await row('yamnet')).findByRole('alert');
    expect((await alert).textContent).toContain('import it');
    expect(screen.getByTestId(testids.modelDownload('yamnet')).textContent).toContain('Try again');
    await user.click(screen.getByTestId(testids.modelImport));
    await waitFor(async () => expect(await state('yamnet')).toBe('installed'));
  });

  it('ask before removing; Escape takes the question back and then closes', async () => {
    const { user } = await openSettings('installed');
    await user.click(await screen.findByTestId(testids.modelRemove('whisper-medium')));
    expect((await row('whisper-medium')).textContent).toContain('Remove 539 MB from this machine?');
    await user.keyboard('{Escape}');
    expect(screen.queryByTestId(testids.modelRemoveConfirm('whisper-medium'))).toBeNull();
    await user.click(await screen.findByTestId(testids.modelRemove('whisper-medium')));
    await user.click(screen.getByTestId(testids.modelRemoveConfirm('whisper-medium')));
    await waitFor(async () => expect(await state('whisper-medium')).toBe('missing'));
    expect(await state('yamnet')).toBe('installed');
    await user.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByTestId(testids.settingsDialog)).toBeNull());
  });

  it('leave listed folders alone and offer damaged files again', async () => {
    const { backend, user } = await openSettings('modelStates');
    const listed = await row('yunet');
    expect(listed.textContent).toContain('In a folder of yours');
    expect(within(listed).queryByText('Remove…')).toBeNull();
    const damaged = await row('silero-vad');
    expect(damaged.textContent).toContain('not what was published');
    expect(within(damaged).getByText('Download again')).toBeTruthy();
    await user.click(within(damaged).getByText('Web page'));
    expect(backend.modelBook.pages).toEqual(['silero-vad']);
    expect(nameless()).toEqual([]);
  });

  it('take an encoder in as a folder, which cannot be downloaded again', async () => {
    const { user } = await openSettings('done');
    await user.click(await screen.findByTestId(testids.modelImportFolder));
    const taken = await row('encoder-5c1d0e6a9b27');
    expect(taken.textContent).toContain('What pictures show');
    expect(taken.textContent).toContain('licence not stated');
    expect(within(taken).queryByText('Web page')).toBeNull();
    await user.click(within(taken).getByText('Remove…'));
    await user.click(screen.getByTestId(testids.modelRemoveConfirm('encoder-5c1d0e6a9b27')));
    await waitFor(() => expect(screen.queryByTestId(testids.model('encoder-5c1d0e6a9b27'))).toBeNull());
    expect(nameless()).toEqual([]);
  });

  it('refuse a file that is no model', async () => {
    const { user } = await openSettings('installed');
    await user.click(await screen.findByTestId(testids.modelImport));
    expect((await screen.findByTestId(testids.fault)).textContent).toContain('Not a model that Standout knows');
  });
});

describe('the search panel', () => {
  it('says once that sound events are off, and leads to the settings', async () => {
    const { user } = await open('done');
    const line = await screen.findByTestId(testids.modelMissing);
    expect(line.textContent).toContain('Sound events are off: install YAMNet in');
    await user.click(within(line).getByRole('button'));
    expect(await screen.findByTestId(testids.settingsDialog)).toBeTruthy();
  });

  it('says nothing when they are heard', async () => {
    await open('installed');
    await waitFor(() => expect(screen.getByTestId(testids.find)).toBeTruthy());
    expect(screen.queryByTestId(testids.modelMissing)).toBeNull();
  });
});
