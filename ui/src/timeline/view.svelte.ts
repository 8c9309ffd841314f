import type { Micros } from '../ipc/bindings';
import { LaneChoice } from './layout.svelte';
import { centre, fit, isFitted, resize, reveal, scrollBy, zoomAbout, type View } from './scale';
import type { SnapTarget } from './snapping';

/** The part of the chosen material that the timeline shows. */
export class TimelineView {
  #duration = $state(0);
  #view = $state.raw<View>(fit(0, 1));
  readonly lanes = new LaneChoice();
  /** Whether dragged edges cling to what lies near them. */
  snapping = $state(true);
  /** What a dragged edge clings to now. */
  snap = $state.raw<SnapTarget | null>(null);

  get current(): View {
    return this.#view;
  }

  get fitted(): boolean {
    return isFitted(this.#view, this.#duration);
  }

  /** Shows a material whole. */
  show(duration: Micros): void {
    this.#duration = duration;
    this.fit();
  }

  fit(): void {
    this.#view = fit(this.#duration, this.#view.width);
  }

  resize(width: number): void {
    if (width !== this.#view.width) this.#view = resize(this.#view, this.#duration, Math.max(1, width));
  }

  /** A factor below one looks closer. Without a pixel the middle stays where it is. */
  zoom(factor: number, pixel = this.#view.width / 2): void {
    this.#view = zoomAbout(this.#view, this.#duration, factor, pixel);
  }

  scroll(pixels: number): void {
    this.#view = scrollBy(this.#view, this.#duration, pixels);
  }

  /** Brings a time into the middle, as far as the ends allow. */
  centre(time: Micros): void {
    this.#view = centre(this.#view, this.#duration, time);
  }

  reveal(time: Micros): void {
    this.#view = reveal(this.#view, this.#duration, time);
  }
}
