import { expect, it } from 'vitest';
import type { SpokenText } from '../ipc/bindings';
import { firsts, flat, joined, searched, stretchOf, wordAt } from './passage';

/** A word every second, half a second long; lines end at a slash. */
function spoken(text: string): SpokenText {
  let time = 0;
  const lines = text.split(' / ').map((line) =>
    line.split(' ').map((word) => {
      const start = 1_000_000 * time++;
      return { start, end: start + 500_000, text: word, corrected: false };
    }),
  );
  return { source: 'recogniser', lines };
}

const words = flat(spoken('To the harbour / and back to the Sea.'));

it('the current word is the one that was begun last', () => {
  expect([-1, 0, 999_999, 1_000_000, 99_000_000].map((time) => wordAt(words, time))).toEqual([-1, 0, 0, 1, 7]);
  expect(firsts(spoken('To the harbour / and back'))).toEqual([0, 3]);
});

it('words are found across words and lines, whatever their case', () => {
  expect(searched(words, 'to the')).toEqual([
    [0, 1],
    [5, 6],
  ]);
  expect(searched(words, 'sea')).toEqual([[7, 7]]);
  expect(searched(words, 'harbour and')).toEqual([[2, 3]]);
  expect(searched(words, '  ')).toEqual([]);
  expect(searched(flat(spoken('今 天， / 很 好。')), '天，很')).toEqual([[1, 2]]);
});

it('selected words are a range from the first to the last, in either direction', () => {
  expect(stretchOf(words, 1, 3, 60_000_000)).toEqual({ start: 1_000_000, end: 3_500_000 });
  expect(stretchOf(words, 3, 1, 60_000_000)).toEqual({ start: 1_000_000, end: 3_500_000 });
  expect(stretchOf([], 0, 0, 60_000_000)).toBeNull();
});

it('words are joined as their script writes them', () => {
  expect(joined(['to', 'the', 'sea'])).toBe('to the sea');
  expect(joined(['今', '天，', '好'])).toBe('今天，好');
});
