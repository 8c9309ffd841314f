import type { EvidenceView, Micros, Signal } from '../ipc/bindings';
import type { Rectangle } from './waveform';
import { toTime, type View } from './scale';

type Interest = EvidenceView['interest'];

/** The bars of one signal, to be drawn in its colour. */
export type Layer = { signal: Signal; boxes: Rectangle[] };

/**
 * One bar a signal for every `step` pixels, stacked from the bottom: the parts of the column's most interesting moment, so that a short
 * peak keeps its height and its reason however far the view is zoomed out. The top of the lane is an interest of 1.
 */
export function layers(interest: Interest, view: View, height: number, step = 2): Layer[] {
  const found = interest.parts.map(({ signal }): Layer => ({ signal, boxes: [] }));
  for (let x = 0; x < view.width; x += step) {
    const index = strongest(interest, toTime(view, x), toTime(view, x + step));
    if (index === undefined) break;
    let bottom = height;
    interest.parts.forEach(({ percents }, place) => {
      const tall = ((percents[index] ?? 0) / 100) * height;
      bottom -= tall;
      if (tall > 0) found[place]?.boxes.push({ x, y: bottom, width: step, height: tall });
    });
  }
  return found;
}

/** The place of the most interesting moment between two times; nothing behind the end. */
function strongest({ hop, values }: Interest, from: Micros, to: Micros): number | undefined {
  if (hop <= 0 || from >= values.length * hop) return undefined;
  const first = Math.max(0, Math.floor(from / hop));
  const end = Math.max(first + 1, Math.min(values.length, Math.ceil(to / hop)));
  let best = first;
  for (let index = first + 1; index < end; index++) if ((values[index] ?? 0) > (values[best] ?? 0)) best = index;
  return best;
}

export type Reading = { percent: number; parts: { signal: Signal; percent: number }[] };

/** What the interest is at a time and what makes it, the largest part first; nothing where there is none. */
export function read(interest: Interest, time: Micros): Reading | undefined {
  const index = strongest(interest, time, time + 1);
  if (index === undefined) return undefined;
  const parts = interest.parts
    .map(({ signal, percents }) => ({ signal, percent: percents[index] ?? 0 }))
    .filter(({ percent }) => percent > 0)
    .sort((one, other) => other.percent - one.percent);
  return { percent: Math.round((interest.values[index] ?? 0) * 100), parts };
}
