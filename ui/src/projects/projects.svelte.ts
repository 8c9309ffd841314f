import { asWireError } from '../errors/codes';
import type { Backend } from '../ipc/backend';
import type { ProjectView, WireError } from '../ipc/bindings';
import { language, words } from '../words';

/** The projects of the library, as they were last read. */
export class Projects {
  list = $state.raw<ProjectView[] | null>(null);
  fault = $state.raw<WireError | null>(null);
  readonly #backend: Backend;

  constructor(backend: Backend) {
    this.#backend = backend;
  }

  read = (): Promise<void> => this.#take(this.#backend.projects());
  duplicate = (id: string, name: string): Promise<void> => this.#take(this.#backend.duplicateProject(id, name));
  remove = (id: string): Promise<void> => this.#take(this.#backend.removeProject(id));

  async #take(answer: Promise<ProjectView[]>): Promise<void> {
    try {
      this.list = await answer;
      this.fault = null;
    } catch (thrown) {
      this.fault = asWireError(thrown);
    }
  }
}

const DAY = 86_400_000;

/** When a project was last edited, as people say it: `today, 14:05`, `yesterday, 9:12`, `3 May 2026`. */
export function when(moment: number, now: number, locale: string = language): string {
  const midnight = new Date(now).setHours(0, 0, 0, 0);
  const days = Math.ceil((midnight - moment) / DAY);
  if (days > 1) return new Intl.DateTimeFormat(locale, { dateStyle: 'medium' }).format(moment);
  const time = new Intl.DateTimeFormat(locale, { timeStyle: 'short' }).format(moment);
  const day = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(-Math.max(0, days), 'day');
  return words.projects.at(day, time);
}
