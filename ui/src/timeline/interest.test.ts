import { describe, expect, it } from 'vitest';
import type { EvidenceView } from '../ipc/bindings';
import { SECOND } from '../time/timecode';
import { layers, read } from './interest';
import { fit } from './scale';

const interest: EvidenceView['interest'] = {
  hop: SECOND / 10,
  values: [0, 0.5, 0.9, 0],
  parts: [
    { signal: 'loudness', percents: [0, 50, 30, 0] },
    { signal: 'motion', percents: [0, 0, 60, 0] },
  ],
};

describe('the parts of the interest', () => {
  it('are stacked from the bottom and never rise over the curve', () => {
    const [loudness, motion] = layers(interest, fit(0.4 * SECOND, 8), 100);
    expect(loudness?.boxes).toEqual([
      { x: 2, y: 50, width: 2, height: 50 },
      { x: 4, y: 70, width: 2, height: 30 },
    ]);
    expect(motion?.boxes).toEqual([{ x: 4, y: 10, width: 2, height: 60 }]);
  });

  it('are those of the strongest moment where a column holds several', () => {
    const boxes = layers(interest, fit(0.4 * SECOND, 2), 100).map((layer) => layer.boxes.map((box) => box.height));
    expect(boxes).toEqual([[30], [60]]);
  });

  it('end with the material', () => {
    const last = layers(interest, { ...fit(0.4 * SECOND, 8), width: 400 }, 100).flatMap((layer) => layer.boxes).at(-1);
    expect(last?.x).toBe(4);
  });
});

describe('reading the interest', () => {
  it('tells what makes it, the largest part first', () => {
    expect(read(interest, 0.25 * SECOND)).toEqual({
      percent: 90,
      parts: [
        { signal: 'motion', percent: 60 },
        { signal: 'loudness', percent: 30 },
      ],
    });
  });

  it('has nothing to tell behind the end', () => {
    expect(read(interest, SECOND)).toBeUndefined();
    expect(read({ ...interest, hop: 0 }, 0)).toBeUndefined();
  });
});
