import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/svelte';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { when } from '../projects/projects.svelte';
import { testids } from '../testids';
import { open } from './opened';

beforeEach(() => localStorage.clear());
afterEach(cleanup);

const name = () => screen.getByTestId(testids.project).textContent?.trim();

describe('projects', () => {
  it('stand on the start screen and are opened from there', async () => {
    const { user } = await open('empty');
    await user.click(await screen.findByTestId(testids.projectOpen('season')));
    await waitFor(() => expect(name()).toContain('Season review'));
  });

  it('are listed, duplicated, opened and removed', async () => {
    const { user } = await open('done');
    await user.keyboard('{Control>}p{/Control}');
    const sheet = await screen.findByTestId(testids.projectsDialog);
    expect(await within(sheet).findByText('Coast series')).toBeTruthy();
    expect(screen.getByTestId(testids.projectRemove('open')).getAttribute('aria-disabled')).toBe('true');
    await user.click(screen.getByTestId(testids.projectDuplicate('regatta')));
    expect(await within(sheet).findByText('Regatta copy')).toBeTruthy();
    await user.click(screen.getByTestId(testids.projectRemove('regatta')));
    await user.click(await screen.findByTestId(testids.projectRemoveConfirm('regatta')));
    await waitFor(() => expect(screen.queryByTestId(testids.projectRow('regatta'))).toBeNull());
    await user.click(screen.getByTestId(testids.projectOpen('islands')));
    await waitFor(() => expect(name()).toContain('Islands, part two'));
    expect(screen.queryByTestId(testids.projectsDialog), 'the sheet makes room').toBeNull();
  });

  it('are renamed, which can be undone, and copied under another name', async () => {
    const { user } = await open('done');
    await user.keyboard('{F2}');
    const field = await screen.findByTestId<HTMLInputElement>(testids.projectName);
    await user.clear(field);
    await user.type(field, 'Coast, final{Enter}');
    await waitFor(() => expect(name()).toContain('Coast, final'));
    await user.click(screen.getByTestId(testids.undo));
    await waitFor(() => expect(name()).toContain('Coast series'));
    await user.keyboard('{Control>}{Shift>}S{/Shift}{/Control}');
    await user.click(await screen.findByTestId(testids.projectNameSave));
    await waitFor(() => expect(name()).toContain('Coast series copy'));
  });

  it('without a name are copied under the words for that', async () => {
    const { backend, user } = await open('done');
    await backend.edit({ kind: 'rename', name: '' }, null);
    await waitFor(() => expect(name()).toContain('Untitled project'));
    await user.keyboard('{Control>}p{/Control}');
    await user.click(await screen.findByTestId(testids.projectDuplicate('open')));
    expect(await screen.findByText('Untitled project copy')).toBeTruthy();
    await user.keyboard('{Escape}');
    await user.keyboard('{Control>}{Shift>}S{/Shift}{/Control}');
    const field = await screen.findByTestId<HTMLInputElement>(testids.projectName);
    expect(field.value).toBe('Untitled project copy');
    await fireEvent.keyDown(field, { key: 'Enter', keyCode: 229 });
    expect(screen.getByTestId(testids.nameDialog), 'an input method takes the Enter').toBeTruthy();
  });

  it('are written to a file, and the window says where', async () => {
    const { user } = await open('done');
    await user.keyboard('{Control>}s{/Control}');
    expect((await screen.findByTestId(testids.projectSaved)).textContent).toContain('Coast series.standout');
  });
});

it('a video that is gone is relinked where it stands', async () => {
  const { user } = await open('failed');
  await user.click(screen.getByTestId(testids.relink(1)));
  await waitFor(() => expect(screen.queryByTestId(testids.relink(1))).toBeNull());
});

it('the time of the last edit is told as people say it', () => {
  const now = new Date(2026, 4, 20, 15, 0).getTime();
  expect(when(new Date(2026, 4, 20, 9, 5).getTime(), now, 'en-GB')).toBe('today, 09:05');
  expect(when(new Date(2026, 4, 19, 23, 59).getTime(), now, 'en-GB')).toBe('yesterday, 23:59');
  expect(when(new Date(2026, 4, 1, 9, 0).getTime(), now, 'en-GB')).toBe('1 May 2026');
});
