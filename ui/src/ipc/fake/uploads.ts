import type {
  ClipState,
  ExportClip,
  ExportRequest,
  ExportTarget,
  ExportView,
  PlannedClip,
  Snapshot,
} from '../bindings';
import { exportDefaults, planned } from './export';
import type { Scene } from './scenes';

const BUCKET: ExportTarget = { kind: 'bucket', profile: 'Archive' };

function written(target: ExportTarget, path: string): ClipState {
  const address = target.kind === 'bucket' ? `https://coast-archive.s3.eu-central-1.amazonaws.com/${path}` : path;
  return { state: 'written', address, mediaId: target.kind === 'bucket' ? '5f0c1e9a4b7d42d38c6e0a1b2c3d4e5f' : null };
}

/** An export of which the first `done` clips are written and the next one runs. */
export function startedClips({ target }: ExportRequest, clips: PlannedClip[], done: number): ExportView {
  const state = (path: string, index: number): ClipState => {
    if (index < done) return written(target, path);
    return { state: index === done ? 'running' : 'waiting' };
  };
  return {
    finished: false,
    target,
    clips: clips.map(({ path }, index) => ({ path, kept: false, state: state(path, index) })),
  };
}

/** The export after the clip at `index` has come to the end of what it was doing. */
export function advanced(view: ExportView, index: number): ExportView {
  const { target } = view;
  const current = view.clips[index];
  const uploads = target.kind === 'bucket' && current?.state.state === 'running';
  const clips = view.clips.map((clip, place): ExportClip => {
    if (place === index) return { ...clip, state: uploads ? { state: 'uploading' } : written(target, clip.path) };
    return place === index + 1 && !uploads ? { ...clip, state: next(clip) } : clip;
  });
  return { ...view, clips, finished: !uploads && clips.every((clip) => clip.state.state === 'written') };
}

/** A clip that is kept from an earlier try only has to be sent. */
function next(clip: ExportClip): ClipState {
  return clip.state.state === 'waiting' ? { state: 'running' } : clip.state;
}

export function cancelled(view: ExportView): ExportView {
  const clips = view.clips.map((clip): ExportClip =>
    clip.state.state === 'written' ? clip : { ...clip, state: { state: 'cancelled' } },
  );
  return { ...view, finished: true, clips };
}

/** The waiting clips on their way to the bucket. */
export function waitingUploads(snapshot: Snapshot): Snapshot {
  const before =
    snapshot.exporting ?? startedClips(request(snapshot), plan(snapshot).slice(0, snapshot.waitingUploads), 0);
  let first = true;
  const clips = before.clips.map((clip): ExportClip => {
    if (clip.state.state === 'written') return clip;
    const state: ClipState = first ? { state: 'uploading' } : { state: 'waiting' };
    first = false;
    return { ...clip, state };
  });
  return { ...snapshot, waitingUploads: 0, exporting: { finished: false, target: before.target, clips } };
}

/** How a scene begins that shows an export; null for the others. */
export function startedExport(scene: Scene, snapshot: Snapshot): Snapshot | null {
  const clips = plan(snapshot);
  switch (scene) {
    case 'exporting': {
      const target: ExportTarget = { kind: 'folder', folder: '/videos/clips' };
      const paths = clips.map((clip) => ({ ...clip, path: `/videos/clips/${clip.path}` }));
      return { ...snapshot, exporting: startedClips({ ...request(snapshot), target }, paths, 3) };
    }
    case 'uploading':
      return { ...snapshot, exporting: advanced(startedClips(request(snapshot), clips, 3), 3) };
    case 'uploadFailed':
      return { ...snapshot, waitingUploads: 2, exporting: failed(startedClips(request(snapshot), clips, 6)) };
    default:
      return null;
  }
}

function failed(view: ExportView): ExportView {
  const error = {
    code: 'uploadInterrupted' as const,
    message: 'The connection ended during part 2 of 4; part 1 has arrived.',
    path: null,
  };
  const clips = view.clips.map((clip): ExportClip => {
    return clip.state.state === 'written' ? clip : { ...clip, kept: true, state: { state: 'failed', error } };
  });
  return { ...view, finished: true, clips };
}

function request(snapshot: Snapshot): ExportRequest {
  const ranges = snapshot.materials.flatMap((material) =>
    material.ranges.map((range) => ({ material: material.id, range: range.id })),
  );
  return {
    ranges: ranges.slice(0, 8),
    target: BUCKET,
    template: '{media}-{index}.mp4',
    overwrite: false,
    options: exportDefaults.options,
  };
}

function plan(snapshot: Snapshot): PlannedClip[] {
  return planned(snapshot, request(snapshot), 0).clips;
}
