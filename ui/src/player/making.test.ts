import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/svelte';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { testids } from '../testids';
import { open } from '../window/opened';

beforeEach(() => localStorage.clear());
afterEach(cleanup);

it('a copy under way says what is done, how far it is and how long it takes', async () => {
  const { backend, user } = await open('analysing');
  await user.keyboard('{PageDown}');
  const panel = screen.getByRole('region', { name: 'Player' });
  await waitFor(() => {
    backend.advance();
    expect(panel.textContent).toMatch(/Preparing the preview.*\d+\s% · \d+ s left/s);
  });
  await fireEvent(screen.getByTestId(testids.playerVideo), new Event('loadeddata'));
  const making = await screen.findByTestId(testids.playerMaking);
  expect(making.textContent, 'also where the video is shown meanwhile').toMatch(/Preparing.*\d+\s% · \d+ s left/s);
});

it('a copy under way is paused and goes on by the key for all work', async () => {
  const { backend, user } = await open('analysing');
  await user.keyboard('{PageDown}');
  const panel = screen.getByRole('region', { name: 'Player' });
  await waitFor(() => {
    backend.advance();
    expect(panel.textContent).toMatch(/Preparing the preview.*\d+\s%/s);
  });
  await user.keyboard('{Control>}.{/Control}');
  await waitFor(() => expect(panel.textContent).toMatch(/\d+\s% · paused/));
  await user.keyboard('{Control>}.{/Control}');
  await waitFor(() => expect(panel.textContent).not.toContain('paused'));
});

it('a copy under way is given up and made after all, by buttons and by keys', async () => {
  const { backend, user } = await open('analysing');
  await user.keyboard('{PageDown}');
  const panel = screen.getByRole('region', { name: 'Player' });
  await user.click(within(panel).getByTestId(testids.cancelCopy));
  await waitFor(() => expect(panel.textContent).toMatch(/No copy to play.*can still be found and exported/s));
  await user.click(within(panel).getByTestId(testids.makeCopy));
  await waitFor(() => expect(panel.textContent).toContain('Preparing the preview'));

  await user.keyboard('{Control>}{Shift>}x{/Shift}{/Control}');
  await waitFor(() => expect(screen.getByTestId(testids.find)).toBeTruthy());
  expect(panel.textContent, 'what was asked for is given up first').toContain('Preparing the preview');
  await user.keyboard('{Control>}{Shift>}x{/Shift}{/Control}');
  await waitFor(() => expect(panel.textContent).toContain('No copy to play'));
  const makeCopy = vi.spyOn(backend, 'makeCopy');
  await user.keyboard(' ');
  await waitFor(() => expect(panel.textContent).toContain('Preparing the preview'));
  expect(makeCopy).toHaveBeenCalledOnce();
  await user.keyboard('{PageUp}');
  await user.keyboard('{Control>}{Shift>}x{/Shift}{/Control}');
  await user.keyboard('{PageDown}');
  await waitFor(() => expect(panel.textContent, 'also from another video').toContain('No copy to play'));
});
