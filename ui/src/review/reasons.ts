import { describe } from '../errors/codes';
import type { Likeness, Material, Micros, Notice, Range, Tag } from '../ipc/bindings';
import { formatTimecode } from '../time/timecode';
import { words } from '../words';
import type { Filter } from './shown';

/** Why a range was chosen, as one sentence about this video. Shares are cut, not rounded: nothing is louder than all of it. */
export function reasonWords({ reasons, start }: Pick<Range, 'reasons' | 'start'>): string {
  const percent = (strength: number | null) => Math.floor((strength ?? 0) * 100);
  const heard = reasons.flatMap(({ event, at, strength }) =>
    event ? [words.review.heard(words.sounds[event], secondsAfter(start, at), percent(strength))] : [],
  );
  const measured = reasons.filter(({ event }) => !event);
  const compared = measured.map(({ signal, strength }) => [words.review.reasons[signal], percent(strength)] as const);
  return words.review.because(heard, compared);
}

/** What a range was looked for to resemble, and how much it does. */
export function likenessWords({ start, share }: Likeness): string {
  return words.review.alike(Math.round((share ?? 0) * 100), formatTimecode(start));
}

/** When something happens, and how certain that is. */
export function tagWords({ start, end, confidence }: Tag): string {
  return words.review.tag(formatTimecode(start), formatTimecode(end), Math.round((confidence ?? 0) * 100));
}

function secondsAfter(start: Micros, at: Micros): number {
  return Math.max(0, Math.floor((at - start) / 1_000_000));
}

/** What the list says where there is nothing in it. Commands stand in braces, for their keys. */
export function emptyWords(material: Material, filter: Filter): readonly string[] {
  const { empty } = words.review;
  if (filter !== 'all') return empty[filter];
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
    case 'actionsUnknown':
      return words.notices.actionsUnknown(notice.actions);
    case 'actionsNeedSoundModel':
      return words.notices.actionsNeedSoundModel(notice.actions);
    case 'actionsNeedPictureModel':
      return words.notices.actionsNeedPictureModel(notice.actions);
    case 'picturesNotSearched':
      return words.notices.picturesNotSearched(describe(notice.error).title);
  }
}
