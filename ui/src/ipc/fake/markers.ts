import type { EditCommand, Material } from '../bindings';

type MarkerCommand = Extract<EditCommand, { kind: `${string}Marker` }>;

/** The markers of a material after an edit, in order of time. */
export function marked({ markers }: Material, command: MarkerCommand, newId: () => number): Material['markers'] {
  const others = markers.filter(({ id }) => command.kind === 'addMarker' || id !== command.marker);
  const before = markers.find(({ id }) => command.kind !== 'addMarker' && id === command.marker);
  const after = changedMarker(before, command, newId);
  return [...others, ...(after ? [after] : [])].sort((a, b) => a.at - b.at);
}

function changedMarker(
  before: Material['markers'][number] | undefined,
  command: MarkerCommand,
  newId: () => number,
): Material['markers'][number] | undefined {
  switch (command.kind) {
    case 'addMarker':
      return { id: newId(), at: command.at, name: '' };
    case 'moveMarker':
      return before && { ...before, at: command.at };
    case 'nameMarker':
      return before && { ...before, name: command.name };
    case 'removeMarker':
      return undefined;
  }
}
