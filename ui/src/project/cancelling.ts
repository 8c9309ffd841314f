import type { Session } from './session.svelte';

/** Gives up all that was asked for and is under way; where nothing is, the copies for the player, beginning with the one shown. */
export async function cancelWork(session: Session): Promise<void> {
  const { snapshot, material } = session;
  if (!snapshot) return;
  const { importing, finding, transcribing, exporting } = snapshot;
  const exports = exporting?.finished === false;
  if (importing) await session.cancelImport();
  if (finding) await session.cancelFind();
  if (transcribing) await session.cancelTranscription();
  if (exports) await session.cancelExport();
  const asked = importing !== null || finding || transcribing || exports;
  if (asked) return;
  const copied = session.materials.filter(({ playback }) => playback.state === 'preparing');
  const shown = copied.find(({ id }) => id === material?.id);
  for (const { id } of shown ? [shown] : copied) await session.cancelCopy(id);
}
