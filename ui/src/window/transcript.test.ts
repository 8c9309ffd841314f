import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/svelte';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { testids } from '../testids';
import { open } from './opened';

beforeEach(() => localStorage.clear());
afterEach(cleanup);

const field = () => screen.getByTestId<HTMLTextAreaElement>(testids.transcriptField);
const otherVideo = () => within(screen.getByTestId(testids.material(2))).getAllByRole('button')[0]!;

/** Begins to write the second word anew. */
async function correcting() {
  const opened = await open('done');
  await opened.user.keyboard('w');
  (await screen.findByTestId(testids.transcriptWords)).focus();
  await opened.user.keyboard('{Home}{ArrowRight}{F2}');
  await waitFor(() => expect(document.activeElement).toBe(field()));
  await opened.user.keyboard('quayside');
  return opened;
}

const corrections = ({ edits }: Awaited<ReturnType<typeof open>>['backend']) =>
  edits.map(({ command }) => (command.kind === 'correctWords' ? `${command.material}: ${command.text}` : command.kind));

describe('a correction that is being written', () => {
  it('is handed over when the hand goes elsewhere', async () => {
    const { backend, user } = await correcting();
    await user.click(otherVideo());
    await waitFor(() => expect(corrections(backend)).toEqual(['1: quayside']));
    expect(screen.queryByTestId(testids.transcriptField)).toBeNull();
  });

  it('is handed over once by its button and by Enter', async () => {
    const { backend, user } = await correcting();
    await user.click(screen.getByTestId(testids.transcriptTake));
    await waitFor(() => expect(document.activeElement).toBe(screen.getByTestId(testids.transcriptWords)));
    await user.keyboard('{F2}');
    await waitFor(() => expect(document.activeElement).toBe(field()));
    await user.keyboard('haven{Enter}');
    await waitFor(() => expect(corrections(backend)).toEqual(['1: quayside', '1: haven']));
  });

  it('is given up by Escape', async () => {
    const { backend, user } = await correcting();
    await user.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByTestId(testids.transcriptField)).toBeNull());
    expect(backend.edits).toEqual([]);
  });

  it('goes on after the Enter and the Escape of an input method', async () => {
    const { backend } = await correcting();
    await fireEvent.keyDown(field(), { key: 'Enter', isComposing: true });
    await fireEvent.keyDown(field(), { key: 'Escape', keyCode: 229 });
    expect(field().value).toBe('quayside');
    expect(backend.edits).toEqual([]);
  });
});
