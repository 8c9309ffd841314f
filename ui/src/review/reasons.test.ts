import { describe, expect, it } from 'vitest';
import type { Reason } from '../ipc/bindings';
import { noticeWords, reasonWords, tagWords } from './reasons';

const SECOND = 1_000_000;
const louder: Reason = { signal: 'loudness', event: null, strength: 0.987, at: 12 * SECOND };
const motion: Reason = { signal: 'motion', event: null, strength: 0.95, at: 13 * SECOND };
const laugh: Reason = { signal: 'soundEvents', event: 'laughter', strength: 1, at: 22.9 * SECOND };

describe('the reasons of a range', () => {
  it.each([
    [[louder], 'Louder than 98\u00a0% of this video'],
    [[louder, motion], 'Louder than 98\u00a0% and more motion than 95\u00a0% of this video'],
    [[laugh], 'Laughter 12\u00a0s in, the strongest in this video'],
    [[{ ...laugh, strength: 0.9 }, louder], 'Laughter 12\u00a0s in; louder than 98\u00a0% of this video'],
  ])('are one sentence (%#)', (reasons, sentence) => {
    expect(reasonWords({ reasons, start: 10 * SECOND })).toBe(sentence);
  });
});

it('says when a tag happens and how certain that is', () => {
  const tag = { name: 'Laughter', start: 62 * SECOND, end: 65.5 * SECOND, confidence: 0.814 };
  expect(tagWords(tag)).toBe('1:02.00 to 1:05.50, 81\u00a0% certain');
});

it('says why pictures were not looked through, and what to do', () => {
  const error = { code: 'workerOutOfMemory' as const, message: '', path: null };
  const said = noticeWords({ kind: 'picturesNotSearched', error });
  expect(said).toContain('Not enough memory');
  expect(said).toContain('Find highlights again');
});
