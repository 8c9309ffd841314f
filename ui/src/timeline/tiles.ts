import { viewEnd, type View } from './scale';

/** Draws in CSS pixels; `colour` gives a token's value. */
export type Draw = (context: CanvasRenderingContext2D, height: number, colour: (token: string) => string) => void;

/** A lane, how far below the top it lies, and what is drawn of a part of the material. Another function is another drawing. */
export type DrawnLane = { name: string; top: number; height: number; part: (view: View) => Draw };

/** All there is to draw. Another revision is another look of the same; `ratio` is how many pixels a CSS pixel takes. */
export type Drawing = {
  lanes: DrawnLane[];
  height: number;
  ratio: number;
  revision: number;
  colour: (token: string) => string;
};

/** CSS pixels that a tile is wide. */
export const TILE = 512;
/** Tiles that are counted from the same one, so that their places stay small numbers. */
const FROM_ONE = 64;
/** How far tiles are stretched before they are drawn anew while the hand still zooms, and the rest after which they are, in milliseconds. */
const STRETCH = 2;
const REST = 90;

/** Where tiles of a zoom lie in a view. */
export type Placing = { first: number; last: number; from: number; shift: number; stretch: number };

export function placing(view: View, perPixel: number): Placing {
  const span = TILE * perPixel;
  const first = Math.max(0, Math.floor(view.start / span));
  const last = Math.max(first, Math.ceil(viewEnd(view) / span) - 1);
  const from = first - (first % FROM_ONE);
  return { first, last, from, shift: (from * span - view.start) / view.perPixel, stretch: perPixel / view.perPixel };
}

type Tile = { canvas: HTMLCanvasElement; index: number; drawn: Map<string, DrawnLane> };

/** The lanes, drawn once for each zoom into tiles that are moved as one: scrolling draws what comes into sight and nothing else. */
export class LaneTiles {
  #host: HTMLElement | null = null;
  #tiles: Tile[] = [];
  #perPixel = 0;
  #ratio = 0;
  #shown: Drawing | null = null;
  #resting: ReturnType<typeof setTimeout> | undefined;

  attach = (host: HTMLElement): (() => void) => {
    this.#host = host;
    return () => {
      clearTimeout(this.#resting);
      this.#host = null;
      this.#tiles = [];
      this.#shown = null;
    };
  };

  show(view: View, drawing: Drawing): void {
    const host = this.#host;
    if (!host || view.width <= 0) return;
    this.#zoom(view, drawing);
    const { ratio } = drawing;
    const before = this.#shown;
    if (ratio !== this.#ratio || drawing.height !== before?.height) this.#tiles.forEach(({ drawn }) => drawn.clear());
    if (drawing.revision !== before?.revision) this.#tiles.forEach(({ drawn }) => drawn.clear());
    this.#ratio = ratio;
    this.#shown = drawing;
    const { first, last, from, shift, stretch } = placing(view, this.#perPixel);
    const x = stretch === 1 ? Math.round(shift * ratio) / ratio : shift;
    host.style.transform = `translateX(${x}px) scaleX(${stretch})`;
    for (const tile of this.#covering(host, first, last)) {
      const left = `${(tile.index - from) * TILE}px`;
      if (tile.canvas.style.left !== left) tile.canvas.style.left = left;
      this.#draw(tile, drawing);
    }
  }

  /** Tiles are stretched while the hand zooms, and drawn anew when it rests. */
  #zoom(view: View, drawing: Drawing): void {
    clearTimeout(this.#resting);
    const stretch = this.#perPixel / view.perPixel;
    if (stretch === 1) return;
    if (stretch > 1 / STRETCH && stretch < STRETCH) {
      this.#resting = setTimeout(() => {
        this.#level(view.perPixel);
        this.show(view, this.#shown ?? drawing);
      }, REST);
    } else {
      this.#level(view.perPixel);
    }
  }

  #level(perPixel: number): void {
    this.#perPixel = perPixel;
    this.#tiles.forEach((tile) => (tile.index = -1));
  }

  /** The tiles from `first` to `last`. Those that have gone out of sight become what is missing. */
  #covering(host: HTMLElement, first: number, last: number): Tile[] {
    const idle = this.#tiles.filter(({ index }) => index < first || index > last);
    const found: Tile[] = [];
    for (let index = first; index <= last; index++) {
      const there = this.#tiles.find((tile) => tile.index === index);
      const tile = there ?? idle.pop() ?? this.#add(host);
      if (!there) {
        tile.index = index;
        tile.drawn.clear();
      }
      found.push(tile);
    }
    return found;
  }

  #add(host: HTMLElement): Tile {
    const canvas = document.createElement('canvas');
    host.append(canvas);
    const tile: Tile = { canvas, index: -1, drawn: new Map() };
    this.#tiles.push(tile);
    return tile;
  }

  #draw({ canvas, index, drawn }: Tile, { lanes, height, colour }: Drawing): void {
    const context = canvas.getContext('2d');
    if (!context) return;
    if (drawn.size === 0) this.#clear(canvas, height);
    const part = { start: index * TILE * this.#perPixel, perPixel: this.#perPixel, width: TILE };
    for (const lane of lanes) {
      if (isSame(drawn.get(lane.name), lane)) continue;
      drawn.set(lane.name, lane);
      context.save();
      context.setTransform(this.#ratio, 0, 0, this.#ratio, 0, lane.top * this.#ratio);
      context.beginPath();
      context.rect(0, 0, TILE, lane.height);
      context.clip();
      context.clearRect(0, 0, TILE, lane.height);
      lane.part(part)(context, lane.height, colour);
      context.restore();
    }
  }

  #clear(canvas: HTMLCanvasElement, height: number): void {
    const [across, down] = [Math.round(TILE * this.#ratio), Math.max(1, Math.round(height * this.#ratio))];
    if (canvas.width !== across) canvas.width = across;
    if (canvas.height !== down) canvas.height = down;
    canvas.style.width = `${TILE}px`;
    canvas.style.height = `${height}px`;
    canvas.getContext('2d')?.clearRect(0, 0, across, down);
  }
}

function isSame(before: DrawnLane | undefined, now: DrawnLane): boolean {
  return before?.part === now.part && before.top === now.top && before.height === now.height;
}
