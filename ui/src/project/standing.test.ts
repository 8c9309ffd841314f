import { expect, it } from 'vitest';
import { standing } from './standing';

const item = { subject: { kind: 'clip', index: 0 }, stage: 'exporting', fraction: 0.619, remaining: null } as const;

it.each([
  [null, ''],
  [item, '61\u00a0%'],
  [{ ...item, remaining: 54_200_000 }, '61\u00a0% · 55 s left'],
  [{ ...item, fraction: null, remaining: 200_000_000 }, '4 min left'],
])('progress says only what is known (%#)', (progress, line) => expect(standing(progress)).toBe(line));

it.each([
  [null, 'paused'],
  [{ ...item, remaining: 54_200_000 }, '61\u00a0% · paused'],
])('while work is paused nobody knows how long it takes (%#)', (progress, line) =>
  expect(standing(progress, true)).toBe(line),
);
