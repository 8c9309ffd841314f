import { cleanup, screen, waitFor } from '@testing-library/svelte';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { testids } from '../testids';
import { open } from './opened';

beforeEach(() => localStorage.clear());
afterEach(cleanup);

it('frame times are not asked for again while the same file is played', async () => {
  const { backend, user } = await open('done');
  const frameTimes = vi.spyOn(backend, 'frameTimes');
  const edits = backend.edits.length;
  await user.keyboard('n');
  await waitFor(() => expect(backend.edits.length).toBeGreaterThan(edits));
  await waitFor(() => expect(screen.getByTestId(testids.undo).getAttribute('aria-disabled')).toBe('false'));
  expect(frameTimes).not.toHaveBeenCalled();
});

it('words that were written down before highlights were looked for are read', async () => {
  const { backend, user } = await open('ready');
  await user.keyboard('{Control>}t{/Control}');
  const spoken = vi.spyOn(backend, 'spoken');
  await user.click(await screen.findByTestId(testids.transcribeStart));
  await waitFor(() => {
    backend.advance();
    expect(screen.queryByTestId(testids.cancelTranscription)).toBeNull();
  });
  await waitFor(() => expect(spoken).toHaveBeenCalled());
});
