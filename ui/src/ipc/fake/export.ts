import type { ExportPlan, ExportRequest, Snapshot } from '../bindings';

/** Names for the clips; the second always exists already, and a template without `{index}` is a fault. */
export function planned(snapshot: Snapshot, request: ExportRequest): ExportPlan {
  const clips = request.ranges.map(({ material, range }, index) => {
    const name = snapshot.materials.find((candidate) => candidate.id === material)?.name.replace(/\.\w+$/, '') ?? '';
    const file = request.template.replace('{index}', String(index)).replace('{name}', name);
    return { material, range, path: `${request.folder}/${file}`, exists: index === 1 };
  });
  const faults: ExportPlan['faults'] = request.template.includes('{index}')
    ? []
    : [
        {
          code: 'templateInvalid',
          message: 'The name must contain {index}, the running number of the clip; add it, as in clip-{index}.mp4',
          path: null,
        },
      ];
  return { clips, faults, freeBytes: 412_000_000_000 };
}
