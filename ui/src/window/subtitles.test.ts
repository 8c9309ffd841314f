import { cleanup, fireEvent, screen, waitFor } from '@testing-library/svelte';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { testids } from '../testids';
import { open } from './opened';

beforeEach(() => localStorage.clear());
afterEach(cleanup);

it('a word that is put right stands so on the picture', async () => {
  const { backend, user } = await open('done');
  await fireEvent(screen.getByTestId(testids.playerVideo), new Event('loadeddata'));
  const [line] = (await backend.spoken(1))!.lines;
  const { start, end, text } = line![0]!;
  await user.keyboard('{Home}c');
  // Two fifths of a second at a time.
  for (let time = 0; time <= start; time += 400_000) await user.keyboard('{Shift>}{ArrowRight}{/Shift}');
  await waitFor(() => expect(screen.getByTestId(testids.subtitle).textContent).toContain(text));
  await backend.edit({ kind: 'correctWords', material: 1, start, end, text: 'Whales' }, null);
  await waitFor(() => expect(screen.getByTestId(testids.subtitle).textContent).toMatch(/^Whales /));
});
