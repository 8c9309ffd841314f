import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/svelte';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { testids } from '../testids';
import { choose, nameless, open } from './opened';

beforeEach(() => localStorage.clear());
afterEach(cleanup);

const judgement = (id: number) => screen.getByTestId(testids.highlight(id)).dataset.judgement;
const shown = () => screen.queryAllByTestId(/^highlight-\d+$/).map((card) => Number(card.dataset.testid?.slice(10)));
const chosen = () =>
  Number(document.querySelector('.card.chosen')?.getAttribute('data-testid')?.slice('highlight-'.length));
const count = (filter: string) =>
  Number(screen.getByTestId(`${testids.reviewFilter}-${filter}`).textContent?.match(/\d+/)?.[0]);

describe('judging by keys', () => {
  it('keeps, drops, takes back and undoes', async () => {
    const { user } = await open('done');
    await user.keyboard('{Enter}');
    await waitFor(() => expect(judgement(1)).toBe('kept'));
    await user.keyboard('{ArrowDown}{Delete}');
    await waitFor(() => expect(judgement(2)).toBe('dropped'));
    expect(shown(), 'what was dropped stays to be seen').toContain(2);
    expect([count('kept'), count('dropped'), count('undecided')]).toEqual([1, 1, 3]);
    await user.keyboard('u');
    await waitFor(() => expect(judgement(2)).toBe('undecided'));
    await user.keyboard('{Control>}zzz{/Control}');
    await waitFor(() => expect(judgement(1)).toBe('undecided'));
  });

  it('goes on to the next undecided one with Shift', async () => {
    const { user } = await open('judged');
    expect(chosen()).toBe(1);
    await user.keyboard('{Shift>}{Enter}{/Shift}');
    await waitFor(() => expect(chosen(), 'past what is judged already').toBe(4));
    await user.keyboard('{Shift>}{Delete}{/Shift}');
    await waitFor(() => expect(chosen()).toBe(5));
    expect(judgement(4)).toBe('dropped');
  });

  it('goes on when what was judged leaves the list', async () => {
    const { user } = await open('done');
    await user.keyboard('v');
    await user.keyboard('{Enter}');
    await waitFor(() => expect(shown()).toEqual([2, 3, 4, 5]));
    await waitFor(() => expect(chosen()).toBe(2));
  });

  it('trims the nearer end, a row of presses being one step of undo', async () => {
    const { backend, user } = await open('done');
    await user.keyboard('{ArrowDown}');
    const edge = screen.getByTestId(testids.rangeStart(2));
    const before = Number(edge.getAttribute('aria-valuenow'));
    await user.keyboard(']');
    await waitFor(() => expect(Number(edge.getAttribute('aria-valuenow'))).toBeCloseTo(before + 1 / 25));
    await user.keyboard('}');
    await waitFor(() => expect(Number(edge.getAttribute('aria-valuenow'))).toBeCloseTo(before + 11 / 25));
    expect(new Set(backend.edits.map((edit) => edit.gesture)).size).toBe(1);
  });
});

describe('several picked ranges', () => {
  const choose = (id: number) => within(screen.getByTestId(testids.highlight(id))).getAllByRole('button')[0]!;

  async function pickThree() {
    const opened = await open('done');
    await opened.user.click(choose(1));
    await opened.user.keyboard('{Control>}');
    for (const id of [2, 3]) await opened.user.click(choose(id));
    await opened.user.keyboard('{/Control}');
    expect(screen.getByTestId(testids.picked).textContent).toContain('3');
    return opened;
  }

  it('are kept together, and what is dropped next is the next one alone', async () => {
    const { user } = await pickThree();
    await user.keyboard('{Shift>}{Enter}{/Shift}');
    await waitFor(() => expect(chosen()).toBe(4));
    expect(screen.queryByTestId(testids.picked)).toBeNull();
    await user.keyboard('{Shift>}{Delete}{/Shift}');
    await waitFor(() => expect(judgement(4)).toBe('dropped'));
    expect([1, 2, 3].map(judgement)).toEqual(['kept', 'kept', 'kept']);
  });

  it('are let go by a visit to another video', async () => {
    const { user } = await pickThree();
    await user.keyboard('{PageDown}');
    await waitFor(() => expect(shown()).toContain(12));
    await user.keyboard('{PageUp}');
    await waitFor(() => expect(chosen()).toBe(1));
    expect(screen.queryByTestId(testids.picked)).toBeNull();
  });

  it('are let go when the focus comes to another, and stay when it comes to one of them', async () => {
    await pickThree();
    screen.getByTestId(testids.range(2)).focus();
    await waitFor(() => expect(chosen()).toBe(2));
    expect(screen.getByTestId(testids.picked).textContent).toContain('3');
    screen.getByTestId(testids.range(5)).focus();
    await waitFor(() => expect(screen.queryByTestId(testids.picked)).toBeNull());
  });
});

