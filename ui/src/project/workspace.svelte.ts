import { getContext, setContext, tick } from 'svelte';
import { Keymap } from '../commands/keymap.svelte';
import type { Backend } from '../ipc/backend';
import type { EditCommand, Judgement, Micros, Range, RangeKey, Stretch } from '../ipc/bindings';
import { SECOND } from '../time/timecode';
import { frameEnd, lastBefore, readFrameTimes } from '../player/frames';
import { Player } from '../player/player.svelte';
import { ending, firstTake, nextTake, reelOf, type Take } from '../player/reel';
import type { Library } from '../library/library.svelte';
import { Review } from '../review/review.svelte';
import { beside, neighbour, nextUndecided, type Entry } from '../review/shown';
import { placed, withEdge } from '../timeline/drag';
import { Markers } from '../timeline/markers';
import { StripBook } from '../timeline/strips.svelte';
import { TimelineView } from '../timeline/view.svelte';
import { Transcript } from '../transcript/transcript.svelte';
import { MeasuredBook } from './measured.svelte';
import { Nudge } from './nudge';
import { Picked } from './picked.svelte';
import { Hand } from '../painting/hand.svelte';
import { Magnification } from '../window/magnification.svelte';
import { ThemeChoice } from '../window/theme.svelte';
import { Session } from './session.svelte';
import type { Sheet } from './sheet';
import { Trim } from './trim';
import { Turns } from './turns';

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
  readonly markers: Markers;
  readonly strips: StripBook;
  readonly magnification: Magnification;
  readonly theme = new ThemeChoice();
  /** What a key does to ranges or to the selection waits for the key before it. */
  readonly turns = new Turns();
  readonly #nudge = new Nudge();
  readonly #trim = new Trim();
  /** Whether what is said stands on the picture. */
  subtitled = $state(false);
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
    this.markers = new Markers(this.session, this.player, (time) => this.show(time));
    this.strips = new StripBook(backend);
    this.magnification = new Magnification(backend);
    this.transcript = new Transcript(this.session, this.measured);
    this.keymap = new Keymap((bindings) => backend.saveKeys(bindings));
    this.session.onLeave(() => this.#leave());
  }

  /** Nothing that was fetched of a material, or chosen in it, is true of the one that has its number in another project. */
  #leave(): void {
    this.player.show(null);
    this.measured.clear();
    this.strips.clear();
    this.transcript.clear();
    this.picked.clear();
    this.writing = null;
  }

  async open(): Promise<void> {
    void this.session.attempt(this.magnification.restore());
    await this.session.open();
    this.keymap.read(this.session.about.keys);
  }

  /** Reads when each frame of a material is shown. Until then, and where that fails, stepping goes by the frame rate. */
  async learnFrames(material: number): Promise<void> {
    const { backend, visit } = this.session;
    const bytes = await backend.frameTimes(material).catch(() => new ArrayBuffer(0));
    if (visit === this.session.visit) this.player.learn(material, readFrameTimes(bytes));
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

  goBy(step: 1 | -1): Promise<void> {
    return this.turns.take(() => {
      this.picked.clear();
      return this.#goToEntry(neighbour(this.review.shown, this.session.selection.range, step));
    });
  }

  async #goToEntry(entry: Entry | undefined): Promise<void> {
    if (entry) await this.goTo({ material: entry.material.id, range: entry.range.id });
  }

  /** Stands still at a time and brings it in sight. */
  show(time: Micros): void {
    this.player.pause();
    this.player.seek(time);
    this.view.reveal(this.player.time);
  }

  /** Shows the last frame that lies in a stretch. */
  showLast({ end }: Stretch): void {
    this.show(lastBefore(end, this.player.clock));
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
        // The last one ends as any stretch does: at rest on its last frame.
        if (next === null) this.showLast(take);
        else void this.#playTake(reel, next);
      });
    });
  }

  step(frames: number): void {
    this.player.step(frames);
    this.view.reveal(this.player.time);
  }

  addRange(): Promise<void> {
    return this.turns.take(async () => {
      const { material, snapshot } = this.session;
      if (!material || !snapshot) return;
      const length = snapshot.strategy.clipDuration || 15 * SECOND;
      const stretch = placed(this.player.time, length, material.duration);
      if (stretch) await this.session.edit({ kind: 'addRange', material: material.id, ...stretch });
    });
  }

  /** Judges the selected range. On request, and when it leaves the list by that, it goes on to the next one. */
  judge(judgement: Judgement, goesOn = false): Promise<void> {
    return this.turns.take(async () => {
      const { session, review, picked } = this;
      const { material, range } = session;
      if (!material || !range) return;
      // Those that are judged along are not there to be gone to.
      const shown = review.shown.filter((entry) => entry.range.id === range.id || !picked.ids.has(entry.range.id));
      const leaves = review.filter !== 'all' && review.filter !== judgement;
      const next = goesOn ? nextUndecided(shown, range.id) : leaves ? beside(shown, range.id) : undefined;
      await this.#forPicked(({ id }) => ({ kind: 'judge', material: material.id, range: id, judgement }));
      if (!session.fault) await this.#goToEntry(next);
    });
  }

  /** Does the same to every picked range, as one step of undo. */
  async #forPicked(command: (range: Range) => EditCommand): Promise<void> {
    const ranges = this.picked.ranges;
    await this.#edit(ranges.map(command), ranges.length > 1 ? this.session.newGesture() : null);
  }

  /** One after the other, up to the first that is refused: the next would hide why. */
  async #edit(commands: EditCommand[], gesture: number | null): Promise<void> {
    for (const command of commands) {
      await this.session.edit(command, gesture);
      if (this.session.fault) return;
    }
  }

  /** Moves the picked ranges together by frames. Nudges in a row make one step of undo. */
  nudge(frames: number): Promise<void> {
    return this.turns.gather(frames, async (all) => {
      const { session, picked, player } = this;
      const { material, range } = session;
      if (!material || !range) return;
      const newGesture = () => session.newGesture();
      const { edits, gesture } = this.#nudge.by(all, material, player.clock, range, picked.ranges, newGesture);
      await this.#edit(edits, gesture);
      if (session.range) this.show(session.range.start);
    });
  }

  findOthers(): Promise<void> {
    const { session, review } = this;
    return session.findOthers(review.scope === 'all' ? null : (session.material?.id ?? null));
  }

  /** Shows and plays the selected range as it was before it was snapped, or after. */
  compareSnapping(): Promise<void> {
    return this.turns.take(async () => {
      const { material, range } = this.session;
      if (!material || !range) return;
      await this.session.edit({ kind: 'compareSnapping', material: material.id, range: range.id });
      if (!this.session.fault) this.playSelected();
    });
  }

  snapRange(): Promise<void> {
    return this.turns.take(async () => {
      const { material, range } = this.session;
      if (material && range) await this.session.snapRange(material.id, range.id);
    });
  }

  async findAlike(): Promise<void> {
    const { material, range } = this.session;
    if (material && range) await this.session.findAlike(material.id, range.id);
  }

  /** Asks the card of the selected range for one of its fields. */
  write(what: Writing): void {
    this.panel = 'highlights';
    this.writing = what;
  }

  /** Moves the end of the selected range that is nearer to the playhead by frames, and the playhead with it. */
  trim(frames: number): Promise<void> {
    return this.turns.take(async () => {
      const { session, player } = this;
      const { material, range } = session;
      if (!material || !range) return;
      const trimmed = this.#trim.by(frames, material, player.clock, range, player.time, () => session.newGesture());
      const { stretch, gesture } = trimmed;
      await session.edit({ kind: 'setRange', material: material.id, range: range.id, ...stretch }, gesture);
      this.show(trimmed.playhead);
    });
  }

  removeRange(): Promise<void> {
    return this.turns.take(async () => {
      const { material } = this.session;
      if (material) await this.#forPicked(({ id }) => ({ kind: 'removeRange', material: material.id, range: id }));
    });
  }

  /** Puts one end of the selected range at the playhead; the other end gives way where it would come too close. */
  setEdge(edge: 'start' | 'end'): Promise<void> {
    return this.turns.take(() => this.#setEdge(edge));
  }

  async #setEdge(edge: 'start' | 'end'): Promise<void> {
    const { material, range } = this.session;
    if (!material || !range) return;
    const { time, clock } = this.player;
    // The frame that is shown is the last one of the clip.
    const place = edge === 'start' ? time : frameEnd(time, clock, material.duration);
    const stretch = withEdge(edge, place, range, material.duration);
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
