import type { Event, JobEntry } from '../bindings';

const base = { door: 'http', error: null } as const;

/** The jobs of the made-up library. */
export class FakeJobs {
  #jobs: JobEntry[] = [
    {
      ...base,
      id: 'running',
      state: 'executing',
      names: ['/footage/County final, second half.mov', '/footage/County final, first half.mov'],
      created: Date.now() - 60_000,
      updated: Date.now() - 30_000,
    },
    {
      ...base,
      id: 'silent',
      state: 'failed',
      names: ['https://media.example.org/footage/harbour-timelapse.mp4'],
      created: Date.now() - 3_600_000,
      updated: Date.now() - 3_500_000,
      error: { code: 'speechless', message: 'Nobody speaks in it, and it has no subtitles.', path: null },
    },
    {
      ...base,
      id: 'own',
      door: 'window',
      state: 'finished',
      names: ['Coast series'],
      created: Date.now() - 90_000_000,
      updated: Date.now() - 89_000_000,
    },
  ];

  constructor(private readonly tell: (event: Event) => void) {}

  list(): JobEntry[] {
    return this.#jobs;
  }

  /** As another process does that shares the library. */
  handIn(id: string, name: string): void {
    const moment = Date.now();
    this.#put([{ ...base, id, state: 'created', names: [name], created: moment, updated: moment }, ...this.#jobs]);
  }

  end(id: string): void {
    this.#put(this.#jobs.map((job) => (job.id === id ? { ...job, state: 'finished' } : job)));
  }

  clear(): void {
    this.#put([]);
  }

  #put(jobs: JobEntry[]): void {
    this.#jobs = jobs;
    this.tell({ type: 'jobs' });
  }
}
