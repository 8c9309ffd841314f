import type { Workspace } from '../project/workspace.svelte';
import type { words } from '../words';
import type { Key } from './keys';

export type CommandId = keyof typeof words.commands;
/** Where keys are pressed. */
export type Place = 'desk' | 'library';
export type CommandGroup = keyof typeof words.keySheet.groups;

export type Command = {
  id: CommandId;
  words: string;
  group: CommandGroup;
  /** Where its keys are heard; on the desk when nothing else is said. The same key may mean something else in each place. */
  place?: 'library';
  /** The usual keys, the one that is shown first; the editor's own are in the keymap. */
  keys: Key[];
  /** Whether holding the key down runs it again and again. */
  repeats?: true;
  /** Whether it would do anything now. */
  able: (workspace: Workspace) => boolean;
  run: (workspace: Workspace) => void;
};

export type Definition = Omit<Command, 'id' | 'words'>;

export const placeOf = ({ place }: Pick<Command, 'place'>): Place => place ?? 'desk';

export const always = () => true;
export const hasMaterial = ({ session }: Workspace) => session.material !== null;
export const hasMaterials = ({ session }: Workspace) => session.materials.length > 1;
export const hasRange = ({ session }: Workspace) => session.range !== null;
/** The selected range is in the list: no filter hides it. */
export const hasCard = ({ session, review }: Workspace) =>
  review.shown.some(({ range }) => range.id === session.range?.id);
/** What resembles a range, and what lies near its ends, is only known of a video that was watched. */
export const hasAnalysedRange = ({ session }: Workspace) =>
  session.range !== null && session.material?.analysis.state === 'done';
export const hasKept = ({ session }: Workspace) =>
  session.materials.some(({ ranges }) => ranges.some(({ judgement }) => judgement === 'kept'));
export const hasMarkers = ({ session }: Workspace) => (session.material?.markers.length ?? 0) > 0;
export const hasList = ({ review }: Workspace) => review.shown.length > 0;
/** What is still being loaded plays as soon as it is there. */
export const canPlay = ({ player }: Workspace) => player.phase === 'ready' || player.phase === 'loading';

export function canFind({ session }: Workspace): boolean {
  return session.materials.length > 0 && session.snapshot?.finding === false;
}

export function canTranscribe({ session }: Workspace): boolean {
  return session.materials.length > 0 && session.snapshot?.transcribing === false;
}

export const isWorking = ({ session }: Workspace) => session.snapshot?.working === true;
/** Nothing was found in the video for want of speech, which can be allowed. */
export const isSpeechless = ({ session }: Workspace) =>
  session.material?.analysis.state === 'failed' && session.material.analysis.error.code === 'speechless';
/** What is shown is only shown from a copy, which was given up. */
export const lacksCopy = ({ session }: Workspace) => session.material?.playback.state === 'cancelled';
/** Something is under way that can be given up. */
export const canCancel = (workspace: Workspace) => isWorking(workspace) || !!workspace.session.snapshot?.importing;

export function canExport({ session }: Workspace): boolean {
  const ranges = session.materials.flatMap((material) => material.ranges);
  return session.snapshot?.exporting !== null || ranges.some(({ judgement }) => judgement !== 'dropped');
}

export function canFindOthers({ session, review }: Workspace): boolean {
  const asked = review.scope === 'all' ? session.materials : session.material ? [session.material] : [];
  return asked.some(({ analysis }) => analysis.state === 'done');
}
