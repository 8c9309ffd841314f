import type { Micros, SpeechView, SpokenWord } from '../ipc/bindings';
import type { Measured } from '../project/measured.svelte';
import { joined } from '../transcript/passage';

/** What is said and when, with every correction; as it was heard until the words are there. */
export function speechOf({ evidence, spoken }: Measured): SpeechView[] {
  if (!spoken) return evidence?.speech ?? [];
  return spoken.lines.flatMap((words) => {
    const [first, last] = [words[0], words.at(-1)];
    const text = written(words) || null;
    return first && last ? [{ start: first.start, end: last.end, text }] : [];
  });
}

/** Words as a subtitle has them, line by line. Where an editor has written nothing, nothing is said. */
function written(words: SpokenWord[]): string {
  const lines: string[][] = [[]];
  for (const { text, endsLine } of words) {
    if (text !== '') lines.at(-1)?.push(text);
    if (endsLine) lines.push([]);
  }
  return lines
    .map(joined)
    .filter((line) => line !== '')
    .join('\n');
}

/** What is said at a time; null where nobody speaks, or where it was not written down. Expects speech in order of time. */
export function saidAt(speech: SpeechView[], time: Micros): string | null {
  let [low, high] = [0, speech.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((speech[middle]?.start ?? Infinity) <= time) low = middle + 1;
    else high = middle;
  }
  const last = speech[low - 1];
  return last && time < last.end ? last.text : null;
}
