import { cleanup, screen, waitFor } from '@testing-library/svelte';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { testids } from '../testids';
import { open } from './opened';

beforeEach(() => localStorage.clear());
afterEach(cleanup);

const title = () => screen.getByTestId<HTMLInputElement>(testids.highlightTitle(1));

/** Writes into the title of the first highlight, and opens a sheet by a key meanwhile. */
async function openWhileWriting(key: string, sheet: string) {
  const opened = await open('done');
  await opened.user.click(title());
  await opened.user.keyboard(`The nets{Control>}${key}{/Control}`);
  await screen.findByTestId(sheet);
  return opened;
}

describe('a sheet that was opened from a text field', () => {
  it.each([
    ['k', testids.palette],
    [',', testids.settingsDialog],
    ['e', testids.exportDialog],
  ])('with Ctrl+%s gives the focus back to it, and what was written is kept', async (key, sheet) => {
    const { backend, user } = await openWhileWriting(key, sheet);
    expect(backend.edits.at(-1)?.command).toMatchObject({ kind: 'setTitle', title: 'The nets' });
    await user.keyboard('{Escape}');
    await waitFor(() => expect(document.activeElement).toBe(title()));
    await user.keyboard(' in winter{Enter}');
    expect(backend.edits.at(-1)?.command).toMatchObject({ title: 'The nets in winter' });
  });

  it('gives it back after the sheet that follows, too', async () => {
    const { user } = await openWhileWriting('k', testids.palette);
    await user.keyboard('media library{Enter}');
    await screen.findByTestId(testids.libraryDialog);
    await user.keyboard('{Escape}');
    await waitFor(() => expect(document.activeElement).toBe(title()));
  });

  it('leaves it where a command has brought it', async () => {
    const { user } = await openWhileWriting('k', testids.palette);
    await user.keyboard('write a note{Enter}');
    await waitFor(() => expect(document.activeElement).toBe(screen.getByTestId(testids.highlightNote(1))));
  });

  it('does not when it was opened from elsewhere', async () => {
    const { user } = await open('done');
    await user.click(title());
    await user.keyboard('{Enter}{Control>}k{/Control}');
    await screen.findByTestId(testids.palette);
    await user.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByTestId(testids.palette)).toBeNull());
    expect(document.activeElement).toBe(document.body);
  });
});
