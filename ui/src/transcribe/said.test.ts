import { expect, it } from 'vitest';
import type { EvidenceView } from '../ipc/bindings';
import { saidIn } from './said';

const speech = [
  { start: 0, end: 10, text: 'Good evening.' },
  { start: 12, end: 20, text: 'Nobody knew\nwhere he was.' },
  { start: 22, end: 30, text: 'where he was.' },
  { start: 32, end: 40, text: null },
];
const evidence: EvidenceView = {
  cuts: [],
  speech,
  words: [],
  silences: [],
  interest: { hop: 1, values: [], parts: [] },
};

it('puts together what is said in a stretch, each sentence once', () => {
  expect(saidIn(evidence, { start: 11, end: 31 })).toBe('Nobody knew where he was.');
  expect(saidIn(evidence, { start: 5, end: 12 })).toBe('Good evening.');
});

it('is empty where nobody knows', () => {
  expect(saidIn(evidence, { start: 32, end: 40 })).toBe('');
  expect(saidIn(null, { start: 0, end: 40 })).toBe('');
});