describe('the list', () => {
  it('shows all videos, and judging goes through them', async () => {
    const { user } = await open('done');
    await choose(user, testids.reviewScope, 'all');
    await waitFor(() => expect(shown().length).toBe(15));
    for (let press = 0; press < 5; press++) await user.keyboard('{ArrowDown}');
    await waitFor(() => expect(chosen()).toBe(11));
    await user.keyboard('{Enter}');
    await waitFor(() => expect(judgement(11)).toBe('kept'));
  });

  it('filters by tag and orders by score', async () => {
    const { user } = await open('done');
    await choose(user, testids.reviewTag, 'goal');
    await waitFor(() => expect(shown().length).toBeLessThan(5));
    await choose(user, testids.reviewOrder, 'score');
    const scores = [...document.querySelectorAll('.card .score .number')].map((score) => Number(score.textContent));
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
  });

  it('says what to do where a filter shows nothing', async () => {
    const { user } = await open('done');
    await user.keyboard('vv');
    expect(await screen.findByText('Nothing kept yet')).toBeTruthy();
  });

  it('finds others for what was dropped, and the dropped stays', async () => {
    const { user } = await open('judged');
    await user.keyboard('{PageDown}');
    await waitFor(() => expect(shown()).toContain(12));
    const before = shown().length;
    await user.click(screen.getByTestId(testids.findOthers));
    await waitFor(() => expect(shown().length).toBe(before + 1));
    expect(judgement(12)).toBe('dropped');
    await user.click(screen.getByTestId(testids.undo));
    await waitFor(() => expect(shown().length).toBe(before));
  });
});

describe('title and note', () => {
  it('are written by keys alone and undone', async () => {
    const { user } = await open('done');
    await user.keyboard('t');
    await waitFor(() => expect(document.activeElement).toBe(screen.getByTestId(testids.highlightTitle(1))));
    await user.keyboard('The nets{Enter}');
    await waitFor(() => expect(document.activeElement).toBe(document.body));
    await user.keyboard('{Shift>}T{/Shift}');
    await waitFor(() => expect(document.activeElement).toBe(screen.getByTestId(testids.highlightNote(1))));
    await user.keyboard('Opens the film{Enter}');
    await user.keyboard('{ArrowDown}');
    expect(await screen.findByText('Opens the film')).toBeTruthy();
    expect(screen.getByText('The nets')).toBeTruthy();
    await user.keyboard('{Control>}zz{/Control}');
    await waitFor(() => expect(screen.queryByText('Opens the film')).toBeNull());
  });

  it('go on after the Enter and the Escape of an input method', async () => {
    const { backend, user } = await open('judged');
    const field = screen.getByTestId<HTMLInputElement>(testids.highlightTitle(1));
    await user.click(field);
    await user.keyboard(' and more');
    await fireEvent.keyDown(field, { key: 'Escape', isComposing: true });
    await fireEvent.keyDown(field, { key: 'Enter', keyCode: 229 });
    expect(document.activeElement).toBe(field);
    expect(field.value).toBe('Nets in winter and more');
    expect(backend.edits).toEqual([]);
  });

  it('give the old text back on Escape', async () => {
    const { backend, user } = await open('judged');
    const field = screen.getByTestId<HTMLInputElement>(testids.highlightTitle(1));
    await user.click(field);
    await user.keyboard(' and more{Escape}');
    expect(field.value).toBe('Nets in winter');
    expect(backend.edits).toEqual([]);
  });
});

