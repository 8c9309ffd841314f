import { cleanup, screen, waitFor, within } from '@testing-library/svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { testids } from '../testids';
import { choose, nameless, open } from './opened';

beforeEach(() => localStorage.clear());
afterEach(cleanup);

const text = (testid: string) => screen.getByTestId(testid).textContent;
const value = (testid: string) => screen.getByTestId(testid).dataset.value;

async function openExport(scene: Parameters<typeof open>[0]) {
  const opened = await open(scene);
  await opened.user.click(screen.getByTestId(testids.export));
  await screen.findByTestId(testids.exportStart);
  await waitFor(() => expect(text(testids.exportEstimate)).not.toBe(''));
  return opened;
}

async function openBuckets(scene: Parameters<typeof open>[0]) {
  const opened = await openExport(scene);
  await opened.user.click(screen.getByTestId(`${testids.exportTarget}-bucket`));
  return opened;
}

describe('what clips look like', () => {
  it('follows a preset, and is custom once a field is changed', async () => {
    const { user } = await openExport('done');
    expect(value(testids.exportPreset)).toBe('standard');
    await choose(user, testids.exportPreset, 'small');
    await waitFor(() => expect(value(testids.exportCodec)).toBe('h265'));
    expect(value(testids.exportSize)).toBe('720');
    await choose(user, testids.exportSize, '1080');
    await waitFor(() => expect(value(testids.exportPreset)).toBe('custom'));
  });

  it('cannot be a codec that this machine does not write', async () => {
    const { user } = await openExport('done');
    screen.getByTestId(testids.exportCodec).focus();
    await user.keyboard('{Enter}');
    const missing = await screen.findByTestId(`${testids.exportCodec}-av1`);
    expect(missing.getAttribute('aria-disabled')).toBe('true');
    expect(missing.textContent).toContain('cannot write it');
  });

  it('asks for an even size within the limits', async () => {
    const { backend, user } = await openExport('done');
    const planned = vi.spyOn(backend, 'planExport');
    await choose(user, testids.exportSize, 'custom');
    const width = await screen.findByTestId<HTMLInputElement>(testids.exportWidth);
    await user.type(width, '9001{Enter}');
    expect(width.value).toBe('4096');
    await user.clear(width);
    await user.type(width, '641{Enter}');
    await waitFor(() => expect(planned.mock.lastCall?.[0].options).toMatchObject({ width: 642, height: null }));
  });

  it('has no quality of its own when it is a copy', async () => {
    const { user } = await openExport('done');
    await choose(user, testids.exportCodec, 'copy');
    await waitFor(() => expect(screen.getByTestId<HTMLInputElement>(testids.exportCrf).disabled).toBe(true));
    expect(screen.getByTestId<HTMLButtonElement>(testids.exportSize).disabled).toBe(true);
    expect(screen.getByText('A copy keeps the quality of the source.')).toBeTruthy();
  });

  it('is warned of when it needs more room than there is', async () => {
    await openExport('nearlyFull');
    expect(text(testids.exportEstimate)).toContain('38 MB are free');
  });
});

describe('the names', () => {
  it('take a placeholder where the caret was', async () => {
    const { user } = await openExport('done');
    const field = screen.getByTestId<HTMLInputElement>(testids.exportTemplate);
    await user.clear(field);
    await user.type(field, 'coast');
    await user.click(screen.getByTestId(testids.exportChip('index')));
    expect(field.value).toBe('coast-{index}');
    expect(document.activeElement, 'writing goes on in the field').toBe(field);
  });
});

