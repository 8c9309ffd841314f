import { getContext, setContext, tick } from 'svelte';
import { Keymap } from '../commands/keymap.svelte';
import type { Backend } from '../ipc/backend';
import type { EditCommand, Judgement, Micros, Range, RangeKey } from '../ipc/bindings';
import { SECOND } from '../time/timecode';
import { framesFrom, readFrameTimes } from '../player/frames';
import { Player } from '../player/player.svelte';
import { ending, firstTake, nextTake, reelOf, type Take } from '../player/reel';
import type { Library } from '../library/library.svelte';
import { Review } from '../review/review.svelte';
import { neighbour, nextUndecided, type Entry } from '../review/shown';
import { placed, SHORTEST, together } from '../timeline/drag';
import { StripBook } from '../timeline/strips.svelte';
import { TimelineView } from '../timeline/view.svelte';
import { Transcript } from '../transcript/transcript.svelte';
import { MeasuredBook } from './measured.svelte';
import { Picked } from './picked.svelte';
import { Hand } from '../painting/hand.svelte';
import { Magnification } from '../window/magnification.svelte';
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
  readonly hand = new Hand();
  readonly player = new Player(this.hand);
  readonly view = new TimelineView();
  readonly measured: MeasuredBook;
  readonly review: Review;
  readonly keymap: Keymap;
  /** The ranges that an act means. */
  readonly picked: Picked;
  readonly strips: StripBook;
  readonly magnification: Magnification;
  readonly #trim = new Trim();
  /** Whether what is said stands on the picture. */
  subtitled = $state(false);
  /** Nudges in a row of the same ranges, which make one step of undo. */
  #nudged: { starts: string; gesture: number } | null = null;
  readonly transcript: Transcript;
  /** The dialog that is open. */
  sheet = $state<Sheet>(null);
  /** The field that was written in when a key opened a sheet. */
  leftField: HTMLElement | null = null;
  /** The media library while its sheet is open. */
  library = $state.raw<Library | null>(null);
  /** What stands beside the player. */
  panel = $state<'highlights' | 'words'>('highlights');
  /** Which field of the selected range a key has asked for; the card takes it up. */
  writing = $state<Writing | null>(null);

  constructor(backend: Backend) {
    this.session = new Session(backend);
    this.measured = new MeasuredBook(backend);
    this.review = new Review(this.session);
    this.picked = new Picked(this.session);
    this.strips = new StripBook(backend);
    this.magnification = new Magnification(backend);
    this.transcript = new Transcript(this.session, this.measured);
    this.keymap = new Keymap((bindings) => backend.saveKeys(bindings));
  }

  async open(): Promise<void> {
    void this.session.attempt(this.magnification.restore());
    await this.session.open();
    this.keymap.read(this.session.about.keys);
  }

  /** Reads when each frame of a material is shown. Until then, and where that fails, stepping goes by the frame rate. */
  async learnFrames(material: number): Promise<void> {
    const bytes = await this.session.backend.frameTimes(material).catch(() => new ArrayBuffer(0));
    this.player.learn(material, readFrameTimes(bytes));
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
    this.picked.clear();
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

  /** Plays how the selected range ends. */
  playEnding(): void {
    if (this.session.range) this.player.playStretch(ending(this.session.range, 2 * SECOND));
  }

  /** Plays all kept ranges of all videos one after the other, from the selected one where that is kept. */
  playKept(): void {
    const reel = reelOf(this.session.materials, 'kept');
    void this.#playTake(reel, firstTake(reel, this.session.selection.range));
  }

  async #playTake(reel: Take[], place: number): Promise<void> {
    const take = reel[place];
    if (!take) return;
    const { material, range } = take;
    const elsewhere = material !== this.session.selection.material;
    this.session.selection = { material, range };
    if (elsewhere) await tick();
    this.player.whenReady(() => {
      this.player.playStretch(take, () => {
        const next = nextTake(reel, place, this.player.loop);
        // The last one ends as any stretch does: at rest on its end.
        if (next === null) this.show(take.end);
        else void this.#playTake(reel, next);
      });
    });
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
    await this.#forPicked(({ id }) => ({ kind: 'judge', material: material.id, range: id, judgement }));
    if (!session.fault) this.#goToEntry(next);
  }

  /** Does the same to every picked range, as one step of undo. */
  async #forPicked(command: (range: Range) => EditCommand, gesture = this.session.newGesture()): Promise<void> {
    const ranges = this.picked.ranges;
    for (const range of ranges) await this.session.edit(command(range), ranges.length > 1 ? gesture : null);
  }

  /** Moves the picked ranges together by frames. Nudges in a row make one step of undo. */
  async nudge(frames: number): Promise<void> {
    const { session, picked, player } = this;
    const { material, range } = session;
    if (!material || !range) return;
    const by = together(picked.ranges, framesFrom(range.start, frames, player.clock), material.duration);
    const starts = () => picked.ranges.map(({ id, start }) => `${id} ${start}`).join();
    const gesture = this.#nudged?.starts === starts() ? this.#nudged.gesture : session.newGesture();
    for (const { id, start, end } of picked.ranges)
      await session.edit(
        { kind: 'setRange', material: material.id, range: id, start: start + by, end: end + by },
        gesture,
      );
    this.#nudged = { starts: starts(), gesture };
    if (session.range) this.show(session.range.start);
  }

  /** Marks the playhead; where its frame is marked already, takes that marker away. */
  async toggleMarker(): Promise<void> {
    const { session, player } = this;
    const material = session.material;
    if (!material) return;
    const end = player.time + framesFrom(player.time, 1, player.clock);
    const there = material.markers.find(({ at }) => at >= player.time && at < end);
    await session.edit(
      there
        ? { kind: 'removeMarker', material: material.id, marker: there.id }
        : { kind: 'addMarker', material: material.id, at: player.time },
    );
  }

  goToMarker(way: -1 | 1): void {
    const times = this.session.material?.markers.map(({ at }) => at) ?? [];
    const now = this.player.time;
    const next = way > 0 ? times.find((at) => at > now) : times.findLast((at) => at < now);
    if (next !== undefined) this.show(next);
  }

  findOthers(): Promise<void> {
    const { session, review } = this;
    return session.findOthers(review.scope === 'all' ? null : (session.material?.id ?? null));
  }

  /** Shows and plays the selected range as it was before it was snapped, or after. */
  async compareSnapping(): Promise<void> {
    const { material, range } = this.session;
    if (!material || !range) return;
    await this.session.edit({ kind: 'compareSnapping', material: material.id, range: range.id });
    if (!this.session.fault) this.playSelected();
  }

  async snapRange(): Promise<void> {
    const { material, range } = this.session;
    if (material && range) await this.session.snapRange(material.id, range.id);
  }

  async findAlike(): Promise<void> {
    const { material, range } = this.session;
    if (material && range) await this.session.findAlike(material.id, range.id);
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
    const trimmed = this.#trim.by(frames, material, player.clock, range, player.time, () => session.newGesture());
    await session.edit(
      { kind: 'setRange', material: material.id, range: range.id, ...trimmed.stretch },
      trimmed.gesture,
    );
    this.show(trimmed.playhead);
  }

  async removeRange(): Promise<void> {
    const { material } = this.session;
    if (material) await this.#forPicked(({ id }) => ({ kind: 'removeRange', material: material.id, range: id }));
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
