import type { Micros, Range } from '../ipc/bindings';
import type { Workspace } from '../project/workspace.svelte';
import { framesFrom, lastBefore } from '../player/frames';
import { dragged, together, type Grip } from './drag';
import { snapped, snapTargets, type SnapTarget } from './snapping';

/** How near an edge has to come to a place to cling to it, in CSS pixels. */
const REACH = 7;
/** A press that moves less than this is a click. */
const SLOP = 3;

type Origin = {
  material: number;
  range: Range;
  grip: Grip;
  x: number;
  playhead: Micros;
  /** The ranges that move along, as they lay. */
  along: Range[];
  targets: SnapTarget[];
};

/** Moving or trimming ranges by pointer or by keys: an overlay meanwhile, one step of undo at the end. */
export class RangeGesture {
  readonly #workspace: Workspace;
  #origin: Origin | null = null;
  #moved = false;
  /** Presses of an arrow key while the focus stays belong to one step of undo. */
  #nudging: { range: number; grip: Grip; gesture: number } | null = null;

  constructor(workspace: Workspace) {
    this.#workspace = workspace;
  }

  begin(range: Range, grip: Grip, event: PointerEvent): void {
    if (event.button !== 0) return;
    event.stopPropagation();
    // A field that was being written in takes its value now, not after the range has moved.
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    const { session, player, picked } = this.#workspace;
    if (!session.material) return;
    if (event.ctrlKey || event.metaKey) return picked.toggle(range.id);
    if (event.shiftKey) return picked.extend(range.id);
    (event.currentTarget as Element).setPointerCapture(event.pointerId);
    if (!picked.ids.has(range.id) || grip !== 'body') picked.clear();
    session.selectRange(range.id);
    player.pause();
    this.#moved = false;
    const along = picked.ranges.filter(({ id }) => id !== range.id);
    const { id: material } = session.material;
    const place = { material, range, grip, x: event.clientX, playhead: player.time };
    this.#origin = { ...place, along, targets: this.#targets(range, along) };
    this.#workspace.hand.take();
  }

  #targets(range: Range, along: Range[]): SnapTarget[] {
    const { session, measured, player } = this.#workspace;
    const material = session.material;
    if (!material) return [];
    const moving = new Set([range, ...along].map(({ id }) => id));
    const { evidence } = measured.of(material.id);
    const { ranges, markers, duration } = material;
    return snapTargets({ evidence, ranges, moving, markers, playhead: player.time, duration });
  }

  move(event: PointerEvent): void {
    if (this.#origin) this.#workspace.hand.move(() => this.#follow(event));
  }

  #follow(event: PointerEvent): void {
    const { session, view, player } = this.#workspace;
    const material = session.material;
    if (!this.#origin || !material) return;
    // The button was let go where the window could not see it.
    if ((event.buttons & 1) === 0) return void this.end();
    const { range, grip, x, along, targets } = this.#origin;
    const pixels = event.clientX - x;
    if (!this.#moved && Math.abs(pixels) < SLOP) return;
    this.#moved = true;
    const { perPixel } = view.current;
    const { duration } = material;
    const limited = along.length > 0 ? (by: Micros) => together([range, ...along], by, duration) : (by: Micros) => by;
    const free = { delta: limited(pixels * perPixel), target: null };
    const clings = view.snapping && !event.altKey;
    const { delta, target } = clings ? snapped(grip, range, free.delta, targets, REACH * perPixel) : free;
    const stretch = dragged(grip, range, limited(delta), duration);
    view.snap = target && [stretch.start, stretch.end].includes(target.time) ? target : null;
    const by = stretch.start - range.start;
    session.overlay = {
      material: material.id,
      range: range.id,
      ...stretch,
      along: along.map(({ id, start, end }) => ({ range: id, start: start + by, end: end + by })),
    };
    // Trimming shows the picture it will begin or end with.
    if (grip === 'start') player.seek(stretch.start);
    if (grip === 'end') player.seek(lastBefore(stretch.end, player.clock));
  }

  async end(): Promise<void> {
    this.#workspace.hand.letGo();
    const origin = this.#release();
    if (!origin) return;
    if (this.#moved) return this.#workspace.session.commitOverlay();
    if (origin.grip !== 'body') return;
    this.#workspace.picked.clear();
    await this.#workspace.goTo({ material: origin.material, range: origin.range.id });
  }

  /** Forgets the gesture; the range and the playhead are where they were. */
  drop(): boolean {
    this.#workspace.hand.letGo();
    const origin = this.#release();
    if (!origin) return false;
    this.#workspace.session.overlay = null;
    this.#workspace.player.seek(origin.playhead);
    return true;
  }

  #release(): Origin | null {
    const origin = this.#origin;
    this.#origin = null;
    this.#workspace.view.snap = null;
    return origin;
  }

  /** Arrow keys on a focused range or edge: one frame, ten with Shift. */
  key(range: Range, grip: Grip, event: KeyboardEvent): void {
    const direction = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const { session, turns } = this.#workspace;
    if (direction === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    if (this.#nudging?.range !== range.id || this.#nudging.grip !== grip)
      this.#nudging = { range: range.id, grip, gesture: session.newGesture() };
    const frames = direction * (event.shiftKey ? 10 : 1);
    const { gesture } = this.#nudging;
    void turns.take(() => this.#nudge(range.id, grip, frames, gesture));
  }

  async #nudge(id: number, grip: Grip, frames: number, gesture: number): Promise<void> {
    const { session, player } = this.#workspace;
    const { material } = session;
    const range = material?.ranges.find((one) => one.id === id);
    if (!material || !range) return;
    const delta = framesFrom(grip === 'end' ? range.end : range.start, frames, player.clock);
    const stretch = dragged(grip, range, delta, material.duration);
    await session.edit({ kind: 'setRange', material: material.id, range: id, ...stretch }, gesture);
  }

  /** The focus has gone: the next nudge is a step of its own. */
  settle(): void {
    this.#nudging = null;
  }
}
