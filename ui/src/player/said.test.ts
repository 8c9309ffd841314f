import { expect, it } from 'vitest';
import { saidAt } from './said';

it('the subtitle is what is said at that very time', () => {
  const speech = [
    { start: 10, end: 20, text: 'Now then' },
    { start: 20, end: 30, text: null },
    { start: 40, end: 50, text: 'Goodbye' },
  ];
  const shown = [5, 10, 19, 20, 35, 40, 50].map((time) => saidAt(speech, time));
  expect(shown).toEqual([null, 'Now then', 'Now then', null, null, 'Goodbye', null]);
});
