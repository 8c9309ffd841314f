import { expect, it } from 'vitest';
import { Turns } from './turns';

/** What was done, with an act that takes until it is let go on. */
function watched() {
  const turns = new Turns();
  const done: string[] = [];
  let goOn: () => void = () => undefined;
  const held = turns.take(() => new Promise<void>((resolve) => (goOn = resolve)));
  const act = async (what: string) => void done.push(what);
  return { turns, done, act, letGoOn: () => (goOn(), held) };
}

it('does one thing after the other, also after one that fails', async () => {
  const { turns, done, act, letGoOn } = watched();
  const failed = turns.take(() => Promise.reject(new Error('refused')));
  const last = turns.take(() => act('last'));
  await Promise.resolve();
  expect(done, 'the one before is still under way').toEqual([]);
  await letGoOn();
  await expect(failed).rejects.toThrow('refused');
  await last;
  expect(done).toEqual(['last']);
});

it('does amounts that wait in a row as one, and others in their order', async () => {
  const { turns, done, act, letGoOn } = watched();
  const step = (amount: number) => turns.gather(amount, (all) => act(`by ${all}`));
  await Promise.resolve();
  const waiting = [step(1), step(1), step(10), turns.take(() => act('between')), step(-1)];
  await letGoOn();
  await Promise.all(waiting);
  await step(2);
  expect(done).toEqual(['by 12', 'between', 'by -1', 'by 2']);
});
