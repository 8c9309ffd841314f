import type { ExportView } from '../ipc/bindings';
import { words } from '../words';

export function writtenCount(view: ExportView): number {
  return view.clips.filter((clip) => clip.state.state === 'written').length;
}

/** One sentence for how an export stands or ended. Never “finished” alone: it says how many clips there are. */
export function exportSummary(view: ExportView): string {
  const written = writtenCount(view);
  const all = view.clips.length;
  if (!view.finished) return words.export.progress(written, all);
  if (written === 0) return words.export.finishedNone;
  return written === all ? words.export.finished(written) : words.export.finishedSome(written, all);
}

/** The folder and the file's own name. */
export function splitPath(path: string): { folder: string; file: string } {
  const cut = Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\'));
  return { folder: path.slice(0, Math.max(cut, 0)), file: path.slice(cut + 1) };
}