describe('a bucket', () => {
  it('takes clips and gives their addresses', async () => {
    const { backend, user } = await openBuckets('done');
    const copied = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue();
    await choose(user, testids.exportBucket, 'Archive');
    await user.click(screen.getByTestId(testids.exportRegister));
    await user.click(await screen.findByTestId(testids.exportReplace));
    const start = screen.getByTestId<HTMLButtonElement>(testids.exportStart);
    await waitFor(() => expect(start.disabled).toBe(false));
    const started = vi.spyOn(backend, 'startExport');
    await user.click(start);
    expect(started.mock.lastCall?.[0]).toMatchObject({
      target: { kind: 'bucket', profile: 'Archive' },
      options: { register: true },
    });
    const clip = await screen.findByTestId(testids.exportClip(0));
    await waitFor(() => {
      backend.advance();
      expect(clip.dataset.state).toBe('uploading');
    });
    await waitFor(() => {
      for (let step = 0; step < 800; step++) backend.advance();
      expect(screen.getByTestId(testids.exportClip(14)).dataset.state).toBe('written');
    });
    expect(text(testids.exportDialog)).toContain('15 clips in the bucket');
    await user.click(within(clip).getByRole('button', { name: 'Copy address' }));
    await waitFor(() => expect(within(clip).getByRole('button').textContent).toContain('Copied'));
    expect(copied.mock.lastCall?.[0]).toMatch(/^https:.*Harbour interview-0\.mp4$/);
    await user.click(screen.getByTestId(testids.exportClose));
    await user.click(screen.getByTestId(testids.export));
    await screen.findByTestId(testids.exportStart);
    await waitFor(() => expect(value(testids.exportBucket), 'the last choice is remembered').toBe('Archive'));
  });

  it('without keys on this machine takes nothing and says what to do', async () => {
    const { user } = await openBuckets('done');
    await choose(user, testids.exportBucket, 'Agency');
    expect(await screen.findByText(/Choose Edit… to enter them/)).toBeTruthy();
    expect(screen.getByTestId<HTMLButtonElement>(testids.exportStart).disabled).toBe(true);
  });

  it('is set up, tested, kept and chosen; its keys never come back', async () => {
    const { backend, user } = await openBuckets('noBuckets');
    const field = (name: string) => screen.getByTestId<HTMLInputElement>(testids.bucketField(name));
    await user.click(await screen.findByTestId(testids.bucketNew));
    await screen.findByTestId(testids.bucketForm);
    await user.click(screen.getByTestId(testids.bucketSave));
    expect(field('name').getAttribute('aria-invalid'), 'a fault at its field').toBe('true');
    await user.type(field('name'), 'Rushes');
    await user.type(field('region'), 'eu-west-1');
    await user.type(field('bucket'), 'rushes');
    await user.type(field('accessKeyId'), 'wrong');
    await user.type(field('secretAccessKey'), 'quiet please');
    expect(field('secretAccessKey').type).toBe('password');
    const trial = () => screen.getByTestId(testids.bucketTrial);
    await user.click(screen.getByTestId(testids.bucketTest));
    expect(trial().dataset.state).toBe('testing');
    await waitFor(() => expect(trial().dataset.state).toBe('failed'));
    expect(trial().textContent).toContain('The bucket refuses these keys');
    await user.clear(field('accessKeyId'));
    expect(trial().dataset.state, 'what was tried no longer holds').toBe('idle');
    await user.type(field('accessKeyId'), 'AK');
    await user.click(screen.getByTestId(testids.bucketTest));
    await waitFor(() => expect(trial().dataset.state).toBe('ok'));
    await user.click(screen.getByTestId(testids.bucketSave));
    await waitFor(() => expect(value(testids.exportBucket)).toBe('Rushes'));
    expect(backend.bucketBook.secrets.at(-1)).toMatchObject({ accessKeyId: 'AK', secretAccessKey: 'quiet please' });
    await user.click(screen.getByTestId(testids.bucketEdit));
    await screen.findByTestId(testids.bucketForm);
    expect([field('accessKeyId').value, field('secretAccessKey').value]).toEqual(['', '']);
    await user.click(screen.getByTestId(testids.bucketSave));
    await waitFor(() => expect(backend.bucketBook.secrets.at(-1), 'what is kept stays').toBeNull());
  });

  it('has a name for every control, and so has the panel', async () => {
    const { user } = await openBuckets('done');
    expect(nameless()).toEqual([]);
    await user.click(screen.getByTestId(testids.bucketNew));
    await screen.findByTestId(testids.bucketForm);
    expect(nameless()).toEqual([]);
  });

  it('is removed only after a yes', async () => {
    const { backend, user } = await openBuckets('done');
    await choose(user, testids.exportBucket, 'Archive');
    await user.click(screen.getByTestId(testids.bucketEdit));
    await user.click(await screen.findByTestId(testids.bucketRemove));
    await user.keyboard('{Escape}');
    expect(screen.queryByTestId(testids.bucketRemoveConfirm)).toBeNull();
    await user.click(screen.getByTestId(testids.bucketRemove));
    await user.click(screen.getByTestId(testids.bucketRemoveConfirm));
    await screen.findByTestId(testids.exportStart);
    expect(backend.bucketBook.list().map((view) => view.profile.name)).toEqual(['Agency', 'Studio server']);
  });
});

describe('an export that cannot be planned', () => {
  it('says why at the field, and can be planned again', async () => {
    const { backend, user } = await openExport('done');
    const error = { code: 'bucketUnreachable', message: 'The server does not answer.', path: null };
    vi.spyOn(backend, 'planExport').mockRejectedValueOnce(error);
    await user.type(screen.getByTestId(testids.exportFolder), '2');
    expect(await screen.findByText(/The bucket does not answer/)).toBeTruthy();
    expect(screen.queryByTestId(testids.fault)).toBeNull();
    await user.type(screen.getByTestId(testids.exportFolder), '6');
    await waitFor(() => expect(screen.queryByText(/The bucket does not answer/)).toBeNull());
  });
});

describe('clips that wait for their bucket', () => {
  it('are sent when that is resumed', async () => {
    const { user } = await open('uploads');
    expect(text(testids.uploads)).toContain('2 clips wait');
    await user.click(screen.getByTestId(testids.uploadsResume));
    expect((await screen.findByTestId(testids.exportClip(0))).dataset.state).toBe('uploading');
    expect(screen.queryByTestId(testids.uploads)).toBeNull();
  });

  it('can be waved away without being let go', async () => {
    const { backend, user } = await open('uploads');
    await user.click(within(screen.getByTestId(testids.uploads)).getByRole('button', { name: 'Dismiss' }));
    await waitFor(() => expect(screen.queryByTestId(testids.uploads)).toBeNull());
    expect((await backend.bootstrap()).snapshot.waitingUploads, 'they still wait').toBe(2);
  });

  it('are let go only after a yes', async () => {
    const { user } = await open('uploads');
    await user.click(screen.getByTestId(testids.uploadsDiscard));
    await user.click(await screen.findByTestId(testids.uploadsDiscardConfirm));
    await waitFor(() => expect(screen.queryByTestId(testids.uploads)).toBeNull());
  });

  it('say so after an upload that was cut, and can be resumed there', async () => {
    const { user } = await open('uploadFailed');
    await user.click(screen.getByTestId(testids.export));
    const failed = await screen.findByTestId(testids.exportClip(6));
    expect(failed.textContent).toContain('kept on this machine');
    await user.click(screen.getByTestId(testids.exportResume));
    await waitFor(() => expect(failed.dataset.state).toBe('uploading'));
  });
});
