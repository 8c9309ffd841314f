import { getContext, setContext, tick } from 'svelte';
import { Keymap } from '../commands/keymap.svelte';
import type { Backend } from '../ipc/backend';
import type { Judgement, Micros, RangeKey } from '../ipc/bindings';
import { SECOND } from '../time/timecode';
import { Player } from '../player/player.svelte';
import { Review } from '../review/review.svelte';
import { neighbour, nextUndecided, type Entry } from '../review/shown';
import { placed, SHORTEST } from '../timeline/drag';
import { TimelineView } from '../timeline/view.svelte';
import { MeasuredBook } from './measured.svelte';
import { Session } from './session.svelte';
import { Trim } from './trim';

export type Sheet =
  | 'export'
  | 'library'
  | 'jobs'
  | 'address'
  | 'discardUploads'
  | 'transcribe'
  | 'keys'
  | 'palette'
  | 'history'
  | 'projects'
  | 'rename'
  | 'saveAs'
  | 'settings'
  | null;

/** What an editor writes about a range. */
export type Writing = 'title' | 'note';

/** Everything the window works with, and the acts that need more than one part of it. */
export class Workspace {
  readonly session: Session;
  readonly player = new Player();
  readonly view = new TimelineView();
  readonly measured: MeasuredBook;
  readonly review: Review;
  readonly keymap: Keymap;
  readonly #trim = new Trim();
  /** The dialog that is open. */
  sheet = $state<Sheet>(null);
  /** Which field of the selected range a key has asked for; the card takes it up. */
  writing = $state<Writing | null>(null);

  constructor(backend: Backend) {
    this.session = new Session(backend);
    this.measured = new MeasuredBook(backend);
    this.review = new Review(this.session);
    this.keymap = new Keymap((bindings) => backend.saveKeys(bindings));
  }

  async open(): Promise<void> {
    await this.session.open();
    this.keymap.read(this.session.about.keys);
  }

  /** Selects a range and brings the playhead to its beginning. */
  async goTo(key: RangeKey): Promise<void> {
    const elsewhere = key.material !== this.session.selection.material;
    this.session.selection = key;
    // The player and the timeline take up another video first; only then there is a place in it to go to.
    if (elsewhere) await tick();
    const chosen = this.session.range;
    if (chosen) this.show(chosen.start);
  }

  goBy(step: 1 | -1): void {
    this.#goToEntry(neighbour(this.review.shown, this.session.selection.range, step));
  }

  #goToEntry(entry: Entry | undefined): void {
    if (entry) void this.goTo({ material: entry.material.id, range: entry.range.id });
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

  /** Judges the selected range. On request, and when it leaves the list by that, it goes on to the next one. */
  async judge(judgement: Judgement, goesOn = false): Promise<void> {
    const { session, review } = this;
    const { material, range } = session;
    if (!material || !range) return;
    const shown = review.shown;
    const leaves = review.filter !== 'all' && review.filter !== judgement;
    const next = goesOn ? nextUndecided(shown, range.id) : leaves ? beside(shown, range.id) : undefined;
    await session.edit({ kind: 'judge', material: material.id, range: range.id, judgement });
    if (!session.fault) this.#goToEntry(next);
  }

  findOthers(): Promise<void> {
    const { session, review } = this;
    return session.findOthers(review.scope === 'all' ? null : (session.material?.id ?? null));
  }

  /** Asks the card of the selected range for one of its fields. */
  write(what: Writing): void {
    this.writing = what;
  }

  /** Moves the end of the selected range that is nearer to the playhead by frames, and the playhead with it. */
  async trim(frames: number): Promise<void> {
    const { session, player } = this;
    const { material, range } = session;
    if (!material || !range) return;
    const trimmed = this.#trim.by(frames, material, range, player.time, () => session.newGesture());
    await session.edit(
      { kind: 'setRange', material: material.id, range: range.id, ...trimmed.stretch },
      trimmed.gesture,
    );
    this.show(trimmed.playhead);
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

/** The neighbour that takes the place of an entry which leaves the list. */
function beside(shown: Entry[], range: number): Entry | undefined {
  const place = shown.findIndex((entry) => entry.range.id === range);
  return shown[place + 1] ?? shown[place - 1];
}

const KEY = Symbol('workspace');

export function provideWorkspace(workspace: Workspace): void {
  setContext(KEY, workspace);
}

export function useWorkspace(): Workspace {
  return getContext<Workspace>(KEY);
}
