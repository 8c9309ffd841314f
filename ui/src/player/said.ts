import type { Micros, SpeechView } from '../ipc/bindings';

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
