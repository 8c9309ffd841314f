import type { Material, Notice, Reason } from '../ipc/bindings';
import { words } from '../words';

/** Why a range was chosen, as one sentence about this video. Shares are cut, not rounded: nothing is louder than all of it. */
export function reasonWords(reasons: Reason[]): string {
  return words.review.because(
    reasons.map(({ signal, strength }) => [words.review.reasons[signal], Math.floor((strength ?? 0) * 100)]),
  );
}

/** What the list says where there is nothing in it. */
export function emptyWords(material: Material): readonly string[] {
  const { empty } = words.review;
  switch (material.analysis.state) {
    case 'waiting':
    case 'running':
      return empty.running;
    case 'done':
      return empty.done;
    case 'failed':
      return empty.failed;
    default:
      return empty.none;
  }
}

export function noticeWords(notice: Notice): string {
  switch (notice.kind) {
    case 'fewerThanAsked':
      return words.notices.fewerThanAsked(notice.asked, notice.found);
    case 'shorterThanClip':
      return words.notices.shorterThanClip;
    case 'nothingFound':
      return words.notices.nothingFound;
    case 'actionsNotRecognised':
      return words.notices.actionsNotRecognised(notice.actions);
  }
}
