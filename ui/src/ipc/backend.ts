import type {
  Bootstrap,
  EditCommand,
  Event,
  EvidenceView,
  ExportPlan,
  ExportRequest,
  Imported,
  Snapshot,
} from './bindings';

/** What files are doing above the window while they are dragged. */
export type DropEvent = { type: 'over' } | { type: 'left' } | { type: 'dropped'; paths: string[] };

/**
 * Everything the page asks of the engine. Each call rejects with a `WireError`. The page names no other way out, so that
 * a plain browser with made-up data can stand in for the shell.
 */
export interface Backend {
  bootstrap(): Promise<Bootstrap>;
  /** Events from now on, until the returned function is called. */
  subscribe(listener: (event: Event) => void): Promise<() => void>;
  /** Files dragged over the window, until the returned function is called. */
  watchDrops(listener: (event: DropEvent) => void): Promise<() => void>;

  importPaths(paths: string[]): Promise<Imported>;
  /** A pasted text: a path on each line. */
  importText(text: string): Promise<Imported>;
  /** Asks for files with the system's dialog; null when it was cancelled. */
  openFiles(): Promise<Imported | null>;
  trySample(): Promise<Imported>;

  /** Edits with the same gesture number merge into one step of undo. */
  edit(command: EditCommand, gesture: number | null): Promise<Snapshot>;
  undo(): Promise<Snapshot>;
  redo(): Promise<Snapshot>;
  newProject(): Promise<Snapshot>;

  find(): Promise<Snapshot>;
  cancelFind(): Promise<Snapshot>;

  /** What was perceived; null before the material is analysed. */
  evidence(material: number): Promise<EvidenceView | null>;
  /** Pairs of signed bytes, lowest and highest sample, 100 pairs a second; empty before the material is analysed. */
  peaks(material: number): Promise<ArrayBuffer>;
  /** A JPEG picture. */
  thumbnail(material: number): Promise<ArrayBuffer>;

  planExport(request: ExportRequest): Promise<ExportPlan>;
  startExport(request: ExportRequest): Promise<Snapshot>;
  cancelExport(): Promise<Snapshot>;
  dismissExport(): Promise<Snapshot>;
  /** Asks for a folder with the system's dialog; null when it was cancelled. */
  chooseFolder(): Promise<string | null>;
  /** Shows a file in the system's file manager. */
  reveal(path: string): Promise<void>;
}
