import { expect, it } from 'vitest';
import type { EvidenceView } from '../ipc/bindings';
import { drawSpeech } from './lanes';

/** Writes down what is drawn, ten pixels for each letter. */
function canvas() {
  const drawn: string[] = [];
  const context = {
    fillRect: (x: number, _y: number, width: number) => drawn.push(`box ${x} ${width}`),
    fillText: (text: string) => drawn.push(text),
    measureText: (text: string) => ({ width: text.length * 10 }),
    save: () => undefined,
    restore: () => undefined,
    beginPath: () => undefined,
    rect: () => undefined,
    clip: () => undefined,
  };
  return { drawn, context: context as unknown as CanvasRenderingContext2D };
}

it('the lane of speech shows where a voice is heard, and the words as they were put right', () => {
  const speech = [
    { start: 0, end: 100, text: 'to the wail' },
    { start: 200, end: 300, text: null },
  ];
  const { drawn, context } = canvas();
  const said = [{ start: 0, end: 100, text: 'to the whale' }];
  const view = { start: 0, perPixel: 1, width: 400 };
  drawSpeech({ speech } as unknown as EvidenceView, said, view)(context, 20, () => '');
  expect(drawn).toEqual(['box 0 100', 'box 200 100', 'to the whale']);
});
