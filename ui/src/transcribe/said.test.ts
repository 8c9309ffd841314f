import { expect, it } from 'vitest';
import type { SpokenText } from '../ipc/bindings';
import { saidIn } from './said';

const word = (start: number, text: string) => ({ start, end: start + 2, text, corrected: false });
const spoken: SpokenText = {
  source: 'recogniser',
  lines: [
    [word(0, 'Good'), word(3, 'evening.')],
    [word(10, 'Nobody'), word(13, ''), word(16, 'knew.')],
  ],
};

it('puts together the words of a stretch, also those it cuts', () => {
  expect(saidIn(spoken, { start: 4, end: 17 })).toBe('evening. Nobody knew.');
  expect(saidIn(spoken, { start: 0, end: 3 })).toBe('Good');
});

it('is empty where nobody knows', () => {
  expect(saidIn(spoken, { start: 30, end: 40 })).toBe('');
  expect(saidIn(null, { start: 0, end: 40 })).toBe('');
});
