import { cleanup, screen, waitFor, within } from '@testing-library/svelte';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { testids } from '../testids';
import { open } from '../window/opened';

beforeEach(() => localStorage.clear());
afterEach(cleanup);

const kinds = (edits: { command: { kind: string } }[]) => edits.map(({ command }) => command.kind);

it('the look of the window changes by a key, and is remembered', async () => {
  const { user } = await open('done');
  const look = () => document.documentElement.dataset.theme;
  expect(look()).toBe('dark');
  await user.keyboard('{Control>}{Shift>}d{/Shift}{/Control}');
  expect(look()).toBe('light');
  cleanup();
  await open('done');
  expect(look()).toBe('light');
});

it('a video without speech is analysed anyway by a key, and one is removed by another', async () => {
  const { backend, user } = await open('failed');
  const card = within(screen.getByTestId(testids.material(3)));
  await user.click(card.getByText('Night market b-roll.mkv'));
  await user.keyboard('{Control>}{Shift>}a{/Shift}{/Control}');
  await waitFor(() => expect(kinds(backend.edits)).toEqual(['allowSpeechless']));
  await user.keyboard('{Control>}{Shift>}{Delete}{/Shift}{/Control}');
  await waitFor(() => expect(kinds(backend.edits)).toEqual(['allowSpeechless', 'removeMaterial']));
  await waitFor(() => expect(screen.queryByTestId(testids.material(3))).toBeNull());
});
