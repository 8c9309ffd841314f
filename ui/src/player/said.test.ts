import { expect, it } from 'vitest';
import type { EvidenceView, SpokenText } from '../ipc/bindings';
import { saidAt, speechOf } from './said';

const heard = [
  { start: 0, end: 100, text: 'to the\nwail' },
  { start: 200, end: 300, text: null },
];
const evidence = { speech: heard } as unknown as EvidenceView;
const word = (start: number, end: number, text: string, corrected = false) => ({ start, end, text, corrected });
const ending = (...of: Parameters<typeof word>) => ({ ...word(...of), endsLine: true });

it('what is said is what the editor has put right', () => {
  const lines = [
    [word(0, 40, 'to the'), word(40, 100, 'whale', true)],
    [word(200, 260, '', true)],
    [word(400, 450, '再见'), word(450, 500, '了')],
  ];
  const spoken: SpokenText = { source: 'recogniser', lines };
  expect(speechOf({ evidence, spoken, pyramid: null })).toEqual([
    { start: 0, end: 100, text: 'to the whale' },
    { start: 200, end: 260, text: null },
    { start: 400, end: 500, text: '再见了' },
  ]);
});

it('a subtitle keeps its lines, and none of them is empty', () => {
  const lines = [
    [word(0, 20, 'Hello'), ending(20, 40, 'there,'), word(40, 60, 'old'), ending(60, 80, 'friend.')],
    [ending(100, 120, '', true), word(120, 140, 'Bye.')],
  ];
  const said = speechOf({ evidence, spoken: { source: 'subtitles', lines }, pyramid: null });
  expect(said.map(({ text }) => text)).toEqual(['Hello there,\nold friend.', 'Bye.']);
});

it('what is said is what was heard until the words are there', () => {
  expect(speechOf({ evidence, spoken: null, pyramid: null })).toEqual(heard);
  expect(speechOf({ evidence: null, spoken: null, pyramid: null })).toEqual([]);
});

it('the subtitle is what is said at that very time', () => {
  const speech = [
    { start: 10, end: 20, text: 'Now then' },
    { start: 20, end: 30, text: null },
    { start: 40, end: 50, text: 'Goodbye' },
  ];
  const shown = [5, 10, 19, 20, 35, 40, 50].map((time) => saidAt(speech, time));
  expect(shown).toEqual([null, 'Now then', 'Now then', null, null, 'Goodbye', null]);
});
