import { SECOND } from '../../time/timecode';
import type { ProjectView, Snapshot, WireError } from '../bindings';

const told = [
  { id: 'season', name: 'Season review', materials: 5, duration: 6_914 * SECOND, days: 1 },
  { id: 'islands', name: 'Islands, part two', materials: 2, duration: 1_502 * SECOND, days: 12 },
  { id: 'regatta', name: 'Regatta', materials: 1, duration: 731 * SECOND, days: 40 },
];

const gone: WireError = { code: 'projectUnknown', message: 'This project is no longer in the library.', path: null };

/** The projects of the made-up library; the open one is the snapshot's. */
export class FakeProjects {
  #others: ProjectView[] = told.map(({ days, ...view }) => ({
    ...view,
    updated: Date.now() - days * 86_400_000,
    open: false,
    picture: view.id.length.toString(16).padStart(4, '0'),
  }));
  #copies = 0;

  list(snapshot: Snapshot): ProjectView[] {
    return [shown(snapshot), ...this.#others];
  }

  /** Puts the open project away and takes another one out. */
  open(id: string, snapshot: Snapshot): ProjectView {
    const wanted = this.#others.find((view) => view.id === id);
    if (!wanted) throw gone;
    this.leave(snapshot);
    this.#others = this.#others.filter((view) => view !== wanted);
    return wanted;
  }

  leave(snapshot: Snapshot): void {
    if (snapshot.materials.length > 0) this.#others = [{ ...shown(snapshot), open: false }, ...this.#others];
  }

  duplicate(id: string, name: string, snapshot: Snapshot): ProjectView[] {
    const copied = this.list(snapshot).find((view) => view.id === id);
    if (!copied) throw gone;
    this.#others = [{ ...copied, id: `copy-${++this.#copies}`, name, open: false }, ...this.#others];
    return this.list(snapshot);
  }

  remove(id: string, snapshot: Snapshot): ProjectView[] {
    this.#others = this.#others.filter((view) => view.id !== id);
    return this.list(snapshot);
  }
}

function shown(snapshot: Snapshot): ProjectView {
  return {
    id: snapshot.projectId,
    name: snapshot.projectName,
    updated: Date.now(),
    open: true,
    materials: snapshot.materials.length,
    duration: snapshot.materials.reduce((sum, material) => sum + material.duration, 0),
    picture: snapshot.materials.length > 0 ? '0001' : null,
  };
}
