import { getContext, setContext } from 'svelte';
import type { Backend } from '../ipc/backend';
import type { Micros } from '../ipc/bindings';
import { SECOND } from '../time/timecode';
import { Player } from '../player/player.svelte';
import { placed, SHORTEST } from '../timeline/drag';
import { TimelineView } from '../timeline/view.svelte';
import { MeasuredBook } from './measured.svelte';
import { Session } from './session.svelte';

export type Sheet = 'export' | 'library' | 'address' | 'discardUploads' | 'keys' | 'newProject' | 'settings' | null;

/** Everything the window works with, and the acts that need more than one part of it. */
export class Workspace {
  readonly session: Session;
  readonly player = new Player();
  readonly view = new TimelineView();
  readonly measured: MeasuredBook;
  /** The dialog that is open. */
  sheet = $state<Sheet>(null);

  constructor(backend: Backend) {
    this.session = new Session(backend);
    this.measured = new MeasuredBook(backend);
  }

  /** Selects a range and brings the playhead to its beginning. */
  goTo(range: number): void {
    this.session.selectRange(range);
    const chosen = this.session.range;
    if (!chosen) return;
    this.show(chosen.start);
  }

  goBy(step: 1 | -1): void {
    const { ranges, range } = this.session;
    const place = ranges.findIndex((candidate) => candidate.id === range?.id);
    const next = ranges[place < 0 ? 0 : Math.min(Math.max(0, place + step), ranges.length - 1)];
    if (next) this.goTo(next.id);
  }

  /** Stands still at a time and brings it in sight. */
  show(time: Micros): void {
    this.player.pause();
    this.player.seek(time);
    this.view.reveal(this.player.time);
  }

  playSelected(): void {
    if (this.session.range) this.player.playStretch(this.session.range);
  }

  step(frames: number): void {
    this.player.step(frames);
    this.view.reveal(this.player.time);
  }

  async addRange(): Promise<void> {
    const { material, snapshot } = this.session;
    if (!material || !snapshot) return;
    const length = snapshot.strategy.clipDuration || 15 * SECOND;
    const stretch = placed(this.player.time, length, material.duration);
    if (stretch) await this.session.edit({ kind: 'addRange', material: material.id, ...stretch });
  }

  async removeRange(): Promise<void> {
    const { material, range } = this.session;
    if (material && range) await this.session.edit({ kind: 'removeRange', material: material.id, range: range.id });
  }

  /** Puts one end of the selected range at the playhead; the other end gives way where it would come too close. */
  async setEdge(edge: 'start' | 'end'): Promise<void> {
    const { material, range } = this.session;
    if (!material || !range) return;
    const time = this.player.time;
    const length = range.end - range.start;
    const start =
      edge === 'start' ? Math.min(time, material.duration - SHORTEST) : Math.min(range.start, time - length);
    const stretch =
      edge === 'start'
        ? { start, end: time < range.end - SHORTEST ? range.end : Math.min(material.duration, start + length) }
        : { start: time > range.start + SHORTEST ? range.start : Math.max(0, start), end: Math.max(time, SHORTEST) };
    await this.session.edit({ kind: 'setRange', material: material.id, range: range.id, ...stretch });
  }
}

const KEY = Symbol('workspace');

export function provideWorkspace(workspace: Workspace): void {
  setContext(KEY, workspace);
}

export function useWorkspace(): Workspace {
  return getContext<Workspace>(KEY);
}
