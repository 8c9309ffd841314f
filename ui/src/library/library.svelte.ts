import { asWireError } from '../errors/codes';
import type { AddedMedia, MediaAsset, WireError } from '../ipc/bindings';
import type { Session } from '../project/session.svelte';
import { keptChoice, stepped } from './choice';
import { Thumbnails } from './thumbnails.svelte';

/** The media library as its view shows it. */
export class Library {
  /** Null until it was read for the first time. */
  assets = $state.raw<MediaAsset[] | null>(null);
  /** Why it could not be read. */
  fault = $state.raw<WireError | null>(null);
  search = $state('');
  chosenId = $state<string | null>(null);
  /** Removing the chosen one was asked for and waits for a yes. */
  removing = $state(false);
  /** The search was asked for by a key; its field takes that up. */
  searching = $state(false);
  /** The row for an address is open. */
  adding = $state(false);
  busy = $state(false);
  readonly thumbnails: Thumbnails;
  readonly #session: Session;
  #asked = 0;

  constructor(session: Session) {
    this.#session = session;
    this.thumbnails = new Thumbnails(session.backend);
  }

  get chosenIndex(): number {
    return this.assets?.findIndex((asset) => asset.id === this.chosenId) ?? -1;
  }

  get chosen(): MediaAsset | null {
    return this.assets?.[this.chosenIndex] ?? null;
  }

  /** Whether something can be begun: nothing runs, and no question is open. */
  get free(): boolean {
    return !this.busy && !this.removing;
  }

  step(by: number): void {
    this.choose(stepped(this.chosenIndex, by, this.assets?.length ?? 0));
  }

  choose(index: number): void {
    this.chosenId = this.assets?.[index]?.id ?? null;
    this.removing = false;
  }

  /** Reads what matches the search; an answer that a newer question has overtaken is dropped. */
  async read(): Promise<void> {
    const asked = ++this.#asked;
    try {
      const assets = await this.#session.backend.mediaAssets(this.search.trim());
      if (asked !== this.#asked) return;
      this.fault = null;
      this.#show(assets);
    } catch (thrown) {
      if (asked === this.#asked) this.fault = asWireError(thrown);
    }
  }

  async importChosen(): Promise<void> {
    const { chosen } = this;
    if (!chosen || chosen.missing || chosen.inProject || this.busy) return;
    await this.#work(async () => {
      await this.#session.importAsset(chosen.id);
      await this.read();
    });
  }

  async addFiles(): Promise<void> {
    await this.#work(async () => {
      const added = await this.#session.attempt(this.#session.backend.addMedia());
      if (added) await this.#added(added);
    });
  }

  /** Whether everything in the text was taken. */
  async addText(text: string): Promise<boolean> {
    let taken = false;
    await this.#work(async () => {
      const added = await this.#session.attempt(this.#session.backend.addMediaText(text));
      if (!added) return;
      taken = added.refused.length === 0;
      await this.#added(added);
    });
    return taken;
  }

  async relinkChosen(): Promise<void> {
    const { chosen } = this;
    if (!chosen) return;
    await this.#work(async () => {
      const asset = await this.#session.attempt(this.#session.backend.relinkMedia(chosen.id));
      if (!asset) return;
      this.thumbnails.forget(asset.id);
      await this.read();
      void this.thumbnails.fetch(asset.id);
    });
  }

  async removeChosen(): Promise<void> {
    const { chosen } = this;
    this.removing = false;
    if (!chosen) return;
    await this.#work(async () => {
      const assets = await this.#session.attempt(this.#session.backend.removeMedia(chosen.id));
      if (!assets) return;
      this.thumbnails.forget(chosen.id);
      await this.read();
    });
  }

  dispose(): void {
    this.#asked++;
    this.thumbnails.dispose();
  }

  /** What was added is shown, whatever was searched for before; what stays out is told as for any other file. */
  async #added({ assets, refused }: AddedMedia): Promise<void> {
    this.#session.refused = refused;
    const known = new Set(this.assets?.map((asset) => asset.id));
    this.search = '';
    await this.read();
    const newest = assets.find((asset) => !known.has(asset.id));
    if (newest && this.assets?.some((asset) => asset.id === newest.id)) this.chosenId = newest.id;
  }

  #show(assets: MediaAsset[]): void {
    const ids = (list: MediaAsset[] | null) => list?.map((asset) => asset.id) ?? [];
    const kept = keptChoice(ids(this.assets), ids(assets), this.chosenId);
    if (kept !== this.chosenId) this.removing = false;
    this.chosenId = kept;
    this.assets = assets;
  }

  async #work(run: () => Promise<void>): Promise<void> {
    this.busy = true;
    try {
      await run();
    } finally {
      this.busy = false;
    }
  }
}
