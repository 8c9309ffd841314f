import { describe, expect, it } from 'vitest';
import { firstSnapshot } from '../ipc/fake/scenes';
import { counts, entries, neighbour, nextUndecided, rangesJudged, shownEntries, tagNames, type Entry } from './shown';

const { materials } = firstSnapshot('judged');
const all = entries(materials.slice(0, 2), ({ ranges }) => ranges);
const ids = (list: Entry[]) => list.map(({ range }) => range.id);
const everything = { filter: 'all', order: 'time', tag: null } as const;

describe('the list of highlights', () => {
  it('shows all videos one after the other, each numbered by its own time', () => {
    expect(ids(shownEntries(all, everything))).toEqual([1, 2, 3, 4, 5, 11, 12, 13, 14, 15]);
    expect(all.map(({ index }) => index)).toEqual([1, 2, 3, 4, 5, 1, 2, 3, 4, 5]);
  });

  it('shows what carries a judgement, and counts what each filter would show', () => {
    expect(ids(shownEntries(all, { ...everything, filter: 'kept' }))).toEqual([1, 3, 11, 13]);
    expect(ids(shownEntries(all, { ...everything, filter: 'dropped' }))).toEqual([2, 12]);
    expect(counts(all, null)).toEqual({ all: 10, undecided: 4, kept: 4, dropped: 2 });
  });

  it('is ordered by score, with what has none last; the numbers stay', () => {
    const [first, ...rest] = all;
    const added = { ...first!, range: { ...first!.range, score: null } };
    const shown = shownEntries([added, ...rest], { ...everything, order: 'score' });
    const scores = shown.map(({ range }) => range.score ?? -1);
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
    expect(shown.at(-1)).toBe(added);
  });

  it('shows what carries a tag', () => {
    const [tag] = tagNames(all);
    const shown = shownEntries(all, { ...everything, tag: tag! });
    expect(shown.length).toBeGreaterThan(0);
    expect(shown.every(({ range }) => range.tags.some(({ name }) => name === tag))).toBe(true);
    expect(counts(all, tag!).all).toBe(shown.length);
  });
});

describe('going through the list', () => {
  it('goes to the neighbour and stays inside', () => {
    expect(neighbour(all, 1, 1)?.range.id).toBe(2);
    expect(neighbour(all, 5, 1)?.range.id, 'on into the next video').toBe(11);
    expect(neighbour(all, 1, -1)?.range.id).toBe(1);
    expect(neighbour(all, null, 1)?.range.id, 'from nowhere to the first').toBe(1);
  });

  it('goes to the next that is not judged, round the end, until none is left', () => {
    expect(nextUndecided(all, 1)?.range.id).toBe(4);
    expect(nextUndecided(all, 15)?.range.id).toBe(4);
    expect(nextUndecided(shownEntries(all, { ...everything, filter: 'kept' }), 1)).toBeUndefined();
  });
});

it('an export takes ranges by their judgement, in the order of videos and of time', () => {
  const snapshot = firstSnapshot('judged');
  const kept = rangesJudged(snapshot, ['kept']).map(({ range }) => range);
  expect(kept).toEqual([1, 3, 11, 13, 21, 23]);
  const wanted = rangesJudged(snapshot, ['kept', 'undecided']);
  expect(
    wanted.some(({ range }) => [2, 12, 22].includes(range)),
    'nothing that was dropped',
  ).toBe(false);
});
