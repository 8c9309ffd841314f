import type { Workspace } from '../project/workspace.svelte';
import type { Lane } from '../timeline/layout.svelte';
import { always, hasMaterial, type CommandId, type Definition } from './definition';

/** How the timeline looks. */
export const view = {
  fit: { group: 'view', keys: [{ key: 'f' }], able: hasMaterial, run: ({ view }) => view.fit() },
  zoomIn: {
    group: 'view',
    keys: [{ key: '+' }, { key: '=' }],
    repeats: true,
    able: hasMaterial,
    run: (workspace) => zoom(workspace, 0.5),
  },
  zoomOut: {
    group: 'view',
    keys: [{ key: '-' }],
    repeats: true,
    able: hasMaterial,
    run: (workspace) => zoom(workspace, 2),
  },
  larger: {
    group: 'view',
    keys: [
      { key: '+', ctrl: true },
      { key: '=', ctrl: true },
    ],
    able: always,
    run: ({ session, magnification }) => void session.attempt(magnification.step(1)),
  },
  smaller: {
    group: 'view',
    keys: [{ key: '-', ctrl: true }],
    able: always,
    run: ({ session, magnification }) => void session.attempt(magnification.step(-1)),
  },
  usualSize: {
    group: 'view',
    keys: [{ key: '0', ctrl: true }],
    able: always,
    run: ({ session, magnification }) => void session.attempt(magnification.reset()),
  },
  theme: {
    group: 'view',
    keys: [{ key: 'd', ctrl: true, shift: true }],
    able: always,
    run: ({ theme }) => theme.next(),
  },
  lanePictures: lane('pictures', '1'),
  laneShots: lane('shots', '2'),
  laneInterest: lane('interest', '3'),
  laneSound: lane('sound', '4'),
  laneSpeech: lane('speech', '5'),
  laneTags: lane('tags', '6'),
  words: {
    group: 'view',
    keys: [{ key: 'w' }],
    able: hasMaterial,
    run: (workspace) => (workspace.panel = workspace.panel === 'words' ? 'highlights' : 'words'),
  },
  exportSubtitles: {
    group: 'view',
    keys: [],
    able: ({ transcript }) => transcript.words.length > 0,
    run: ({ session }) => void session.exportSubtitles(),
  },
  snapping: { group: 'view', keys: [{ key: 's' }], able: always, run: ({ view }) => (view.snapping = !view.snapping) },
} satisfies Partial<Record<CommandId, Definition>>;

/** Shows or hides a lane. */
function lane(which: Lane, key: string): Definition {
  return { group: 'view', keys: [{ key }], able: hasMaterial, run: ({ view }) => view.lanes.toggle(which) };
}

/** About the playhead where it is in sight, so that repeated presses close in on what is being looked at. */
function zoom({ view, player }: Workspace, factor: number): void {
  const { start, perPixel, width } = view.current;
  const pixel = (player.time - start) / perPixel;
  view.zoom(factor, pixel >= 0 && pixel <= width ? pixel : width / 2);
}
