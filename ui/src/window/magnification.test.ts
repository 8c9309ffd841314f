import { beforeEach, expect, it } from 'vitest';
import { Magnification, MAGNIFICATIONS } from './magnification.svelte';

beforeEach(() => localStorage.clear());

function recorded() {
  const factors: number[] = [];
  const magnify = (factor: number) => {
    factors.push(factor);
    return Promise.resolve();
  };
  return { factors, magnification: new Magnification({ magnify }) };
}

it('goes up to twice the usual size and back, and no further', async () => {
  const { factors, magnification } = recorded();
  for (let press = 0; press <= MAGNIFICATIONS.length; press++) await magnification.step(1);
  expect(magnification.factor).toBe(2);
  expect(factors).toEqual(MAGNIFICATIONS.slice(1));
  await magnification.reset();
  await magnification.step(-1);
  expect(magnification.factor).toBe(1);
});

it('is as it was left when the window is opened again', async () => {
  const before = recorded();
  await before.magnification.step(1);
  const after = recorded();
  await after.magnification.restore();
  expect(after.factors).toEqual([1.1]);
});

it('stays the usual one when what was kept makes no sense', async () => {
  localStorage.setItem('standout.magnification', '40');
  const { factors, magnification } = recorded();
  await magnification.restore();
  expect(factors).toEqual([]);
});
