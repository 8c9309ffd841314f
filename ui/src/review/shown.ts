import type { Judgement, Material, Range, RangeKey, Snapshot } from '../ipc/bindings';

export const FILTERS = ['all', 'undecided', 'kept', 'dropped'] as const;
export const ORDERS = ['time', 'score'] as const;
export const SCOPES = ['one', 'all'] as const;

export type Filter = (typeof FILTERS)[number];
export type Order = (typeof ORDERS)[number];
/** The ranges of the chosen video, or of all. */
export type Scope = (typeof SCOPES)[number];

/** A range in the list. Its number is its place in the video's time, whatever the order of the list. */
export type Entry = { material: Material; range: Range; index: number };

export type Wanted = { filter: Filter; order: Order; tag: string | null };

export type Counts = Record<Filter, number>;

/** All ranges of these materials, in the order of the materials and of time. */
export function entries(materials: Material[], rangesOf: (material: Material) => Range[]): Entry[] {
  return materials.flatMap((material) => {
    return rangesOf(material).map((range, place) => ({ material, range, index: place + 1 }));
  });
}

/** What of `all` the list shows, in its order. Ranges without a score come last by score. */
export function shownEntries(all: Entry[], { filter, order, tag }: Wanted): Entry[] {
  const shown = all.filter(
    ({ range }) => (filter === 'all' || range.judgement === filter) && (tag === null || hasTag(range, tag)),
  );
  return order === 'time' ? shown : shown.sort((a, b) => (b.range.score ?? -1) - (a.range.score ?? -1));
}

/** How many ranges each filter would show. */
export function counts(all: Entry[], tag: string | null): Counts {
  const tagged = all.filter(({ range }) => tag === null || hasTag(range, tag));
  const of = (judgement: Judgement) => tagged.filter(({ range }) => range.judgement === judgement).length;
  return { all: tagged.length, undecided: of('undecided'), kept: of('kept'), dropped: of('dropped') };
}

/** The names of all tags, the most frequent first. */
export function tagNames(all: Entry[]): string[] {
  const uses = new Map<string, number>();
  for (const { range } of all) for (const { name } of range.tags) uses.set(name, (uses.get(name) ?? 0) + 1);
  return [...uses].sort(([a, m], [b, n]) => n - m || a.localeCompare(b)).map(([name]) => name);
}

function hasTag(range: Range, tag: string): boolean {
  return range.tags.some(({ name }) => name === tag);
}

/** The entry to go to from `current`: `step` further in the list, or the first where `current` is not in it. */
export function neighbour(shown: Entry[], current: number | null, step: number): Entry | undefined {
  const place = shown.findIndex(({ range }) => range.id === current);
  return shown[place < 0 ? 0 : Math.min(Math.max(0, place + step), shown.length - 1)];
}

/** The next entry after `current` that is to be judged, round the end of the list; undefined when none is left. */
export function nextUndecided(shown: Entry[], current: number | null): Entry | undefined {
  const place = shown.findIndex(({ range }) => range.id === current);
  const round = [...shown.slice(place + 1), ...shown.slice(0, Math.max(0, place))];
  return round.find(({ range }) => range.judgement === 'undecided');
}

/** The neighbour that takes the place of an entry which leaves the list. */
export function beside(shown: Entry[], range: number): Entry | undefined {
  const place = shown.findIndex((entry) => entry.range.id === range);
  return shown[place + 1] ?? shown[place - 1];
}

/** The ranges that carry one of these judgements, in the order of materials and of time. */
export function rangesJudged(snapshot: Snapshot, judgements: Judgement[]): RangeKey[] {
  return snapshot.materials.flatMap((material) =>
    [...material.ranges]
      .sort((a, b) => a.start - b.start)
      .filter(({ judgement }) => judgements.includes(judgement))
      .map((range) => ({ material: material.id, range: range.id })),
  );
}
