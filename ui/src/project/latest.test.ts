import { expect, it } from 'vitest';
import { Latest } from './latest';

it('skips values that were overtaken and always sends the last', async () => {
  const sent: number[] = [];
  const releases: (() => void)[] = [];
  const latest = new Latest<number>((value) => {
    sent.push(value);
    return new Promise<void>((resolve) => releases.push(resolve));
  });
  for (const value of [1, 2, 3, 4]) latest.push(value);
  expect(sent).toEqual([1]);
  releases.shift()?.();
  await Promise.resolve().then(() => Promise.resolve());
  expect(sent).toEqual([1, 4]);
});

it('goes on after a failure', async () => {
  const sent: number[] = [];
  const latest = new Latest<number>(async (value) => {
    sent.push(value);
    throw new Error('refused');
  });
  latest.push(1);
  latest.push(2);
  await new Promise((resolve) => setTimeout(resolve));
  expect(sent).toEqual([1, 2]);
});
