import type { Session } from './session.svelte';

/** Gives up all that was asked for and is under way; the copy for the player only where nothing else is. */
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
  if (!asked && material?.playback.state === 'preparing') await session.cancelCopy(material.id);
}
