import type { Micros, Range } from '../ipc/bindings';
import type { Workspace } from '../project/workspace.svelte';
import { frameStart, stepFrames } from '../player/frames';
import { dragged, snapped, type Grip } from './drag';

/** How near an edge has to come to a cut to cling to it, in CSS pixels. */
const REACH = 7;
/** A press that moves less than this is a click. */
const SLOP = 3;

/** Moving or trimming one range by pointer or by keys: an overlay meanwhile, one edit at the end. */
export class RangeGesture {
  readonly #workspace: Workspace;
  #origin: { material: number; range: Range; grip: Grip; x: number; playhead: Micros } | null = null;
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
    (event.currentTarget as Element).setPointerCapture(event.pointerId);
    const { session, player } = this.#workspace;
    if (!session.material) return;
    session.selectRange(range.id);
    player.pause();
    this.#origin = { material: session.material.id, range, grip, x: event.clientX, playhead: player.time };
    this.#moved = false;
  }

  move(event: PointerEvent): void {
    const { session, view, player, measured } = this.#workspace;
    const material = session.material;
    if (!this.#origin || !material) return;
    // The button was let go where the window could not see it.
    if ((event.buttons & 1) === 0) return void this.end();
    const { range, grip, x, playhead } = this.#origin;
    const pixels = event.clientX - x;
    if (!this.#moved && Math.abs(pixels) < SLOP) return;
    this.#moved = true;
    const { perPixel } = view.current;
    const delta = pixels * perPixel;
    const targets = [playhead, ...(measured.of(material.id).evidence?.cuts ?? [])];
    const clinging = view.snapping && !event.altKey ? snapped(grip, range, delta, targets, REACH * perPixel) : delta;
    const stretch = dragged(grip, range, clinging, material.duration);
    session.overlay = { material: material.id, range: range.id, ...stretch };
    // Trimming shows the picture it will begin or end with; the out point is the first instant after the last one.
    const rate = material.video?.frameRate ?? null;
    if (grip === 'start') player.seek(stretch.start);
    if (grip === 'end') player.seek(stepFrames(stretch.end, -1, rate, material.duration));
  }

  async end(): Promise<void> {
    const origin = this.#origin;
    this.#origin = null;
    if (!origin) return;
    if (this.#moved) await this.#workspace.session.commitOverlay();
    else if (origin.grip === 'body') void this.#workspace.goTo({ material: origin.material, range: origin.range.id });
  }

  /** Forgets the gesture; the range and the playhead are where they were. */
  drop(): boolean {
    const origin = this.#origin;
    this.#origin = null;
    if (!origin) return false;
    this.#workspace.session.overlay = null;
    this.#workspace.player.seek(origin.playhead);
    return true;
  }

  /** Arrow keys on a focused range or edge: one frame, ten with Shift. */
  key(range: Range, grip: Grip, event: KeyboardEvent): void {
    const direction = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const material = this.#workspace.session.material;
    if (direction === undefined || !material || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    const { session } = this.#workspace;
    if (this.#nudging?.range !== range.id || this.#nudging.grip !== grip)
      this.#nudging = { range: range.id, grip, gesture: session.newGesture() };
    const delta = direction * frameStart(event.shiftKey ? 10 : 1, material.video?.frameRate ?? null);
    const stretch = dragged(grip, range, delta, material.duration);
    const { gesture } = this.#nudging;
    void session.edit({ kind: 'setRange', material: material.id, range: range.id, ...stretch }, gesture);
  }

  /** The focus has gone: the next nudge is a step of its own. */
  settle(): void {
    this.#nudging = null;
  }
}
