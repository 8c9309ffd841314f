import { cleanup, screen, waitFor, within } from '@testing-library/svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { testids } from '../testids';
import { nameless, open } from './opened';

beforeEach(() => localStorage.clear());
afterEach(cleanup);

const rows = () => screen.queryAllByTestId(/^library-row-/);
const chosen = () => rows().find((row) => row.getAttribute('aria-selected') === 'true')?.textContent;

async function openLibrary(scene: Parameters<typeof open>[0]) {
  const opened = await open(scene);
  await opened.user.keyboard('{Control>}l{/Control}');
  await screen.findByTestId(testids.libraryDialog);
  return opened;
}

describe('the media library', () => {
  it('opens with Ctrl+L, ready for a search, and is walked with arrow keys', async () => {
    const { user } = await openLibrary('done');
    await waitFor(() => expect(rows().length).toBe(9));
    expect(nameless()).toEqual([]);
    await waitFor(() => expect(document.activeElement).toBe(screen.getByTestId(testids.librarySearch)));
    await user.keyboard('ferry');
    await waitFor(() => expect(rows().length).toBe(1));
    await user.keyboard('{ArrowDown}');
    expect(chosen()).toContain('Ferry crossing');
    expect(screen.getByTestId(testids.librarySearch).getAttribute('aria-activedescendant')).toBe(rows()[0]?.id);
    await user.keyboard('{Escape}');
    await waitFor(() => expect(rows().length, 'Escape first takes the search back').toBe(9));
    await user.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByTestId(testids.libraryDialog)).toBeNull());
  });

  it('adds to the project with Enter, once', async () => {
    const { user } = await openLibrary('empty');
    await waitFor(() => expect(rows().length).toBe(9));
    await user.keyboard('{ArrowDown}{ArrowDown}{ArrowDown}{Enter}');
    await waitFor(() => expect(within(rows()[2]!).getByText('In this project')).toBeTruthy());
    expect(screen.getByTestId<HTMLButtonElement>(testids.libraryImport).disabled).toBe(true);
    await user.keyboard('{Escape}');
    const material = await screen.findByTestId(testids.material(1));
    expect(material.textContent).toContain('lighthouse-keeper.mp4');
    expect(within(material).getByLabelText('Remote')).toBeTruthy();
  });

  it('asks before removing, and says that the file stays', async () => {
    const { user } = await openLibrary('done');
    await waitFor(() => expect(rows().length).toBe(9));
    screen.getByTestId(testids.libraryList).focus();
    await user.keyboard('{End}{Delete}');
    expect(screen.getByRole('alert').textContent).toContain('stays on disk');
    await user.keyboard('{Escape}');
    expect(screen.queryByRole('alert')).toBeNull();
    await user.keyboard('{Delete}');
    await user.click(screen.getByTestId(testids.libraryRemoveConfirm));
    await waitFor(() => expect(rows().length).toBe(8));
  });

  it('is searched from its list, and acts by the keys that were chosen for it', async () => {
    const { user } = await open('empty');
    await user.keyboard('?');
    await user.click(await screen.findByTestId(testids.key('libraryImport')));
    await user.keyboard('i{Escape}');
    await user.keyboard('{Control>}l{/Control}');
    await waitFor(() => expect(rows().length).toBe(9));
    screen.getByTestId(testids.libraryList).focus();
    await user.keyboard('{ArrowDown}{ArrowDown}');
    const dialog = screen.getByTestId(testids.libraryDialog);
    expect(dialog.textContent, 'the foot names the key that acts').toContain('I adds, Delete removes');
    await user.keyboard('{Enter}');
    expect(within(rows()[2]!).queryByText('In this project'), 'the usual key is free').toBeNull();
    await user.keyboard('i');
    await waitFor(() => expect(within(rows()[2]!).getByText('In this project')).toBeTruthy());
    await user.keyboard('/');
    expect(document.activeElement).toBe(screen.getByTestId(testids.librarySearch));
  });

  it('relinks a file that is not where it was', async () => {
    const { user } = await openLibrary('done');
    await user.click(await screen.findByText('Regatta, morning.mp4'));
    await user.click(screen.getByTestId(testids.libraryRelink));
    await waitFor(() => expect(chosen()).toContain('/footage/found again.mp4'));
    expect(screen.queryByTestId(testids.libraryRelink)).toBeNull();
  });

  it('copies an id of 32 hexadecimal digits', async () => {
    const { user } = await openLibrary('done');
    const copied = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue();
    await user.click(await screen.findByText('regatta.mov'));
    await user.click(screen.getByTestId(testids.libraryCopyId));
    await waitFor(() => expect(copied.mock.lastCall?.[0]).toMatch(/^[0-9a-f]{32}$/));
  });

  it('takes an address, typed or pasted, and names what it refuses', async () => {
    const { user } = await openLibrary('done');
    await user.click(screen.getByTestId(testids.libraryAddAddress));
    await user.type(screen.getByTestId(testids.libraryAddress), 'https://media.example.org/buoy.mp4{Enter}');
    await waitFor(() => expect(chosen()).toContain('buoy.mp4'));
    screen.getByTestId(testids.libraryList).focus();
    await user.paste('/nowhere/a.mp4');
    expect((await screen.findByTestId(testids.refusals)).textContent).toContain('File not found');
    expect(screen.getByTestId(testids.libraryDialog), 'the library stays open').toBeTruthy();
  });

  it('says what fills it when it is empty', async () => {
    await openLibrary('libraryEmpty');
    expect(await screen.findByText('The library is empty')).toBeTruthy();
  });

  it('says when nothing matches, and takes the search back', async () => {
    const { user } = await openLibrary('done');
    await user.type(screen.getByTestId(testids.librarySearch), 'zebra');
    expect(await screen.findByText('Nothing matches “zebra”')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Clear search' }));
    await waitFor(() => expect(rows().length).toBe(9));
  });

  it('says why it cannot be read', async () => {
    await openLibrary('libraryFailed');
    expect((await screen.findByRole('alert')).textContent).toContain('locked by another program');
  });
});

