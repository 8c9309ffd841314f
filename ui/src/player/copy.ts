import type { Workspace } from '../project/workspace.svelte';

/** Makes the copy of what is shown that was given up, and plays as soon as something of it can be. */
export function makeCopy({ session, player }: Workspace): void {
  if (!session.material) return;
  player.whenReady(() => player.toggle());
  void session.makeCopy(session.material.id);
}
