import type { BucketProfile, ExportView } from '../ipc/bindings';
import { words } from '../words';

export function writtenCount(view: ExportView): number {
  return view.clips.filter((clip) => clip.state.state === 'written').length;
}

/** One sentence for how an export stands or ended. Never “finished” alone: it says how many clips there are. */
export function exportSummary(view: ExportView): string {
  const written = writtenCount(view);
  const all = view.clips.length;
  const said = view.target.kind === 'bucket' ? inBucket : inFolder;
  if (!view.finished) return said.progress(written, all);
  if (written === 0) return said.none;
  return written === all ? said.all(written) : said.some(written, all);
}

const inFolder = {
  progress: words.export.progress,
  all: words.export.finished,
  some: words.export.finishedSome,
  none: words.export.finishedNone,
};

const inBucket = {
  progress: words.export.progressBucket,
  all: words.export.finishedBucket,
  some: words.export.finishedSomeBucket,
  none: words.export.finishedNoneBucket,
};

/** The folder and the file's own name. */
export function splitPath(path: string): { folder: string; file: string } {
  const cut = Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\'));
  return { folder: path.slice(0, Math.max(cut, 0)), file: path.slice(cut + 1) };
}

/** Where a bucket is, in the few letters that tell it from another. */
export function bucketHost({ endpoint, region }: BucketProfile): string {
  return endpoint === null ? `Amazon S3, ${region}` : endpoint.replace(/^https?:\/\//, '').replace(/\/+$/, '');
}
