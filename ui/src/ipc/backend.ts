import type { commands, Event } from './bindings';

/** What files are doing above the window while they are dragged. */
export type DropEvent = { type: 'over' } | { type: 'left' } | { type: 'dropped'; paths: string[] };

/**
 * Everything the page asks of the engine: the shell's commands, and what it tells without being asked. Each call rejects
 * with a `WireError`. The page names no other way out, so that a plain browser with made-up data can stand in for the shell.
 */
export type Backend = Omit<typeof commands, 'subscribe'> & {
  /** Events from now on, until the returned function is called. */
  subscribe(listener: (event: Event) => void): Promise<() => void>;
  /** Shows the whole window so many times larger. */
  magnify(factor: number): Promise<void>;
  /** Files dragged over the window, until the returned function is called. */
  watchDrops(listener: (event: DropEvent) => void): Promise<() => void>;
};
