import { cleanup, fireEvent, screen, waitFor } from '@testing-library/svelte';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { testids } from '../testids';
import { open } from './opened';

beforeEach(() => localStorage.clear());
afterEach(cleanup);

/** Presses a key that the input method uses to choose or to give up the letters it puts together. */
const composed = (field: Element, key: string) => fireEvent.keyDown(field, { key, keyCode: 229 });

describe('while letters are being put together', () => {
  it('a marker keeps its field', async () => {
    const { user } = await open('done');
    await user.keyboard('m');
    const flag = await screen.findByTestId(/^marker-\d+$/);
    flag.focus();
    await user.keyboard('{F2}');
    const field = await screen.findByLabelText<HTMLInputElement>('Name of the marker');
    await user.type(field, '码头');
    await composed(field, 'Enter');
    await composed(field, 'Escape');
    expect(field.isConnected).toBe(true);
    await user.keyboard('{Enter}');
    expect(await screen.findByText('码头')).toBeTruthy();
  });

  it('a search goes nowhere and keeps its words', async () => {
    const { user } = await open('done');
    await user.keyboard('w');
    const field = await screen.findByTestId<HTMLInputElement>(testids.transcriptSearch);
    await user.type(field, 'nets');
    await composed(field, 'Enter');
    expect(screen.queryByTestId(testids.transcriptRange), 'nothing is selected').toBeNull();
    await composed(field, 'Escape');
    expect(field.value).toBe('nets');
    await user.type(field, '{Enter}');
    await waitFor(() => expect(screen.getByTestId(testids.transcriptRange)).toBeTruthy());
  });

  it('the palette runs nothing and stays', async () => {
    const { backend, user } = await open('done');
    await user.keyboard('{Control>}k{/Control}');
    const field = await screen.findByTestId(testids.paletteSearch);
    await user.type(field, 'drop');
    await composed(field, 'Enter');
    await composed(field, 'Escape');
    expect(screen.getByTestId(testids.palette)).toBeTruthy();
    expect(backend.edits).toEqual([]);
  });

  it('an action is not taken', async () => {
    const { user } = await open('done');
    const field = screen.queryByTestId<HTMLInputElement>(testids.actionField);
    if (!field) throw new Error('the field for actions is there');
    await user.type(field, 'jin');
    await composed(field, 'Enter');
    expect(field.value).toBe('jin');
  });
});
