import { cleanup, screen, waitFor, within } from '@testing-library/svelte';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { testids } from '../testids';
import { nameless, open } from './opened';

beforeEach(() => localStorage.clear());
afterEach(cleanup);

const highlights = () => screen.queryAllByTestId(/^highlight-\d+$/);
const value = (testid: string) => screen.getByTestId<HTMLInputElement>(testid).value;

describe('an empty project', () => {
  it('says what to do and adds videos', async () => {
    const { user } = await open('empty');
    expect(screen.getByTestId(testids.dropZone).textContent).toContain('Drop your videos here');
    await user.click(screen.getByTestId(testids.open));
    expect(await screen.findByTestId(testids.material(1))).toBeTruthy();
    expect(screen.queryByTestId(testids.dropZone), 'the start screen makes room').toBeNull();
  });

  it('names each refused file and the rule, until that is dismissed', async () => {
    const { user } = await open('empty');
    await user.paste('/notes/shot list.txt');
    const refusals = await screen.findByTestId(testids.refusals);
    expect(refusals.textContent).toContain('shot list.txt');
    expect(refusals.textContent).toContain('Not a video');
    await user.click(within(refusals).getByRole('button', { name: 'Dismiss' }));
    expect(screen.queryByTestId(testids.refusals)).toBeNull();
  });
});

describe('finding', () => {
  it('shows progress, results and the failure of one video without stopping the others', async () => {
    const { backend, user } = await open('ready');
    await user.click(screen.getByTestId(testids.find));
    expect(await screen.findByTestId(testids.cancelFind)).toBeTruthy();
    const state = (id: number) => screen.getByTestId(testids.material(id)).dataset.state;
    await waitFor(() => {
      for (let step = 0; step < 50; step++) backend.advance();
      expect(state(1)).toBe('done');
      expect(state(3)).toBe('failed');
    });
    expect(highlights().length).toBe(5);
    await user.click(screen.getByTestId(testids.analyseAnyway(3)));
    await waitFor(() => {
      for (let step = 0; step < 50; step++) backend.advance();
      expect(state(3)).toBe('done');
    });
  });

  it('can be paused with a key and resumed with a button', async () => {
    const { backend, user } = await open('analysing');
    const state = () => screen.getByTestId(testids.material(2)).textContent;
    await user.keyboard('{Control>}.{/Control}');
    await waitFor(() => expect(state()).toContain('paused'));
    expect(backend.advance()).toBeUndefined();
    await user.click(screen.getByRole('button', { name: 'Resume' }));
    await waitFor(() => expect(state()).not.toContain('paused'));
    await waitFor(() => {
      for (let step = 0; step < 50; step++) backend.advance();
      expect(screen.getByTestId(testids.material(2)).dataset.state).toBe('done');
    });
    expect(screen.queryByTestId(testids.pause)).toBeNull();
  });

  it('says which library could not be opened until that is dismissed, whatever is done meanwhile', async () => {
    const { user } = await open('libraryDamaged');
    const told = () => screen.getByTestId(testids.setback);
    expect(told().textContent).toContain('The library is damaged');
    expect(told().textContent).toContain('moved aside');
    expect(told().textContent).toContain('/data/damaged-1/library.sqlite');
    await user.click(screen.getByTestId(testids.trySample));
    await screen.findByTestId(testids.material(1));
    await user.click(within(told()).getByRole('button', { name: 'Dismiss' }));
    expect(screen.queryByTestId(testids.setback)).toBeNull();
  });

  it('offers to resume what was interrupted', async () => {
    const { user } = await open('interrupted');
    await user.click(screen.getByTestId(testids.resume));
    await waitFor(() => expect(screen.queryByTestId(testids.interrupted)).toBeNull());
    expect(screen.getByTestId(testids.cancelFind)).toBeTruthy();
  });

  it('changes the ranges with the count, as one step of undo', async () => {
    const { user } = await open('done');
    const count = screen.getByTestId(testids.count);
    await user.clear(count);
    await user.type(count, '2{Enter}');
    await waitFor(() => expect(highlights().length).toBe(2));
    await user.click(screen.getByTestId(testids.undo));
    await waitFor(() => expect(highlights().length).toBe(5));
    expect(value(testids.count)).toBe('5');
  });
});

