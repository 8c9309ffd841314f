import type { Micros, SpokenText, SpokenWord, Stretch } from '../ipc/bindings';
import { SHORTEST } from '../timeline/drag';

/** A word by its place in the whole text, and the line it stands in. */
export type Placed = { word: SpokenWord; line: number };

/** All words in order, so that a selection is two numbers. */
export function flat(spoken: SpokenText | null): Placed[] {
  return (spoken?.lines ?? []).flatMap((words, line) => words.map((word) => ({ word, line })));
}

/** The place of the first word of each line. */
export function firsts(spoken: SpokenText | null): number[] {
  let next = 0;
  return (spoken?.lines ?? []).map((words) => (next += words.length) - words.length);
}

/** The word that is said at a time, or the last one before it; -1 before the first. */
export function wordAt(words: Placed[], time: Micros): number {
  let [low, high] = [0, words.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((words[middle]?.word.start ?? 0) <= time) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** From the first to the last of these words, and no shorter than a range may be. */
export function stretchOf(words: Placed[], from: number, to: number, duration: Micros): Stretch | null {
  const [first, last] = [words[Math.min(from, to)], words[Math.max(from, to)]];
  if (!first || !last) return null;
  const start = Math.max(0, Math.min(first.word.start, duration - SHORTEST));
  return { start, end: Math.min(duration, Math.max(last.word.end, start + SHORTEST)) };
}

const SPACELESS =
  /[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3000-\u30ff\u31f0-\u31ff\u3400-\u9fff\uf900-\ufaff\uff00-\uff9f]/;

/** Words as one text, with spaces between them where their script has some. */
export function joined(texts: string[]): string {
  return texts.reduce((text, next) => {
    const open = text === '' || next === '' || SPACELESS.test(text.at(-1) ?? '') || SPACELESS.test(next.at(0) ?? '');
    return `${text}${open ? '' : ' '}${next}`;
  }, '');
}

/** Where a text is said: the first and the last word of each place, whatever the case. */
export function searched(words: Placed[], query: string): [number, number][] {
  const wanted = query.trim().toLowerCase();
  if (wanted === '') return [];
  // One text of all words, and which word each of its letters belongs to.
  let text = '';
  const owners: number[] = [];
  words.forEach(({ word }, place) => {
    const next = joined([text.at(-1) ?? '', word.text])
      .slice(text === '' ? 0 : 1)
      .toLowerCase();
    text += next;
    for (let letter = 0; letter < next.length; letter++) owners.push(place);
  });
  const found: [number, number][] = [];
  for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + wanted.length)) {
    const last = at + wanted.length - 1;
    found.push([owners[at] ?? 0, owners[last] ?? 0]);
  }
  return found;
}
