import { always, canPlay, hasMaterial, hasRange, type CommandId, type Definition } from './definition';

/** Playing, and moving the playhead. */
export const playing = {
  playPause: { group: 'play', keys: [{ key: ' ' }], able: canPlay, run: ({ player }) => player.toggle() },
  shuttleBack: { group: 'play', keys: [{ key: 'j' }], able: canPlay, run: ({ player }) => player.key('back') },
  shuttleStop: { group: 'play', keys: [{ key: 'k' }], able: canPlay, run: ({ player }) => player.key('stop') },
  shuttleForward: { group: 'play', keys: [{ key: 'l' }], able: canPlay, run: ({ player }) => player.key('forward') },
  frameBack: {
    group: 'play',
    keys: [{ key: 'ArrowLeft' }],
    repeats: true,
    able: hasMaterial,
    run: (workspace) => workspace.step(-1),
  },
  frameForward: {
    group: 'play',
    keys: [{ key: 'ArrowRight' }],
    repeats: true,
    able: hasMaterial,
    run: (workspace) => workspace.step(1),
  },
  tenFramesBack: {
    group: 'play',
    keys: [{ key: 'ArrowLeft', shift: true }],
    repeats: true,
    able: hasMaterial,
    run: (workspace) => workspace.step(-10),
  },
  tenFramesForward: {
    group: 'play',
    keys: [{ key: 'ArrowRight', shift: true }],
    repeats: true,
    able: hasMaterial,
    run: (workspace) => workspace.step(10),
  },
  toBeginning: { group: 'play', keys: [{ key: 'Home' }], able: hasMaterial, run: (workspace) => workspace.show(0) },
  toEnd: {
    group: 'play',
    keys: [{ key: 'End' }],
    able: hasMaterial,
    run: (workspace) => workspace.show(workspace.player.duration),
  },
  playRange: {
    group: 'play',
    keys: [{ key: '/' }],
    able: (workspace) => hasRange(workspace) && canPlay(workspace),
    run: (workspace) => workspace.playSelected(),
  },
  loop: { group: 'play', keys: [{ key: 'r' }], able: always, run: ({ player }) => (player.loop = !player.loop) },
} satisfies Partial<Record<CommandId, Definition>>;
