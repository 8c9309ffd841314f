import type { Micros } from '../ipc/bindings';
import { framesFrom } from '../player/frames';
import type { Player } from '../player/player.svelte';
import type { Session } from '../project/session.svelte';

/** Setting markers at the playhead and going from one to the next. */
export class Markers {
  readonly #session: Session;
  readonly #player: Player;
  readonly #show: (time: Micros) => void;

  constructor(session: Session, player: Player, show: (time: Micros) => void) {
    this.#session = session;
    this.#player = player;
    this.#show = show;
  }

  /** Marks the playhead; where its frame is marked already, takes that marker away. */
  async toggle(): Promise<void> {
    const { time, clock } = this.#player;
    const material = this.#session.material;
    if (!material) return;
    const end = time + framesFrom(time, 1, clock);
    const there = material.markers.find(({ at }) => at >= time && at < end);
    await this.#session.edit(
      there
        ? { kind: 'removeMarker', material: material.id, marker: there.id }
        : { kind: 'addMarker', material: material.id, at: time },
    );
  }

  goBy(way: -1 | 1): void {
    const times = this.#session.material?.markers.map(({ at }) => at) ?? [];
    const now = this.#player.time;
    const next = way > 0 ? times.find((at) => at > now) : times.findLast((at) => at < now);
    if (next !== undefined) this.#show(next);
  }
}
