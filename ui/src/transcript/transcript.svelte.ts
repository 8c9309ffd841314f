import { untrack } from 'svelte';
import type { Micros, SpokenText, Stretch } from '../ipc/bindings';
import type { MeasuredBook } from '../project/measured.svelte';
import type { Session } from '../project/session.svelte';
import { firsts, flat, joined, searched, stretchOf, wordAt } from './passage';

/** A word by its time, which stays its own when a correction before it changes the places of all that follow. */
type Spot = { at: Micros; place: number };

/** What is being written in the place of some words; which words is settled when the writing begins. */
type Correction = { visit: number; material: number; stretch: Stretch; before: string };

/** The words of the open material, what is selected and what is searched in them. */
export class Transcript {
  readonly #session: Session;
  readonly #measured: MeasuredBook;
  query = $state('');
  /** What is written in the field of a correction. */
  draft = $state('');
  #correction = $state.raw<Correction | null>(null);
  #from = $state.raw<Spot | null>(null);
  #to = $state.raw<Spot | null>(null);
  /** The project and the video that the selection belongs to. */
  #place = '';

  constructor(session: Session, measured: MeasuredBook) {
    this.#session = session;
    this.#measured = measured;
  }

  readonly spoken = $derived.by<SpokenText | null>(() => this.#measured.of(this.#session.material?.id ?? -1).spoken);
  readonly words = $derived(flat(this.spoken));
  readonly firsts = $derived(firsts(this.spoken));
  readonly found = $derived(searched(this.words, this.query));
  readonly #marked = $derived(
    new Set(this.found.flatMap(([from, to]) => Array.from({ length: to - from + 1 }, (_, step) => from + step))),
  );

  /** Where a selection began, and the word it reaches to, which the keys move. */
  readonly anchor = $derived(this.#placeOf(this.#from));
  readonly head = $derived(this.#placeOf(this.#to));

  /** The first and the last selected word. */
  readonly selected = $derived.by<[number, number] | null>(() => {
    if (this.anchor === null || this.head === null) return null;
    return [Math.min(this.anchor, this.head), Math.max(this.anchor, this.head)];
  });

  readonly text = $derived.by(() => {
    if (!this.selected) return '';
    const [from, to] = this.selected;
    return joined(this.words.slice(from, to + 1).map(({ word }) => word.text));
  });

  readonly stretch = $derived.by<Stretch | null>(() =>
    this.selected ? stretchOf(this.words, ...this.selected, this.#session.material?.duration ?? 0) : null,
  );

  /** Some of the selected words are not as they were heard. */
  readonly corrected = $derived.by(() => {
    if (!this.selected) return false;
    const [from, to] = this.selected;
    return this.words.slice(from, to + 1).some(({ word }) => word.corrected);
  });

  at = (time: Micros) => wordAt(this.words, time);
  lineOf = (word: number) => this.words[word]?.line ?? 0;
  isFound = (word: number) => this.#marked.has(word);
  isSelected(word: number): boolean {
    return this.selected !== null && this.selected[0] <= word && word <= this.selected[1];
  }

  select(place: number, extend = false): void {
    const chosen = this.words[place];
    if (!chosen) return;
    void this.correct();
    this.#to = { at: chosen.word.start, place };
    if (!extend || this.anchor === null) this.#from = this.#to;
  }

  clear(): void {
    this.#from = this.#to = null;
  }

  /** Lets go of what was selected in another video; what was being written there is handed over. */
  follow(): void {
    const place = `${this.#session.visit}/${this.#session.material?.id}`;
    if (place === this.#place) return;
    this.#place = place;
    untrack(() => {
      void this.correct();
      this.clear();
    });
  }

  /** Selects the next place of what is searched, from the selection on; null where it is nowhere. */
  next(step: 1 | -1): number | null {
    if (this.found.length === 0) return null;
    const from = this.selected?.[0] ?? -1;
    const after =
      step > 0 ? this.found.find(([first]) => first > from) : this.found.findLast(([first]) => first < from);
    const place = after ?? (step > 0 ? this.found[0] : this.found.at(-1));
    if (!place) return null;
    this.select(place[0]);
    this.select(place[1], true);
    return place[0];
  }

  /** A word up or down a line, near the same place in it. */
  beside(step: 1 | -1): number {
    const head = this.head ?? 0;
    const line = this.lineOf(head);
    const column = head - (this.firsts[line] ?? 0);
    const length = this.spoken?.lines[line + step]?.length ?? 0;
    return length === 0 ? head : (this.firsts[line + step] ?? 0) + Math.min(column, length - 1);
  }

  /** Makes the selected words a range. */
  async makeRange(): Promise<void> {
    const material = this.#session.material;
    if (material && this.stretch)
      await this.#session.edit({ kind: 'addRange', material: material.id, ...this.stretch });
  }

  /** The selected words are being written anew. */
  get correcting(): boolean {
    return this.#correction !== null;
  }

  beginCorrecting(): void {
    const { material, visit } = this.#session;
    const stretch = this.selected && this.#whole(this.selected);
    if (!material || !stretch) return;
    this.draft = this.text;
    this.#correction = { visit, material: material.id, stretch, before: this.text };
  }

  giveUp(): void {
    this.#correction = null;
  }

  /** Puts what was written in the place of the words that it was written for. */
  async correct(): Promise<void> {
    const correction = this.#correction;
    const text = this.draft;
    this.#correction = null;
    if (!correction || text.trim() === correction.before) return;
    const { visit, material, stretch } = correction;
    // The videos of another project carry the same numbers.
    if (visit !== this.#session.visit) return;
    await this.#session.edit({ kind: 'correctWords', material, text, ...stretch });
  }

  async restore(): Promise<void> {
    const material = this.#session.material;
    const stretch = this.selected && this.#whole(this.selected);
    if (material && stretch) await this.#session.edit({ kind: 'restoreWords', material: material.id, ...stretch });
    this.clear();
  }

  /** A word that was joined with others is found in the one that they have become. */
  #placeOf(spot: Spot | null): number | null {
    if (!spot) return null;
    if (this.words[spot.place]?.word.start === spot.at) return spot.place;
    const place = wordAt(this.words, spot.at);
    return place < 0 ? null : place;
  }

  /** From the first to the last of these words exactly, however short. */
  #whole([from, to]: [number, number]): Stretch | null {
    const [first, last] = [this.words[from], this.words[to]];
    return first && last ? { start: first.word.start, end: last.word.end } : null;
  }
}
