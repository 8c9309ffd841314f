import type { Micros, SpeechView } from '../ipc/bindings';
import type { Measured } from '../project/measured.svelte';
import { joined } from '../transcript/passage';

/** What is said and when, with every correction; as it was heard until the words are there. */
export function speechOf({ evidence, spoken }: Measured): SpeechView[] {
  if (!spoken) return evidence?.speech ?? [];
  return spoken.lines.flatMap((words) => {
    const [first, last] = [words[0], words.at(-1)];
    // Where an editor has written nothing, nothing is said.
    const text = joined(words.map((word) => word.text).filter((word) => word !== '')) || null;
    return first && last ? [{ start: first.start, end: last.end, text }] : [];
  });
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