describe('adjusting a range', () => {
  it('takes typed timecodes, refuses impossible ones, and undoes', async () => {
    const { user } = await open('done');
    const field = screen.getByTestId<HTMLInputElement>(testids.highlightIn(2));
    const before = field.value;
    await user.clear(field);
    await user.type(field, '0:25.5{Enter}');
    await waitFor(() => expect(value(testids.highlightIn(2))).toBe('0:25.50'));
    await user.clear(field);
    await user.type(field, '9:00{Enter}');
    expect(screen.getByRole('alert').textContent).toContain('Must lie between');
    await user.keyboard('{Escape}');
    await user.click(screen.getByTestId(testids.undo));
    await waitFor(() => expect(value(testids.highlightIn(2))).toBe(before));
    await user.click(screen.getByTestId(testids.redo));
    await waitFor(() => expect(value(testids.highlightIn(2))).toBe('0:25.50'));
  });

  it('is nudged by arrow keys on an edge, all presses being one step of undo', async () => {
    const { backend, user } = await open('done');
    const edge = screen.getByTestId(testids.rangeEnd(2));
    const before = edge.getAttribute('aria-valuenow');
    edge.focus();
    await user.keyboard('{ArrowRight}');
    await user.keyboard('{Shift>}{ArrowRight}{/Shift}');
    await waitFor(() => expect(Number(edge.getAttribute('aria-valuenow'))).toBeCloseTo(Number(before) + 11 / 25));
    expect(new Set(backend.edits.map((edit) => edit.gesture)).size).toBe(1);
    await user.click(screen.getByTestId(testids.undo));
    await waitFor(() => expect(edge.getAttribute('aria-valuenow')).toBe(before));
  });

  it('adds at the playhead with N and removes for good with Ctrl+Delete', async () => {
    const { user } = await open('done');
    const before = highlights().length;
    await user.keyboard('n');
    await waitFor(() => expect(highlights().length).toBe(before + 1));
    await user.keyboard('{Control>}{Delete}{/Control}');
    await waitFor(() => expect(highlights().length).toBe(before));
  });

  it('leaves keys to the field that is written in', async () => {
    const { user } = await open('done');
    await user.click(screen.getByTestId(testids.highlightIn(2)));
    await user.keyboard('n');
    expect(highlights().length).toBe(5);
  });
});

describe('exporting', () => {
  it('asks before replacing, shows each clip and says how many were written', async () => {
    const { backend, user } = await open('done');
    await user.click(screen.getByTestId(testids.highlightDrop(1)));
    await user.keyboard('{Control>}e{/Control}');
    const start = await screen.findByTestId<HTMLButtonElement>(testids.exportStart);
    const replace = await screen.findByTestId(testids.exportReplace);
    expect(start.textContent).toContain('14 clips');
    expect(start.disabled, 'nothing is replaced without consent').toBe(true);
    await user.click(replace);
    await waitFor(() => expect(start.disabled).toBe(false));
    await user.click(start);
    await screen.findByTestId(testids.exportClip(0));
    await waitFor(() => {
      for (let step = 0; step < 400; step++) backend.advance();
      expect(screen.getByTestId(testids.exportClip(13)).dataset.state).toBe('written');
    });
    expect(screen.getByTestId(testids.exportDialog).textContent).toContain('14 clips written');
    await user.click(within(screen.getByTestId(testids.exportClip(0))).getByRole('button', { name: 'Show in folder' }));
    expect(backend.revealed.length).toBe(1);
    await user.click(screen.getByTestId(testids.exportClose));
    await waitFor(() => expect(screen.queryByTestId(testids.exportDialog)).toBeNull());
  });

  it('tells what is wrong with a name', async () => {
    const { user } = await open('done');
    await user.click(screen.getByTestId(testids.export));
    const template = await screen.findByTestId(testids.exportTemplate);
    await user.clear(template);
    await user.type(template, 'clip');
    expect(await screen.findByText(/The name does not work/)).toBeTruthy();
  });
});

describe('the window', () => {
  it('lists every key on ?', async () => {
    const { user } = await open('done');
    await user.keyboard('?');
    const sheet = await screen.findByRole('dialog');
    expect(within(sheet).getByText('Play the selected range')).toBeTruthy();
  });

  it('gives every control a name', async () => {
    await open('done');
    expect(nameless()).toEqual([]);
  });
});
