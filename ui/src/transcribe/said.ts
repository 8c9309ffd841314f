import type { EvidenceView, Micros } from '../ipc/bindings';

type Stretch = { start: Micros; end: Micros };

/** What is said within a stretch, by subtitle or transcript; empty where nobody knows. */
export function saidIn(evidence: EvidenceView | null, { start, end }: Stretch): string {
  const texts = (evidence?.speech ?? [])
    .filter((speech) => speech.start < end && start < speech.end)
    .flatMap((speech) => (speech.text === null ? [] : speech.text.split('\n')));
  // A sentence that goes on over a pause belongs to the stretches on both sides of it.
  return texts.filter((text, index) => text !== texts[index - 1]).join(' ');
}