describe('commands and keys', () => {
  it('are found and run from the palette', async () => {
    const { user } = await open('done');
    await user.keyboard('{Control>}k{/Control}');
    await user.type(await screen.findByTestId(testids.paletteSearch), 'drop{Enter}');
    await waitFor(() => expect(judgement(1)).toBe('dropped'));
    expect(screen.queryByTestId(testids.palette)).toBeNull();
  });

  it('are told but not run while they cannot do anything', async () => {
    const { user } = await open('done');
    await user.keyboard('{Control>}k{/Control}');
    await user.type(await screen.findByTestId(testids.paletteSearch), 'redo');
    const redo = screen.getByTestId(testids.paletteCommand('redo'));
    expect(redo.getAttribute('aria-disabled')).toBe('true');
    await user.keyboard('{Enter}');
    expect(screen.getByTestId(testids.palette)).toBeTruthy();
  });

  it('that need an analysis wait for it', async () => {
    const { user } = await open('ready');
    await user.keyboard('n');
    const able = () =>
      [testids.findAlike, testids.snapRange].map((act) => screen.getByTestId(act).getAttribute('aria-disabled'));
    await waitFor(() => expect(able()).toEqual(['true', 'true']));
    await user.keyboard('gx');
    expect(screen.queryByRole('alert'), 'nothing was asked that cannot be answered').toBeNull();
    cleanup();
    await open('done');
    expect(able()).toEqual(['false', 'false']);
  });

  it('take another key, refuse one that is taken, and are reset', async () => {
    const { backend, user } = await open('done');
    await user.keyboard('?');
    await user.click(await screen.findByTestId(testids.key('addRange')));
    await user.keyboard('i');
    expect((await screen.findByRole('alert')).textContent).toContain('Set in point');
    await user.keyboard('y');
    expect(screen.getByTestId(testids.key('addRange')).textContent).toContain('Y');
    expect(backend.keys).toEqual([{ command: 'addRange', keys: [{ key: 'y', ctrl: false, shift: false }] }]);
    await user.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByTestId(testids.keySheet)).toBeNull());
    const before = shown().length;
    await user.keyboard('n');
    expect(shown().length, 'the usual key is free').toBe(before);
    await user.keyboard('y');
    await waitFor(() => expect(shown().length).toBe(before + 1));
    await user.keyboard('?');
    await user.click(await screen.findByTestId(testids.keysReset));
    expect(backend.keys).toEqual([]);
  });
});

describe('the history', () => {
  it('names every step and goes to any of them', async () => {
    const { user } = await open('done');
    await user.keyboard('{Enter}{ArrowDown}');
    await waitFor(() => expect(judgement(1)).toBe('kept'));
    await user.keyboard('{Delete}');
    await waitFor(() => expect(judgement(2)).toBe('dropped'));
    await user.keyboard('{Control>}h{/Control}');
    const sheet = await screen.findByTestId(testids.history);
    expect(await within(sheet).findByText('Drop highlight')).toBeTruthy();
    await user.click(screen.getByTestId(testids.historyStep(0)));
    await waitFor(() => expect(judgement(1)).toBe('undecided'));
    await waitFor(() => expect(screen.getByTestId(testids.historyStep(0)).getAttribute('aria-current')).toBe('step'));
    await fireEvent.keyDown(screen.getByTestId(testids.historyStep(0)), { key: 'ArrowUp' });
    await waitFor(() => expect(judgement(1)).toBe('kept'));
    expect(judgement(2)).toBe('undecided');
  });
});

describe('exporting what was judged', () => {
  const scope = () => screen.getByTestId(testids.exportScopeNote).textContent;

  it('takes what is kept and says what stays out', async () => {
    const { user } = await open('judged');
    await user.keyboard('{Control>}e{/Control}');
    const start = await screen.findByTestId(testids.exportStart);
    expect(start.textContent).toContain('6 clips');
    expect(scope()).toBe('6 undecided highlights stay out. 3 dropped ones stay out.');
    await user.click(screen.getByTestId(`${testids.exportScope}-wanted`));
    await waitFor(() => expect(start.textContent).toContain('12 clips'));
  });

  it('takes all that were not dropped while none is kept', async () => {
    const { user } = await open('done');
    await user.keyboard('{Delete}');
    await waitFor(() => expect(judgement(1)).toBe('dropped'));
    await user.keyboard('{Control>}e{/Control}');
    expect((await screen.findByTestId(testids.exportStart)).textContent).toContain('14 clips');
    expect(scope()).toBe('None is kept yet, so all that were not dropped are taken. 1 dropped one stays out.');
    await user.click(screen.getByTestId(`${testids.exportScope}-selected`));
    await waitFor(() => expect(scope()).toContain('is dropped'));
  });
});

it('gives every control of the sheets a name', async () => {
  const { user } = await open('judged');
  expect(nameless()).toEqual([]);
  for (const keys of ['?', '{Control>}k{/Control}', '{Control>}p{/Control}', '{F2}', '{Control>}h{/Control}']) {
    await user.keyboard(keys);
    await screen.findByRole('dialog');
    expect(nameless(), keys).toEqual([]);
    await user.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  }
});
