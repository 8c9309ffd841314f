import type { SpokenText, Stretch } from '../ipc/bindings';
import { joined } from '../transcript/passage';

/** What is said within a stretch, by subtitle or transcript and as the editor put it right; empty where nobody knows. */
export function saidIn(spoken: SpokenText | null, { start, end }: Stretch): string {
  const inside = (spoken?.lines ?? []).flatMap((line) => line.filter((word) => word.start < end && start < word.end));
  return joined(inside.map(({ text }) => text).filter((text) => text !== ''));
}
