import type { Backend } from '../ipc/backend';
import { STRIP_PICTURES, type Strip } from './pictures';

/** Strips asked for at a time: the engine makes two, and a view that has moved on should not wait for what it left. */
const AT_ONCE = 2;
/** Strips kept in memory; one is about half a megabyte when it is decoded. */
const MOST = 160;

type Key = string;

/** The strips of pictures that were looked at, fetched when they come into sight; the newest wish is met first. */
export class StripBook {
  /** Grows whenever a picture has come, for whoever draws them. */
  revision = $state(0);
  readonly #found = new Map<Key, ImageBitmap | null>();
  #fetching = new Set<Key>();
  #wanted: { material: number; strip: Strip }[] = [];
  readonly #backend: Backend;

  constructor(backend: Backend) {
    this.#backend = backend;
  }

  /** The picture of a strip, if it is there, and where in it `place` lies. */
  at(
    material: number,
    { hop, index }: Strip,
    place: number,
  ): { image: ImageBitmap; left: number; width: number } | null {
    const image = this.#found.get(key(material, { hop, index }));
    if (!image) return null;
    const width = image.width / STRIP_PICTURES;
    return { image, left: place * width, width };
  }

  /** Asks for strips that are in sight; those that were asked for before and have not begun are forgotten. */
  want(material: number, strips: Strip[]): void {
    this.#wanted = strips
      .filter((strip) => !this.#found.has(key(material, strip)))
      .map((strip) => ({ material, strip }));
    this.#fetchNext();
  }

  /** Forgets what could not be had of a material: it can be played by now. */
  retry(material: number): void {
    for (const [name, image] of this.#found)
      if (image === null && name.startsWith(`${material}/`)) this.#found.delete(name);
  }

  /** Forgets everything, also what is still on its way: the next materials may carry the same numbers. */
  clear(): void {
    this.#wanted = [];
    this.#fetching = new Set();
    for (const image of this.#found.values()) image?.close();
    this.#found.clear();
    this.revision++;
  }

  #fetchNext(): void {
    const fetching = this.#fetching;
    while (fetching.size < AT_ONCE) {
      const next = this.#wanted.shift();
      if (!next) return;
      const name = key(next.material, next.strip);
      if (this.#found.has(name) || fetching.has(name)) continue;
      fetching.add(name);
      void this.#fetch(next.material, next.strip).then((image) => {
        if (fetching !== this.#fetching) return image?.close();
        fetching.delete(name);
        this.#keep(name, image);
        this.#fetchNext();
      });
    }
  }

  /** A picture that is missing leaves its place dark: the lane is no place to report it. */
  async #fetch(material: number, { hop, index }: Strip): Promise<ImageBitmap | null> {
    try {
      const bytes = await this.#backend.strip(material, hop, index);
      if (bytes.byteLength === 0) return null;
      return await createImageBitmap(new Blob([bytes], { type: 'image/jpeg' }));
    } catch {
      return null;
    }
  }

  #keep(name: Key, image: ImageBitmap | null): void {
    this.#found.set(name, image);
    for (const [oldest, old] of this.#found) {
      if (this.#found.size <= MOST) break;
      old?.close();
      this.#found.delete(oldest);
    }
    this.revision++;
  }
}

function key(material: number, { hop, index }: Strip): Key {
  return `${material}/${hop}/${index}`;
}