describe('opening addresses', () => {
  it('takes several lines and shows a mark on what is remote', async () => {
    const { backend, user } = await open('empty');
    const imported = vi.spyOn(backend, 'importText');
    await user.keyboard('{Control>}{Shift>}O{/Shift}{/Control}');
    const field = await screen.findByTestId(testids.openAddressField);
    await waitFor(() => expect(document.activeElement).toBe(field));
    await user.type(field, 'https://media.example.org/a.mp4{Enter}media.example.org/b.mp4');
    await user.click(screen.getByTestId(testids.openAddressOpen));
    expect(screen.getByText(/Line 2 is not an address/)).toBeTruthy();
    await user.clear(field);
    await user.type(field, 'https://media.example.org/a.mp4{Enter}s3://archive/b.mp4');
    expect(screen.getByTestId(testids.openAddressOpen).textContent).toContain('Open 2 videos');
    await user.keyboard('{Control>}{Enter}{/Control}');
    expect(imported).toHaveBeenCalledWith('https://media.example.org/a.mp4\ns3://archive/b.mp4');
    await waitFor(() => expect(screen.queryByTestId(testids.openAddressDialog)).toBeNull());
  });

  it('is offered on the start screen', async () => {
    const { user } = await open('empty');
    await user.click(screen.getByTestId(testids.openAddress));
    expect(await screen.findByTestId(testids.openAddressField)).toBeTruthy();
  });

  it('shows which is being read, of how many, and gives that up on request', async () => {
    const { user } = await open('importing');
    const reading = screen.getByTestId(testids.reading);
    expect(reading.textContent).toContain('Reading lighthouse-keeper.mp4');
    expect(reading.textContent).toContain('media.example.org/footage/2026/coast · 2 of 3');
    expect(nameless()).toEqual([]);
    await user.click(screen.getByTestId(testids.cancelImport));
    await waitFor(() => expect(screen.queryByTestId(testids.reading)).toBeNull());
  });

  it('leads to videos that show where they are', async () => {
    await open('remote');
    const material = screen.getByTestId(testids.material(5));
    expect(material.textContent).toContain('s3://coast-archive/rushes');
    expect(material.textContent).toContain('The server refuses access');
  });
});
